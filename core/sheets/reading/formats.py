"""What a number format shows: `0.0%` of 0.987 is `98,7%`, `mmm-yy` of 1 January 2020 is `janv.-20`.

Follows ECMA-376 18.8.30 for what people use (percentages, decimals, thousands, dates, literal texts), with the
French separators; a format beyond that falls back on the plain number.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from core.base.months import month_name, short_month_name

NARROW_SPACE = "\u202f"

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

# A literal (quoted, escaped, padded or filled), a bracketed instruction, a run of date letters, or one character.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*.|\[[^\]]*\]|(y+|m+|d+|h+|s+)|(.)', re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"[#0?,.]*[0#?][#0?,.]*")
_GENERAL = re.compile(r'\b(?:General|Standard)\b(?=[^"]*(?:"[^"]*"[^"]*)*$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARISONS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}


def displayed(value: object, code: str) -> str | None:
    """The text a person sees for a value under a number format, or None when the format says nothing of its own."""
    if isinstance(value, bool) or code in ("", "General", "@"):
        return None
    if isinstance(value, int | float):
        return _shown_number(Decimal(repr(value)), code)
    return _shown_date(value, code) if isinstance(value, date) else None


def is_percent(value: object, code: str) -> bool:
    """Does the format multiply this number by a hundred? A quoted or escaped sign is a literal: it does not."""
    if isinstance(value, bool) or not isinstance(value, int | float) or "%" not in code or value - value != 0:
        return False
    sections = _sections(code)
    return "%" in _skeleton(sections[0] if len(sections) == 1 else _section(code, Decimal(repr(value)))[0])[0]


def may_say_more(code: str) -> bool:
    """Can the format change what a number says: a percentage, a unit after it?"""
    return any(sign in code for sign in '%"\\')


def plain_text(value: object) -> str:
    """A value without any format, as a French screen shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _shown_number(number: Decimal, code: str) -> str | None:
    if not number.is_finite():
        return None
    section, keeps_sign = _section(code, number)
    skeleton, literals = _skeleton(section)
    if re.search(r"[ymdhseE]", skeleton):
        return None
    found = _NUMBER.search(skeleton)
    if found is None:
        return None
    percents = skeleton.count("%")
    left = list(literals)
    digits = _digits(abs(number).scaleb(2 * percents), found[0])
    sign = "-" if number < 0 and keeps_sign and digits.strip("0,") else ""
    return sign + _spelt(skeleton[: found.start()], left) + digits + _spelt(skeleton[found.end() :], left)


def _section(code: str, number: Decimal) -> tuple[str, bool]:
    """The part of the format that applies, and whether the sign is still to be written."""
    parts = _sections(code)
    for part in parts if _CONDITION.search(code) else ():
        found = _CONDITION.search(part)
        if found is None or _COMPARISONS[found[1]](number, Decimal(found[2])):
            return part, True
    if number < 0 and len(parts) > 1:
        return parts[1], False
    if number == 0 and len(parts) > 2:
        return parts[2], True
    return parts[0], True


@lru_cache(maxsize=256)
def _sections(code: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', _GENERAL.sub("0.##########", code))


@lru_cache(maxsize=256)
def _skeleton(section: str) -> tuple[str, list[str]]:
    """The format with each literal replaced by a mark, and the literals in order."""
    literals: list[str] = []
    kept = []
    for found in _TOKEN.finditer(section):
        quoted, escaped, _padding, letters, other = found.groups()
        if quoted is not None or escaped is not None:
            literals.append(quoted if quoted is not None else escaped)
            kept.append("\x01")
        elif letters or other:
            kept.append(letters or other)
    return "".join(kept), literals


def _spelt(part: str, literals: list[str]) -> str:
    """Puts the literals back; called from left to right, so each one is used once."""
    return re.sub("\x01", lambda _: literals.pop(0), part)


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    least, most = decimals.count("0"), len(decimals.replace(",", ""))
    rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    units, _, fraction = f"{rounded:f}".partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    if "," in whole:
        units = f"{int(units):,}".replace(",", NARROW_SPACE)
    return f"{units},{fraction}" if fraction else units


def _shown_date(moment: date, code: str) -> str | None:
    parts: list[str] = []
    minutes_next = False
    for found in _TOKEN.finditer(code.partition(";")[0]):
        quoted, escaped, _padding, letters, other = found.groups()
        if letters:
            parts.append(_date_part(moment, letters.lower(), minutes_next))
            minutes_next = letters[0] in "hH"
        else:
            parts.append(quoted or escaped or other or "")
    text = "".join(parts)
    return text if text.strip() else None


def _date_part(moment: date, letters: str, is_minutes: bool) -> str:
    kind, length = letters[0], len(letters)
    if kind == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if length > 2 and kind in "md" and not (kind == "m" and is_minutes):
        return _date_name(moment, kind, is_short=length == 3)
    number = _date_number(moment, "n" if is_minutes and kind == "m" else kind)
    return f"{number:0{min(length, 2)}d}"


def _date_name(moment: date, kind: str, *, is_short: bool) -> str:
    """The name of the month or of the weekday."""
    if kind == "m":
        return (short_month_name if is_short else month_name)(moment.month)
    name = _DAYS[moment.weekday()]
    return f"{name[:3]}." if is_short else name


def _date_number(moment: date, kind: str) -> int:
    if kind in "md":
        return moment.month if kind == "m" else moment.day
    if not isinstance(moment, datetime):
        return 0
    return {"h": moment.hour, "n": moment.minute, "s": moment.second}[kind]
