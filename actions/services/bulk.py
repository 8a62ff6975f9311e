"""One change made to many actions: one history row each, all or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from actions.models import Action
from actions.rules.responsibles import Responsible
from actions.services import progress
from actions.services.actions import change_action, remove_action
from actions.services.responsibles import of as responsibles_of
from core.base.errors import UserError


@dataclass(frozen=True)
class BulkProblem:
    """Why one of the actions refuses the change."""

    action: Action
    message: str


class BulkRefused(UserError):
    """Nothing was written; `problems` says why, action by action."""

    def __init__(self, problems: list[BulkProblem], total: int):
        count = "une action" if len(problems) == 1 else f"{len(problems)} actions"
        super().__init__(
            f"Rien n’a été enregistré : {count} sur {total} refuse{'' if len(problems) == 1 else 'nt'} ce changement."
        )
        self.problems = problems


def add_responsibles(action: Action, *, responsibles: Iterable[Responsible], by, reason: str = "") -> Action:
    """Add responsibles to those the action has."""
    return change_action(action, by=by, reason=reason, responsibles=[*responsibles_of(action), *responsibles])


VERBS: dict[str, Callable[..., Action | None]] = {
    "start": progress.start,
    "put_back": progress.put_back,
    "mark_done": progress.mark_done,
    "postpone": progress.postpone,
    "abandon": progress.abandon,
    "reopen": progress.reopen,
    "move_deadline": progress.move_deadline,
    "change": change_action,
    "add_responsibles": add_responsibles,
    "remove": remove_action,
}
SHARED = frozenset({"start", "put_back", "mark_done", "postpone", "abandon", "reopen"})  # by twins


@transaction.atomic
def change(actions: Iterable[Action], *, by, verb: str, **arguments) -> int:
    """Call a verb (`VERBS`) on each action; how many were given. BulkRefused, and nothing written, when one refuses.

    A status is shared by twins: of two twins both chosen, the second one already has it.
    """
    chosen = list(actions)
    problems, settled = [], set()
    for action in chosen:
        leader_id = action.merged_into_id or action.pk
        if verb in SHARED and leader_id in settled:
            continue
        settled.add(leader_id)
        try:
            with transaction.atomic():
                VERBS[verb](action, by=by, **arguments)
        except UserError as error:
            problems.append(BulkProblem(action, error.message))
    if problems:
        raise BulkRefused(problems, len(chosen))
    return len(chosen)
