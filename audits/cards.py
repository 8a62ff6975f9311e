"""What labels and documents put on the home page: the true state of each label, what is to be checked."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from audits.enums import DueState, LabelState
from audits.models import Document, Label
from audits.terms.labels import SENTENCES
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from organisations.permissions import Permission

MOST_ROWS = 6
SOON = 180  # days before a label ends, or its follow-up is due
WITHIN = 60
LEVELS = {
    LabelState.PREPARING: "info",
    LabelState.VALID: "success",
    LabelState.FOLLOW_UP_OVERDUE: "error",
    LabelState.EXPIRED: "warning",
}


def labels(request) -> CardContent | None:
    """Each label of the sites one reads, with its state today: never « labellisé » when it has expired."""
    today = timezone.localdate()
    rows = Label.objects.visible_to(request.user).select_related("site", "referential")
    told = [_label_row(label, today) for label in rows.order_by("site__position", "obtained_on", "pk")[:MOST_ROWS]]
    if not told:
        return None
    return CardContent(rows=told, more_url=reverse("audits:labels"), more_label="Tous les labels")


def _label_row(label: Label, today) -> CardRow:
    state = label.state_on(today)
    url = reverse("audits:label", args=[label.pk])
    detail = SENTENCES[state].capitalize()
    if state == LabelState.EXPIRED:
        detail += f" depuis le {label.valid_until:%d/%m/%Y}"
    elif state in (LabelState.VALID, LabelState.FOLLOW_UP_OVERDUE):
        detail += f" jusqu’au {label.valid_until:%d/%m/%Y}"
        if not label.follow_up_done_on and label.follow_up_due_on <= today + timedelta(days=SOON):
            detail += f", audit de suivi dû le {label.follow_up_due_on:%d/%m/%Y}"
    return CardRow(f"{label.name}, {label.site}", url, detail, state.label, LEVELS.get(state, ""))


def to_check(request) -> CardContent | None:
    """The documents to check of the services one answers for: one tap each."""
    user, today = request.user, timezone.localdate()
    units = user.access.units_with(Permission.DOCUMENT_CHECK)
    mine = Document.objects.visible_to(user).in_use(today).filter(Q(owner_id__in=units) | Q(owner=None))
    found = []
    for document in mine.filter(is_on_change=False).select_related("site", "owner").order_by("title", "pk"):
        state = document.state_on(today, within=WITHIN)
        if state in (DueState.DUE, DueState.OVERDUE):
            found.append((document.next_check_on, document, state))
    if not found:
        return None
    found.sort(key=lambda one: (one[0], one[1].pk))
    rows = [
        CardRow(
            str(document),
            reverse("audits:seen", args=[document.token]),
            f"à vérifier pour le {day:%d/%m/%Y}",
            *(("En retard", "error") if state == DueState.OVERDUE else ()),
        )
        for day, document, state in found[:MOST_ROWS]
    ]
    number = len(found)
    return CardContent(
        rows=rows,
        more_url=reverse("audits:documents"),
        more_label=f"{number} à vérifier" if number > MOST_ROWS else "Tous les documents",
    )


def register() -> None:
    """Register the cards with the home page."""
    home_cards.register(HomeCard("labels", "Labels", Permission.AUDIT_VIEW, labels, 30, "state"))
    home_cards.register(
        HomeCard("documents-to-check", "Documents à vérifier", Permission.DOCUMENT_CHECK, to_check, 60, "todo")
    )
