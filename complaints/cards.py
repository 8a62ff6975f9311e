"""What complaints put on the home page: what is due, what a service was sent, what has to be mended."""

from django.urls import reverse
from django.utils import timezone

from complaints.models import CaseMessage, Complaint
from complaints.services import retention
from complaints.tables import badge_of_case
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from core.pages.states import badge_of
from organisations.permissions import Permission

MOST = 6


def to_answer(request) -> CardContent | None:
    """The most urgent open cases of those who answer, and the messages that did not arrive."""
    user, today = request.user, timezone.localdate()
    mine = Complaint.objects.visible_to(user)
    rows = [
        CardRow(
            f"{case.get_kind_display()} {case.reference}",
            reverse("complaints:case", args=[case.reference]),
            f"{case.theme_label or case.get_channel_display()}, à faire avant le {case.due_on:%d/%m/%Y}",
            badge["label"],
            badge["kind"],
        )
        for case in mine.open().for_list().filter(due_on__isnull=False)[:MOST]
        if (badge := badge_of(*badge_of_case(case, today)))
    ]
    troubled = CaseMessage.objects.filter(complaint__in=mine).in_trouble().select_related("complaint").order_by("-pk")
    for message in troubled[:MOST]:
        url = reverse("complaints:case", args=[message.complaint.reference])
        rows.append(
            CardRow(f"Message non arrivé : {message.complaint}", url, message.get_state_display(), "À voir", "warning")
        )
    if user.can(Permission.COMPLAINT_EDIT) and (ending := retention.soon(user)):
        label = f"{counted(ending, 'dossier')} : les données de la personne arrivent à leur terme"
        rows.append(
            CardRow(label, reverse("complaints:terms"), "Effacées un mois après le terme", "À vérifier", "info")
        )
    if not rows:
        return None
    late = mine.open().for_list().filter(due_on__lt=today).count()
    label = f"Tous les dossiers ({counted(late, 'en retard', 'en retard')})" if late else "Tous les dossiers"
    return CardContent(rows=rows, more_url=reverse("complaints:cases"), more_label=label)


def to_register(request) -> CardContent | None:
    """For the front desk: register, count."""
    if request.user.can(Permission.COMPLAINT_REPLY):
        return None
    rows = [
        CardRow("Enregistrer une réclamation ou une suggestion", reverse("complaints:case-create")),
        CardRow("Compter une remarque orale", reverse("complaints:tally")),
    ]
    return CardContent(rows=rows)


def register() -> None:
    """Register the cards with the home page."""
    home_cards.register(
        HomeCard("complaints-answer", "Réclamations à traiter", Permission.COMPLAINT_REPLY, to_answer, 30, "todo")
    )
    home_cards.register(
        HomeCard("complaints-register", "Réclamations", Permission.COMPLAINT_REGISTER, to_register, 45, "todo")
    )
