"""From a workbook to a plan, for a campaign: its questions, the columns remembered at its site, the forms it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from core.imports.words import plain
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.model import Workbook
from surveys.imports import problems
from surveys.imports.fates import Fates, Known
from surveys.imports.forms import Reader, ReadForm
from surveys.imports.headings import LEFT_OUT, TECHNICAL, Column, Name, Recognition, is_personal
from surveys.imports.labels import choices_of
from surveys.imports.plan import Plan, PlannedPlace
from surveys.imports.table import NO_TABLE, Table, find_table
from surveys.models import Campaign, HeaderMatch, Place, Question, Response, Scenario
from surveys.results.reading import definition_of, questions_of

BATCH = 500


def recognition_of(campaign: Campaign, questions: Sequence[Question]) -> Recognition:
    """The columns known for a campaign: its questions, and what was decided before at its site."""
    names = [
        Name(q.code, tuple(filter(None, (q.label, q.label_easy, q.label_en, *q.aliases))), q.is_criterion)
        for q in questions
    ]
    matches = HeaderMatch.objects.filter(site=campaign.site_id, questionnaire_code=campaign.questionnaire.code)
    codes = {question.code for question in questions}
    remembered = {
        key: target
        for key, target in matches.values_list("key", "target")
        if not target or target.startswith("@") or target in codes
    }
    return Recognition(names, remembered)


def table_of(campaign: Campaign, workbook: Workbook) -> Table:
    """The table of a workbook; SpreadsheetError when there is none."""
    recognition = recognition_of(campaign, questions_of(campaign))
    table = find_table(
        workbook,
        known=recognition.is_known,
        dropped=lambda text: is_personal(text) and not recognition.question_named(text),
    )
    if table is None or not table.headings:
        raise SpreadsheetError(NO_TABLE)
    return table


def plan_of(campaign: Campaign, table: Table, choices: Mapping | None = None) -> Plan:
    """What recording the table would do, with what the person has decided so far."""
    return _Planner(campaign, table, choices or {}).plan()


@dataclass
class _Planner:
    campaign: Campaign
    table: Table
    choices: Mapping

    def plan(self) -> Plan:
        found = self.recognition.columns(self.table.headings, self.choices.get("columns"))
        columns = [self._settled(index, column) for index, column in enumerate(found)]
        reader = self._reader(columns)
        reads = reader.read()
        fates = Fates(self.campaign, self.table, columns, self._scenarios(reads))
        fates.known = self._known(fates.keys_of(reads))
        forms = fates.settle(reads)
        return Plan(
            table=self.table,
            columns=columns,
            forms=forms,
            places=self._places(reads),
            problems=[
                *problems.of_columns(self.table, columns, self.questions),
                *problems.of_reading(self.table, reader),
                *problems.of_campaign(self.campaign, forms),
                *problems.of_twins(self.campaign, self.table, forms),
            ],
            ignores_errors=bool(self.choices.get("ignore_errors")),
            default_day=reader.default_day,
            needs_day=reader.lacks_day,
            uses_codes=bool(reader.first_code),
        )

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.campaign)

    @cached_property
    def recognition(self) -> Recognition:
        return recognition_of(self.campaign, self.questions)

    def _default_day(self) -> date:
        """The day of forms that have none: the one chosen, else the last of the campaign that is not to come."""
        if chosen := self.choices.get("day"):
            return date.fromisoformat(chosen)
        return max(min(self.campaign.ends_on, timezone.localdate()), self.campaign.starts_on)

    def _reader(self, columns: Sequence[Column]) -> Reader:
        return Reader(
            table=self.table,
            columns=columns,
            definition=definition_of(self.questions),
            choices={question.code: choices_of(question.choices) for question in self.questions},
            labels=self.choices.get("labels", {}),
            default_day=self._default_day(),
            is_reversed=bool(self.choices.get("reversed")),
        )

    def _settled(self, index: int, column: Column) -> Column:
        """An unknown column without a single cell is nobody's problem."""
        if column.needs_decision and not any(self.table.column(index)):
            return Column(column.heading, LEFT_OUT, TECHNICAL)
        return column

    def _known(self, keys: Sequence[UUID]) -> dict[UUID, Known]:
        """The forms of these keys that the campaign already has."""
        fields = ("key", "answers", "withdrawn_at", "source__state")
        known: dict[UUID, Known] = {}
        for start in range(0, len(keys), BATCH):
            rows = Response.objects.filter(key__in=keys[start : start + BATCH])
            known |= {key: Known(*rest) for key, *rest in rows.values_list(*fields)}
        return known

    def _scenarios(self, reads: Sequence[ReadForm]) -> dict[str, Scenario]:
        if not any(read.scenario for read in reads):
            return {}
        return {plain(row.title): row for row in Scenario.objects.filter(campaign=self.campaign)}

    def _places(self, reads: Sequence[ReadForm]) -> list[PlannedPlace]:
        """The places named, known by their name or code, chosen by the person, or to be created."""
        texts: dict[str, list[str]] = {}
        for read in reads:
            if read.place:
                texts.setdefault(plain(read.place), []).append(read.place)
        if not texts:
            return []
        known: dict[str, int] = {}
        for pk, *names in Place.objects.filter(site=self.campaign.site_id).values_list("pk", "code", "name", "name_en"):
            known |= {plain(name): pk for name in names if name}
        chosen = {key: pk for key, pk in self.choices.get("places", {}).items() if pk in known.values()}
        known |= chosen
        return [PlannedPlace(found[0], known.get(key), len(found)) for key, found in texts.items()]
