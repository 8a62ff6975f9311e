"""Lines that tell one thing twice: the same words again are left out, other words are a question."""

from collections.abc import Sequence
from typing import Any

from core.importing.asks import Ask, Given, Option, settle
from core.importing.tables.rows import SourceRow

SAME, OTHER = "dit la même chose que la ligne {}", "une autre ligne est reprise à sa place (choisi)"
EACH = "each"


def settle_double(
    name: str, lines: Sequence[tuple[SourceRow, Any, str]], *, given: Given, may_be_several: bool = False
) -> Ask | None:
    """Says of rows that tell one thing (`name`) which are `left_out`, or `asked`: each with what it tells, and the role
    where it stands. `may_be_several`: they may as well be several things."""
    (first, told, _code), *others = lines
    for row, other, _code in others:
        if other == told:
            row.left_out = SAME.format(first.number)
    kept = [(row, code) for row, _told, code in lines if not row.left_out]
    if len(kept) == 1:
        return None
    options = [Option(row.key, f"ligne {row.number}") for row, _code in kept]
    ask = settle(
        given,
        f"row:{first.key}",
        f"Plusieurs lignes disent autre chose de « {name} » : laquelle reprendre ?",
        [*options, *([Option(EACH, "chacune")] if may_be_several else [])],
        places=[row.place(code) for row, code in kept],
        is_remembered=False,
    )
    for row, _code in kept:
        _follow(row, ask)
    return ask


def _follow(row: SourceRow, ask: Ask) -> None:
    """A row waits for the answer, or is left out when another is taken."""
    if ask.is_open:
        row.asked = ask.code
    elif ask.value not in (row.key, EACH):
        row.left_out = OTHER
