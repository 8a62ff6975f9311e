"""Results in French words: the percentage with its base and its interval, what is withheld and why, the arrows."""

from core.base.figures import NARROW, RATE, format_figure, format_number
from core.base.words import in_words
from surveys.results.model import CriterionRow, Cut, Results
from surveys.rules.disclosure import HIDDEN
from surveys.rules.statistics import DOWN, UP, Interval, Overall

WITHHELD = "non significatif"
ARROWS = {UP: ("▲", "en hausse"), DOWN: ("▼", "en baisse")}


def percent(row: CriterionRow) -> str:
    """« 86,3 % », or « non significatif »; « sans réponse » where nobody answered."""
    if row.is_hidden:
        return HIDDEN
    if not row.answered:
        return "sans réponse"
    return WITHHELD if row.rate is None else format_figure(row.rate, RATE, keep_zero=True)


def base(row: CriterionRow, *, is_mystery: bool) -> str:
    """« 44 sur 51 réponses », « 13 sur 17 tests évalués »."""
    if is_mystery:
        noun = "tests évalués" if row.answered > 1 else "test évalué"
    else:
        noun = "réponses" if row.answered > 1 else "réponse"
    return f"{format_number(row.satisfied)} sur {format_number(row.answered)} {noun}"


def between(interval: Interval | None) -> str:
    """« entre 74,3 % et 93,2 % »."""
    if interval is None:
        return ""
    low, high = (format_figure(bound, RATE, keep_zero=True) for bound in (interval.low, interval.high))
    return f"entre {low} et {high}"


def why_withheld(row: CriterionRow) -> str:
    """« 4 réponses : il en faut 10 »; empty where the percentage is shown."""
    if row.significant:
        return ""
    number = f"{format_number(row.answered)} réponse{'s' if row.answered > 1 else ''}"
    return f"{number}{NARROW}: il en faut {row.threshold}" if row.answered else ""


def returns(results: Results | Cut, *, is_mystery: bool) -> str:
    """« 52 formulaires », « 17 tests »."""
    one, many = ("test", "tests") if is_mystery else ("formulaire", "formulaires")
    return f"{format_number(results.returns)} {many if results.returns > 1 else one}"


def period(results: Results) -> str:
    """« du 08/08/2021 au 02/12/2021 »: the days of the forms received."""
    if results.first_on is None:
        return ""
    if results.first_on == results.last_on:
        return f"le {in_words(results.first_on)}"
    return f"du {in_words(results.first_on)} au {in_words(results.last_on)}"


def overall_rate(found: Overall) -> str:
    """Global satisfaction."""
    if not found.answered:
        return "sans réponse"
    return format_figure(found.rate, RATE, keep_zero=True) if found.is_significant else WITHHELD


def overall_net(found: Overall) -> str:
    """Net satisfaction, in points: « +52,8 points »."""
    if not found.answered:
        return "sans réponse"
    if not found.is_significant:
        return WITHHELD
    points = found.net * 100
    sign = "+" if points > 0 else ""
    return f"{sign}{format_number(points)}{NARROW}point{'s' if abs(points) >= 2 else ''}"


def arrow(code: str) -> tuple[str, str]:
    """(« ▲ », « en hausse »); empty where the intervals do not tell."""
    return ARROWS.get(code, ("", ""))
