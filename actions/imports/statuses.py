"""Where an action stands, in the words of the documents: FAIT, Reporté, Abandonné, (R), (C)."""

import re
from datetime import date

from actions.enums import Status
from actions.imports.words import dates_in
from core.imports.words import plain

_WORDS = {
    Status.DONE: r"(?:deja )?(?:fait|realise|termine|effectue|acheve|solde|clos|cloture)e?s?|r|ok|oui|100",
    Status.ONGOING: r"(?:en ?cours|c|commence|engage|demarre|entame|lance|partiel(?:le)?(?:ment)?)e?s?|[1-9]\d?",
    Status.POSTPONED: r"(?:reporte|decale|repousse|differe)e?s?",
    Status.ABANDONED: r"(?:abandonne|annule|supprime)e?s?|sans suite",
    Status.TODO: r"|a (?:faire|realiser|engager|lancer|programmer)|non|(?:non |pas )(?:fait|realise|commence)e?s?|"
    r"prevue?s?|planifiee?s?|0",
}
_TAIL = r"(?: (?:le|au|en|depuis|partiellement|de realisation)\b.*)?"
_READ = {status: re.compile(rf"(?:{words}){_TAIL}") for status, words in _WORDS.items()}
_DONE_ON = re.compile(
    r"^\W*(?:c['’]est )?(?:fait|réalisé|effectué|terminé|diffusé|envoyé|publié|installé|mise?s? en (?:place|ligne))"
    r"e?s? le ",
    re.IGNORECASE,
)


def status_of(text: str) -> Status | None:
    """The status those words mean, TODO for none; None when nobody knows them."""
    words = plain(text).removesuffix("%").strip()
    return next((status for status, pattern in _READ.items() if pattern.fullmatch(words)), None)


def done_day(*texts: str) -> date | None:
    """The day on which it was done, where the status or the comment begins by saying so: « Fait le 03/11/2015 »."""
    for text in texts:
        said = _DONE_ON.match(text)
        if said and (day := next((day for place, day in dates_in(text) if place == said.end()), None)):
            return day
    return None
