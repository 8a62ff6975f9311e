"""Answers drawn for the demonstration, made whole: whoever rated the transfer of a call had said that there was one."""

from collections.abc import Mapping
from typing import Any

from surveys.enums import NOT_CONCERNED
from surveys.rules.answers import AskedItem, Definition


def deduce(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, with those of conditions left blank that the answers given under them imply.

    « Non concerné » and blanks imply nothing; of several answers possible, the first that suits every one given is
    kept. An answer already there is never changed.
    """
    found = dict(answers)
    for item in reversed(definition):  # the deepest first: what it implies implies in its turn
        if not found.get(item.code) and (implied := _implied(item, definition, found)):
            found[item.code] = implied
    return found


def _implied(item: AskedItem, definition: Definition, answers: Mapping[str, Any]) -> str:
    given = [other for other in definition if other.shown_if == item.code and _tells(answers.get(other.code))]
    if not given:
        return ""
    suiting = [
        code
        for code in item.accepted
        if all(code in other.shown_if_answers or not other.shown_if_answers for other in given)
    ]
    return suiting[0] if suiting else ""


def _tells(answer: Any) -> bool:
    return bool(answer) and answer != NOT_CONCERNED
