"""A fuzzy date in French words: what was understood, beside what was written."""

from collections.abc import Mapping
from datetime import date

from core.base import registries
from core.time.fuzzy_dates.model import FuzzyDate
from core.time.fuzzy_dates.phrases import Kind

_PHRASES = {
    Kind.BLANK: "sans échéance",
    Kind.DONE: "déjà fait",
    Kind.ASAP: "dès que possible",
    Kind.CONTINUOUS: "sans date de fin",
}


def words(fuzzy: FuzzyDate, *, events: Mapping[str, str] | None = None) -> str:
    """« du 01/01/2016 au 31/03/2016 », « le 15/11/2015 », « au prochain conseil (date à fixer) »."""
    if fuzzy.kind == Kind.UNKNOWN:
        return f"{fuzzy.text} (à préciser)"
    if fuzzy.kind == Kind.EVENT:
        days = _days(fuzzy.earliest, fuzzy.latest) or "date à fixer"
        return f"{_at_event(fuzzy.event, events)} ({days})"
    return _PHRASES.get(fuzzy.kind) or _days(fuzzy.earliest, fuzzy.latest)


def _days(earliest: date | None, latest: date | None) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest is None:
        return f"au plus tard le {latest:%d/%m/%Y}"
    if latest is None:
        return f"à partir du {earliest:%d/%m/%Y}"
    if earliest == latest:
        return f"le {latest:%d/%m/%Y}"
    return f"du {earliest:%d/%m/%Y} au {latest:%d/%m/%Y}"


def _at_event(code: str, events: Mapping[str, str] | None) -> str:
    """« au prochain conseil », « à la prochaine réunion »; a code that nobody registers any more is shown as it is."""
    label = _label(code, events)
    if label.casefold().startswith("prochaine "):
        return f"à la {label[:1].lower()}{label[1:]}"
    if label.casefold().startswith("prochain "):
        return f"au {label[:1].lower()}{label[1:]}"
    return f"au prochain {label}"


def _label(code: str, events: Mapping[str, str] | None) -> str:
    if events is not None:
        return events.get(code, code.upper())
    return registries.event_dates.get(code).label if code in registries.event_dates else code.upper()
