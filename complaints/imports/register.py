"""Import of a tracking table of complaints as a service keeps it, or of the experiences of Services Publics +."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from complaints.calendars import rules_of
from complaints.enums import Channel, Nature
from complaints.imports import grids, natures, words
from complaints.imports.columns import COLUMNS, PERSON
from complaints.imports.corrections import ClosedCases, corrected
from complaints.imports.lines import BY_FORM, BY_NUMBER, NOT_COMPARED, before, key_of_line, to_fields
from complaints.imports.readers import DayIfAny
from complaints.imports.twins import ranked
from complaints.models import Complaint, ComplaintImport
from complaints.rules import delays
from complaints.services import recording
from complaints.services.cases import LONGEST_EXTENSION
from core.base.errors import UserError
from core.importing.asks import Ask, Option
from core.importing.kind import Noun
from core.importing.layout import Layout
from core.importing.lines import LineChange
from core.importing.plan import Plan
from core.importing.tables.doubles import settle_double
from core.importing.tables.readers import Entry
from core.importing.tables.rows import SourceRow
from core.importing.tables.table_import import Entered, TableImport
from core.importing.vocabulary import Words
from core.record import history
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook
from core.time.working_days import WorkingCalendar
from organisations.calendars import calendar_of
from organisations.models import Unit
from organisations.permissions import Permission

NO_REGISTER = (
    "Ce fichier est une grille d’indicateurs, pas un registre de réclamations : aucune colonne n’y dit la date de "
    "réception."
)
COUNTS = "Ce fichier compte des réclamations par période : un registre a une ligne par réclamation."
_CHANNELS = next(one.read.options for one in COLUMNS if one.code == "channel")


class ComplaintsFile(TableImport[ComplaintImport]):
    """One case a line. Names and texts are kept encrypted; the file itself is emptied once recorded."""

    code = "complaints"
    namespace = "complaints"
    title = "Importer un registre"
    noun = Noun("dossier", "dossiers")
    permission = seen_with = Permission.COMPLAINT_IMPORT
    model = ComplaintImport
    related = ("site__holiday_zone",)
    columns = COLUMNS
    word_labels: Mapping[str, str] = {"channel": "Canal", "kind": "Nature", "theme": "Thème", "service": "Service"}

    def plan(self, book: Workbook) -> Plan:
        self.twin_asks: list[Ask] = []
        self.closed = ClosedCases(self.given)
        plan = super().plan(book)
        plan.asks += [*self.twin_asks, *self.closed.asks()]
        knows_receipt = any(table.of_role("received") for table in plan.layout.tables)
        if not knows_receipt and (place := grids.period_in(book)):
            raise SpreadsheetError(NO_REGISTER, place.sheet, place.cell)
        if place := grids.count_in(plan.layout):
            raise SpreadsheetError(COUNTS, place.sheet, place.cell)
        return plan

    def layout_of(self, book: Workbook) -> Layout:
        layout = super().layout_of(book)
        tables = (table for table in layout.tables if table.is_read)
        found = {one.name: natures.settled(book, layout, one, self.given) for one in tables}
        self.natures = {name: ask for name, ask in found.items() if ask is not None}
        return replace(layout, asks=(*layout.asks, *self.natures.values()))

    def options(self, code: str) -> Sequence[Option]:
        if code == "site":
            return [one for one in self._units if self._by_key[one.value].is_site]
        return self._units if code in ("service", "transmitted_to") else ()

    def stored(self, entries: Sequence[Entered]) -> dict[str, Complaint]:
        rows = Complaint.objects.filter(site=self.record.site).exclude(line_key="")
        known = {row.line_key: row for row in rows.select_related("identity").with_waits()}
        alike: dict[tuple[str, ...], list[Entered]] = {}
        for entry in entries:
            alike.setdefault(key_of_line(entry.values), []).append(entry)
        for base, lines in alike.items():
            self._rank(base, lines, known)
        found, asks = corrected(entries, known, self._key_on, self.given)
        self.twin_asks += asks
        return {entry.extra: known[entry.extra] for entry in entries if entry.extra in known} | found

    def _key_on(self, entry: Entered, day: date) -> str:
        """The key of the line, had it been received on a day."""
        return recording.line_key(self.record.site, (*key_of_line(entry.values | {"received": day}), 1))

    def _rank(self, base: tuple[str, ...], lines: Sequence[Entered], known: Mapping[str, Complaint]) -> None:
        """The key of each of the lines that are alike: those of a number in their order, others by who wrote."""

        def key(rank: int) -> str:
            return recording.line_key(self.record.site, (*base, rank))

        if base[0] in (BY_NUMBER, BY_FORM) and len(lines) > 1:
            told = [(entry.row, entry.values, "number") for entry in lines]
            ask = settle_double(f"n° {lines[0].values['number']}", told, given=self.given, may_be_several=True)
            self.twin_asks += [ask] if ask else []
        for rank, entry in enumerate((one for one in lines if not one.row.left_out), start=1):
            entry.extra = rank
        if base[0] not in (BY_NUMBER, BY_FORM):
            self.twin_asks += ranked(lines, lambda rank: known.get(key(rank)), self.given)
        for entry in lines:
            entry.extra = key(entry.extra)

    def match(self, entry: Entered, stored: dict[str, Complaint]) -> Complaint | None:
        return stored.get(entry.extra)

    def check(self, entry: Entered) -> None:
        values, today = entry.values, timezone.localdate()
        if "site" in values and values["site"].value != str(self.record.site_id):
            entry.row.left_out = f"ligne d’un autre site ({values['site']})"
            return
        if values["received"] > today:
            entry.wrong("received", f"La réception est à venir ({values['received']:%d/%m/%Y}).")
            return
        for code, label in _DATES.items():
            if code in values:
                self._check_day(entry, code, label, today)
        self._check_wait(entry)
        self._check_state(entry)
        self._check_scope(entry)
        self._check_promises(entry)
        self.closed.check(entry)
        if not entry.problems or all(problem.level != "error" for problem in entry.problems):
            self._check_calendar(entry)

    def before(self, entry: Entered, code: str) -> Any:
        return entry.values[code] if code in NOT_COMPARED else before(entry.target, code)

    def changes(self, entry: Entered) -> list[LineChange]:
        return [one for one in super().changes(entry) if one.before != one.after]

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        lines = [line.content for line in plan.kept]
        told = [(entry.target, self._fields(entry), entry.extra) for entry in lines]
        recording.record_lines(
            self.record.site, told, source=self.record, calendar=self._calendar, rules=self._rules, by=by, reason=reason
        )
        recording.empty(self.record, by=by)

    def after_undo(self, touched: dict[type, set], *, by: Any, reason: str) -> None:
        recording.erase_people_of(touched.get(Complaint, set()), by=by, reason=reason)

    @classmethod
    def scope_key(cls, record: ComplaintImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: ComplaintImport) -> str:
        return str(record.site)

    @classmethod
    def way(cls, record: ComplaintImport) -> list[tuple[str, str]]:
        return [cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: ComplaintImport) -> str:
        return reverse("complaints:import-upload", args=[record.site.code])

    @classmethod
    def leads_to(cls, record: ComplaintImport) -> tuple[str, str]:
        return "Réclamations et suggestions", reverse("complaints:cases")

    def _entered(self, row: SourceRow, words_met: Words, options: Mapping[str, Sequence[Option]]) -> Entered:
        """What a line says, and what the rest of the file says for it: an experience came through its site."""
        entry = super()._entered(row, words_met, options)
        if "feeling" in entry.values:
            entry.values.setdefault("channel", Channel.SP_PLUS)
            entry.values.setdefault("kind", entry.values["feeling"])
        if "channel" not in entry.values and "channel" not in entry.asked and not row.table.of_role("feeling"):
            self._ask_channel(entry, words_met)
        if "kind" not in entry.asked:
            entry.values.setdefault("kind", self._nature_of(row))
        if "reply" in entry.values and "answered" not in entry.values:
            self._take_day_of_reply(entry, words_met)
        if "out" in entry.values:
            entry.values.setdefault("in_scope", entry.values["out"] == words.YES)
        return entry

    def _take_day_of_reply(self, entry: Entered, words_met: Words) -> None:
        """« Réponse » may hold texts and days: a day is that of the answer."""
        said = DayIfAny()(Entry(entry.row, "reply", "Réponse", words_met))
        if said.value is not None:
            entry.values["answered"] = said.value
            del entry.values["reply"]

    def _nature_of(self, row: SourceRow) -> str:
        """What the line is where it does not say: as the words above it or the title of its table have it."""
        if nature := natures.of_band(row.band):
            return nature
        ask = self.natures.get(row.table.name)
        if ask and ask.is_open:
            row.asked = ask.code
        return ask.value if ask and ask.value else Nature.COMPLAINT

    def _ask_channel(self, entry: Entered, words_met: Words) -> None:
        """A line that does not say how it came: one question for all of those."""
        question = "Par quel canal sont arrivés les dossiers où rien n’est dit ?"
        asked = Entry(entry.row, "channel", "Canal", words_met).asked(_CHANNELS, question=question)
        if asked:
            entry.values["channel"] = asked
        else:
            entry.asked.add("channel")

    def _check_day(self, entry: Entered, code: str, label: str, today: date) -> None:
        day, received = entry.values[code], entry.values["received"]
        if day < received:
            entry.wrong(code, f"{label} ({day:%d/%m/%Y}) précède la réception ({received:%d/%m/%Y}).")
        elif day > today:
            entry.wrong(code, f"{label} est à venir ({day:%d/%m/%Y}).")

    def _check_wait(self, entry: Entered) -> None:
        asked, replied = entry.values.get("suspended_from"), entry.values.get("suspended_to")
        answered = entry.values.get("answered")
        if replied and not asked:
            entry.wrong("suspended_to", "La suspension a une fin sans début.")
        elif replied and replied < asked:
            entry.wrong("suspended_to", f"La suspension finit ({replied:%d/%m/%Y}) avant de commencer.")
        if asked and answered and asked > answered:
            said = f"Dossier clos par sa réponse du {answered:%d/%m/%Y} : il ne se rouvre pas par une suspension."
            entry.wrong("suspended_from", said)

    def _check_scope(self, entry: Entered) -> None:
        """« Dans le champ » and « Hors champ » may say the same thing twice, never two things."""
        if "out" in entry.values and (entry.values["out"] == words.YES) != entry.values.get("in_scope"):
            entry.wrong("out", "Cette ligne est dite dans le champ et hors champ : corrigez l’une des deux colonnes.")

    def _check_state(self, entry: Entered) -> None:
        case = entry.target
        if case is not None and case.closed_on and entry.values.get("state") == words.OPEN:
            entry.wrong("state", f"Ce dossier est clos depuis le {case.closed_on:%d/%m/%Y} : il ne se rouvre pas.")

    def _check_promises(self, entry: Entered) -> None:
        promised, received = entry.values.get("extended"), entry.values["received"]
        if promised and not received <= promised <= received + LONGEST_EXTENSION:
            entry.wrong("extended", f"La date promise ({promised:%d/%m/%Y}) vient dans l’année de la réception.")
        closed, answered = entry.values.get("closed"), entry.values.get("answered")
        if closed and answered and closed < answered:
            entry.wrong("closed", f"La clôture ({closed:%d/%m/%Y}) précède la réponse ({answered:%d/%m/%Y}).")
        if "reply" in entry.values and "answered" not in entry.values:
            entry.doubtful("reply", "Cette réponse ne dit pas son jour : le dossier reste sans date de réponse.")

    def _check_calendar(self, entry: Entered) -> None:
        if "channel" not in entry.values or "kind" not in entry.values:
            return  # what is still asked about decides
        try:
            facts = recording.facts_of_line(self._fields(entry))
            delays.clocks(facts, self._calendar, on=timezone.localdate(), rules=self._rules)
        except UserError as unknown:
            entry.wrong("received", unknown.message)

    def _fields(self, entry: Entered) -> recording.LineFields:
        names_people = any(entry.row.table.of_role(code) for code in (*PERSON, "anonymous"))
        return to_fields(entry.values, self._by_key, names_people=names_people)

    def _told(self, entry: Entered) -> dict[str, Any]:
        """The line as `--format json` prints it, without who wrote and what."""
        told = super()._told(entry)
        return {code: value for code, value in told.items() if code not in (*PERSON, "subject", "text", "reply")}

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        return calendar_of(self.record.site)

    @cached_property
    def _rules(self) -> tuple[delays.Rule, ...]:
        return rules_of(self.record.site)

    @cached_property
    def _by_key(self) -> dict[str, Unit]:
        root = self.record.site.ancestors(include_self=True).first() or self.record.site
        below = Unit.objects.filter(pk__in=Unit.objects.ids_below(root.pk)).order_by("position", "code")
        return {str(unit.pk): unit for unit in below}

    @cached_property
    def _units(self) -> list[Option]:
        """Each unit of the préfecture under its name, its acronym and its code."""
        near = Unit.objects.ids_below(self.record.site.pk)
        found: dict[str, str] = {}
        for key, unit in sorted(self._by_key.items(), key=lambda pair: pair[1].pk not in near):
            for label in filter(None, (unit.name, unit.sigle, unit.code)):
                found.setdefault(label, key)
        return [Option(key, label) for label, key in found.items()]


_DATES = {
    "acknowledged": "L’accusé de réception",
    "transmitted_on": "La transmission",
    "suspended_from": "La demande à l’usager",
    "suspended_to": "La réponse de l’usager",
    "answered": "La réponse",
    "closed": "La clôture",
}
