"""From a workbook to a plan, for a campaign: columns, scales, forms, then those that the campaign already has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Any

from django.utils import timezone

from core.base.words import in_words
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option, settle
from core.importing.layout import Layout, TableRead
from core.importing.lines import Fate, Line, LineChange
from core.importing.places import Problem, error, warning
from core.importing.plan import Plan
from core.importing.tables import SourceRow, account_of, read_lines, recognise
from core.importing.tables.wanted import Wanted
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook
from surveys import models
from surveys.exports.forms import AROUND
from surveys.imports.answers import FormReader, ReadForm
from surveys.imports.around import Sites, legends_of, without_feet
from surveys.imports.columns import CROSS, DATE, OF_FORM, PLACE, TECHNICAL, Heads, answers_of
from surveys.imports.fates import Fates, PlannedForm
from surveys.imports.matching import FormMatch, Matching
from surveys.imports.reading import Settling
from surveys.models import Campaign, Scenario
from surveys.results.reading import definition_of, questions_of
from surveys.services import intake

NEW = "+"  # of a place: to be created
NONE = "-"  # of a scenario
OF_OUR_LIST = tuple(column.label for column in AROUND)
COLUMN = "column:"  # before the words of a heading: what a command says of a column
NO_QUESTION = "Aucune colonne ne correspond à une question du questionnaire : indiquez ce que chacune contient."
NO_LINE = "Le tableau n’a aucune ligne sous ses en-têtes."
NEW_PLACE = "Le lieu « {} » n’est pas connu sur ce site : il sera créé."
TWINS = (
    "{} la même chose, le même jour, qu’un formulaire déjà reçu autrement (papier, tablette, lien). "
    "Vérifiez que ce fichier ne les reprend pas : ils compteraient deux fois."
)


@dataclass
class SurveyPlanner:
    """Plans the import of a workbook into a campaign, with the answers given."""

    campaign: Campaign
    given: Given

    @cached_property
    def questions(self) -> list[models.Question]:
        return questions_of(self.campaign)

    @cached_property
    def heads(self) -> Heads:
        first, last = self.campaign.starts_on.year, self.campaign.ends_on.year
        return Heads(self.questions, frozenset(map(str, range(first, last + 1))))

    @cached_property
    def sites(self) -> Sites:
        return Sites(self.campaign)

    @cached_property
    def words(self) -> Words:
        return Words(self.given)

    def plan(self, book: Workbook) -> Plan:
        """What recording the workbook would do: the columns, the scales, the forms and those already there."""
        refuse_what_leaves(book)
        wanted = self.heads.wanted_in(book)
        layout = self._layout(book, wanted, self.given)
        if said := self._said(layout):
            self.given = replace(self.given, chosen={**said, **self.given.chosen})
            layout = self._layout(book, wanted, self.given)
        settling = Settling(book, self.heads, self.campaign, timezone.localdate())
        counted = list(settling.counted(layout))
        layout = settling.layout(_without(layout, [table for table, _problem in counted]))
        layout = self.sites.layout(layout)
        lines = read_lines(book, layout, wanted, given=self.given, joins=False)
        rows = list(without_feet(lines))
        legends = legends_of(book, layout)
        reader = FormReader(
            rows, self.questions, definition_of(self.questions), self.words, self.given, _orders(layout)
        )
        reader.legends = {name: legend.text for name, legend in legends.items()}
        day = self._day(reader, rows)
        reader.default_day = date.fromisoformat(day.value) if day and day.value else None
        _wait_for_sheets(rows, layout)
        reads = reader.read()
        matching = Matching(self.campaign, definition_of(self.questions), self.given)
        forms = list(self._forms(reads, matching.match(reads)))
        planned = [Fates(self.campaign).line(form, self._told(form)) for form in forms]
        asks = [*lines.asks, *reader.asks, *matching.asks, *([day] if day else [])]
        problems = [*lines.problems, *self._problems(layout, rows, counted, planned, matching)]
        accounts = account_of(book, layout, lines)
        accounts.read(*chain.from_iterable(legend.cells for legend in legends.values()))
        _account_asks(accounts, layout, [*asks, *self.words.asks()])
        accounts.close()
        reading = {"forms": [_json(line.content.read) for line in planned if line.fate != Fate.LEFT_OUT]}
        return Plan(layout, accounts, planned, self.words, asks, problems, reading)

    def _layout(self, book: Workbook, wanted: Sequence[Wanted], given: Given) -> Layout:
        codes = {one.code for one in wanted} - OF_FORM.keys()

        def is_table(said: set[str]) -> bool:
            return bool(said & codes) or len(said) > 1

        return recognise(book, wanted, given=given, technical=TECHNICAL, is_table=is_table)

    def _said(self, layout: Layout) -> dict[str, str]:
        """What a command says of columns by their headings, as answers about those columns."""
        by_heading = {
            code.removeprefix(COLUMN): value for code, value in self.given.chosen.items() if code.startswith(COLUMN)
        }
        columns = [column for table in layout.tables for column in table.columns] if by_heading else []
        return {
            c.role.code: by_heading[plain(c.heading) or c.heading]
            for c in columns
            if (plain(c.heading) or c.heading) in by_heading
        }

    def _day(self, reader: FormReader, rows: Sequence[SourceRow]) -> Ask | None:
        """The day of forms that have none: never today by itself."""
        if not rows or not reader.lacks_day:
            return None
        first, last = self.campaign.starts_on, min(self.campaign.ends_on, timezone.localdate())
        days = [last - timedelta(days=number) for number in range(max((last - first).days, 0) + 1)]
        return settle(
            self.given,
            "file:day",
            "Le fichier ne dit pas le jour des formulaires. Quel jour ont-ils été remplis ?",
            [Option(one.isoformat(), in_words(one)) for one in days],
            proposed=days[0].isoformat(),
            places=[row.place_of_row for row in rows],
            is_remembered=False,
        )

    def _forms(self, reads: Sequence[ReadForm], matches: Sequence[FormMatch]) -> Iterator[PlannedForm]:
        """The forms with their place and scenario, known, chosen or to be created."""
        places = self._places() if any(read.place for read in reads) else {}
        scenarios = self._scenarios() if any(read.scenario for read in reads) else {}
        place_options = [Option(str(pk), name) for pk, name in dict(places.values()).items()] + [
            Option(NEW, "Créer ce lieu")
        ]
        scenario_options = [*(Option(pk, title) for pk, title in scenarios.values()), Option(NONE, "Aucun de ceux-ci")]
        new: set[str] = set()
        for read, match in zip(reads, matches, strict=True):
            place = scenario = ""
            if read.place:
                known = str(places.get(plain(read.place), ("", ""))[0])
                place = self._place(read, known, place_options, new)
            if read.scenario:
                scenario = self._scenario(read, scenarios, scenario_options)
            yield PlannedForm(read, match, place, scenario)

    def _place(self, read: ReadForm, known: str, options: Sequence[Option], new: set[str]) -> str:
        """The place of a form; one to be created is said once."""
        if not known and not self.sites.is_other(read.place):
            known = NEW
        place = self.words.read("lieu", read.place, read.row.place(PLACE), options, known=known)
        if not place:
            read.asked.add(PLACE)
        elif place == NEW and plain(read.place) not in new:
            new.add(plain(read.place))
            read.problems.append(warning(NEW_PLACE.format(read.place), read.row.place(PLACE)))
        return place

    def _scenario(self, read: ReadForm, scenarios: Mapping[str, tuple[str, str]], options: Sequence[Option]) -> str:
        known, _title = scenarios.get(plain(read.scenario), ("" if scenarios else NONE, ""))
        scenario = self.words.read("scénario", read.scenario, read.row.place("@scenario"), options, known=known)
        if not scenario:
            read.asked.add("@scenario")
        return scenario

    def _places(self) -> dict[str, tuple[int, str]]:
        """The places of the site by each of their names."""
        rows = models.Place.objects.filter(site=self.campaign.site_id).values_list("pk", "name", "code", "name_en")
        return {plain(name): (pk, label) for pk, label, *names in rows for name in (label, *names) if name}

    def _scenarios(self) -> dict[str, tuple[str, str]]:
        rows = Scenario.objects.filter(campaign=self.campaign).values_list("pk", "title")
        return {plain(title): (str(pk), title) for pk, title in rows}

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        """« la courtoisie : Très satisfait » of each answer of each question."""
        return {(q.code, code): f"{q.label} : {label}" for q in self.questions for code, label in answers_of(q).items()}

    def _told(self, form: PlannedForm) -> list[LineChange]:
        """What the line records, in words."""
        read = form.read
        told = []
        for code, answer in read.answers.items():
            codes = [answer] if isinstance(answer, str) else answer
            told += [self._labels.get((code, one)) or f"{self.heads.labels[code]} : {one}" for one in codes]
        changes = [LineChange("Réponses", "", " ; ".join(told))]
        if read.place:
            changes.append(LineChange("Lieu", "", f"{read.place} (à créer)" if form.place == NEW else read.place))
        return changes

    def _of_nothing(self, layout: Layout, rows: Sequence[SourceRow]) -> Iterator[Problem]:
        """A file without a question or without a line, once its questions are answered."""
        if any(ask.is_open for ask in layout.all_asks()):
            return
        codes = {column.code.partition(CROSS)[0] for table in layout.tables for column in table.columns}
        if not codes & {question.code for question in self.questions}:
            yield error(NO_QUESTION)
        elif not rows:
            yield error(NO_LINE)

    def _problems(
        self,
        layout: Layout,
        rows: Sequence[SourceRow],
        counted: Sequence[tuple[TableRead, Problem]],
        lines: Sequence[Line],
        matching: Matching,
    ) -> Iterator[Problem]:
        """What is said of the file as a whole."""
        yield from (problem for _table, problem in counted)
        if not counted:
            yield from self._of_nothing(layout, rows)
        fresh = [line.content.read for line in lines if line.fate == Fate.CREATED]
        if number := matching.twins(fresh):
            yield warning(TWINS.format("Une ligne dit" if number == 1 else f"{number} lignes disent"))
        if not self.campaign.is_open and any(line.fate in (Fate.CREATED, Fate.CHANGED) for line in lines):
            yield error(intake.refusal_of(self.campaign).message)


def _json(read: ReadForm) -> dict[str, Any]:
    """A form as `--format json` prints it; nothing is deduced here: a question that nobody answered has no answer."""
    return {
        "row": read.row.number,
        "sheet": read.row.table.sheet,
        "number": read.number,
        "answered_on": read.day.isoformat() if read.day else None,
        "answers": read.answers,
        "deduced": [],
    }


def _orders(layout: Layout) -> dict[str, str | None]:
    """By table, the order of day and month; None while it is asked."""
    found: dict[str, str | None] = {}
    for table in layout.tables:
        for column in table.of_role(DATE):
            for ask in column.settings:
                if ask.code.endswith(":dates"):
                    found[table.name] = None if ask.is_open else ask.value
    return found


def _without(layout: Layout, tables: Sequence[TableRead]) -> Layout:
    """The layout without the tables that hold no form."""
    kept = tuple(table for table in layout.tables if table not in tables)
    return replace(layout, tables=kept)


def refuse_what_leaves(book: Workbook) -> None:
    """The list of forms in which nobody is recognised tells too little to find a form again: it would count twice.

    Raises SpreadsheetError.
    """
    for sheet in book.sheets:
        first = next(sheet.rows, [])
        if tuple(str(cell.value or "") for cell in first[: len(OF_OUR_LIST)]) == OF_OUR_LIST:
            raise SpreadsheetError(
                "Ce fichier est la liste des formulaires que l’application a rendue méconnaissable : ils sont dans "
                "l’enquête, et n’y sont pas repris."
            )


def _wait_for_sheets(rows: Sequence[SourceRow], layout: Layout) -> None:
    """The rows of a sheet wait while it is asked whether to read it."""
    codes = {ask.code for ask in layout.asks if ask.is_open}
    for row in rows:
        code = f"sheet:{row.table.sheet}"
        row.asked = row.asked or (code if code in codes else "")


def _account_asks(accounts: Accounts, layout: Layout, asks: Sequence[Ask]) -> None:
    settings = (ask for table in layout.tables for column in table.columns for ask in column.settings)
    for ask in (*asks, *settings):
        if ask.is_open:
            accounts.ask(((place.sheet, place.row, place.column) for place in ask.places), ask.code)
