"""« La grille »: the year of a site as bands of rows, read from the summary rows alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from indicators.enums import ValueState, YearRule
from indicators.models import Indicator, Reading
from indicators.rules.words import (
    SHORT_MEASURES,
    SHORT_STATES,
    STATE_LABELS,
    decimal_or_none,
    short_figure,
    short_target,
)

RULE_NAMES = {
    YearRule.WEIGHTED: "pondérée",
    YearRule.MEAN: "moyenne des mois",
    YearRule.SUM: "somme",
    YearRule.LAST: "dernier mois",
}
MET = {True: "reached", False: "missed", None: ""}


@dataclass(frozen=True, slots=True)
class GridCell:
    """One month: what is printed, how it is spoken where the print is short, where it leads."""

    month: int
    text: str
    spoken: str
    css: str
    url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One indicator of the grid."""

    pk: int
    label: str
    engagement: str
    measure: str
    target: str
    previous: str
    previous_met: str
    cells: list[GridCell]
    value: str
    rule: str
    other: str
    met: str
    completeness: str
    is_complete: bool
    warnings: list[str]
    url: str


@dataclass(frozen=True, slots=True)
class GridBand:
    """A family and its rows."""

    name: str
    rows: list[GridRow]


def bands(readings: Iterable[Reading], *, site_code: str, year: int, edits: Mapping[int, str]) -> list[GridBand]:
    """The readings as bands; `edits` gives the address of entry of an indicator, « {month} » standing for the month."""
    found: dict[str, list[GridRow]] = {}
    for reading in readings:
        row = grid_row(reading, site_code=site_code, year=year, edit=edits.get(reading.indicator_id, ""))
        found.setdefault(reading.indicator.family.name, []).append(row)
    return [GridBand(name, rows) for name, rows in found.items()]


def grid_row(reading: Reading, *, site_code: str, year: int, edit: str = "") -> GridRow:
    """One reading as a row."""
    indicator = reading.indicator
    url = reverse("indicators:why", args=[indicator.code, site_code, year])
    known = {row["month"]: row for row in reading.months}
    due = indicator.due_months
    entered = sum(1 for number in due if number in known and known[number]["state"] != ValueState.MISSING)
    return GridRow(
        pk=indicator.pk,
        label=indicator.label,
        engagement=indicator.engagement.short if indicator.engagement else "",
        measure=SHORT_MEASURES[indicator.measure],
        target=short_target(reading.target_direction, reading.target_value, indicator.measure),
        previous=short_figure(reading.previous_value, indicator.measure, "–"),
        previous_met=MET[reading.previous_target_met],
        cells=[
            _cell(known.get(number), number, indicator.measure, url=url, edit=edit if number in due else None)
            for number in range(1, 13)
        ],
        value=short_figure(reading.value, indicator.measure),
        rule=RULE_NAMES[reading.rule],
        other=other_reading(reading),
        met=MET[reading.target_met],
        completeness=f"{entered}/{len(due)}",
        is_complete=entered == len(due),
        warnings=[warning["message"] for warning in reading.warnings],
        url=url,
    )


def other_reading(reading: Reading) -> str:
    """« moyenne des mois : 97,2 % » where the other reading prints differently; empty otherwise."""
    other = {YearRule.WEIGHTED: reading.mean, YearRule.MEAN: reading.weighted}.get(reading.rule)
    measure = reading.indicator.measure
    if other is None or short_figure(other, measure) == short_figure(reading.value, measure):
        return ""
    name = "moyenne des mois" if reading.rule == YearRule.WEIGHTED else "pondérée"
    return f"{name} : {short_figure(other, measure)}"


def _cell(row: dict | None, month: int, measure: str, *, url: str, edit: str | None) -> GridCell:
    """One month of the row; `edit` is None where no figure is due."""
    state = row["state"] if row else ValueState.MISSING
    edit_url = edit.replace("{month}", str(month)) if edit else ""
    story = f"{url}#mois-{month}"
    if row and state == ValueState.MEASURED:
        text = short_figure(decimal_or_none(row["value"]), measure)
        return GridCell(month, text, _note(row), "amended" if row.get("amended") else "", story, edit_url)
    if edit is None and state == ValueState.MISSING:
        return GridCell(month, "", "", "undue", "", "")
    reason = row.get("reason", "") if row else ""
    spoken = f"{STATE_LABELS[state]} : {reason}" if reason else STATE_LABELS[state]
    return GridCell(month, SHORT_STATES[state], spoken, str(state), story, edit_url)


def _note(row: dict) -> str:
    notes = []
    if row.get("amended"):
        notes.append("rectifié après clôture")
    if row.get("parts_missing"):
        notes.append("partiel")
    return ", ".join(notes)
