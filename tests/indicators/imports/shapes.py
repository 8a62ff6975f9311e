"""The same figures in many shapes: one table by the name of its shape."""

from datetime import date

from tests.indicators.imports.grids import (
    CALLS,
    DAYS,
    DELAY,
    LAST_RATES,
    MONTHS,
    RATES,
    full,
    inter,
    simple,
)

TITLE = ["Tableau de bord 2023"]
NO = [None] * 12
COUNTS = [round(rate * 1000) for rate in RATES]
UP = [
    list(row) for row in zip(["Mois", "Objectif", *MONTHS], [CALLS, 0.9, *RATES], [DELAY, "< 10 j", *DAYS], strict=True)
]
LONG = [
    ["indicateur", "annee", "mois", "valeur", "unite"],
    *(
        [CALLS, year, f"{m:02d}", rate, "taux"]
        for year, rates in ((2022, LAST_RATES), (2023, RATES))
        for m, rate in full(rates).items()
    ),
]
SHAPES = {
    "months down": [TITLE, *UP],
    "headings far down": [TITLE, *[[]] * 30, *simple([CALLS, *RATES])],
    "target and result": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *["Cible", "Réalisé"] * 12],
        [CALLS, *inter([0.9] * 12, RATES)],
    ],
    "planned, actual, gap": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO, NO)],
        [None, *["Prévu", "Réalisé", "Écart"] * 12],
        [CALLS, *inter([0.9] * 12, RATES, [0.05] * 12)],
    ],
    "N-1 and N": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *["N-1", "N"] * 12],
        [CALLS, *inter(LAST_RATES, RATES)],
    ],
    "N-2, N-1 and N": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO, NO)],
        [None, *["N-2", "N-1", "N"] * 12],
        [CALLS, *inter(LAST_RATES, LAST_RATES, RATES)],
    ],
    "what each line is of the one above": [
        TITLE,
        *simple([CALLS, *RATES], ["Rappel N-1", *LAST_RATES], ["Objectif annuel", *[0.9] * 12]),
        ["Écart à l’objectif", *[0.05] * 12],
        ["N-2", *LAST_RATES],
        ["Cumul annuel", *[0.9] * 12],
    ],
    "years before and after, and numbers of the lines, beside the months": [
        TITLE,
        ["N°", "Indicateur", "Résultat 2021", "Objectif 2024", *MONTHS],
        [1, CALLS, 0.8, 0.99, *RATES],
        [2, DELAY, 12, 3, *DAYS],
    ],
    "a title over the labels": [["Résultats 2023", *MONTHS], [CALLS, *RATES]],
    "delays in weeks are no semesters": [TITLE, *simple([CALLS, *RATES], [DELAY, *["1 sem", "2 sem"] * 6])],
    "two years under each month": [
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *[2022, 2023] * 12],
        [CALLS, *inter(LAST_RATES, RATES)],
    ],
    "two years side by side": [
        ["Indicateur", 2022, *[None] * 11, 2023, *[None] * 11],
        [None, *MONTHS, *MONTHS],
        [CALLS, *LAST_RATES, *RATES],
    ],
    "series side by side": [
        TITLE,
        ["Indicateur", "Cible", *[None] * 11, "Réalisé", *[None] * 11],
        [None, *MONTHS, *MONTHS],
        [CALLS, *[0.9] * 12, *RATES],
    ],
    "series in the heading": [
        TITLE,
        ["Indicateur", *inter([f"{m} cible" for m in MONTHS], [f"{m} réalisé" for m in MONTHS])],
        [CALLS, *inter([0.9] * 12, RATES)],
    ],
    "years down": [["Indicateur", "Année", *MONTHS], [CALLS, 2022, *LAST_RATES], [None, 2023, *RATES]],
    "N-1 and N down": [TITLE, ["Indicateur", "Année", *MONTHS], [CALLS, "N-1", *LAST_RATES], [None, "N", *RATES]],
    "target and result down": [
        TITLE,
        ["Indicateur", None, *MONTHS],
        [CALLS, "Cible", *[0.9] * 12],
        [None, "Réalisé", *RATES],
        [DELAY, "Cible", *[10] * 12],
        [None, "Réalisé", *DAYS],
    ],
    "a year in each block": [
        ["Bilan 2022"],
        *simple([CALLS, *LAST_RATES]),
        [],
        ["Bilan 2023"],
        *simple([CALLS, *RATES]),
    ],
    "quarters and a total among the months": [
        TITLE,
        ["Indicateur", *MONTHS[:3], "T1", *MONTHS[3:6], "2e trimestre", *MONTHS[6:], "Total"],
        [CALLS, *RATES[:3], 0.95, *RATES[3:6], 0.95, *RATES[6:], 0.95],
    ],
    "a long table": LONG,
    "two targets": [
        TITLE,
        ["Indicateur", "Objectif 2022", "Objectif 2023", "Seuil d’alerte", "Résultat 2022", *MONTHS, "Résultat 2023"],
        [CALLS, 0.85, 0.9, 0.7, 0.88, *RATES, 0.95],
    ],
    "counts under each month": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO, NO)],
        [None, *["Traités", "Reçus", "%"] * 12],
        [CALLS, *inter(COUNTS, [1000] * 12, RATES)],
    ],
    "counts down": [
        TITLE,
        ["Indicateur", "Mesure", *MONTHS],
        [CALLS, "Nombre d’appels reçus", *[1000] * 12],
        [None, "Nombre d’appels décrochés", *COUNTS],
        [None, "Taux", *RATES],
    ],
    "counts down without a word": [TITLE, *simple([CALLS, *[1000] * 12], [CALLS, *COUNTS], [CALLS, *RATES])],
    "what a label ends with": [
        TITLE,
        *simple([f"{CALLS} - cible", *[0.9] * 12], [f"{CALLS} - résultat", *RATES], [f"{DELAY} (cible)", *[10] * 12]),
    ],
    "last year beside its label": [TITLE, *simple([f"{CALLS} (N-1)", *LAST_RATES], [CALLS, *RATES])],
    "the month and its total": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *["Mois", "Cumul"] * 12],
        [CALLS, *inter(RATES, [0.9] * 12)],
    ],
    "total received and treated": [
        TITLE,
        ["Indicateur", None, *MONTHS],
        [CALLS, "Total reçus", *[1000] * 12],
        [None, "dont traités", *COUNTS],
    ],
    "a year that a label ends with": [
        TITLE,
        *simple([f"{CALLS} 2022", *LAST_RATES], [f"{CALLS} 2023", *RATES]),
    ],
    "N-1, N and the gap down": [
        TITLE,
        ["Indicateur", None, *MONTHS],
        [CALLS, "N-1", *LAST_RATES],
        [None, "N", *RATES],
        [None, "Écart", *[0.05] * 12],
    ],
    "last year beside each month": [
        TITLE,
        ["Indicateur", *inter(MONTHS, [f"{month} N-1" for month in MONTHS])],
        [CALLS, *inter(RATES, LAST_RATES)],
    ],
    "quarters over their months": [
        TITLE,
        ["Indicateur", *inter(["1er trimestre", "2e trimestre", "T3", "T4"], NO[:4], NO[:4])],
        [None, *MONTHS],
        [CALLS, *RATES],
    ],
    "half a year below the other": [
        TITLE,
        ["Indicateur", *MONTHS[:6]],
        [CALLS, *RATES[:6]],
        [DELAY, *DAYS[:6]],
        [],
        ["Indicateur", *MONTHS[6:]],
        [CALLS, *RATES[6:]],
        [DELAY, *DAYS[6:]],
    ],
    "one indicator, named by the title": [
        [CALLS],
        ["Mois", 2022, 2023],
        *[list(line) for line in zip(MONTHS, LAST_RATES, RATES, strict=True)],
    ],
    "one indicator, named and dated by the title": [
        [f"{CALLS} 2023"],
        ["Mois", "Objectif", "Résultat"],
        *[[month, 0.9, rate] for month, rate in zip(MONTHS, RATES, strict=True)],
    ],
    "fractions are no months": [
        TITLE,
        *simple([CALLS, *RATES], [CALLS + " SVI", "12/13", "11/12", "9/10", *[None] * 9]),
    ],
    "months in another order": [TITLE, ["Indicateur", *MONTHS[::-1]], [CALLS, *RATES[::-1]]],
    "English months": [
        ["2023"],
        ["Indicator", "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "October", "Nov", "Dec"],
        [CALLS, *RATES],
    ],
    "initials": [["2023"], ["Indicateur", *"JFMAMJJASOND"], [CALLS, *RATES]],
    "dates": [["Indicateur", *(date(2023, month, 1) for month in range(1, 13))], [CALLS, *RATES]],
    "numbered months": [["2023"], ["Indicateur", *range(1, 13)], [CALLS, *RATES]],
    "months and years": [["Indicateur", *(f"{name}-23" for name in MONTHS)], [CALLS, *RATES]],
}
