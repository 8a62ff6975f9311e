"""Did it work? A review of the effect of a done action, some months later; without effect, the action is open again."""

from django.db import transaction
from django.utils import timezone

from actions.enums import Effectiveness, Status
from actions.models import Action
from actions.rules import deadlines as rules
from actions.services import progress
from actions.services.groups import locked_group
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date

NOT_DONE = "Seule l’efficacité d’une action réalisée se vérifie."
WITHOUT_EFFECT = "Sans effet à la vérification : {comment}"


@transaction.atomic
def ask_review(action: Action, *, months: int, by, reason: str = "") -> Action:
    """Have the effect of a done action looked at some months after it was done."""
    row = progress.own(locked_group(action), action)
    if row.status != Status.DONE:
        raise UserError(NOT_DONE)
    row.review_due_on = rules.months_later(row.done_on or timezone.localdate(), months)
    row.review_result, row.reviewed_on, row.review_comment = "", None, ""
    Deed(by, reason).save(row)
    return brought_up_to_date(action, row)


@transaction.atomic
def review(action: Action, *, result: str, comment: str, by) -> Action:
    """Say what the review found; an action without effect is open again, and its finding and twins with it."""
    row = progress.own(locked_group(action), action)
    if row.status != Status.DONE:
        raise UserError(NOT_DONE)
    if result not in Effectiveness.values:
        raise UserError("Dites si l’action est efficace ou sans effet.", field="result")
    if not comment.strip():
        raise UserError("Dites ce que vous avez constaté.", field="comment")
    row.review_result, row.review_comment = result, comment.strip()
    row.reviewed_on, row.review_due_on = timezone.localdate(), None
    Deed(by, comment.strip()).save(row)
    if result == Effectiveness.INEFFECTIVE:
        progress.reopen(row, reason=WITHOUT_EFFECT.format(comment=comment.strip()), by=by)
    return brought_up_to_date(action, row)
