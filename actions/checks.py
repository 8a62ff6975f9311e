"""What contradicts itself in the plans of a site's year, listed before a meeting, one click from its mending."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from actions.enums import PENDING, FindingKind, Status
from actions.models import Action, Finding
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.importing.words import plain
from organisations.models import Unit

OMISSION = "actions_omission"


def check(site: Unit, year: int) -> Iterator[Contradiction]:
    """The contradictions of the plans that matter to a year, in a constant number of queries."""
    last = date(year, 12, 31)
    actions = _of_year(site, year)
    for action in actions.filter(status=Status.DONE, done_on=None):
        yield _missing(action, "réalisée, sans le jour où elle l’a été")
    for action in actions.filter(deadline_latest__lt=F("finding__plan__origin_on")):
        yield _found(
            action,
            f"échéance au {action.deadline_latest:%d/%m/%Y}, avant l’origine du plan, le "
            f"{action.finding.plan.origin_on:%d/%m/%Y}",
            "error",
        )
    for action in actions.filter(status=Status.DONE, done_on__lt=F("finding__plan__origin_on")):
        yield _found(
            action,
            f"réalisée le {action.done_on:%d/%m/%Y}, avant l’origine du plan, le "
            f"{action.finding.plan.origin_on:%d/%m/%Y}",
            "error",
        )
    for action in actions.filter(status__in=(Status.POSTPONED, Status.ABANDONED), status_reason=""):
        yield _missing(action, f"{action.get_status_display().lower()}, sans sa raison")
    for action in actions.filter(status__in=PENDING, responsibles=None):
        yield _missing(action, "personne n’en répond")
    for action in actions.filter(review_due_on__lte=last):
        yield _missing(action, f"efficacité à vérifier depuis le {action.review_due_on:%d/%m/%Y}")
    yield from _findings_without_action(site, year)


def _of_year(site: Unit, year: int):
    """The actions of plans begun by the end of the year, still pending or settled within it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    begun = Q(finding__plan__origin_on=None) | Q(finding__plan__origin_on__lte=last)
    undated = Q(done_on=None) & (Q(deadline_latest__year=year) | Q(finding__plan__origin_on__year=year))
    of_year = Q(status__in=PENDING) | Q(done_on__range=(first, last)) | undated
    rows = Action.objects.leaders().filter(begun, of_year, finding__plan__site=site)
    return rows.select_related("finding__plan").order_by("finding__plan", "finding__number", "position", "pk")


def _findings_without_action(site: Unit, year: int) -> Iterator[Contradiction]:
    """A strong point asks for no action; another finding does."""
    rows = Finding.objects.filter(plan__site=site, actions=None, plan__origin_on__lte=date(year, 12, 31))
    for finding in rows.exclude(kind=FindingKind.STRENGTH).select_related("plan").order_by("plan", "number"):
        yield Contradiction(
            f"« {finding.text} » ({finding.plan}) : aucune action ne répond à ce constat.",
            reverse("actions:finding", args=[finding.pk]),
            about=finding.text,
            check=OMISSION,
        )


def done_here_and_ongoing_there(site: Unit, year: int) -> Iterator[Contradiction]:
    """One finding in two plans, settled in one and not in the other (the MSAP in the plans of June 2019)."""
    rows = Finding.objects.filter(plan__site=site, plan__origin_on__lte=date(year, 12, 31), actions__isnull=False)
    plans: dict[str, dict[int, Finding]] = defaultdict(dict)
    for finding in rows.select_related("plan").prefetch_related("actions").order_by("plan__origin_on", "pk").distinct():
        plans[plain(finding.text)].setdefault(finding.plan_id, finding)
    for same in plans.values():
        done = [one for one in same.values() if all(action.status == Status.DONE for action in one.actions.all())]
        pending = [
            one
            for one in same.values()
            if one not in done and any(action.status in PENDING for action in one.actions.all())
        ]
        for settled, other in zip(done, pending, strict=False):
            yield Contradiction(
                f"« {settled.text} » : action réalisée dans « {settled.plan} », encore en cours dans « {other.plan} ».",
                reverse("actions:finding", args=[other.pk]),
                about=settled.text,
            )


def _missing(action: Action, words: str) -> Contradiction:
    return replace(_found(action, words, "warning"), check=OMISSION)


def _found(action: Action, words: str, level: str) -> Contradiction:
    return Contradiction(
        f"« {action.title} » ({action.finding.plan}) : {words}.",
        reverse("actions:action", args=[action.pk]),
        level,
        about=action.title,
    )


def register() -> None:
    """Register the checks."""
    consistency_checks.register(
        ConsistencyCheck(
            "actions_done_and_ongoing", "Constats de deux plans", done_here_and_ongoing_there, 110, "action_view"
        )
    )
    consistency_checks.register(ConsistencyCheck("actions", "Plans d’actions", check, 100, "action_view"))
