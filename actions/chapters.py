"""The action plans in the annual report: what the year comes to, plan by plan and theme by theme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from actions import synthesis
from actions.enums import Effectiveness, Status
from actions.models import Action, Plan
from actions.rules.punctuality import is_counted, is_on_time
from actions.rules.tallies import StatusTally
from core.base import registries
from core.base.figures import DAYS, RATE, format_figure
from organisations.models import Unit

STATUSES = (Status.DONE, Status.ONGOING, Status.TODO, Status.POSTPONED, Status.ABANDONED)


@dataclass(frozen=True)
class PlanRow:
    """A plan with its actions of the year, by status."""

    plan: Plan
    tally: StatusTally

    @property
    def counts(self) -> list[int]:
        return [self.tally.statuses[status] for status in STATUSES]


def chapter(site: Unit, year: int) -> Mapping:
    """The context of the chapter; the statuses are those of the day it is printed, lateness that of the year's end."""
    on = min(timezone.localdate(), date(year, 12, 31))
    found = synthesis.synthesise(synthesis.of_site(site), synthesis.SynthesisPeriod(year), on=on)
    actions = [line.action for line in found.year]
    sentences = [*filter(None, [on_time(found.year, year), moved(actions), checked(actions, year)])]
    return {
        "is_empty": not actions,
        "year": year,
        "summary": f"{found.tally.in_words}.",
        "sentences": sentences,
        "brief": [f"{found.tally.in_words}.", *sentences],
        "key_figures": [registries.KeyFigure(found.tally.brief, "actions réalisées")] if found.tally.total else [],
        "plans": _plans(actions, on),
        "groups": found.groups,
        "total": found.cells,
        "explained": [action for action in actions if action.status_reason],
    }


def on_time(lines: Iterable[synthesis.SynthesisLine], year: int) -> str:
    """« 9 actions réalisées à l’échéance sur 12 arrivées à échéance (75 %). »; empty where none fell due."""
    due = [line.action for line in lines if (latest := line.action.deadline_latest) and latest.year == year]
    fallen = [action for action in due if action.deadline_latest <= timezone.localdate() and is_counted(action)]
    if not fallen:
        return ""
    kept = sum(is_on_time(action) for action in fallen)
    rate = format_figure(kept / len(fallen), RATE)
    return (
        f"{kept} action{_s(kept)} réalisée{_s(kept)} à l’échéance sur {len(fallen)} arrivée{_s(len(fallen))} "
        f"à échéance ({rate})."
    )


def moved(actions: Sequence[Action]) -> str:
    """How many deadlines moved, and by how much in the mean; empty where none did."""
    rows = [action for action in actions if action.move_count]
    if not rows:
        return ""
    told = f"L’échéance {_of(len(rows))} a été changée"
    drifts = [
        (row.deadline_latest - row.promised_latest).days for row in rows if row.deadline_latest and row.promised_latest
    ]
    if not drifts:
        return f"{told}."
    mean = format_figure(sum(drifts) / len(drifts), DAYS, 0)
    return f"{told}, de {mean} en moyenne depuis la première promesse."


def checked(actions: Iterable[Action], year: int) -> str:
    """What the reviews of the year found; empty where there was none."""
    results = [row.review_result for row in actions if row.reviewed_on and row.reviewed_on.year == year]
    if not results:
        return ""
    good, bad = results.count(Effectiveness.EFFECTIVE), results.count(Effectiveness.INEFFECTIVE)
    return f"L’efficacité {_of(len(results))} a été vérifiée : {good} efficace{_s(good)}, {bad} sans effet."


def _plans(actions: Iterable[Action], on: date) -> list[PlanRow]:
    by_plan: dict[int, list[Action]] = {}
    plans: dict[int, Plan] = {}
    for action in actions:
        plan = action.finding.plan
        plans[plan.pk] = plan
        by_plan.setdefault(plan.pk, []).append(action)
    ordered = sorted(plans.values(), key=lambda plan: (plan.origin_on or date.min, plan.pk))
    return [PlanRow(plan, StatusTally.of(by_plan[plan.pk], on)) for plan in ordered]


def _of(number: int) -> str:
    return f"de {number} actions" if number > 1 else "d’une action"


def _s(number: int) -> str:
    return "s" if number > 1 else ""


def register() -> None:
    """Register the chapter with the annual report."""
    registries.report_sections.register(
        registries.ReportSection(
            code="actions",
            title="Le plan d’actions",
            position=150,
            context=chapter,
            template="actions/report/chapter.html",
            source="actions:plans",
            origin="plans d’actions",
        )
    )
