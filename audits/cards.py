"""What labels and documents put on the home page: the true state of each label, what is to be checked."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from audits.models import Document, Label
from audits.terms.labels import SENTENCES, is_labelled
from core.base.home import SHOWN_ROWS, Others, QueueSource, StatePart, Todo, Told, cut, home_queue, home_state, once
from core.base.words import due_words
from organisations.permissions import Permission

SOON = 180  # days before a label ends, or its follow-up is due
WITHIN = 60
MONTH = 30.44


def to_check(request) -> Iterator[Todo]:
    """The documents to check of the services one answers for: one tap each."""
    user, today = request.user, timezone.localdate()
    units = user.access.units_with(Permission.DOCUMENT_CHECK)
    mine = Document.objects.visible_to(user).in_use(today).filter(Q(owner_id__in=units) | Q(owner=None))
    due = mine.to_check(today + timedelta(days=WITHIN))
    shown = Document.objects.select_related("site").in_bulk([pk for _, pk in due[: SHOWN_ROWS + 1]])
    others = Others("autre document à vérifier", "autres documents à vérifier", "audits:documents", "Voir le registre")
    yield from cut(due, lambda one: _to_check(shown[one[1]], one[0]), others)


def _to_check(document: Document, due: date) -> Todo:
    url = reverse("audits:seen", args=[document.token])
    return Todo(str(document), url, str(document.site), due=due, action="Vérifier")


def to_follow_up(request) -> Iterator[Todo]:
    """The follow-up audits that are due within six months, or past their day."""
    today = timezone.localdate()
    waiting = [label for label in _labels(request) if _awaits_follow_up(label, today)]
    waiting.sort(key=lambda label: label.follow_up_due_on)
    several = "autres audits de suivi à préparer"
    yield from cut(
        waiting, _follow_up, Others("autre audit de suivi à préparer", several, "audits:labels", "Voir les labels")
    )


def _follow_up(label: Label) -> Todo:
    what, due = f"Audit de suivi du label {label.name}", label.follow_up_due_on
    return Todo(what, _page(label), str(label.site), due=due, action="Le préparer")


def state(request) -> Iterator[Told]:
    """The label that ends last, with the day its follow-up or its end falls due; never « labellisé » once expired."""
    today = timezone.localdate()
    dated = [label for label in _labels(request) if label.obtained_on]
    if not dated:
        return
    label = max(dated, key=lambda one: one.obtained_on)
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


def _awaits_follow_up(label: Label, today: date) -> bool:
    due = label.follow_up_due_on
    is_open = is_labelled(label.state_on(today)) and not label.follow_up_done_on
    return is_open and due <= today + timedelta(days=SOON)


def _labels(request) -> list[Label]:
    """The labels of the sites one reads, read once a request."""
    rows = Label.objects.visible_to(request.user).select_related("site", "referential")
    return once(request, "labels", lambda: list(rows.order_by("site__position", "obtained_on", "pk")))


def register() -> None:
    """Register the lines and how things stand with the home page."""
    home_queue.register(QueueSource("documents-to-check", Permission.DOCUMENT_CHECK, to_check, 60))
    home_queue.register(QueueSource("follow-ups", Permission.AUDIT_EDIT, to_follow_up, 61))
    home_state.register(StatePart("labels", Permission.AUDIT_VIEW, state, 40))
