"""What complaints put on the home page: what is due, what a service was sent, what has to be mended."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from complaints.models import CaseMessage, Complaint
from complaints.services import retention
from core.base.home import QueueSource, Todo, Urgency, home_queue
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from organisations.permissions import Permission

MOST = 2
MOST_READ = 100


def to_answer(request) -> Iterator[Todo]:
    """The most urgent open cases of those who answer, and the messages that did not arrive."""
    user = request.user
    mine = Complaint.objects.visible_to(user)
    cases = list(mine.open().for_list().filter(due_on__isnull=False)[:MOST_READ])
    for case in cases[:MOST]:
        page = reverse("complaints:case", args=[case.reference])
        is_new = case.acknowledged_on is None and case.acknowledge_by is not None
        what = f"{case.get_kind_display()} {case.reference}, {case.theme_label or case.get_channel_display()}"
        yield Todo(what, page, str(case.site), due=case.due_on, action="Accuser réception" if is_new else "Répondre")
    if others := cases[MOST:]:
        what = counted(len(others), "autre dossier à traiter", "autres dossiers à traiter")
        yield Todo(what, reverse("complaints:cases"), due=others[0].due_on, action="Voir la boîte")
    for case in _to_mend(mine):
        if case.is_lost:
            url = reverse("complaints:case", args=[case.reference])
            yield Todo(f"Message non arrivé : {case}", url, action="Voir", urgency=Urgency.NOW)
        else:
            what = f"Une action née du dossier {case.reference} est réalisée : dites-le à la personne"
            url = reverse("complaints:case-done", args=[case.reference])
            yield Todo(what, url, action="Dire ce qui a été fait", urgency=Urgency.LATER)


def _to_mend(mine: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """The cases with a message that did not arrive, then those whose person may be told what was done; one query."""
    lost = CaseMessage.objects.in_trouble().order_by()
    told = Complaint.objects.to_be_told().order_by()
    rows = mine.filter(pk__in=lost.values("complaint_id").union(told.values("pk")))
    is_lost = Exists(lost.filter(complaint=OuterRef("pk")))
    return rows.annotate(is_lost=is_lost).order_by("-is_lost", "-pk")[: 2 * MOST]


def ending(request) -> Iterator[Todo]:
    """The cases whose person is soon forgotten: erased a month after the term."""
    if number := retention.soon(request.user):
        what = f"{counted(number, 'dossier')} : les données de la personne arrivent à leur terme"
        yield Todo(what, reverse("complaints:terms"), action="Vérifier", urgency=Urgency.LATER)


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
    """Register the lines and the card with the home page."""
    home_queue.register(QueueSource("complaints-answer", Permission.COMPLAINT_REPLY, to_answer, 12))
    home_queue.register(QueueSource("complaints-ending", Permission.COMPLAINT_EDIT, ending, 31))
    home_cards.register(
        HomeCard("complaints-register", "Réclamations", Permission.COMPLAINT_REGISTER, to_register, 45, "gesture")
    )
