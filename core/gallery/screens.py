"""Charts, grid and entry of the gallery: every state a month may take."""

from decimal import Decimal

from core import charts as drawing
from core.states import MARKS, badge_of

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


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
        list(zip(MONTHS, rates, strict=True)), measure="rate", target=Decimal("0.9"), title="Taux d’appels aboutis"
    )


def _decimals(words: str) -> list[Decimal | None]:
    return [None if word == "-" else Decimal(word) for word in words.split()]


def grid() -> dict:
    """Two families over twelve months, with every state a cell may take."""
    phone = _cells("95,3 96,1 F 88,4 90,2 94,7 93,1 AC 96,8 97,2 … –")
    mail = _cells("91,0 92,4 95,1 96,0 95,5 97,2 98,0 SO 95,9 89,9 S I")
    return {
        "months": MONTHS,
        "families": [
            (
                "Téléphone",
                [
                    {"label": "Taux d’appels aboutis (standard)", "target": "≥ 90 %", "cells": phone, "year": "94,1 %"}
                    | {"before": "91,8 %"},
                ],
            ),
            (
                "Courriers et courriels",
                [
                    {"label": "Courriels répondus en 5 jours ouvrés", "target": "≥ 95 %", "cells": mail}
                    | {"year": "95,1 %", "before": "93,0 %"},
                ],
            ),
        ],
        "legend": [
            ("reached", "95,3", "cible atteinte"),
            ("missed", "88,4 ▼", "cible non atteinte"),
            *((state, mark, badge_of(state)["label"].lower()) for state, mark in MARKS.items()),
            ("late", "…", "en retard"),
        ],
    }


def _cells(words: str) -> list[tuple[str, str, str]]:
    """State, text and words of each cell: a figure, or the letters of a state."""
    states = {mark: state for state, mark in MARKS.items()} | {"…": "late"}
    cells = []
    for word in words.split():
        state = states.get(word) or ("reached" if word >= "90" else "missed")
        cells.append((state, word, badge_of(state)["label"].lower()))
    return cells


ENTRY = [
    {
        "label": "Appels aboutis",
        "last": "septembre : 1 180",
        "value": "1 204",
        "state": "saved",
        "status": "✓ enregistré à 10 h 41",
    },
    {
        "label": "Appels reçus",
        "last": "septembre : 1 242",
        "value": "1 2O4",
        "state": "error",
        "status": "« 1 2O4 » n’est pas un nombre : écrivez par exemple « 1 234 ».",
    },
    {
        "label": "Courriels reçus",
        "last": "septembre : 312",
        "value": "31",
        "state": "saving",
        "status": "enregistrement…",
        "question": "Dix fois moins que le mois dernier (312). Est-ce bien 31 ?",
    },
    {
        "label": "Usagers reçus au point numérique",
        "last": "septembre : 310",
        "value": "",
        "state": "idle",
        "status": "à saisir",
    },
]
