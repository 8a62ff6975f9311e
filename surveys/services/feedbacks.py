"""« Vous l’avez demandé, nous l’avons fait »: what the public of a survey asked for, and what was done about it."""

from django.db import transaction
from django.db.models import Max

from actions.models import Action
from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from referential.enums import Theme
from surveys.models import Campaign, Feedback

FIELDS = ("theme", "request", "reply", "action", "is_published", "position")


@transaction.atomic
def add(
    campaign: Campaign,
    *,
    request: str,
    by,
    theme: str = Theme.OTHER,
    reply: str = "",
    action: Action | None = None,
    is_published: bool = False,
    reason: str = "",
) -> Feedback:
    """Write an answer to the public, after the others."""
    last = Feedback.objects.filter(campaign=campaign).aggregate(last=Max("position"))["last"]
    feedback = Feedback(
        campaign=campaign,
        request=request.strip(),
        theme=theme,
        reply=reply.strip(),
        action=action,
        is_published=is_published,
        position=0 if last is None else last + 1,
    )
    _check(feedback)
    history.save(feedback, by=by, reason=reason)
    return feedback


@transaction.atomic
def change(feedback: Feedback, *, by, reason: str = "", **fields) -> Feedback:
    """Change the theme, the request, the reply, the action, the rank, or whether it is published."""
    row = locked(feedback, "campaign__site")
    set_fields(row, fields, FIELDS)
    _check(row)
    history.save(row, by=by, reason=reason)
    return row


@transaction.atomic
def remove(feedback: Feedback, *, by, reason: str = "") -> None:
    """Take an answer away."""
    history.delete(feedback, by=by, reason=reason)


def _check(feedback: Feedback) -> None:
    if not feedback.request:
        raise UserError("Dites ce que les usagers ont demandé.", field="request")
    if feedback.theme not in Theme.values:
        raise UserError("Choisissez un thème de la liste.", field="theme")
    if feedback.is_published and not feedback.reply:
        raise UserError("Écrivez ce qui a été fait avant de publier la réponse.", field="reply")
    if feedback.action and feedback.action.finding.plan.site_id != feedback.campaign.site_id:
        raise UserError("Choisissez une action du site de l’enquête.", field="action")
