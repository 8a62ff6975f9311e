"""The action and its twins, locked together and fresh."""

from collections.abc import Iterable, Set

from actions.models import Action, Finding
from core.base.errors import Conflict, UserError
from core.record.deeds import GONE, held

REGROUPED = "Cette action a été jumelée ou séparée entre-temps par une autre personne : rechargez la page."


def locked_group(action: Action, *, holding: Iterable[Finding] = ()) -> list[Action]:
    """The action and its twins, leader first, with their findings and those of `holding`; all held, findings first.

    Everyone locks in this order, so that two people who settle two actions of one finding queue, and see each other.
    """
    now = Action.objects.filter(pk=action.pk).first()
    if now is None:
        raise UserError(GONE.format(what=action))
    places = dict(Action.objects.together_with(now).values_list("pk", "finding_id"))
    found = locked_actions(places, holding={finding.pk for finding in holding})
    if found and set(Action.objects.together_with(found[0]).values_list("pk", flat=True)) == {one.pk for one in found}:
        return found
    raise Conflict(REGROUPED)


def locked_actions(places: dict[int, int], *, holding: Set[int] = frozenset()) -> list[Action]:
    """Actions (identifier → that of the finding), held with their findings. Conflict when they moved meanwhile."""
    findings = held(Finding, {*places.values(), *holding}, "plan")
    actions = held(Action, set(places))
    if {pk: action.finding_id for pk, action in actions.items()} != places:
        raise Conflict(REGROUPED)
    for found in actions.values():
        found.finding = findings[found.finding_id]
    return sorted(actions.values(), key=lambda found: (found.merged_into_id is not None, found.pk))
