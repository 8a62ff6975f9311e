"""What the three tables of training share: the unit, the themes, the people, and the words of a file's place."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils import timezone

from core.importing.asks import Ask, Given
from core.importing.layout import Layout, TableRead
from core.importing.lines import LineChange
from core.importing.plan import Plan
from core.importing.tables import Wanted
from core.importing.tables.readers import Entry, Said, Text
from core.importing.tables.table_import import Entered, TableImport
from core.importing.tables.wanted import Content
from core.importing.words import plain
from core.sheets.reading.model import Workbook
from organisations.models import Unit
from training.follow_up.site_themes import site_themes
from training.imports.cells import Themes
from training.imports.directory import Directory
from training.imports.services_told import settle_services
from training.imports.titles import Reader, TitlesTold, titles_told
from training.models import TrainingImport, TrainingTheme
from training.rules.names import CIVILITIES

# Beside a name, what tells no more of a training: « Civilité », « Nom de naissance ».
OF_A_PERSON = (
    r"civilites?|civ|titres?(?: de civilite)?|m mme|sexe|genre|(?:noms? (?:de naissance|patronymique|de jeune fille))|"
    r"(?:dates?|annees?|lieux?) (?:de )?naissance|age"
)
OLDEST = 1970  # year of a training
_WIFE = re.compile(r"\b(?:n[ée]+e?|[ée]p(?:\.|ouse))\s.*", re.IGNORECASE | re.DOTALL)  # « DUPONT Léa, née MARTIN »


class Code(Text):
    """Short texts, sigles and figures: « DCL » on every line, « 123 »."""

    content: ClassVar[Content] = Content.ANY


SERVICE = Wanted(
    "service",
    "Service",
    heads=r"services?(?: d affectation)?|bureaux?|unites?|affectations?|structures?|directions?|poles?|sections?",
    read=Code(200),
    colour="label",
)
FIRST_NAME = Wanted("first_name", "Prénom", heads=r"prenoms?", content=Content.NAMES, read=Text(100), colour="person")
NUMBER = Wanted("number", "Matricule", heads=r"matricules?|numero (?:d )?agent", read=Code(40))
NAME_HEADS = (
    r"(?:noms?|prenoms?) (?:et )?(?:noms?|prenoms?)(?: (?:de l |des |du )?(?:agents?|stagiaires?))?|"
    r"noms? (?:d )?usage|noms? (?:de l |des |du |de )?(?:agents?|stagiaires?|participants?)|noms?(?: de famille)?|"
    r"agents?|stagiaires?|participants?|personnes?"
)


def name_column(*, is_required: bool = True) -> Wanted:
    """The column of a person's name, whole or with the first name beside it."""
    return Wanted(
        "name",
        "Agent",
        heads=NAME_HEADS,
        content=Content.NAMES,
        read=OnePerson(200),
        colour="person",
        is_required=is_required,
    )


@dataclass(frozen=True)
class OnePerson(Text):
    """The name of one person; « DUPONT, Jean » is one, « DUPONT Jean, MARTIN Léa » are two."""

    content: ClassVar[Content] = Content.NAMES

    def __call__(self, entry: Entry) -> Said:
        parts = (_WIFE.sub("", part).split() for part in re.split(r"[,;/\n&]| et ", entry.text))
        people = [words for words in parts if len([word for word in words if plain(word) not in CIVILITIES]) > 1]
        if len(people) > 1:
            return entry.wrong(f"« {entry.text[:80]} » nomme plusieurs personnes : écrivez une ligne par agent.")
        return super().__call__(entry)


class TrainingTable(TableImport[TrainingImport]):
    """One of the tables. `needs` are the roles that tell it from the others; each line leaves its operations in
    `entry.extra`, which the recording applies."""

    file_kind: ClassVar[str]
    label: ClassVar[str]
    is_by_service: ClassVar[bool] = True
    heading: ClassVar[frozenset[str]]  # one of them at least heads a table: a line of data may bear names of others
    needs: Sequence[tuple[str, ...]]
    record_lines: ClassVar[Callable[..., None]]  # the verb that takes what `entry.extra` holds of the kept lines

    def __init__(self, record: TrainingImport, given: Given, themes: Themes):
        super().__init__(record, given)
        self.themes = themes
        self.today = timezone.localdate()
        self.told_services: set[str] = set()
        self.titles: dict[str, TitlesTold] = {}  # table → what its titles say of all its lines

    @cached_property
    def directory(self) -> Directory:
        """The agents of the préfecture, read once."""
        return Directory(self.record.unit, self.given)

    def score(self, codes: set[str]) -> tuple[int, int]:
        """How well the columns of a file are those of this table: needs met, then columns known."""
        met = sum(any(code in codes for code in need) for need in self.needs)
        return (1 if met == len(self.needs) else 0, met * 10 + len(codes))

    def is_table(self, said: set[str]) -> bool:
        return len(said) >= 2 and not said.isdisjoint(self.heading)

    # What the titles say ------------------------------------------------------------------------------------------
    def title_readers(self) -> Mapping[str, Reader]:
        """Role → how a title that says it is read."""
        return {}

    def titles_of(self, book: Workbook, layout: Layout) -> dict[str, TitlesTold]:
        readers = self.title_readers()
        return {
            table.name: titles_told(book, layout, table, self.columns, readers)
            for table in layout.tables
            if table.is_read
        }

    def layout_of(self, book: Workbook) -> Layout:
        layout = super().layout_of(book)
        self.titles = self.titles_of(book, layout)
        return layout

    def plan(self, book: Workbook) -> Plan:
        plan = super().plan(book)
        for told in self.titles.values():
            plan.accounts.read(*told.cells)
            plan.problems.extend(told.problems)
        return plan

    def _lacking(self, table: TableRead) -> Iterable[Wanted]:
        told = self.titles[table.name].values if table.name in self.titles else {}
        return (one for one in super()._lacking(table) if one.code not in told)

    def _told(self, entry: Entered) -> dict[str, Any]:
        """A name of two columns is told with a space."""
        told = super()._told(entry)
        return {code: value.replace("\t", " ") if isinstance(value, str) else value for code, value in told.items()}

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        for entry in entries:
            entry.values.update(self.titles[entry.row.table.name].values)
        return entries

    def stored(self, entries: Sequence[Entered]) -> Directory:
        return self.directory

    def settle_doubles(self, entries: Sequence[Entered]) -> list[Ask]:
        if self.is_by_service:
            settle_services(entries, self.directory, self.titles)
        self.look(entries)
        return list(self.directory.asks.values())

    def look(self, entries: Sequence[Entered]) -> None:
        """Find whom and what each line is about, before any is matched."""
        raise NotImplementedError

    def changes(self, entry: Entered) -> list[LineChange]:
        return entry.extra.changes if entry.extra else []

    def service_of(self, entry: Entered) -> tuple[str, Unit]:
        """The words of the service of a line, and the unit they were understood as."""
        service = " ".join(entry.values.get("service", "").split())
        if not service:
            return self.record.unit.name, self.record.unit
        unit = self.directory.unit_named(service)
        if unit is None and plain(service) not in self.told_services:
            self.told_services.add(plain(service))
            entry.doubtful(
                "service", f"« {service} » n’est pas une unité connue : le nom est gardé tel qu’il est écrit."
            )
        return (unit.name, unit) if unit else (service, self.record.unit)

    def name_of(self, entry: Entered) -> str:
        """The name of a line; last and first names of two columns stay parted."""
        name = " ".join(entry.values.get("name", "").split())
        first = " ".join(entry.values.get("first_name", "").split())
        return f"{name}\t{first}" if first else name

    def refuse_future(self, entry: Entered, code: str, on: date, what: str) -> bool:
        """A training that has not been followed yet does not count, nor one of another age (« 1921 » for 2021)."""
        if on.year < OLDEST:
            entry.wrong(code, f"Le {on:%d/%m/%Y} est trop ancien pour être celui d’une formation : vérifiez l’année.")
            return True
        if on > self.today:
            entry.wrong(code, f"{what} du {on:%d/%m/%Y} est à venir : elle ne compte qu’une fois suivie.")
            return True
        return False


def themes_for(unit: Unit) -> Themes:
    """The themes that a file about a unit may name: those of the modules that a site retains, there or below."""
    below = site_themes(Unit.objects.ids_below(unit.pk))
    sites = [unit.pk]
    while unit.parent is not None:
        unit = unit.parent
        sites.append(unit.pk)
    return Themes([theme for theme in TrainingTheme.objects.for_site(sites) if below.ever_has(theme)])


def said(value: Any) -> str:
    """A value of a change in words."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
