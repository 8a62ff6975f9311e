"""Actions: what is decided about a finding, by whom and by when. Their status moves through `services.progress`."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from actions.enums import Status
from actions.models import Action, Finding
from actions.rules import deadlines as deadline_rules
from actions.rules.responsibles import Responsible
from actions.rules.workflow import REASON_MISSING, Verb
from actions.services import closing, deadlines, progress, removal, responsibles
from actions.services.groups import locked_group
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields
from core.time.fuzzy_dates import FuzzyDate

FIELDS = ("text", "comment", "expected_effect", "position", "done_on")


@transaction.atomic
def add_action(
    finding: Finding,
    *,
    text: str,
    by,
    responsibles: Iterable[Responsible] = (),
    deadline: FuzzyDate | str = "",
    comment: str = "",
    expected_effect: str = "",
    status: str = Status.TODO,
    status_reason: str = "",
    done_on: date | None = None,
    effective_at: datetime | None = None,
    reason: str = "",
) -> Action:
    """Add an action at the end of its finding.

    With `effective_at` the action is taken over from a document: its status stands as written, whatever the document
    leaves out. Without, a status asks for what its verb asks for.
    """
    finding = locked(finding)
    deed = Deed(by, reason, effective_at)
    last = Action.objects.filter(finding=finding).aggregate(last=Max("position"))["last"]
    action = Action(
        finding=finding,
        text=text.strip(),
        comment=comment.strip(),
        expected_effect=expected_effect.strip(),
        status=status,
        status_reason=status_reason.strip(),
        done_on=done_on,
        position=0 if last is None else last + 1,
    )
    _check_status(action, deed)
    _put_deadline(action, deadline, deed)
    action = deed.create([action])[0]
    _set_responsibles(action, responsibles, deed)
    closing.refresh([finding], deed)
    return action


@transaction.atomic
def change_action(
    action: Action,
    *,
    by,
    reason: str = "",
    effective_at: datetime | None = None,
    responsibles: Iterable[Responsible] | None = None,
    deadline: FuzzyDate | str | None = None,
    **fields,
) -> Action:
    """Change the action: text, comment, expected_effect, position, responsibles, deadline, done_on of a done one.

    Moving a deadline already promised needs a reason. Twins were done on the same day.
    """
    group = locked_group(action)
    row, deed = progress.own(group, action), Deed(by, reason, effective_at)
    done_before = row.done_on
    set_fields(row, fields, FIELDS)
    if deadline is not None:
        _move_deadline(row, deadline, deed)
    if row.done_on != done_before:
        _check_done_on(row, group, deed)
    for one in group:
        one.done_on = row.done_on
        deed.save(one)
    if responsibles is not None:
        _set_responsibles(row, responsibles, deed)
    closing.refresh([one.finding for one in group], deed)
    return brought_up_to_date(action, row)


@transaction.atomic
def move_action(action: Action, *, to: Finding, by, reason: str = "") -> Action:
    """Move the action to the end of another finding of the same site."""
    row = progress.own(locked_group(action, holding=[to]), action)
    target, left = locked(to), row.finding
    if target.plan.site_id != left.plan.site_id:
        raise UserError("Une action reste sur son site : choisissez un constat du même site.", field="finding")
    if target.pk != left.pk:
        deed = Deed(by, reason)
        last = Action.objects.filter(finding=target).aggregate(last=Max("position"))["last"]
        row.finding, row.position = target, 0 if last is None else last + 1
        deed.save(row)
        closing.refresh([left, target], deed)
    return brought_up_to_date(action, row)


@transaction.atomic
def remove_action(action: Action, *, by, reason: str) -> None:
    """Remove the action; the history keeps it, its responsibles and its proofs. Its twins stay."""
    row = progress.own(locked_group(action), action)
    removal.refuse_without_reason(reason)
    deed = Deed(by, reason)
    removal.remove(row, deed)
    closing.refresh([row.finding], deed)


def _check_status(action: Action, deed: Deed) -> None:
    if action.status not in Status.values:
        raise UserError("Choisissez le statut de l’action.", field="status")
    if action.done_on is not None and action.status != Status.DONE:
        raise UserError(progress.NOT_DONE, field="done_on")
    if deed.effective_at is not None:
        return
    if action.status == Status.DONE:
        _check_done_on(action, [], deed)
        if not action.comment:
            raise UserError(progress.PROOF_MISSING, field="comment")
    verb = {Status.POSTPONED: Verb.POSTPONE, Status.ABANDONED: Verb.ABANDON}.get(Status(action.status))
    if verb and not action.status_reason:
        raise UserError(REASON_MISSING[verb], field="status_reason")


def _check_done_on(action: Action, group: list[Action], deed: Deed) -> None:
    if action.status != Status.DONE:
        raise UserError(progress.NOT_DONE, field="done_on")
    deadline_rules.refuse_done_on(action.done_on, today=deed.on, plans=progress.plans_of(action, group))


def _put_deadline(action: Action, value: FuzzyDate | str, deed: Deed) -> None:
    plan = action.finding.plan
    deadline = deadlines.understood(value, site=plan.site, on=deed.on)
    deadline_rules.refuse_before_origin(deadline, plan.origin_on)
    deadlines.put(action, deadline)


def _move_deadline(action: Action, value: FuzzyDate | str, deed: Deed) -> None:
    """Words left as they are keep the days they were understood as."""
    words = value.text if isinstance(value, FuzzyDate) else value
    if words.strip() == action.deadline_text:
        return
    if deadline_rules.is_promise(action.deadline) and not deed.reason.strip() and deed.effective_at is None:
        raise UserError(deadline_rules.REASON_MISSING, field="reason")
    _put_deadline(action, value, deed)


def _set_responsibles(action: Action, given: Iterable[Responsible], deed: Deed) -> None:
    responsibles.set_on(action, given, deed)
