"""What is refused and what is asked about when a figure is entered."""

from collections.abc import Sequence
from decimal import Decimal

from core.base.errors import UserError
from core.base.figures import format_figure
from indicators.enums import Measure
from indicators.rules.warnings import ENOUGH_TO_COMPARE, TIMES_THE_USUAL, is_out_of_character, median

LARGEST_RATE = Decimal(10)
LARGEST_FIGURE = Decimal(10) ** 9
LARGEST_COUNT = 10**7  # letters, calls, visits of a month: more than any préfecture has
TIMES_A_COUNT = 3
FEWEST_TO_COMPARE = 10  # under it, three times as many is ordinary
ONE = Decimal(1)
TRIMMED_ABOVE = 5  # months: above, one odd month does not widen what is usual


def usual_range(former: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest of the months before, without one of each where they are many; None of too few."""
    if len(former) < ENOUGH_TO_COMPARE:
        return None
    ordered = sorted(former)
    kept = ordered[1:-1] if len(ordered) > TRIMMED_ABOVE else ordered
    return kept[0], kept[-1]


def refuse_impossible(*, measure: str, value: Decimal, numerator: int | None, denominator: int | None) -> None:
    """Raise UserError on a figure that cannot be: negative, a zero denominator, a « rate » above 1 000 %."""
    if denominator == 0:
        raise UserError(
            "Le dénominateur est 0 : il n’y a pas de taux à calculer. Choisissez l’état « Aucun cas ».",
            field="denominator",
        )
    if any(count is not None and count < 0 for count in (value, numerator, denominator)):
        raise UserError("La valeur est négative : vérifiez la saisie.", field="value")
    if measure == Measure.RATE and value > LARGEST_RATE:
        raise UserError(
            f"{format_figure(value, measure)} n’est pas un taux possible : "
            f"vouliez-vous écrire {format_figure(value / 100, measure, digits=2)} ?",
            field="value",
        )
    if value >= LARGEST_FIGURE:
        raise UserError("La valeur est trop grande : vérifiez la saisie.", field="value")
    for name, count in (("numerator", numerator), ("denominator", denominator)):
        _refuse_excess(name, count)


def _refuse_excess(name: str, count: int | None) -> None:
    if count is not None and count > LARGEST_COUNT:
        raise UserError(f"{format_figure(Decimal(count), Measure.COUNT)} en un mois ? Vérifiez.", field=name)


def questions(
    *,
    measure: str,
    value: Decimal,
    numerator: int | None,
    denominator: int | None,
    former: Sequence[Decimal],
    former_counts: Sequence[tuple[int | None, int | None]] = (),
) -> list[str]:
    """Questions to ask before a figure out of character is kept: of what was typed first, then of the rate.

    former, former_counts: measured values and their (numerator, denominator), oldest first.
    """
    return [
        *_count_questions("Numérateur", numerator, [before for before, _ in former_counts]),
        *_count_questions("Dénominateur", denominator, [before for _, before in former_counts]),
        *(_rate_questions(value, numerator, denominator) if measure == Measure.RATE else ()),
        *_habit_questions(measure, value, former),
    ]


def _rate_questions(value: Decimal, numerator: int | None, denominator: int | None) -> list[str]:
    """A rate above 100 %, told by its counts where they are typed."""
    if numerator is not None and denominator is not None and numerator > denominator:
        return [f"Le numérateur ({numerator}) dépasse le dénominateur ({denominator}). Est-ce exact ?"]
    if value > ONE:
        return [f"Le taux de {format_figure(value, Measure.RATE)} dépasse 100 %. Est-ce exact ?"]
    return []


def _habit_questions(measure: str, value: Decimal, former: Sequence[Decimal]) -> list[str]:
    """A figure unlike the former ones: 0 after others, far from their median, ten times a number."""
    if value == 0 and former and former[-1] > 0 and measure != Measure.COUNT:
        return [
            f"{format_figure(value, measure)} après {format_figure(former[-1], measure)} : est-ce exact ? "
            "En cas de panne ou de fermeture, choisissez plutôt un état."
        ]
    if len(former) >= ENOUGH_TO_COMPARE and (
        is_out_of_character(value, former, measure) or _has_collapsed(value, former, measure)
    ):
        return [
            f"{format_figure(value, measure)} s’écarte beaucoup de l’habitude "
            f"({format_figure(median(former), measure)}). Est-ce exact ?"
        ]
    return (
        _count_questions("Nombre", int(value), [int(before) for before in former]) if measure == Measure.COUNT else []
    )


def _count_questions(name: str, count: int | None, former: Sequence[int | None]) -> list[str]:
    """Three times the usual, or a third of it: a zero too many, a digit left out, the figure of the line above."""
    known = [Decimal(before) for before in former if before is not None]
    if not count or len(known) < ENOUGH_TO_COMPARE:
        return []
    usual = median(known)
    if max(Decimal(count), usual) < FEWEST_TO_COMPARE or usual / TIMES_A_COUNT < count < usual * TIMES_A_COUNT:
        return []
    shown = format_figure(Decimal(count), Measure.COUNT)
    zero = " Un zéro de trop ?" if usual and count >= usual * TIMES_THE_USUAL else ""
    return [f"{name} {shown}, d’habitude autour de {format_figure(usual, Measure.COUNT)}.{zero} Est-ce exact ?"]


def _has_collapsed(value: Decimal, former: Sequence[Decimal], measure: str) -> bool:
    """Whether a number is ten times under the usual: a digit was perhaps left out."""
    return measure == Measure.COUNT and 0 < value <= median(former) / TIMES_THE_USUAL
