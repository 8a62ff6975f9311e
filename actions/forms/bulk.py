"""One change for several actions: what it is called, what it asks for, and the verb it becomes."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from actions.forms.progress import AssignForm, DeadlineForm, DoneForm, MaybeWhyForm, PostponeForm, WhyForm

ASSIGN, REASSIGN = "responsables", "autres-responsables"


@dataclass(frozen=True)
class BulkChange:
    """A line of the menu of changes; `arguments(form)` is what the verb of `services.bulk` is called with."""

    label: str
    verb: str
    form_class: type[forms.Form]
    arguments: Callable[[forms.Form], dict]


def _as_typed(form) -> dict:
    return form.cleaned_data


def _assigned(form) -> dict:
    return {"responsibles": form.responsibles, "reason": form.cleaned_data["reason"]}


CHANGES: dict[str, BulkChange] = {
    "en-cours": BulkChange("Passer en cours", "start", MaybeWhyForm, _as_typed),
    "realisees": BulkChange("Marquer réalisées", "mark_done", DoneForm, _as_typed),
    "reporter": BulkChange("Reporter", "postpone", PostponeForm, _as_typed),
    "abandonner": BulkChange("Abandonner", "abandon", WhyForm, _as_typed),
    "a-faire": BulkChange("Remettre à faire", "put_back", MaybeWhyForm, _as_typed),
    "rouvrir": BulkChange("Rouvrir", "reopen", WhyForm, _as_typed),
    "echeance": BulkChange("Changer l’échéance", "move_deadline", DeadlineForm, _as_typed),
    ASSIGN: BulkChange("Ajouter des responsables", "add_responsibles", AssignForm, _assigned),
    REASSIGN: BulkChange("Changer les responsables", "change", AssignForm, _assigned),
}
