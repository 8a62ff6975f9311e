"""A table of tutoring agreements: tutor, tutee, head, service, dates, skills, renewals, signatures."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import ClassVar

from core.importing.asks import Given
from core.importing.dates import Impossible
from core.importing.lines import LineChange
from core.importing.tables import Wanted
from core.importing.tables.readers import Entry, Said, Text
from core.importing.tables.rows import row_cell
from core.importing.tables.table_import import Entered
from core.importing.tables.wanted import DATES, Content
from core.importing.vocabulary import key_of
from core.importing.words import plain
from training.imports.base import OF_A_PERSON, SERVICE, OnePerson, TrainingTable, said
from training.imports.cells import DayOrMonth, FirstDay, Themes, day_in, span_in
from training.imports.directory import Directory
from training.imports.titles import Reader, words_of
from training.models import TrainingImport, TutoringAgreement
from training.rules.dates import add_months
from training.rules.names import is_named, unnamed
from training.rules.reading import period_of
from training.rules.skills import why_vague
from training.rules.statuses import HeldPeriod
from training.services.intake import AgreementTold, Person, record_agreements

ONE_DAY = timedelta(days=1)
YES, NO = "yes", "no"
_YES = (
    r"oui|o|x|v|1|1 ?er(?: .*)?|premier(?: .*)?|[2-9] ?e(?:me)?(?: .*)?|deuxieme.*|"
    r"renouvel.*|reconduit.*|prolong.*|vrai"
)
_NO = r"non|n|0|-|initiale?|premiere.*|1re.*|faux|aucun.*|sans"
SIGNATURES = {"head_signed": "head_signed_on", "tutor_signed": "tutor_signed_on", "tutee_signed": "tutee_signed_on"}


class Days(tuple[date, ...]):
    """Some days, told one after the other."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(day.isoformat() for day in self)


@dataclass(frozen=True)
class Lasting:
    """How long an agreement lasts, in months: « 6 mois », « 1 an »."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        found = re.fullmatch(r"(\d{1,2}) ?(mois|ans?|annees?)?", plain(entry.text))
        unit = (found[2] if found else "") or ("mois" if "mois" in plain(self._heading(entry)) else "")
        if found is None or not unit:
            return entry.wrong(f"« {entry.text} » : écrivez une durée comme « 6 mois », ou la date de fin.")
        return Said(int(found[1]) * (1 if unit == "mois" else 12))

    def _heading(self, entry: Entry) -> str:
        return " ".join(column.heading for column in entry.row.table.of_role(entry.code))


@dataclass(frozen=True)
class Renewal:
    """Whether an agreement renews another: yes, no, or the days until which it was itself renewed."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        columns = entry.row.by_role.get(entry.code, ())
        rows = [row_cell(entry.row, entry.code, column, apart=()) for column in columns]
        said = [self._one(replace(entry, row=row)) for row in rows if row.cell(entry.code) is not None]
        days = Days(sorted(one.value for one in said if isinstance(one.value, date)))
        refused = next((one for one in said if one.problem), None)
        return refused or (Said(days) if days else said[0])

    def _one(self, entry: Entry) -> Said:
        words = key_of(entry.text)
        if isinstance(entry.value, bool) or re.fullmatch(_YES, words) or re.fullmatch(_NO, words):
            return Said(entry.value is True or bool(re.fullmatch(_YES, words)))
        found = day_in(entry)
        if isinstance(found, Impossible):
            return entry.wrong(found.why)
        return (
            Said(found) if found else entry.wrong(f"« {entry.text} » : écrivez oui, non, ou la date du renouvellement.")
        )


@dataclass(frozen=True)
class Signed:
    """The day of a signature; « oui » is kept as signed on the first day of the agreement."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool) or re.fullmatch(r"oui|o|x|v|1|signee?|ok|non|n|0|-", key_of(entry.text)):
            is_signed = entry.value is True or not re.fullmatch(r"non|n|0|-|false|faux", key_of(entry.text))
            return Said(is_signed or None)
        found = day_in(entry)
        return Said(found) if isinstance(found, date) else entry.wrong(f"« {entry.text} » n’est pas une date.")


def _person(code: str, label: str, heads: str, *, is_required: bool = True) -> Wanted:
    return Wanted(
        code,
        label,
        heads=rf"(?:noms?(?: (?:et )?prenoms?)? )?(?:du |de la |de l |de )?(?:{heads})(?: nom.*)?",
        content=Content.NAMES,
        read=OnePerson(200),
        colour="person",
        is_required=is_required,
    )


def _first(code: str, label: str, who: str) -> Wanted:
    heads = rf"prenoms? (?:du |de la |de l |de )?(?:{who})"
    return Wanted(f"{code}_first", label, heads=heads, content=Content.NAMES, read=Text(100), colour="person")


def _signature(code: str, label: str, who: str) -> Wanted:
    heads = (
        rf"(?:dates? (?:de )?)?signatures? (?:du |de la |de l )?(?:{who})|"
        rf"signee? (?:par )?(?:le |la |l )?(?:{who})(?: le)?"
    )
    return Wanted(code, label, heads=heads, read=Signed(), colour="date")


_TUTOR, _TUTEE = (
    r"tut(?:eur|rice)s?",
    r"tutor?e+s?|agents? tutore+s?|nouvel(?:le)? (?:arrivante?|agent)|agents? accompagnee?s?",
)
_HEAD = (
    r"chef(?:fe)?s?(?: (?:de|du) (?:bureau|service|section|pole))?|"
    r"encadrante?s?|responsables?|superieurs?(?: hierarchique)?|n 1"
)
COLUMNS = (
    _person("tutor", "Tuteur", _TUTOR),
    _first("tutor", "Prénom du tuteur", _TUTOR),
    _person("tutee", "Tutoré", _TUTEE),
    _first("tutee", "Prénom du tutoré", _TUTEE),
    _person("head", "Chef de service", _HEAD, is_required=False),
    SERVICE,
    Wanted(
        "starts_on",
        "Début",
        heads=r"(?:dates? )?(?:de |du )?debut(?: (?:de |du )?(?:la )?(?:tutorat|convention))?|"
        r"du|a compter du|depuis(?: le)?|"
        r"dates? (?:de (?:la )?)?convention|dates?|periodes?(?: (?:de |du )?tutorat)?",
        read=FirstDay(),
        colour="date",
        is_required=True,
    ),
    Wanted(
        "ends_on",
        "Fin",
        heads=r"(?:dates? )?(?:de |du )?fin(?: (?:de |du )?(?:la )?(?:tutorat|convention))?|au|jusqu au|echeance|terme",
        read=DayOrMonth(),
        colour="date",
    ),
    Wanted(
        "skills",
        "Compétences",
        heads=r"competences?(?: .*)?|objectifs?(?: .*)?|contenus?(?: .*)?|"
        r"savoirs?(?: .*)?|missions?(?: .*)?|taches?(?: .*)?",
        read=Text(2_000),
    ),
    Wanted(
        "renewal",
        "Renouvellement",
        heads=r"(?:(?:[1-4] ?(?:er|e|eme|nd)|premier|deuxieme|second|troisieme) )?renouvel(?:lement|ee?|e)s?(?: .*)?|"
        r"reconduction|prolongation|nature(?: .*)?|types?(?: .*)?",
        read=Renewal(),
        colour="status",
        is_many=True,
    ),
    Wanted("lasting", "Durée", heads=r"durees?(?: .*)?", read=Lasting(), colour="date"),
    _signature("head_signed", "Signée par le chef", _HEAD),
    _signature("tutor_signed", "Signée par le tuteur", _TUTOR),
    _signature("tutee_signed", "Signée par le tutoré", _TUTEE),
    Wanted("assessment", "Bilan", heads=r"bilans?(?: .*)?|evaluations?(?: .*)?", read=Text(2_000)),
)
TECHNICAL = (
    r"(?:n|no|num(?:ero)?|ref(?:erence)?)(?: (?:de )?(?:la )?convention)?|rang|observations?|remarques?|commentaires?|"
    r"notes?|grade|corps|statuts?|etats?|signatures?|signee?.*|date (?:de )?(?:la )?signature"
)


@dataclass(kw_only=True)
class AgreementLine(AgreementTold):
    """An agreement to add, or the one known of the same people and first day; `renewals` follow it."""

    changes: list[LineChange] = field(default_factory=list)


class AgreementsTable(TrainingTable):
    file_kind, label = "agreements", "des conventions de tutorat"
    technical = rf"{TECHNICAL}|{OF_A_PERSON}"
    record_lines = staticmethod(record_agreements)
    needs = (("tutor",), ("tutee",), ("starts_on",))
    heading = frozenset({"tutor", "tutee", "starts_on"})
    columns = COLUMNS

    def __init__(self, record: TrainingImport, given: Given, themes: Themes):
        super().__init__(record, given, themes)
        self.of_tutee: dict[object, list[tuple[TutoringAgreement, str]]] = defaultdict(list)

    def title_readers(self) -> Mapping[str, Reader]:
        return {"service": words_of}  # « Date : … » above agreements is the one of the table

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        for entry in super().gathered(entries):
            for code in ("tutor", "tutee"):
                if first := entry.values.pop(f"{code}_first", ""):
                    entry.values[code] = f"{entry.values.get(code, '')}\t{first}"
        return entries

    def look(self, entries: Sequence[Entered]) -> None:
        ready = []
        for entry in entries:
            if not {"tutor", "tutee", "starts_on"} <= entry.values.keys() or not self._has_end(entry):
                continue
            service, _ = self.service_of(entry)
            wanted = service if "service" in entry.values else ""
            roles = [code for code in ("tutor", "tutee", "head") if code in entry.values]
            people = {code: self.directory.named(entry, code, service=wanted) for code in roles}
            if all(people.values()):
                ready.append((entry, people))
        tutees = [people["tutee"].agent for _, people in ready if people["tutee"].agent]
        for known in TutoringAgreement.objects.filter(tutee__in=tutees).select_related("tutor").order_by("starts_on"):
            self.of_tutee[known.tutee_id].append((known, str(known.tutor)))
        for entry, people in sorted(ready, key=lambda one: one[0].values["starts_on"]):
            self._look_at(entry, people)

    def _has_end(self, entry: Entered) -> bool:
        """Whether the line says its last day, in its column or after the first one."""
        span = span_in(entry.row.text("starts_on"))
        if span and entry.row.cell("ends_on") is None:
            entry.values["ends_on"] = span[1]
        if "ends_on" not in entry.values and (months := entry.values.get("lasting")):
            entry.values["ends_on"] = add_months(entry.values["starts_on"], months) - ONE_DAY
            entry.doubtful("lasting", f"La fin est calculée : le {entry.values['ends_on']:%d/%m/%Y}.")
        if "ends_on" not in entry.values and entry.row.cell("ends_on") is None:
            place = "ends_on" if entry.row.table.of_role("ends_on") else "starts_on"
            entry.wrong(place, "La fin de la convention n’est pas dite.")
        return "ends_on" in entry.values

    def _look_at(self, entry: Entered, people: dict[str, Person]) -> None:
        values = entry.values
        if values["ends_on"] < values["starts_on"]:
            days = f"{values['ends_on']:%d/%m/%Y}) précède le début ({values['starts_on']:%d/%m/%Y}"
            entry.wrong("ends_on", f"La fin ({days}).")
            return
        if people["tutor"] is people["tutee"]:
            entry.wrong("tutee", "Un agent ne peut pas être son propre tuteur.")
            return
        service, unit = self.service_of(entry)
        own = self.of_tutee[_who(people["tutee"])]
        tutor = people["tutor"]
        same = next((one for one, told in own if one.starts_on == values["starts_on"] and told == str(tutor)), None)
        if same is not None and same.pk is None and same.ends_on == values["ends_on"]:
            entry.row.left_out = "dit la même chose qu’une autre ligne"
            return
        if same is None and (other := _overlapping(own, HeldPeriod(values["starts_on"], values["ends_on"]))):
            entry.wrong("starts_on", other)
            return
        agreement = same or TutoringAgreement(unit=unit, service=service, starts_on=values["starts_on"])
        line = AgreementLine(agreement=agreement, people=people)
        entry.extra = line
        self._fill(entry, line, own)
        if same is None:
            own.append((agreement, str(tutor)))
        renewal = values.get("renewal")
        for until in renewal if isinstance(renewal, Days) else ():
            self._renew(entry, line, own, until)

    def _fill(self, entry: Entered, line: AgreementLine, own: list[tuple[TutoringAgreement, str]]) -> None:
        values, agreement = entry.values, line.agreement
        wanted = {name: values[name] for name in ("ends_on", "skills", "assessment") if name in values}
        for code in ("tutor", "tutee") if "skills" in wanted else ():
            person = line.people[code]
            last_name = (person.agent or person.built()).last_name
            if is_named(last_name, wanted["skills"]):
                wanted["skills"] = unnamed(last_name, wanted["skills"])
                entry.doubtful("skills", f"Les compétences nomment {person} : son nom en est retiré.")
        for code, name in SIGNATURES.items():
            if code in values:
                wanted[name] = agreement.starts_on if values[code] is True else values[code]
        if agreement.pk is None and agreement.renews is None:
            wanted["renews"] = _renewed(own, entry, str(line.people["tutor"]))
        for name, value in wanted.items():
            before = getattr(agreement, name)
            if value is not None and value != before and not (name == "renews" and agreement.pk):
                setattr(agreement, name, value)
                line.is_changed = True
                label = str(agreement._meta.get_field(name).verbose_name).capitalize()
                line.changes.append(LineChange(label, said(before), said(value), entry.row.place(_code(name))))

    def _renew(
        self, entry: Entered, line: AgreementLine, own: list[tuple[TutoringAgreement, str]], until: date
    ) -> None:
        """« Renouvelée jusqu’au … »: another agreement from the next day on."""
        first = (line.agreement, *line.renewals)[-1]
        if until <= first.ends_on or any(one.starts_on == first.ends_on + ONE_DAY for one, _ in own):
            return
        renewed = TutoringAgreement(
            unit=first.unit,
            service=first.service,
            starts_on=first.ends_on + ONE_DAY,
            ends_on=until,
            skills=first.skills,
            renews=first,
        )
        line.renewals.append(renewed)
        own.append((renewed, str(line.people["tutor"])))
        line.changes.append(LineChange("Renouvellement", "", f"jusqu’au {until:%d/%m/%Y}", entry.row.place("renewal")))

    # What recording does -----------------------------------------------------------------------------------------
    def match(self, entry: Entered, stored: Directory) -> object:
        line: AgreementLine | None = entry.extra
        if line is None:
            return entry.values["tutee"]
        if line.agreement.pk is None:
            people = f"{line.people['tutor']} → {line.people['tutee']}"
            days = f"du {line.agreement.starts_on:%d/%m/%Y} au {line.agreement.ends_on:%d/%m/%Y}"
            line.changes.insert(0, LineChange("Convention", "", f"{people}, {days}", entry.row.place("tutee")))
        return line.agreement if line.agreement.pk and not line.renewals else None

    def check(self, entry: Entered) -> None:
        line: AgreementLine | None = entry.extra
        if line and (why := why_vague(line.agreement.skills)):
            entry.doubtful("skills", f"{why} La convention est gardée telle quelle.")


def _who(person: Person) -> object:
    return person.agent.pk if person.agent else id(person)


def _overlapping(own: list[tuple[TutoringAgreement, str]], period: HeldPeriod) -> str:
    """The sentence that names the other agreement and its dates."""
    for other, tutor in own:
        if period.meets(period_of(other)):
            return (
                f"Cet agent a déjà une convention sur ces jours : avec {tutor}, du {other.starts_on:%d/%m/%Y} "
                f"au {other.ends_on:%d/%m/%Y}."
            )
    return ""


def _renewed(own: list[tuple[TutoringAgreement, str]], entry: Entered, tutor: str) -> TutoringAgreement | None:
    """What an agreement renews: the one before of the tutee, when it is said, or when its tutor goes on."""
    start, renewal = entry.values["starts_on"], entry.values.get("renewal")
    before = [(one, told) for one, told in own if one.ends_on < start]
    if not before:
        return None
    last, told = max(before, key=lambda one: one[0].ends_on)
    goes_on = plain(told) == plain(tutor) and last.ends_on + ONE_DAY == start
    return last if renewal is True or (renewal is None and goes_on) else None


def _code(name: str) -> str:
    """The role of a field."""
    return {"renews": "renewal", **{field: code for code, field in SIGNATURES.items()}}.get(name, name)
