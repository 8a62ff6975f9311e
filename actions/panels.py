"""What the plans themselves add to the page of an action, and to the file of an engagement."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from actions.models import Action, Finding
from actions.registries import Panel, action_panels
from core.base.registries import CardContent, CardRow
from core.base.words import counted
from organisations.permissions import Permission
from referential.registries import Dossier, FilePart, file_parts


def twins(request, action: Action) -> CardContent | None:
    """For those who run the plan: the same action in another plan, and the way out of a group."""
    if not request.user.can(Permission.ACTION_EDIT, action.finding.plan.site_id):
        return None
    rows = [CardRow("Chercher une action jumelle", reverse("actions:twin-search", args=[action.pk]))]
    if action.merged_into_id:
        rows.append(CardRow("Séparer cette action de ses jumelles", reverse("actions:twin-separate", args=[action.pk])))
    return CardContent(rows=rows)


def of_engagement(dossier: Dossier) -> CardContent:
    """The findings about the engagement, each with its actions and their state, the last plan first."""
    actions = Action.objects.visible_to(dossier.user).prefetch_related(
        "responsibles__unit", "responsibles__user", "proofs"
    )
    findings = Finding.objects.visible_to(dossier.user).filter(
        plan__site=dossier.site, engagement_links__engagement__in=dossier.keys
    )
    rows = findings.select_related("plan").prefetch_related(
        Prefetch("actions", queryset=actions.order_by("position", "pk"), to_attr="shown")
    )
    rows = rows.distinct().order_by("-plan__origin_on", "plan_id", "number")
    return CardContent(rows=[row for finding in rows for row in _finding_rows(finding, dossier)])


def _finding_rows(finding: Finding, dossier: Dossier) -> Iterator[CardRow]:
    url = reverse("actions:finding", args=[finding.pk])
    where = f"{finding.get_kind_display()}, {finding.plan.title}"
    if not finding.shown:
        yield CardRow(finding.text, url, where, "Sans action", "warning")
    for action in finding.shown:
        is_late = action.is_late(dossier.on)
        badge, level = ("En retard", "error") if is_late else (action.get_status_display(), "")
        yield CardRow(action.title, reverse("actions:action", args=[action.pk]), _told(action, where), badge, level)


def _told(action: Action, where: str) -> str:
    """« ACC, BRH ; échéance : mars 2026 ; 2 preuves. Écart, Audit interne 2025 »."""
    who = ", ".join(one.label for one in action.responsibles.all()) or "sans responsable"
    when = f"échéance : {action.deadline_text}" if action.deadline_text else "sans échéance"
    proofs = len(action.proofs.all())
    told = [who, when, *([counted(proofs, "preuve")] if proofs else [])]
    return "\u202f; ".join(told) + f". {where}"


def register() -> None:
    """Register the panels."""
    file_parts.register(
        FilePart(
            "actions",
            "Constats et actions",
            of_engagement,
            "Aucun constat ne porte sur cet engagement.",
            30,
            Permission.ACTION_VIEW,
        )
    )
    action_panels.register(Panel("twins", "La même action ailleurs ?", twins, 200, Permission.ACTION_EDIT))
