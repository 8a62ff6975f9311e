"""Answers posted from a preview: only those asked for, among the options offered, and only what says something new."""

from collections.abc import Mapping

from core.base.errors import UserError
from core.importing.asks import Ask
from core.importing.plan import SKIP_ERRORS, Plan

CONFIRMS = "confirms"
MOST_ANSWERS = 5_000


def posted(data: Mapping[str, str], plan: Plan) -> dict[str, str]:
    """Code → value of what the person changed; an untouched list says nothing. The button « Accepter les propositions »
    takes what is proposed where nothing was chosen. UserError on a value that was not offered."""
    confirms = CONFIRMS in data
    found = {}
    for ask in plan.all_asks:
        value = data.get(ask.name) or (ask.proposed if confirms and ask.is_open else "")
        if not value or (value == ask.value and not ask.is_open):
            continue
        _check(ask, value)
        found[ask.code] = value
    if SKIP_ERRORS in data:
        found[SKIP_ERRORS] = "1" if data[SKIP_ERRORS] == "1" else ""
    return found


def merged(former: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers over the former ones; an empty one takes the former one back."""
    kept = {code: value for code, value in {**former, **answers}.items() if value}
    if len(kept) > MOST_ANSWERS:
        raise UserError("Cet import demande trop de choix : corrigez plutôt le fichier, puis déposez-le de nouveau.")
    return kept


def _check(ask: Ask, value: str) -> None:
    if not any(option.value == value for option in ask.options):
        raise UserError(f"{ask.question} La réponse reçue n’est pas l’une de celles qui sont proposées.")
