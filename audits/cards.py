"""What labels and documents put on the home page: the true state of each label, what is to be checked."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from audits.models import Document, Label
from audits.terms.documents import WITHIN
from audits.terms.labels import SENTENCES, is_labelled
from core.base.home import Others, QueueSource, StatePart, Todo, Told, cut, home_queue, home_state
from core.base.words import due_words
from organisations.permissions import Permission

SOON = 180  # days before a label ends, or its follow-up is due
MONTH = 30.44


def to_check(request) -> Iterator[Todo]:
    """The documents to check of the services one answers for: one tap each."""
    user, today = request.user, timezone.localdate()
    units = user.access.units_with(Permission.DOCUMENT_CHECK)
    mine = Document.objects.visible_to(user).in_use(today).filter(Q(owner_id__among=units) | Q(owner=None))
    due = mine.to_check(today + timedelta(days=WITHIN)).select_related("site")
    others = Others("autre document à vérifier", "autres documents à vérifier", "audits:documents", "Voir le registre")
    yield from cut(due, _to_check, others)


def _to_check(document: Document) -> Todo:
    url = reverse("audits:seen", args=[document.token])
    return Todo(str(document), url, str(document.site), due=document.next_check_on, action="Vérifier")


def to_follow_up(request) -> Iterator[Todo]:
    """The follow-up audits that are due within six months, or past their day."""
    today = timezone.localdate()
    due = Label.objects.visible_to(request.user).for_list().to_follow_up(today, today + timedelta(days=SOON))
    one, several = "autre audit de suivi à préparer", "autres audits de suivi à préparer"
    yield from cut(due, _follow_up, Others(one, several, "audits:labels", "Voir les labels"))


def _follow_up(label: Label) -> Todo:
    what, due = f"Audit de suivi du label {label.name}", label.follow_up_due_on
    return Todo(what, _page(label), str(label.site), due=due, action="Le préparer")


def state(request) -> Iterator[Told]:
    """The label that ends last, with the day its follow-up or its end falls due; never « labellisé » once expired."""
    today = timezone.localdate()
    dated = Label.objects.visible_to(request.user).for_list().exclude(obtained_on=None)
    label = dated.order_by("-obtained_on", "site__position", "pk").first()
    if label is None:
        return
    state = label.state_on(today)
    if not is_labelled(state):
        told = f"{SENTENCES[state]} depuis le {label.valid_until:%d/%m/%Y}"
        yield Told("Label", state.label, f"{label.referential}, {told}", _page(label), told)
        return
    day, what = label.valid_until, "fin du label"
    if not label.follow_up_done_on:
        day, what = label.follow_up_due_on, "audit de suivi"
    until = f"{label.referential}, {SENTENCES[state]} jusqu’au {label.valid_until:%d/%m/%Y}"
    yield Told(what.capitalize(), f"{day:%d/%m/%Y}", until, _page(label), f"{what} {_left(day, today)}")


def _left(day: date, on: date) -> str:
    """« en retard de 3 jours », « dans 38 jours », « dans 11 mois »."""
    days = (day - on).days
    return f"dans {round(days / MONTH)} mois" if days > 2 * MONTH else due_words(day, on)


def _page(label: Label) -> str:
    return reverse("audits:label", args=[label.pk])


def register() -> None:
    """Register the lines and how things stand with the home page."""
    home_queue.register(QueueSource("documents-to-check", Permission.DOCUMENT_CHECK, to_check, 60))
    home_queue.register(QueueSource("follow-ups", Permission.AUDIT_EDIT, to_follow_up, 61))
    home_state.register(StatePart("labels", Permission.AUDIT_VIEW, state, 40))
