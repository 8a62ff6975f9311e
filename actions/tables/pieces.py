"""What changes in place wherever an action is shown: its status, deadline and responsibles, what was said of it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from actions.enums import Status
from actions.models import Action
from actions.tables import cells
from organisations.permissions import Permission

STATUS, DEADLINE, RESPONSIBLES, SAID = "status", "deadline", "responsibles", "said"


def piece(action: Action, name: str, *, user, back: str) -> SafeString:
    """The piece under its name; a link to what changes it for who may, from the page `back`."""
    inside, below, url_name, permission, gesture = _PIECES[name](action)
    if url_name and Action.scope.allows(user, permission, action):
        url = f"{reverse(url_name, args=[action.pk])}?{urlencode({'retour': back})}"
        inside = format_html(
            '<a class="qp-change" href="{}" data-in-place>{}<span class="fr-sr-only"> : {}</span></a>',
            url,
            inside,
            gesture,
        )
    return format_html('<span data-piece="{}">{} {}</span>', key_of(action, name), inside, below)


def pieces_of(action: Action, *, user, back: str) -> dict[str, str]:
    """All the pieces of an action by their names, as an answer holds them."""
    return {key_of(action, name): piece(action, name, user=user, back=back) for name in _PIECES}


def key_of(action: Action, name: str = "") -> str:
    return f"action-{action.pk}-{name}" if name else f"action-{action.pk}"


def _status(action: Action) -> tuple:
    on = f"le {action.done_on:%d/%m/%Y}" if action.status == Status.DONE and action.done_on else ""
    return cells.status_badge(action.status), _under(on), "actions:action-point", Permission.ACTION_REPORT, "changer"


def _deadline(action: Action) -> tuple:
    moved = action.move_count
    below = format_html(
        "{} {} {}",
        _under(cells.understood_words(action.deadline)),
        cells.late_badge(action, timezone.localdate()),
        _under(f"{moved} changement{'s' if moved > 1 else ''} d’échéance" if moved else ""),
    )
    shown = cells.deadline_as_written(action.deadline)
    return shown, below, "actions:action-deadline", Permission.ACTION_EDIT, "changer l’échéance"


def _responsibles(action: Action) -> tuple:
    shown = cells.responsibles_html(action)
    return shown, "", "actions:action-responsibles", Permission.ACTION_EDIT, "changer les responsables"


def _said(action: Action) -> tuple:
    """Why it was put off or given up, then the last note."""
    reason = format_html("<em>{}</em>", action.status_reason) if action.status_reason else ""
    comment = mark_safe(conditional_escape(action.comment).replace("\n", "<br>"))  # noqa: S308 - escaped just there
    return reason, format_html("{}{}", mark_safe("<br>") if reason and comment else "", comment), "", "", ""


def _under(words: str) -> SafeString:
    return format_html('<span class="qp-under">{}</span>', words) if words else SafeString("")


_PIECES = {STATUS: _status, DEADLINE: _deadline, RESPONSIBLES: _responsibles, SAID: _said}
