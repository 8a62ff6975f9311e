"""Codes: short names that stand in addresses, unique among those taken."""

from collections.abc import Collection

from django.utils.text import slugify


def code_of(words: str, *, longest: int, otherwise: str) -> str:
    """The slug of some words, cut; `otherwise` where nothing of them can stand in an address."""
    return slugify(words)[:longest].strip("-") or otherwise


def free_code(base: str, taken: Collection[str]) -> str:
    """The code itself, else the first of `base-2`, `base-3`… that nobody has."""
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code
