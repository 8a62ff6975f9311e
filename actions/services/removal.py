"""Removing a plan, a finding or an action: what hangs on it goes first, one by one, so that history keeps each."""

from collections.abc import Iterable

from django.db import models

from actions.models import Action, Finding, Plan
from actions.services.groups import REGROUPED, locked_actions
from core.base.errors import Conflict, UserError
from core.record import history
from core.record.deeds import Deed


def refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("Indiquez la raison de la suppression : l’historique la garde.", field="reason")


def remove(row: Plan | Finding | Action, deed: Deed) -> None:
    """Remove the row with all that hangs on it, whichever app it is of. The caller holds the plan, if it is one."""
    actions = _held_actions(row)
    _hand_over(actions, deed)
    for action in sorted(actions, key=lambda action: action.merged_into_id is None):
        _remove_with_dependants(action, deed)
    for finding in Finding.objects.filter(pk__in=_finding_pks(row)).order_by("pk"):
        _remove_with_dependants(finding, deed)
    if isinstance(row, Plan):
        _remove_with_dependants(row, deed)


def _held_actions(row: Plan | Finding | Action) -> list[Action]:
    """The actions that go with it; they and the twins that stay are held, with all their findings."""
    findings = _finding_pks(row).union(*(places.values() for places in _places(row)))
    locked_actions({}, holding=findings)
    own, twins = _places(row)  # once the findings are held, nothing is added to them
    if not findings.issuperset([*own.values(), *twins.values()]):
        raise Conflict(REGROUPED)
    return [action for action in locked_actions(twins | own) if action.pk in own]


def _places(row: Plan | Finding | Action) -> tuple[dict[int, int], dict[int, int]]:
    """The actions that go with it and the twins that follow them: identifier → that of the finding."""
    lookup = {"pk": row.pk} if isinstance(row, Action) else {"finding__in": _finding_pks(row)}
    own = dict(Action.objects.filter(**lookup).values_list("pk", "finding_id"))
    return own, dict(Action.objects.filter(merged_into__in=own).values_list("pk", "finding_id"))


def _finding_pks(row: Plan | Finding | Action) -> set[int]:
    """The findings that go with it."""
    if isinstance(row, Action):
        return set()
    if isinstance(row, Finding):
        return {row.pk}
    return set(Finding.objects.filter(plan=row).values_list("pk", flat=True))


def _hand_over(actions: Iterable[Action], deed: Deed) -> None:
    """Twins that stay choose a new leader among them: the oldest."""
    gone = {action.pk for action in actions}
    for leader in actions:
        staying = list(Action.objects.filter(merged_into=leader).exclude(pk__in=gone).order_by("pk"))
        for twin in staying:
            twin.merged_into = None if twin is staying[0] else staying[0]
            deed.save(twin)


def _remove_with_dependants(row: models.Model, deed: Deed) -> None:
    """The rows that would go with it (responsibles, proofs, expected effects…) each leave their own history row."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.CASCADE:
            continue
        if history.is_recorded(relation.related_model):
            for child in relation.related_model._base_manager.filter(**{relation.field.name: row}).order_by("pk"):
                deed.delete(child)
    deed.delete(row)
