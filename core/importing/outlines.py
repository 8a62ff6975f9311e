"""Texts written as lists: headings, items with a number, a letter or a bullet: minutes, e-mails, slides."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from core.sheets.reading.model import Sheet

_DASH = r"[-–—.):]"
_NUMBERED = re.compile(
    rf"^[-•*]*\s*(?:\(\s*([^()\d]{{1,20}})\s*\)\s*\(?\s*(\d{{1,3}})\s*\)?\s*{_DASH}*|\(\s*(\d{{1,3}})\s*\)\s*{_DASH}*|"
    rf"(\d{{1,3}})\s*{_DASH}+)\s*(\S.*)$"
)
_WITHIN = re.compile(r"^[-•*]*\s*\d{1,2}(?:\.\d{1,2}){1,3}\s*[-–—.):]*\s+(\S.*)$")  # « 2.1 Choisir »: of item 2
_BOX = r"[☐☑☒✅❌]|\[[ xX]?\]"
_SIGN = "[-•▪◦*–➢❖✓✔]"
_BULLET = re.compile(rf"^\s*(?:(?:{_SIGN}\s+)?({_BOX})|{_SIGN})\s+(?=\S)")
_ORNAMENTS = str.maketrans(dict.fromkeys("↳❖➢"))


@dataclass
class OutlineItem:
    """An item of a list; `mark` is the letter before its number, « (R) 1 – », or its box, « [x] », « ☐ ».

    `number` is None for a bullet.
    """

    row: int
    text: str
    number: int | None = None
    mark: str = ""
    rows: list[int] = field(default_factory=list)


@dataclass
class OutlinePart:
    """A heading with the items and the loose lines under it; the first part has no heading."""

    heading: str = ""
    row: int = 0
    items: list[OutlineItem] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)


def outline_of(sheet: Sheet, is_heading: Callable[[str], bool]) -> list[OutlinePart]:
    """The parts of a text, in its order. A line under an item goes on with it, until a blank line."""
    parts, can_continue = [OutlinePart()], False
    for row, values in enumerate(sheet.values, start=1):
        raw = str(values[0]) if values and values[0] is not None else ""
        line, items = cleaned(raw), parts[-1].items
        if not line:
            can_continue = False
        elif is_heading(line):
            parts.append(OutlinePart(line, row))
            can_continue = True
        elif item := _item_of(row, raw, line):
            items.append(item)
            can_continue = True
        elif items and can_continue:
            items[-1].text += f" {line}"
            items[-1].rows.append(row)
        else:
            parts[-1].loose.append((row, line))
    return parts


def _item_of(row: int, raw: str, line: str) -> OutlineItem | None:
    """The item that a number or a bullet begins."""
    if found := _WITHIN.match(line):
        return OutlineItem(row, found[1], rows=[row])
    if found := _NUMBERED.match(line):
        number = int(found[2] or found[3] or found[4])
        return OutlineItem(row, found[5].strip(), number, (found[1] or "").strip(), [row])
    if found := _BULLET.match(raw):
        return OutlineItem(row, cleaned(raw[found.end() :]), mark=(found[1] or "").lower(), rows=[row])
    return None


def cleaned(line: str) -> str:
    """A line without the marks of a pasted slide: bold, odd bullets, non-break spaces."""
    return " ".join(line.replace("**", "").translate(_ORNAMENTS).split())
