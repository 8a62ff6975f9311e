"""Names of months in French and in English, and the number of a month however it is spelt.

The words are those of the Unicode CLDR, as a test holds them against Babel's: loading Babel for twelve words would cost
every process 10 MB and a tenth of a second.
"""

from collections.abc import Sequence

MONTH_NAMES = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTH_NAMES = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
ENGLISH_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH_INITIALS = "JFMAMJJASOND"

_ALSO = {"jan": 1, "fev": 2, "mar": 3, "jun": 6, "juill": 7, "jul": 7, "aou": 8, "sep": 9}  # typed in French
_ACCENTS = str.maketrans("éèêûùô", "eeeuuo", ".")


def _plain(word: str) -> str:
    return word.strip().lower().translate(_ACCENTS).strip()


_FRENCH = {_plain(word): number for names in (MONTH_NAMES, SHORT_MONTH_NAMES) for number, word in enumerate(names, 1)}
_FRENCH |= _ALSO
_ENGLISH = {
    spelling: number
    for number, name in enumerate(ENGLISH_MONTH_NAMES, 1)
    for spelling in (_plain(name), _plain(name)[:3])
}
_ANY = _ENGLISH | {"sept": 9} | _FRENCH


def of_month(month: int) -> str:
    """« de janvier », « d’avril »."""
    name = month_name(month)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def month_name(number: int) -> str:
    """« août » for 8."""
    return MONTH_NAMES[number - 1]


def short_month_name(number: int) -> str:
    """« sept. » for 9; the short names of CLDR, of which six are whole."""
    return SHORT_MONTH_NAMES[number - 1]


def month_title(year: int, month: int) -> str:
    """« août 2024 »."""
    return f"{month_name(month)} {year}"


def month_number(word: str, *, english: bool = True) -> int | None:
    """1 to 12 for any spelling of one month, accents, capitals and full stop apart: « Févr. », « fev », « Feb »."""
    return (_ANY if english else _FRENCH).get(_plain(word))


def initials_start(letters: Sequence[str]) -> int | None:
    """The month that a row of initials begins with (J F M A M J…, or S O N D J F…); None when several fit, or none."""
    row = "".join(letter.strip().upper() for letter in letters)
    if not row or len(row) != len(letters) or len(row) > len(MONTH_INITIALS):
        return None
    twice = MONTH_INITIALS * 2
    starts = [start for start in range(len(MONTH_INITIALS)) if twice.startswith(row, start)]
    return starts[0] + 1 if len(starts) == 1 else None
