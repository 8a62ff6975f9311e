"""Removing a plan, a finding or an action: what hangs on it goes first, one by one, so that history keeps each."""

from collections.abc import Iterable

from django.db import models

from actions.models import Action, Finding, Plan
from actions.services.deeds import Deed, locked_actions
from core import history
from core.errors import UserError


def refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("Indiquez la raison de la suppression : l’historique la garde.", field="reason")


def remove(row: Plan | Finding | Action, deed: Deed) -> None:
    """Remove the row, which the caller holds, with all that hangs on it, whichever app it is of."""
    findings = _findings_of(row)
    actions = _held_actions(row, findings)
    _hand_over(actions, deed)
    for action in sorted(actions, key=lambda action: action.merged_into_id is None):
        _remove_with_dependants(action, deed)
    for finding in findings:
        _remove_with_dependants(finding, deed)
    if isinstance(row, Plan):
        _remove_with_dependants(row, deed)


def _findings_of(row: Plan | Finding | Action) -> list[Finding]:
    """The findings that go with it."""
    if isinstance(row, Action):
        return []
    lookup = {"pk": row.pk} if isinstance(row, Finding) else {"plan": row}
    return list(Finding.objects.select_for_update().filter(**lookup).order_by("pk"))


def _held_actions(row: Plan | Finding | Action, findings: list[Finding]) -> list[Action]:
    """The actions that go with it, held together with the twins that stay."""
    own = Action.objects.filter(pk=row.pk) if isinstance(row, Action) else Action.objects.filter(finding__in=findings)
    places = dict(own.values_list("pk", "finding_id"))
    twins = dict(Action.objects.filter(merged_into__in=places).values_list("pk", "finding_id"))
    return [action for action in locked_actions(twins | places) if action.pk in places]


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
