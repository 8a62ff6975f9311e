"""What complaints give to search: their reference alone, nothing of who wrote nor of what is written."""

from django.urls import reverse

from complaints.models import Complaint
from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.permissions import Permission


def _case(case: Complaint) -> Found:
    title = f"{case.get_kind_display()} {case.reference}"
    return Found(title, reverse("complaints:case", args=[case.reference]), case.site.name)


def register() -> None:
    """Give cases by their reference."""
    give(
        Searched(
            "complaints",
            "réclamation",
            "Réclamations et suggestions",
            Complaint.objects.select_related("site"),
            ("reference",),
            _case,
            codes=("reference",),
            order=("-received_on", "-pk"),
            position=40,
        ),
        Gesture(
            "Enregistrer une réclamation",
            "complaints:case-create",
            Permission.COMPLAINT_REGISTER,
            "ajouter saisir suggestion félicitation",
        ),
    )
