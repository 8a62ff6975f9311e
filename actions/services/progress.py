"""The status of an action, which its twins share: started, done, postponed, abandoned, reopened."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from actions.enums import Status
from actions.models import Action, Plan, Proof
from actions.rules import deadlines as rules
from actions.rules import workflow
from actions.rules.workflow import Verb
from actions.services import closing, deadlines
from actions.services.groups import locked_group
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date
from core.time.fuzzy_dates import FuzzyDate, parse

PROOF_MISSING = "Dites en commentaire ce qui a été fait, ou joignez une preuve."
NOT_DONE = "Seule une action réalisée a une date de réalisation."
Group = list[Action]


@transaction.atomic
def start(action: Action, *, by, comment: str = "", reason: str = "", effective_at: datetime | None = None) -> Action:
    """The work has begun."""
    return _apply(Verb.START, action, Deed(by, reason, effective_at), comment=comment)


@transaction.atomic
def put_back(
    action: Action, *, by, comment: str = "", reason: str = "", effective_at: datetime | None = None
) -> Action:
    """It had not begun after all."""
    return _apply(Verb.PUT_BACK, action, Deed(by, reason, effective_at), comment=comment)


@transaction.atomic
def mark_done(
    action: Action,
    *,
    done_on: date | None,
    by,
    comment: str = "",
    reason: str = "",
    effective_at: datetime | None = None,
) -> Action:
    """Done on that day: neither to come nor before the origin of the plan; a comment or a proof says what was done."""
    deed = Deed(by, reason, effective_at)

    def check(row: Action, group: Group) -> None:
        rules.refuse_done_on(done_on, today=deed.on, plans=plans_of(row, group))
        if not row.comment and not Proof.objects.filter(action__in=group).exists():
            raise UserError(PROOF_MISSING, field="comment")

    return _apply(Verb.MARK_DONE, action, deed, check, comment=comment, done_on=done_on)


@transaction.atomic
def postpone(
    action: Action,
    *,
    deadline: FuzzyDate | str,
    reason: str,
    by,
    comment: str = "",
    effective_at: datetime | None = None,
) -> Action:
    """Put off to a later deadline, which its twins take too, with the reason."""
    deed = Deed(by, reason, effective_at)

    def put_off(row: Action, group: Group) -> None:
        new = deadlines.understood(deadline, site=row.finding.plan.site, on=deed.on)
        rules.refuse_no_postponement(row.deadline, new)
        rules.refuse_before_origin(new, row.finding.plan.origin_on)
        for one in group:
            deadlines.put(one, new)

    return _apply(Verb.POSTPONE, action, deed, put_off, comment=comment, status_reason=reason.strip())


@transaction.atomic
def abandon(action: Action, *, reason: str, by, comment: str = "", effective_at: datetime | None = None) -> Action:
    """Given up, with the reason."""
    return _apply(Verb.ABANDON, action, Deed(by, reason, effective_at), comment=comment, status_reason=reason.strip())


@transaction.atomic
def reopen(action: Action, *, reason: str, by, comment: str = "", effective_at: datetime | None = None) -> Action:
    """Under way again, though it was done or abandoned; its finding opens with it."""
    return _apply(Verb.REOPEN, action, Deed(by, reason, effective_at), comment=comment)


@transaction.atomic
def move_deadline(
    action: Action, *, deadline: FuzzyDate | str, reason: str, by, effective_at: datetime | None = None
) -> Action:
    """Promise another day, with the reason; the status stays. Twins keep the promise of their own plan."""
    row = own(locked_group(action), action)
    plan = row.finding.plan
    deed = Deed(by, reason, effective_at)
    new = deadlines.understood(deadline, site=plan.site, on=deed.on)
    rules.refuse_before_origin(new, plan.origin_on)
    if rules.is_same(row.deadline, new):
        raise UserError("Cette échéance est déjà celle de l’action.", field="deadline")
    if rules.is_promise(row.deadline) and not reason.strip():
        raise UserError(rules.REASON_MISSING, field="reason")
    deadlines.put(row, new)
    deed.save(row)
    return brought_up_to_date(action, row)


@transaction.atomic
def report_progress(
    action: Action,
    *,
    status: str,
    by,
    comment: str = "",
    done_on: date | None = None,
    deadline: FuzzyDate | str = "",
    reason: str = "",
    effective_at: datetime | None = None,
) -> Action:
    """Where an action stands, in as few words as its verb allows, with one more note. Done means today."""
    current = own(locked_group(action), action).status
    is_put_off_again = status == Status.POSTPONED and rules.is_promise(_read(deadline, effective_at))
    if status == current and not is_put_off_again:
        return _say(action, comment, Deed(by, reason, effective_at))
    verb = workflow.verb_to(current, status)
    told = {"by": by, "comment": comment, "reason": reason, "effective_at": effective_at}
    match verb:
        case None:
            old, new = Status(current).label.lower(), Status(status).label.lower()
            raise UserError(f"Cette action est « {old} » : elle ne peut pas devenir « {new} ».", field="status")
        case Verb.MARK_DONE:
            return mark_done(action, done_on=done_on or timezone.localdate(effective_at), **told)
        case Verb.POSTPONE:
            return postpone(action, deadline=deadline, **told)
        case _:
            return _PLAIN_VERBS[verb](action, **told)


@transaction.atomic
def take_over(
    action: Action,
    *,
    status: str,
    by,
    effective_at: datetime,
    done_on: date | None = None,
    status_reason: str = "",
    comment: str | None = None,
    reason: str = "",
) -> Action:
    """The status that a document tells, whatever it leaves out: a document is taken over as it is."""
    group = locked_group(action)
    row, deed = own(group, action), Deed(by, reason, effective_at)
    if done_on is not None and status != Status.DONE:
        raise UserError(NOT_DONE, field="done_on")
    if comment is not None:
        row.comment = comment.strip()
    _write(group, Status(status), deed, done_on=done_on, status_reason=status_reason.strip())
    return brought_up_to_date(action, row)


def own(group: Group, action: Action) -> Action:
    """The action itself among its twins."""
    return next(one for one in group if one.pk == action.pk)


def plans_of(action: Action, group: Group) -> list[Plan]:
    """The plans of the action and of its twins, its own first."""
    return [action.finding.plan, *(one.finding.plan for one in group)]


def _apply(
    verb: Verb,
    action: Action,
    deed: Deed,
    check: Callable[[Action, Group], None] | None = None,
    *,
    comment: str = "",
    **shared,
) -> Action:
    group = locked_group(action)
    row = own(group, action)
    workflow.refuse_transition(verb, row.status)
    workflow.refuse_missing_reason(verb, deed.reason)
    if comment.strip():
        row.comment = comment.strip()
    if check is not None:
        check(row, group)
    _write(group, workflow.target(verb), deed, **shared)
    return brought_up_to_date(action, row)


def _write(group: Group, status: Status, deed: Deed, *, done_on: date | None = None, status_reason: str = "") -> None:
    """The same status for all twins, each with its own history row; then their findings close or open."""
    for one in group:
        one.status, one.done_on, one.status_reason = status, done_on, status_reason
        if status != Status.DONE:
            one.review_due_on = None
        deed.save(one)
    closing.refresh([one.finding for one in group], deed)


def _read(deadline: FuzzyDate | str, effective_at: datetime | None) -> FuzzyDate:
    if isinstance(deadline, FuzzyDate):
        return deadline
    return parse(deadline, written_on=timezone.localdate(effective_at))


def _say(action: Action, comment: str, deed: Deed) -> Action:
    """No other status: the comment alone changes."""
    row = own(locked_group(action), action)
    if comment.strip():
        row.comment = comment.strip()
        deed.save(row)
    return brought_up_to_date(action, row)


_PLAIN_VERBS: dict[Verb, Callable[..., Action]] = {
    Verb.START: start,
    Verb.PUT_BACK: put_back,
    Verb.ABANDON: abandon,
    Verb.REOPEN: reopen,
}
