"""The words of fuzzy dates without their accents, capitals, superscripts and no-break spaces."""

import re
import unicodedata

LONGEST = 120  # characters; longer ones are a sentence, not a date
LONGEST_WRITTEN = 4 * LONGEST  # before the spaces are counted once: nothing is done with a longer text
FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = (
    r"janv(?:ier)?|jan|fev(?:rier|r)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|"
    r"sept(?:embre)?|sep|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?"
)
MONTH = rf"(?P<month>{MONTHS})\.?"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
RANK = (
    r"(?P<rank>[1-4] ?(?:ere?|re|i?e?me|e|nde?|de?)?|premiere?|deuxieme|seconde?|troisieme|quatrieme|derniere?|"
    r"(?:i{1,3}|iv)(?:er?|eme)?)"
)
YEAR = r"(?P<year>\d{4}|\d{2})"
LEADS = re.compile(
    r"(?:(?:prevue?s?|programmee?s?|planifiee?s?|reportee?s?|repoussee?s?|prolongee?s?|echeance|horizon|cet?|cette|annees|"
    r"vers|pour|en|aux?|a|les?|la|durant|pendant|dans|sur|"
    r"cours|mois|courant|de|du) +:? *|[ld]' ?|: *)+"
)

_STARTS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_RANKS = (("1", "pr"), ("2", "deu", "s"), ("3", "tr"), ("4", "q"))
_ROMAN = ("i", "ii", "iii", "iv")
_SIGNS = str.maketrans("’‘`–—−‐‑", "'''-----", "^{}")  # « 1^{er} » is how superscripts come out of some texts


def plain(text: str) -> str:
    """« 1ᵉʳ  Trim. 2016 » gives `1er trim. 2016`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SIGNS))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.translate(_SIGNS).split()).strip(" ,;.!\"'«»")


def month_number(word: str) -> int:
    """« sept » gives 9."""
    return next(n for n, start in enumerate(_STARTS, start=1) if word.startswith(start))


def rank_number(word: str, last: int) -> int:
    """« 1er », « premier » or « I » gives 1; « dernier » is the last one."""
    if (roman := word.rstrip("erm")) in _ROMAN:
        return _ROMAN.index(roman) + 1
    return next((n for n, starts in enumerate(_RANKS, start=1) if word.startswith(starts)), last)


def year_number(digits: str) -> int:
    """« 15 » gives 2015. Raises ValueError on a year that nobody plans for."""
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(digits)
    return year
