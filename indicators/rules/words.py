"""How the figures and states of a month read in the narrow columns of a table."""

import re
import unicodedata
from decimal import Decimal

from core.base.figures import RATE, format_figure, format_number, format_target
from core.base.words import in_words
from indicators.enums import Measure, ValueState
from indicators.models import Campaign

SHORT_STATES = {
    ValueState.NO_CASE: "–",
    ValueState.NOT_APPLICABLE: "s.o.",
    ValueState.SUSPENDED: "susp.",
    ValueState.CLOSED: "fermé",
    ValueState.UNAVAILABLE: "indisp.",
    ValueState.MISSING: "·",
}

STATE_LABELS = {state.value: state.label for state in ValueState}
# What a cell of a grid says in place of a value, when it says no more than the state itself.
OWN_WORDS = {
    ValueState.NO_CASE: {"aucun", "aucune", "aucun cas", "0 cas", "neant", "nul", "ras", "r a s"},
    ValueState.NOT_APPLICABLE: {"so", "s o", "sans objet", "na", "n a", "non applicable"},
    ValueState.SUSPENDED: {"susp", "suspendu", "suspendue", "suspendus", "suspendues", "suspension"},
    ValueState.CLOSED: {"ferme", "fermee", "fermes", "fermees", "fermeture"},
    ValueState.UNAVAILABLE: {"indisp", "indisponible", "indisponibles", "nd", "n d", "non disponible"},
}
SHORT_MEASURES = {Measure.RATE: "", Measure.DAYS: "jours ouvrés", Measure.COUNT: "nombre"}


def own_reason(state: str, reason: str) -> str:
    """The reason where it says more than the state: « COVID », but nothing for « Fermé : fermé » or « s.o. »."""
    folded = unicodedata.normalize("NFKD", reason.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in folded if not unicodedata.combining(letter)))
    return "" if " ".join(words) in OWN_WORDS.get(ValueState(state), ()) else reason


def state_in_words(state: str, reason: str) -> str:
    """« Suspendu : COVID », « Sans objet »."""
    more = own_reason(state, reason)
    return f"{STATE_LABELS[state]} : {more}" if more else STATE_LABELS[state]


def counts_in_words(figure) -> str:
    """« 1 837 sur 1 868 » for what has a numerator and a denominator."""
    return f"{format_number(figure.numerator)} sur {format_number(figure.denominator)}"


def short_figure(value: Decimal | None, measure: str, nothing: str = "sans objet") -> str:
    """A figure without « jours », which the head of the row says: `98,7 %`, `2,4`."""
    if value is None:
        return nothing
    return format_figure(value, RATE) if measure == Measure.RATE else format_number(value)


def brief_figure(value: Decimal | None, measure: str, nothing: str = "sans objet") -> str:
    """A figure with its unit in as few letters as can be: `98,7 %`, `2,4 j`."""
    text = short_figure(value, measure, nothing)
    return f"{text}\u202fj" if value is not None and measure == Measure.DAYS else text


def short_target(direction: str, value: Decimal | None, measure: str) -> str:
    """`≥ 95 %`, `< 10 j`, or a dash."""
    if value is None or not direction:
        return "–"
    return format_target(direction, value, measure).replace("jours", "j").replace("jour", "j")


def decimal_or_none(text: str | None) -> Decimal | None:
    """A figure kept as a string in `Reading.months`."""
    return None if text is None else Decimal(text)


def figure_typed(value: Decimal | None, measure: str) -> str:
    """A figure as a person would type it again, with nothing lost: `98,7 %` for a rate of 0.987."""
    if value is None:
        return ""
    number = value * 100 if measure == Measure.RATE else value
    text = f"{number:f}"
    bare = (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return f"{bare} %" if measure == Measure.RATE else bare


def campaign_dates(campaign: Campaign) -> str:
    """« À saisir pour le 16/11/2026. Validé le … par …. »"""
    told = [f"À saisir pour le {in_words(campaign.due_on)}."]
    if campaign.validated_at:
        told.append(f"Validé le {in_words(campaign.validated_at)} par {campaign.validated_by}.")
    if campaign.closed_at:
        told.append(f"Clos le {in_words(campaign.closed_at)} par {campaign.closed_by}.")
    return " ".join(told)
