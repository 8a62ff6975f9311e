"""What a person decides on the preview of a grid: the indicator of each row, the service that enters it."""

from indicators.imports.grid import Grid
from indicators.imports.plan import CREATE, IGNORE, MATCH
from indicators.models import Indicator

LONGEST_REASON = 500


def choices_of(data, grid: Grid, *, former: dict, indicators: dict[str, Indicator], unit_ids: set[int]) -> dict:
    """The choices posted, over the former ones; what does not exist is left as it was."""
    rows = dict(former.get("rows", {}))
    for index, source in enumerate(grid.rows):
        choice = dict(rows.get(source.key, {}))
        choice |= _action(data.get(f"row-{index}", ""), indicators)
        unit = _number(data.get(f"unit-{index}", ""))
        if unit in unit_ids:
            choice["unit"] = unit
        if choice:
            rows[source.key] = choice
    unit = _number(data.get("unit", ""))
    return {
        "rows": rows,
        "unit": unit if unit in unit_ids else former.get("unit"),
        "ignore_errors": data.get("ignore_errors") == "1",
        "amendment_reason": _reason(data.get("amendment_reason", former.get("amendment_reason", ""))),
    }


def must_read_again(grid: Grid, choices: dict, indicators: dict[str, Indicator]) -> bool:
    """Whether a row is now of another unit of measure than the one its cells were read in."""
    for source in grid.rows:
        choice = choices["rows"].get(source.key, {})
        indicator = indicators.get(choice.get("code", "")) if choice.get("action") == MATCH else None
        if indicator and indicator.measure != source.unit:
            return True
    return False


def _action(text: str, indicators: dict[str, Indicator]) -> dict:
    if text in (CREATE, IGNORE):
        return {"action": text, "code": ""}
    code = text.removeprefix("match:")
    return {"action": MATCH, "code": code} if code in indicators else {}


def _reason(text: str) -> str:
    """The reason as typed, kept while the recording is refused."""
    return text.replace("\0", "").strip()[:LONGEST_REASON]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 12 else None
