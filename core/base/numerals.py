"""Digits as people write them, and the writing they belong to: `1 200,5`, `1.355,90`, `1,200.50`.

One rule for what is typed in a form and what is read in a file: three digits after one point or comma may be thousands
or decimals (`1.200`), and are never settled alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

SPACES = " \t\u00a0\u2007\u2009\u202f"
MOST_TEXTS = 5  # examples kept on each side
LONGEST = 2000  # characters of a text in which numbers are looked for

_SPACE = f"[{SPACES}'’]"
_NUMERAL = re.compile(
    rf"(?P<sign>[+\-−–] ?)?(?:"
    rf"(?P<spaced>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]{{1,12}})?)|"
    r"(?P<dotted>[0-9]{1,3}(?:(?:\.[0-9]{3}){2,6}(?:,[0-9]{1,12})?|\.[0-9]{3},[0-9]{1,12}))|"
    r"(?P<english>[0-9]{1,3}(?:(?:,[0-9]{3}){2,6}(?:\.[0-9]{1,12})?|,[0-9]{3}\.[0-9]{1,12}))|"
    r"(?P<plain>[0-9]{1,18}(?:[.,][0-9]{1,12})?|[.,][0-9]{1,12}))"
    r"(?![0-9]|[.,][0-9])"
)
_EITHER = re.compile(r"(?P<whole>[1-9][0-9]{0,2})(?P<mark>[.,])(?P<three>[0-9]{3})")
_PERCENT = re.compile(rf"[{SPACES}]*%")
_PART_OF_DATE = re.compile(r"[/-][0-9]")


class Writing(StrEnum):
    """Where decimals begin and what parts thousands; spaces part them in each."""

    FRENCH = "fr"  # 1 355,90; a lone decimal point is understood
    DOTTED = "fr-dots"  # 1.355,90
    ENGLISH = "en"  # 1,355.90


@dataclass(frozen=True, slots=True)
class Numeral:
    """Digits read at the beginning of a text, up to `end`. `told` is the writing that they can only belong to.

    `other`: the second value they may have, as long as nobody says which writing it is.
    """

    value: Decimal
    end: int
    told: Writing | None = None
    other: Decimal | None = None

    @property
    def decimals(self) -> Decimal:
        """The value with decimals, of the two: no rate is of a thousand per cent."""
        return self.value if self.other is None else min(self.value, self.other, key=abs)


@dataclass(frozen=True, slots=True)
class WritingFound:
    """The writing of a column or a file: what says so, what says another, and what depends on the answer."""

    writing: Writing
    is_sure: bool
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def numeral_at(text: str, start: int = 0, *, writing: Writing | None = None) -> Numeral | None:
    """The digits that begin there; None where there are none, or where they go on as a date or a code does."""
    found = _NUMERAL.match(text, start)
    return _numeral(found, writing) if found else None


def spelt(value: Decimal) -> str:
    """In French, as one types it: 2.360000 gives `2,36`."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def writing_of(texts: Iterable[str]) -> WritingFound:
    """Settle the writing once for all the texts of a column, or of a file.

    A decimal comma, thousands parted by spaces or points are French; thousands parted by commas are English. A decimal
    point alone is English only as far as nothing French stands beside it, since French hands type it too.
    """
    sides: dict[Writing | None, list[str]] = {Writing.FRENCH: [], Writing.DOTTED: [], Writing.ENGLISH: [], None: []}
    groups: list[str] = []
    points: list[str] = []
    for numeral, digits, is_rate in chain.from_iterable(_numerals_in(text[:LONGEST]) for text in texts):
        if numeral.other is not None and not is_rate:
            sides[None].append(digits)
        elif numeral.told == Writing.ENGLISH or (numeral.other is not None and "," not in digits):
            sides[Writing.ENGLISH].append(digits)
            (groups if "," in digits else points).append(digits)
        elif numeral.told or numeral.other is not None:
            sides[numeral.told or Writing.FRENCH].append(digits)
    return _settled(sides, has_groups=bool(groups))


def _is_english(french: list[str], english: list[str], *, has_groups: bool) -> bool:
    return not french or (has_groups and len(french) < len(english))


def _settled(sides: dict[Writing | None, list[str]], *, has_groups: bool) -> WritingFound:
    french, english, doubtful = sides[Writing.FRENCH] + sides[Writing.DOTTED], sides[Writing.ENGLISH], sides[None]
    pointed = [digits for digits in doubtful if "." in digits]
    if english and _is_english(french, english, has_groups=has_groups):
        open_ones = [] if has_groups else pointed
        return _found(Writing.ENGLISH, english, french, doubtful if french else open_ones)
    if not sides[Writing.DOTTED]:
        return _found(Writing.FRENCH, french, english, pointed if french and not english else doubtful)
    return _found(Writing.DOTTED, french, english, doubtful if english else [])


def _found(writing: Writing, evidence: list[str], against: list[str], doubtful: list[str]) -> WritingFound:
    kept = (tuple(dict.fromkeys(texts))[:MOST_TEXTS] for texts in (evidence, against, doubtful))
    return WritingFound(writing, not doubtful, *kept)


def _numerals_in(text: str) -> Iterator[tuple[Numeral, str, bool]]:
    """The numbers of a text with their digits, and whether a per cent sign follows; dates and codes are skipped."""
    place = 0
    while found := _NUMERAL.search(text, place):
        place = found.end()
        before, digits = text[: found.start()][-1:], found[0].strip()
        if before.isalnum() or before in (".", ",", "/", "-") or _PART_OF_DATE.match(text, place):
            continue
        yield _numeral(found, None), digits, bool(_PERCENT.match(text, place))


def _numeral(found: re.Match[str], writing: Writing | None) -> Numeral:
    sign = -1 if (found["sign"] or "+")[0] != "+" else 1
    kind, digits = next((kind, digits) for kind in _VALUES if (digits := found[kind]))
    if either := _EITHER.fullmatch(digits):
        return _either(either, sign, found.end(), writing)
    thousands, decimal = _VALUES[kind]
    for mark in thousands:
        digits = digits.replace(mark, "")
    told = _TOLD.get(kind) or (Writing.FRENCH if "," in digits else Writing.ENGLISH if "." in digits else None)
    return Numeral(sign * Decimal(digits.replace(decimal, ".")), found.end(), told)


_VALUES = {"spaced": (f"{SPACES}'’", ","), "dotted": (".", ","), "english": (",", "."), "plain": ("", ",")}
_TOLD = {"spaced": Writing.FRENCH, "dotted": Writing.DOTTED, "english": Writing.ENGLISH}


def _either(found: re.Match[str], sign: int, end: int, writing: Writing | None) -> Numeral:
    """One point or comma before three digits: what the writing settled says, else the French reading and the other."""
    thousands, decimals = Decimal(found["whole"] + found["three"]), Decimal(f"{found['whole']}.{found['three']}")
    readings = (decimals, thousands) if found["mark"] == "," else (thousands, decimals)
    is_open = writing is None or (writing == Writing.FRENCH and found["mark"] == ".")
    if writing == Writing.ENGLISH:
        readings = readings[::-1]
    return Numeral(sign * readings[0], end, None, sign * readings[1] if is_open else None)
