"""The plans already stored under the titles of a file, with all they hold, and when their rows took effect."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Prefetch

from actions.imports.roles import ACTION, FINDING
from actions.imports.understood import Meaning
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan
from core.importing.pairing import paired
from core.importing.words import plain
from organisations.models import Unit


def plans_of(site: Unit, titles: Iterable[str]) -> dict[str, Plan]:
    """Plans of a site that bear those titles, by their plain words, in a few queries."""
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


def match(meanings: list[Meaning], stored: Plan | None) -> None:
    """Give each line the finding and the action it is. A line in error or asked about chooses last."""
    groups: dict[int, list[Meaning]] = defaultdict(list)
    for meaning in meanings:
        groups[meaning.entry.finding].append(meaning)
    several = sorted(groups.values(), key=lambda group: all(map(_fails, group)))
    findings = paired(
        [group[0] for group in several],
        list(stored.findings.all()) if stored else [],
        lambda meaning: (meaning.entry.section, meaning.entry.text(FINDING)),
        _names_of,
    )
    for group, finding in zip(several, findings, strict=True):
        acting = sorted((meaning for meaning in group if meaning.entry.has_action), key=_fails)
        known = list(finding.actions.all()) if finding else []
        actions = paired(acting, known, lambda one: (one.entry.text(ACTION),), lambda one: (one.text,))
        for meaning in group:
            meaning.finding = finding
        for meaning, action in zip(acting, actions, strict=True):
            meaning.action = action


def _names_of(finding: Finding) -> tuple[str, str]:
    return finding.section or str(finding.module or ""), finding.text


def _fails(meaning: Meaning) -> bool:
    return not meaning.status or meaning.entry.is_wrong
