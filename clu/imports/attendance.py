"""Import of who came to a meeting: one person a line, present, excused or absent in a column of words or by ticks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clu.enums import Presence
from clu.imports.carrying import carry_organisations
from clu.imports.heads import (
    ANY_FUNCTION,
    ANY_NAME,
    CIVILITY,
    EMAIL,
    FIRST_NAME,
    ORGANISATION,
    TECHNICAL,
    OfCommittee,
)
from clu.imports.lists import names_people, people, people_under, told_of, with_lists
from clu.imports.other_days import OTHER_DAY, asks_of_day
from clu.imports.readers import (
    NO,
    YES,
    MandateDay,
    PresenceWord,
    Signature,
    Tick,
    Words,
    day_in,
    presence_of_title,
)
from clu.models import Attendance, AttendanceImport, Meeting
from clu.services import attendance, committees, meetings
from core.importing.asks import Ask
from core.importing.dates import read_day
from core.importing.kind import Noun
from core.importing.layout import COLUMNS, Layout
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.plan import Plan
from core.importing.tables import Fit, Wanted, recognise
from core.importing.tables.readers import Email
from core.importing.tables.table_import import Entered, TableImport
from core.importing.tables.wanted import Judge
from core.importing.words import plain
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission

TICKS = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
_OF_LINE = re.compile(r"(?:noms? (?:du |de la )?)?(?:titulaires?|suppleante?s?)")
_WITH_MORE = re.compile(r"représent|remplac|pouvoir|procuration|suppl|jusqu|retard|visio", re.IGNORECASE)
_EITHER = re.compile(r"(?:etaient |membres |personnes )*(?:excuse|absent)e?s? (?:ou|et|et ou) (?:excuse|absent)e?s?")
UNTICKED = "ni présent, ni excusé, ni absent : rien n’est coché"
_DATE = r"\d{1,2} \d{1,2} \d{2,4}|\d{4} \d{1,2} \d{1,2}|\d{1,2} [a-z]{3,9} \d{4}"
_PERSON = r"participante?s?|personnes?|membres?|representante?s?|titulaires?|invitee?s?|interlocuteurs?|agents?"


def letters_of(*letters: str) -> Callable[[str], Fit]:
    """A heading of one letter: less sure than words, for the cells hold the same letters."""
    return lambda heading: Fit.LEADS if heading.strip() in letters else Fit.NONE


COLUMNS_OF_SHEET: Sequence[Wanted] = (
    Wanted("day", "Réunion du", heads=r"dates?(?: (?:de (?:la )?)?(?:reunion|seance))?|reunion du", read=MandateDay()),
    Wanted("civility", "Civilité", heads=CIVILITY, read=Words(20)),
    Wanted(
        "person",
        "Nom",
        heads=rf"(?:{ANY_NAME})(?: (?:du |de la |des )?(?:{_PERSON}))?|{_PERSON}|person",
        read=Words(200),
    ),
    Wanted("first_name", "Prénom", heads=FIRST_NAME, read=Words(100)),
    Wanted("organisation", "Organisme", heads=ORGANISATION, read=Words(), colour="label"),
    Wanted("function", "Fonction", heads=ANY_FUNCTION, read=Words(200)),
    Wanted("email", "Courriel", heads=EMAIL, read=Email()),
    Wanted(
        "presence",
        "Présence",
        heads=r"presences?(?: (?!presente?s?$|excusee?s?$|absente?s?$).*)?|"
        r"statuts?|etats?|participations?|p e a|present excuse absent",
        read=PresenceWord(),
        colour="status",
    ),
    Wanted("signature", "Signature", heads=r"signatures?|emargements?", read=Signature(), colour="status"),
    Wanted(
        "present",
        "Présent",
        heads=r"presente?s?(?: o n| oui non)?|attended",
        fit=letters_of("P"),
        read=Tick(),
        colour="status",
    ),
    Wanted(
        "excused",
        "Excusé",
        heads=r"excusee?s?|absente?s? excusee?s?",
        fit=letters_of("E", "Exc."),
        read=Tick(),
        colour="status",
    ),
    Wanted(
        "absent",
        "Absent",
        heads=r"absente?s?(?: non excusee?s?)?",
        fit=letters_of("A", "Abs."),
        read=Tick(),
        colour="status",
    ),
    Wanted(
        "comment",
        "Précision",
        heads=r"observations?|commentaires?|remarques?|precisions?|(?:represente|remplace) par|pouvoirs?",
        read=Words(),
        is_many=True,
    ),
)


class AttendanceFile(OfCommittee, TableImport[AttendanceImport]):
    code = "committee_attendance"
    namespace = "clu"
    prefix = "attendance-import"
    title = "Importer une feuille de présence"
    noun = Noun("personne", "personnes", is_feminine=True)
    permission = Permission.COMMITTEE_EDIT
    model = AttendanceImport
    related = ("site",)
    columns = COLUMNS_OF_SHEET
    technical = rf"{TECHNICAL}|{_DATE}"  # the column of another meeting
    joins = False

    def stored(self, entries: Sequence[Entered]) -> dict[tuple[str, str], Attendance]:
        committee = committees.find(self.record.site, self.record.kind)
        meeting = committee and Meeting.objects.filter(committee=committee, held_on=self.record.held_on).first()
        rows = meeting.attendances.all() if meeting else ()
        self.said: dict[tuple[str, str], Entered] = {}
        columns = {code for entry in entries for code in entry.row.by_role}
        for entry, title in self._titled(entries):
            day = entry.values.pop("day", None) or day_in(entry.row.table.sheet)
            if day and day != self.record.held_on:
                entry.row.left_out = OTHER_DAY
            _fold(entry, columns, title)
        _refuse_blank(entries)
        return {_key(row.person, row.organisation): row for row in rows}

    def _titled(self, entries: Sequence[Entered]) -> Iterator[tuple[Entered, str]]:
        """Each line with the title of its list: that of its table, or the last one of its lines."""
        title, table = "", None
        for entry in entries:
            title = self._title_above(entry, title if entry.row.table is table else "")
            table = entry.row.table
            yield entry, title

    def plan(self, book: Workbook) -> Plan:
        self.book = book
        plan = super().plan(book)
        plan.problems[:0] = [*_two_people_a_line(plan.layout), *_two_presences_a_title(book)]
        if self.record.held_on > timezone.localdate():
            plan.problems.append(
                warning(f"La réunion du {self.record.held_on:%d/%m/%Y} est à venir : vérifiez sa date.")
            )
        return plan

    def is_table(self, said: set[str]) -> bool:
        """Whether headings say who, or nothing but presences: letters in the cells of a column are no headings."""
        return len(said) > 1 and (bool(said & {"person", "organisation"}) or said <= {str(one) for one in TICKS})

    def layout_of(self, book: Workbook) -> Layout:
        """The tables and lists; a column headed by the day of the meeting says who came that day."""
        wanted = [replace(one, fit=self._is_of_day) if one.code == "presence" else one for one in self.columns]
        layout = recognise(book, wanted, given=self.given, is_table=self.is_table, technical=self.technical)
        layout, self.listed = with_lists(book, layout, Judge(self.columns))
        return layout

    def _is_of_day(self, heading: str) -> Fit:
        return Fit.EXACT if read_day(heading) == self.record.held_on else Fit.NONE

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        """A line of a list may name several people; a line without organisation may be of that of the line above."""
        self.carried = [
            *carry_organisations(entries, self.given),
            *asks_of_day(entries, self.record.held_on, self.given),
        ]
        return [one for entry in entries for one in self._people_of(entry)]

    def _people_of(self, entry: Entered) -> Iterable[Entered]:
        """Those of a list; those whom a line without a column of names names under « Présents », « Excusés »."""
        if entry.row.table.name in self.listed:
            return people(entry) if set(entry.row.by_role) == {"person"} else [entry]
        if entry.row.table.of_role("person"):
            return [entry]
        named = {str(code): entry.values[code] for code in TICKS if names_people(str(entry.values.get(code, "")))}
        return people_under(entry, named) if named else [entry]

    def _title_above(self, entry: Entered, current: str) -> str:
        """« Étaient présents : » between the lines, or above the headings: what the lines under it say."""
        if listed := self.listed.get(entry.row.table.name):
            return listed
        text = entry.values.get("person", "")
        if set(entry.values) == {"person"} and (told := presence_of_title(text)):
            entry.row.left_out = "titre de la liste"
            return told
        if told := presence_of_title(entry.row.band):
            return told
        return current or next((told for text in self._above(entry) if (told := presence_of_title(text))), "")

    def _above(self, entry: Entered) -> Iterator[str]:
        """The texts above the table, the nearest first, then the name of its sheet."""
        table = entry.row.table
        sheet = next(sheet for sheet in self.book.sheets if sheet.name == table.sheet)
        lines = sheet.values[: table.headings[0] - 1] if table.axis == COLUMNS else []
        yield from (value for line in reversed(lines) for value in line if isinstance(value, str))
        yield from (sheet.lead, sheet.name)

    def settle_doubles(self, entries: Any) -> list[Ask]:
        """A person told twice is checked once presence is known."""
        return self.carried

    def match(self, entry: Entered, stored: dict[tuple[str, str], Attendance]) -> Attendance | None:
        return stored.get(_key(entry.values.get("person", ""), entry.values.get("organisation", "")))

    def check(self, entry: Entered) -> None:
        values = entry.values
        if not values.get("person") and not values.get("organisation"):
            entry.wrong("person", "Cette ligne ne dit ni nom ni organisme.")
            return
        if not values.get("person"):
            return  # an organisation alone: one person, whose name is not known
        first = self.said.setdefault(_key(values["person"], values.get("organisation", "")), entry)
        if first is entry:
            return
        if first.values.get("presence") == values.get("presence"):
            entry.row.left_out = f"dit la même chose que la ligne {first.row.number}"
        else:
            entry.wrong(
                "person", f"« {values['person']} » est déjà à la ligne {first.row.number}, avec une autre présence."
            )

    def before(self, entry: Entered, code: str) -> Any:
        return getattr(entry.target, code)

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        record = self.record
        committee = committees.ensure(record.site, record.kind, by=by, reason=reason)
        meeting = meetings.ensure(committee, record.held_on, by=by, reason=reason)
        entries = [line.content for line in plan.kept if line.changes or line.content.target is None]
        seen = [
            attendance.Seen(
                person=entry.values.get("person", ""),
                organisation=entry.values.get("organisation", ""),
                function=entry.values.get("function", ""),
                presence=entry.values["presence"],
                comment=entry.values.get("comment", ""),
                email=entry.values.get("email", ""),
                row=entry.target,
            )
            for entry in entries
        ]
        attendance.record(meeting, seen, by=by, reason=reason)

    @classmethod
    def place(cls, record: AttendanceImport) -> str:
        return f"{super().place(record)}, réunion du {record.held_on:%d/%m/%Y}"

    @classmethod
    def upload_url(cls, record: AttendanceImport) -> str:
        return reverse("clu:attendance-import-upload")


def _key(person: str, organisation: str) -> tuple[str, str]:
    return attendance.bare_name(person), plain(organisation)


def _fold(entry: Entered, columns: set[str], title: str) -> None:
    """The name on one line, and one presence from the column of words, the ticks, the signature or the title above."""
    values = entry.values
    for code in ("first_name", "civility"):
        if values.get("person") and values.get(code):
            values["person"] = f"{values[code]} {values['person']}"
        values.pop(code, None)
    if "organisation" not in values and ")" in values.get("person", ""):
        values.update(told_of(values["person"]))  # « Mme Martin (UFC) »
    ticks = {str(code): values.pop(code) for code in (*TICKS, "signature") if code in values}
    if "presence" in entry.asked or "presence" in values:
        if "comment" not in values and _WITH_MORE.search(said := " ".join(entry.row.text("presence").split())):
            values["comment"] = said[:300]
        return
    told = {code: ticks[code] for code in TICKS if ticks.get(code, NO) != NO}
    said = [Presence(value) if value in TICKS else code for code, value in told.items()]
    if len(set(said)) > 1:
        entry.wrong(list(told)[1], "Deux présences sont cochées pour cette personne.")
        return
    words = [value for value in ticks.values() if value not in (YES, NO, *TICKS)]
    if words and said and "comment" not in values:
        values["comment"] = " ; ".join(words)[:300]
    if presence := str(said[0]) if said else _unticked(ticks, columns, title):
        values["presence"] = presence
    elif not entry.row.left_out:
        entry.row.left_out = UNTICKED


def _two_people_a_line(layout: Layout) -> Iterator[Problem]:
    """A holder and a deputy on one line, each with their presence: nobody says whether an empty one was to come."""
    for table in layout.tables:
        found = [one for one in table.columns if _OF_LINE.fullmatch(plain(one.heading))]
        if len({plain(one.heading)[:5] for one in found}) > 1:
            why = "Cette feuille nomme le titulaire et le suppléant sur la même ligne : écrivez une ligne par personne."
            yield error(why, table.place(table.headings[1], found[-1].number))


def _two_presences_a_title(book: Workbook) -> Iterator[Problem]:
    """« Étaient excusés ou absents : » does not say who was excused."""
    for sheet in (one for one in book.sheets if one.is_lines):
        for cell in sheet.filled():
            if _EITHER.fullmatch(plain(cell.text.partition(":")[0])):
                why = f"« {cell.text.strip(' :')[:60]} » ne dit pas qui était excusé : faites-en deux listes."
                yield error(why, ReadPlace(sheet.name, cell.row, cell.column, is_line=sheet.is_lines))


def _refuse_blank(entries: Sequence[Entered]) -> None:
    """A sheet that nobody signed or ticked is the one to be signed: it does not say that all were absent."""
    told = [entry for entry in entries if not entry.row.left_out]
    marks = {"signature", *map(str, TICKS)}
    is_blank = told and all(marks & entry.row.by_role.keys() and not marks & set(entry.row.codes) for entry in told)
    if is_blank and all(entry.values.get("presence") == Presence.ABSENT for entry in told):
        code = next(code for code in (*TICKS, "signature") if code in told[0].row.by_role)
        told[0].wrong(str(code), "Personne n’a signé cette feuille ni n’y est coché : est-ce celle à faire signer ?")


def _unticked(ticks: Mapping[str, str], columns: set[str], title: str) -> str:
    """The presence of a line without a tick: signed, under a title, or not there where nothing is made to say so."""
    if (signature := ticks.get("signature", NO)) != NO:
        return signature if signature in TICKS else str(Presence.PRESENT)
    has_absent = "absent" in columns or not columns & {"present", "signature"}
    return title or ("" if has_absent else str(Presence.ABSENT))
