"""The plans already stored under the titles of a document, and which of their rows those of the document are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import TypeVar

from django.db.models import Max, Min, Prefetch

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan
from core.imports.words import plain
from organisations.models import Unit

ALIKE = 0.75  # of a text whose words were corrected
MOST_COMPARED = 60  # rows left on each side: beyond, comparing each with each takes too long
One = TypeVar("One")
Other = TypeVar("Other")


def plans_of(site: Unit, titles: Iterable[str]) -> dict[str, Plan]:
    """Plans of a site that bear those titles, by their plain words, with all they hold, in a few queries."""
    wanted = {plain(title) for title in titles}
    known = Plan.objects.filter(site=site).order_by("-pk").values_list("pk", "title")
    pks = [pk for pk, title in known if plain(title) in wanted]
    responsibles = ActionResponsible.objects.select_related("unit", "user").order_by("position", "pk")
    actions = Action.objects.prefetch_related(Prefetch("responsibles", responsibles)).order_by("position", "pk")
    links = FindingEngagement.objects.select_related("engagement").order_by("pk")
    findings = (
        Finding.objects.select_related("module")
        .prefetch_related(Prefetch("actions", actions), Prefetch("engagement_links", links))
        .order_by("number", "pk")
    )
    rows = Plan.objects.filter(pk__in=pks).select_related("site", "referential").order_by("-pk")
    return {plain(plan.title): plan for plan in rows.prefetch_related(Prefetch("findings", findings))}


@dataclass(frozen=True)
class Dates:
    """When a row took effect first, and last."""

    first: datetime
    last: datetime


def dates_of(plans: Iterable[Plan]) -> dict[tuple[str, int], Dates]:
    """The dates of the plans, of their findings and actions, by model and identifier."""
    pks = [plan.pk for plan in plans]
    found: dict[tuple[str, int], Dates] = {}
    for model, rows in (
        (Plan, Plan.history.filter(id__in=pks)),
        (Finding, Finding.history.filter(plan_id__in=pks)),
        (Action, Action.history.filter(finding_id__in=Finding.objects.filter(plan__in=pks).values("pk"))),
    ):
        dated = rows.order_by().values("id").annotate(first=Min("history_date"), last=Max("history_date"))
        found |= {(model._meta.model_name, row["id"]): Dates(row["first"], row["last"]) for row in dated}
    return found


def match_findings(rows: Sequence[One], texts: Callable[[One], tuple[str, str]], plan: Plan | None) -> list:
    """For each row of the document (section, text), the finding it is: the same words, else words much alike."""
    stored = list(plan.findings.all()) if plan else []
    return _matched(rows, stored, texts, lambda finding: (finding.section, finding.text))


def match_actions(rows: Sequence[One], text: Callable[[One], str], finding: Finding | None) -> list:
    """For each action of the document, the one it is under the same finding."""
    stored = list(finding.actions.all()) if finding else []
    return _matched(rows, stored, lambda row: ("", text(row)), lambda action: ("", action.text))


def _matched(
    rows: Sequence[One], stored: list[Other], of_row: Callable[[One], tuple[str, str]],
    of_stored: Callable[[Other], tuple[str, str]],
) -> list[Other | None]:  # fmt: skip
    """Each stored one is taken once: same place and words, then same words, then words alike."""
    found: list[Other | None] = [None] * len(rows)
    left = list(stored)
    for keyed in (lambda pair: (plain(pair[0]), plain(pair[1])), lambda pair: plain(pair[1])):
        waiting: dict = defaultdict(list)
        for one in left:
            waiting[keyed(of_stored(one))].append(one)
        for index, row in enumerate(rows):
            if found[index] is None and waiting[keyed(of_row(row))]:
                found[index] = waiting[keyed(of_row(row))].pop(0)
        left = [one for several in waiting.values() for one in several]
    missing = [index for index, one in enumerate(found) if one is None]
    if len(missing) <= MOST_COMPARED and len(left) <= MOST_COMPARED:
        for index in missing:
            found[index] = _take_alike(of_row(rows[index])[1], left, lambda one: of_stored(one)[1])
    return found


def _take_alike(text: str, left: list[Other], text_of: Callable[[Other], str]) -> Other | None:
    words = plain(text)
    scores = [(SequenceMatcher(None, words, plain(text_of(one))).ratio(), -rank) for rank, one in enumerate(left)]
    score, rank = max(scores, default=(0.0, 0))
    return left.pop(-rank) if score >= ALIKE else None
