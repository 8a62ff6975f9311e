"""Reads the state of a day from the history tables, in a number of queries that does not depend on the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from actions.as_of.labels import Labels
from actions.as_of.state import ActionState, FindingState, PlanState, ProofState, UnitState
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof
from core.record import history
from core.time.fuzzy_dates import FuzzyDate
from organisations.models import Unit

Row = dict[str, Any]


def end_of(day: date) -> datetime:
    """The last instant of a day in Paris."""
    return timezone.make_aware(datetime.combine(day, time.max))


def plan_state(
    unit: Unit,
    on: date,
    *,
    plan: Plan | int | None = None,
    findings: Collection[int] | None = None,
    known_at: datetime | None = None,
) -> UnitState:
    """The plans of a unit and of the units below at the end of a day; `plan` (or its number) for that one only.

    With `findings`, all those plans with these of their findings only.
    """
    rows = _Rows(end_of(on), known_at)
    plans = rows.of(Plan, site_id__in=Unit.objects.ids_below(unit.pk), **only(plan))
    plan_ids = [row["id"] for row in plans]
    narrowed = {} if findings is None else {"id__in": findings}
    found = rows.of(Finding, plan_id__in=plan_ids, **narrowed)
    finding_ids = Finding.history.filter(plan_id__in=plan_ids, **narrowed).order_by().values("id")
    links = rows.of(FindingEngagement, finding_id__in=finding_ids)
    actions = rows.of(Action, finding_id__in=finding_ids)
    action_ids = Action.history.filter(finding_id__in=finding_ids).order_by().values("id")
    responsibles = rows.of(ActionResponsible, action_id__in=action_ids)
    proofs = rows.of(Proof, action_id__in=action_ids)
    labels = Labels(rows.until, plans=plans, findings=found, links=links, responsibles=responsibles)
    built = _Builder(labels, findings=found, links=links, actions=actions, responsibles=responsibles, proofs=proofs)
    return UnitState(unit.code, unit.name, on, known_at, built.plans(plans))


def titles_on(day: date, actions: Collection[int]) -> dict[int, str]:
    """The words of those actions at the end of a day; those of their finding where they had none of their own."""
    when = end_of(day)
    rows = list(history.as_of(Action.history.filter(id__in=actions), when).values("id", "text", "finding_id"))
    found = Finding.history.filter(id__in=[row["finding_id"] for row in rows if not row["text"]])
    texts = dict(history.as_of(found, when).values_list("id", "text"))
    titles = {row["id"]: row["text"] or texts.get(row["finding_id"], "") for row in rows}
    return {pk: title for pk, title in titles.items() if title}


def only(plan: Plan | int | None) -> dict[str, int]:
    """The lookup of one plan among others; none for all."""
    return {} if plan is None else {"id": plan.pk if isinstance(plan, Plan) else plan}


class _Rows:
    """What existed at an instant, as far as was known at another one."""

    def __init__(self, when: datetime, known_at: datetime | None):
        self.when = when
        self.known_at = known_at
        self.until = when if known_at is None else min(when, known_at)

    def of(self, model, **narrowed) -> list[Row]:
        names = [field.attname for field in model.history.model.tracked_fields]
        source: QuerySet = model.history.filter(**narrowed)
        rows = history.as_of(source, self.when, known_at=self.known_at).order_by("id")
        days = {"effective_on": TruncDate("history_date"), "recorded_on": TruncDate("recorded_at")}
        return list(rows.values(*names, **days))


class _Builder:
    """Puts the rows of the tables together."""

    def __init__(self, labels: Labels, *, findings, links, actions, responsibles, proofs):
        self.labels = labels
        self.findings = _grouped(findings, "plan_id", "number")
        self.links = _grouped(links, "finding_id")
        self.actions = _grouped(actions, "finding_id", "position")
        self.responsibles = _grouped(responsibles, "action_id", "position")
        self.proofs = _grouped(proofs, "action_id", "added_at")

    def plans(self, rows: Iterable[Row]) -> tuple[PlanState, ...]:
        """Oldest origin first; those without a day last."""
        ordered = sorted(rows, key=lambda row: (row["origin_on"] or date.max, row["id"]))
        return tuple(self._plan(row) for row in ordered)

    def _plan(self, row: Row) -> PlanState:
        return PlanState(
            **_own(row, "title", "origin", "origin_on", "updated_on", "comment"),
            site=self.labels.unit(row["site_id"]),
            referential=self.labels.referential(row["referential_id"]),
            findings=tuple(self._finding(one) for one in self.findings[row["id"]]),
        )

    def _finding(self, row: Row) -> FindingState:
        return FindingState(
            **_own(row, "number", "section", "engagement_words", "text", "kind", "theme", "closed_on"),
            module=self.labels.module(row["module_id"]),
            engagements=self.labels.engagements(link["engagement_id"] for link in self.links[row["id"]]),
            actions=tuple(self._action(one, row["text"]) for one in self.actions[row["id"]]),
        )

    def _action(self, row: Row, finding_text: str) -> ActionState:
        names = (
            "text",
            "promised_text",
            "promised_latest",
            "move_count",
            "status",
            "status_reason",
            "done_on",
            "comment",
            "expected_effect",
            "review_due_on",
            "review_result",
            "reviewed_on",
            "review_comment",
        )
        days = row["deadline_earliest"], row["deadline_latest"]
        return ActionState(
            **_own(row, *names),
            title=row["text"] or finding_text,
            responsibles=tuple(self.labels.responsible(one) for one in self.responsibles[row["id"]]),
            deadline=FuzzyDate.stored(row["deadline_text"], *days, event=row["deadline_event"]),
            merged_into=row["merged_into_id"],
            proofs=tuple(ProofState(**_own(one, "name", "digest", "note")) for one in self.proofs[row["id"]]),
        )


def _grouped(rows: Iterable[Row], key: str, *order: str) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=itemgetter(*order, "id")):
        groups[row[key]].append(row)
    return groups


def _own(row: Row, *names: str) -> Row:
    """The columns told as they are, with the number of the item and its two days."""
    return {name: row[name] for name in ("id", "effective_on", "recorded_on", *names)}
