"""Cell addresses: `F12` is row 12, column 6; rows and columns count from 1."""

import re
from functools import lru_cache

ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@lru_cache(maxsize=2048)
def column_letters(column: int) -> str:
    """6 gives `F`, 28 gives `AB`."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def column_number(letters: str) -> int:
    """`F` gives 6, `AB` gives 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address_of(row: int, column: int) -> str:
    """Row 12, column 6 gives `F12`."""
    return f"{column_letters(column)}{row}"


def position_of(address: str) -> tuple[int, int]:
    """`F12` gives (12, 6). Raises ValueError on anything else."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(address)
    return int(found[2]), column_number(found[1])
