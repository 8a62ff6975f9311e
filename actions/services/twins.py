"""Twins: the same action written in two plans. Merged, they share one status; each keeps its words and its deadline."""

from django.db import transaction

from actions.enums import Status
from actions.models import Action, TwinRefusal
from actions.rules.deadlines import is_promise, is_same, refuse_before_origin
from actions.services import closing, deadlines
from actions.services.groups import locked_actions, locked_group
from core.base.errors import Conflict, UserError
from core.record import history
from core.record.deeds import Deed, brought_up_to_date

LOOP = "Ces deux actions sont déjà jumelées : les jumeler dans l’autre sens tournerait en rond."
REASON_MISSING = "Dites pourquoi ces actions ne sont plus la même : l’historique le garde."
MERGED = "Jumelée avec « {title} » ({plan})"


@transaction.atomic
def merge(action: Action, *, into: Action, by, reason: str = "") -> Action:
    """Make the action, and those already merged into it, twins of another one: they take its status.

    Twins are flat: all of them point at one leader. UserError on a loop, on another site, on a status that the plan of
    the action cannot have (done before the audit that found it).
    """
    joined = _locked_groups(action, into)
    leader = _leader(joined, into)
    members = [one for one in joined if _leader(joined, action).pk in (one.pk, one.merged_into_id)]
    if leader in members:
        raise UserError(LOOP)
    _refuse_other_sites([leader, *members])
    deed = Deed(by, reason or MERGED.format(title=leader.title, plan=leader.finding.plan))
    for one in members:
        _follow(one, leader)
        deed.save(one)
    closing.refresh([one.finding for one in members], deed)
    _forget_refusals([leader, *members], deed)
    return brought_up_to_date(action, next(one for one in members if one.pk == action.pk))


@transaction.atomic
def separate(action: Action, *, by, reason: str) -> Action:
    """Take the action out of its group; it keeps the status shared until then. The others stay together."""
    group = locked_group(action)
    row = next(one for one in group if one.pk == action.pk)
    if len(group) == 1:
        raise UserError("Cette action n’a pas de jumelle.")
    if not reason.strip():
        raise UserError(REASON_MISSING, field="reason")
    deed = Deed(by, reason)
    if row.merged_into_id is not None:
        row.merged_into = None
        deed.save(row)
        return brought_up_to_date(action, row)
    heir, *others = group[1:]
    for one, leader in ((heir, None), *((other, heir) for other in others)):
        one.merged_into = leader
        deed.save(one)
    return brought_up_to_date(action, row)


@transaction.atomic
def set_aside(first: Action, second: Action, *, by, reason: str = "") -> TwinRefusal:
    """The two look alike and are not the same: the pair is not offered again."""
    if first.pk == second.pk:
        raise UserError("Choisissez deux actions différentes.")
    places = dict(Action.objects.filter(pk__in=(first.pk, second.pk)).values_list("pk", "finding_id"))
    one, other = sorted(locked_actions(places), key=lambda row: row.pk)
    refusal = TwinRefusal.objects.filter(first=one, second=other).first()
    if refusal is None:
        refusal = TwinRefusal(first=one, second=other)
        history.save(refusal, by=by, reason=reason)
    return refusal


@transaction.atomic
def bring_back(refusal: TwinRefusal, *, by, reason: str = "") -> None:
    """Offer the pair again."""
    history.delete(refusal, by=by, reason=reason)


def _locked_groups(*actions: Action) -> list[Action]:
    """The actions with all their twins, held together in one order; fresh."""
    groups = [Action.objects.together_with(now) for now in Action.objects.filter(pk__in=[row.pk for row in actions])]
    places = {pk: finding_id for group in groups for pk, finding_id in group.values_list("pk", "finding_id")}
    held = locked_actions(places)
    if {row.pk for row in actions} - {row.pk for row in held}:
        raise Conflict("L’une de ces actions a été supprimée entre-temps par une autre personne.")
    return held


def _leader(held: list[Action], action: Action) -> Action:
    rows = {row.pk: row for row in held}
    row = rows[action.pk]
    return rows[row.merged_into_id or row.pk]


def _refuse_other_sites(actions: list[Action]) -> None:
    if len({one.finding.plan.site_id for one in actions}) > 1:
        raise UserError("Seules des actions d’un même site se jumellent.")


def _follow(action: Action, leader: Action) -> None:
    """Take the leader and its status; a postponement carries its deadline."""
    plan = action.finding.plan
    if leader.status == Status.DONE and leader.done_on and plan.origin_on and leader.done_on < plan.origin_on:
        raise UserError(
            f"« {leader.title} » a été réalisée le {leader.done_on:%d/%m/%Y}, avant l’origine de « {plan} », le "
            f"{plan.origin_on:%d/%m/%Y} : gardez plutôt le statut de l’autre action."
        )
    action.merged_into = leader
    action.status, action.done_on, action.status_reason = leader.status, leader.done_on, leader.status_reason
    if leader.status != Status.DONE:
        action.review_due_on = None
    deadline = leader.deadline
    if leader.status == Status.POSTPONED and is_promise(deadline) and not is_same(action.deadline, deadline):
        refuse_before_origin(deadline, plan.origin_on)
        deadlines.put(action, deadline)


def _forget_refusals(actions: list[Action], deed: Deed) -> None:
    """A pair set aside and merged all the same is set aside no more."""
    keys = [one.pk for one in actions]
    for refusal in TwinRefusal.objects.filter(first__in=keys, second__in=keys).order_by("pk"):
        deed.delete(refusal)
