"""A deadline told at the end of an action's own words: « Installation courant novembre », « … (Septembre 2019) »."""

import re
from datetime import date

from core.fuzzy_dates import Kind, parse

_BRACKETED = re.compile(r"\(([^()]{3,60})\)\s*$")
_LEAD = re.compile(
    r"\b(?:courant|fin|début|mi-|avant|d['’]ici|à partir|en début|en fin|(?:pour le |au |lors du )?prochain|pour le|"
    r"au cours|dans le courant|en (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|"
    r"décembre))",
    re.IGNORECASE,
)
ANY_DAY = date(2000, 1, 1)
_PROMISES = (Kind.DAY, Kind.PERIOD, Kind.EVENT)


def promise_in(text: str) -> str:
    """The words of the deadline; empty when the action tells none."""
    if (found := _BRACKETED.search(text)) and _is_promise(found[1]):
        return found[1].strip()
    return next((tail for lead in _LEAD.finditer(text) if _is_promise(tail := text[lead.start() :].strip(" ."))), "")


def _is_promise(words: str) -> bool:
    """Understood on any day: a year left out is not the matter here."""
    return parse(words, written_on=ANY_DAY).kind in _PROMISES
