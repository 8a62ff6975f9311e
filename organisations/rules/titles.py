"""Roles that documents name instead of a person: « RQ », « référente qualité suppléante »."""

import re

from organisations.enums import Role

_TITLES = (
    (Role.DEPUTY_REFERENT, re.compile(r"(?:r ?q|referente? qualite) (?:suppleante?|adjointe?)")),
    (Role.QUALITY_REFERENT, re.compile(r"(?:r ?q|referente? qualite)(?: rq| titulaire)?")),
)
_PLAIN = str.maketrans("éè", "ee", "().")


def role_named(words: str) -> Role | None:
    """The role that the words name, whatever their case and accents; None for any other words."""
    plain = " ".join(words.casefold().translate(_PLAIN).split())
    return next((role for role, pattern in _TITLES if pattern.fullmatch(plain)), None)


def person_label(name: str, words: str) -> str:
    """A person by name; the one whom a document names by role keeps the words of the document: « RQ »."""
    return words if role_named(words) else name
