"""Names of people compared whatever their order, accents, case, hyphens and civility."""

import re
import unicodedata

from core.importing.words import plain

_CIVILITY = frozenset({"mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "docteur"})
_LEADING = frozenset({"m", "me"})  # elsewhere they are initials: « DUPONT M. »
CIVILITIES = _CIVILITY | _LEADING
_CAPITALS = re.compile(r"[^\W\d_a-zà-ÿ](?:['’.-]?[^\W\d_a-zà-ÿ])*")


def name_key(*parts: str) -> str:
    """« DUPONT Jean-Pierre », « jean pierre dupont » and « Mme Dupont, Jean Pierre » have one key."""
    words = plain(" ".join(parts)).split()
    return " ".join(sorted(word for rank, word in enumerate(words) if not _is_civility(word, rank)))


def folded(text: str) -> str:
    """Lower case without accents: a name stands in a text whatever its writing. Not kept in memory, unlike `plain`."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


def is_named(last_name: str, text: str) -> bool:
    """Whether a text names somebody: the words of the last name stand in it, one after the other."""
    name = plain(last_name)
    return bool(name) and f" {name} " in f" {plain(text)} "


def unnamed(last_name: str, text: str) -> str:
    """The text, « [nom retiré] » standing where it names somebody."""
    name, words = plain(last_name).split(), list(re.finditer(r"\w+", text))
    told = [plain(word[0]) for word in words]
    for first in reversed(range(len(told) - len(name) + 1)):
        if name and told[first : first + len(name)] == name:
            text = text[: words[first].start()] + "[nom retiré]" + text[words[first + len(name) - 1].end() :]
    return text


def split_name(text: str) -> tuple[str, str]:
    """(last name, first name) of a name in one piece: by its comma, by its capitals, else by its first word."""
    words = text.replace(",", " , ").split()
    words = [word for rank, word in enumerate(words) if not _is_civility(plain(word), rank)]
    if "," in words:
        at = words.index(",")
        return " ".join(words[:at]), " ".join(word for word in words[at + 1 :] if word != ",")
    capitals = [word for word in words if len(word) > 1 and _CAPITALS.fullmatch(word)]
    others = [word for word in words if word not in capitals]
    if capitals and others:
        return " ".join(capitals), " ".join(others)
    return " ".join(words[:1]), " ".join(words[1:])


def initials(last_name: str, first_name: str) -> str:
    """« J.-P. D. »: what an auditor reads."""
    return " ".join(filter(None, (_letters(first_name), _letters(last_name))))


def _is_civility(word: str, rank: int) -> bool:
    return word in _CIVILITY or (rank == 0 and word in _LEADING)


def _letters(name: str) -> str:
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in name.split())
