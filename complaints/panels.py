"""What complaints add: to a finding, the cases it comes from; to an engagement, their number by year."""

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse

from actions.models import Finding
from actions.registries import Panel, finding_panels
from complaints.enums import Nature
from complaints.models import Complaint
from core.base.registries import CardContent, CardRow
from core.base.words import counted
from organisations.permissions import Permission
from referential.registries import Dossier, FilePart, file_parts

MOST = 8


def cases(request, finding: Finding) -> CardContent | None:
    """The cases that led to the finding, for those who read them; nobody is named."""
    rows = Complaint.objects.visible_to(request.user).filter(findings__finding=finding).order_by("-received_on", "-pk")
    told = [
        CardRow(
            f"{case.get_kind_display()} {case.reference}",
            reverse("complaints:case", args=[case.reference]),
            f"{case.theme_label or case.get_channel_display()}, reçue le {case.received_on:%d/%m/%Y}",
        )
        for case in rows[:MOST]
    ]
    return CardContent(rows=told) if told else None


def of_engagement(dossier: Dossier) -> CardContent:
    """How many cases about the engagement the site received each year, and how many are answered; nobody is named."""
    rows = Complaint.objects.visible_to(dossier.user).filter(site=dossier.site, engagement__in=dossier.keys)
    by_year = (
        rows.order_by()
        .values(year=ExtractYear("received_on"))
        .annotate(
            total=Count("pk"),
            complaints=Count("pk", filter=Q(kind=Nature.COMPLAINT)),
            answered=Count("pk", filter=Q(answered_on__isnull=False)),
        )
    )
    told = [
        CardRow(
            f"{one['year']}",
            "",
            f"{counted(one['total'], 'dossier')}, dont {counted(one['complaints'], 'réclamation')}\u202f; "
            f"{counted(one['answered'], 'réponse')} sur le fond",
        )
        for one in by_year.order_by("-year")
    ]
    return CardContent(rows=told)


def register() -> None:
    """Register the panels."""
    file_parts.register(
        FilePart(
            "complaints",
            "Réclamations et suggestions",
            of_engagement,
            "Aucun dossier ne porte sur cet engagement.",
            50,
            Permission.COMPLAINT_VIEW,
        )
    )
    finding_panels.register(Panel("complaints", "D’où vient ce constat", cases, 60, Permission.COMPLAINT_VIEW))
