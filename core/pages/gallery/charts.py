"""Charts of the gallery: gaps, a target, last year, a measured zero."""

from decimal import Decimal

from core.base.months import SHORT_MONTH_NAMES as MONTHS
from core.pages import charts as drawing


def charts() -> list[str]:
    """A year with gaps, a target and last year; a delay; a count with a measured zero."""
    states = {2: "closed", 7: "no_case", 11: "missing"}
    rates = _decimals(".953 .961 - .884 .902 .947 .931 - .968 .972 .975 -")
    before = _decimals(".902 .911 .921 .874 .893 .905 .917 .9 .921 .935 .94 .931")
    return [
        drawing.figure(
            [(month, rates[i], states.get(i, "")) for i, month in enumerate(MONTHS)],
            previous=list(zip(MONTHS, before, strict=True)),
            measure="rate",
            target=Decimal("0.9"),
            target_direction=">=",
            title="Taux d’appels aboutis, 2026",
        ),
        drawing.figure(
            list(zip(MONTHS, _decimals("6.4 5.8 5.1 4.9 5.6 4.2 3.9 7.2 5 4.6 4.4 -"), strict=True)),
            measure="days",
            target=Decimal(5),
            target_direction="<",
            title="Délai moyen de réponse aux courriels, 2026",
        ),
        drawing.figure(
            list(zip(MONTHS[:6], _decimals("1204 1180 0 965 1310 1275"), strict=True)),
            kind="bar",
            previous=list(zip(MONTHS[:6], _decimals("1100 1150 980 - 1250 1204"), strict=True)),
            measure="count",
            title="Usagers reçus au point numérique, premier semestre 2026",
        ),
    ]


def spark() -> str:
    """The first curve, the size of a word."""
    rates = _decimals(".953 .961 - .884 .902 .947 .931 - .968 .972 .975 -")
    return drawing.sparkline(
        list(zip(MONTHS, rates, strict=True)),
        measure="rate",
        target=Decimal("0.9"),
        title="Taux d’appels aboutis",
    )


def _decimals(words: str) -> list[Decimal | None]:
    return [None if word == "-" else Decimal(word) for word in words.split()]
