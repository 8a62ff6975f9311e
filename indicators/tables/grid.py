"""« La grille »: the year of a site as bands of rows, read from the summary rows alone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import mark_safe

from indicators.enums import Measure, ValueState, YearRule
from indicators.models import Reading
from indicators.rules.readings import is_met
from indicators.rules.words import (
    SHORT_MEASURES,
    SHORT_STATES,
    decimal_or_none,
    figure_typed,
    short_figure,
    short_target,
    state_in_words,
)

RULE_NAMES = {
    YearRule.WEIGHTED: "pondérée",
    YearRule.MEAN: "moyenne des mois",
    YearRule.SUM: "somme",
    YearRule.LAST: "dernier mois",
}
CELL = "qp-grid__cell--"
NO_COUNTS = "no_counts"  # said on the figure's own page: most grids of the past have no counts
MET = {True: "reached", False: "missed", None: ""}


@dataclass(frozen=True, slots=True)
class Edit:
    """Where the months of a row are entered: « {month} » stands for the month; several services may share the row."""

    url: str
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """One month: what is printed, how it is spoken where the print is short, where it leads; as it would be typed."""

    month: int
    text: str
    spoken: str
    css: str
    url: str
    edit_url: str
    typed: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class GridRow:
    """One indicator of the grid."""

    pk: int
    label: str
    hint: str
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
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class GridBand:
    """A family and its rows."""

    name: str
    rows: list[GridRow]


def bands(
    readings: Iterable[Reading], *, site_code: str, year: int, shown: int, ended: int, edits: Mapping[int, Edit]
) -> list[GridBand]:
    """The readings as bands; `edits` says where an indicator is entered."""
    places = {"site_code": site_code, "year": year, "shown": shown, "ended": ended}
    found: dict[str, list[GridRow]] = {}
    for reading in readings:
        row = grid_row(reading, edit=edits.get(reading.indicator_id), **places)
        found.setdefault(reading.indicator.family.name, []).append(row)
    return [GridBand(name, rows) for name, rows in found.items()]


def grid_row(
    reading: Reading, *, site_code: str, year: int, ended: int, shown: int = 0, edit: Edit | None = None
) -> GridRow:
    """One reading as a row; `ended` is the last month over in that year: those after it are not due yet."""
    indicator = reading.indicator
    url = reverse("indicators:why", args=[indicator.code, site_code, year])
    known = {row["month"]: row for row in reading.months}
    due = indicator.due_months
    expected, entered = _expected(known, due, ended)
    address = edit.url if edit else ""
    return GridRow(
        pk=indicator.pk,
        label=indicator.label,
        hint=hint_of(indicator.engagement.short if indicator.engagement else "", indicator.measure),
        target=short_target(reading.target_direction, reading.target_value, indicator.measure),
        previous=short_figure(reading.previous_value, indicator.measure, "–"),
        previous_met=MET[reading.previous_target_met],
        cells=[
            _cell(known.get(number), number, reading, url=url, edit=address if number in due else None, shown=shown)
            for number in range(1, 13)
        ],
        value=short_figure(reading.value, indicator.measure),
        rule=RULE_NAMES[reading.rule],
        other=other_reading(reading),
        met=MET[reading.target_met],
        completeness=f"{entered}/{expected}" if expected else "–",
        is_complete=entered == expected,
        warnings=[warning["message"] for warning in reading.warnings if warning["code"] != NO_COUNTS],
        url=url,
        is_split=edit is not None and edit.is_split,
    )


def _expected(known: Mapping[int, dict], due: Collection[int], ended: int) -> tuple[int, int]:
    """How many months are over, of those due, and how many of these were entered."""
    over = [known.get(number) for number in due if number <= ended]
    return len(over), len([row for row in over if row and row["state"] != ValueState.MISSING])


def place_of(site_id: int, year: int) -> str:
    """Where a gesture of the grid is taken back."""
    return f"grid:{site_id}:{year}"


def hint_of(engagement: str, measure: str) -> str:
    """« E18 · jours ouvrés »."""
    return " · ".join(filter(None, (engagement, SHORT_MEASURES[Measure(measure)])))


def other_reading(reading: Reading) -> str:
    """« moyenne des mois : 97,2 % » where the other reading prints differently; empty otherwise."""
    other = {YearRule.WEIGHTED: reading.mean, YearRule.MEAN: reading.weighted}.get(reading.rule)
    measure = reading.indicator.measure
    if other is None or short_figure(other, measure) == short_figure(reading.value, measure):
        return ""
    name = "moyenne des mois" if reading.rule == YearRule.WEIGHTED else "pondérée"
    return f"{name} : {short_figure(other, measure)}"


def _cell(row: dict | None, month: int, reading: Reading, *, url: str, edit: str | None, shown: int) -> GridCell:
    """One month of the row; `edit` is None where no figure is due, `shown` is the month a phone shows."""
    state = row["state"] if row else ValueState.MISSING
    css = f"qp-grid__month is-shown {CELL}" if month == shown else f"qp-grid__month {CELL}"
    edit_url = edit.replace("{month}", str(month)) if edit else ""
    story = mark_safe(f"{url}#mois-{month}")  # noqa: S308 an address of ours, already quoted
    told = (
        {"typed": _typed(row, reading.indicator.measure), "version": row.get("version", 0)} if row and edit_url else {}
    )
    if row and state == ValueState.MEASURED:
        value = decimal_or_none(row["value"])
        met = MET[is_met(value, reading.target_direction, reading.target_value)]
        css += _css_of(met or state, row)
        text = short_figure(value, reading.indicator.measure)
        return GridCell(month, text, _note(row, met), mark_safe(css), story, edit_url, **told)  # noqa: S308 words of ours
    if edit is None and state == ValueState.MISSING:
        return GridCell(month, "", "", mark_safe(f"{css}undue"), "", "")  # noqa: S308 words of ours
    reason = row.get("reason", "") if row else ""
    spoken = state_in_words(state, reason)
    return GridCell(month, SHORT_STATES[state], spoken, mark_safe(css + state), story, edit_url, **told)  # noqa: S308 idem


def _typed(row: dict, measure: str) -> str:
    """A month as a person would type it again in its cell: « 148/150 », « 98,7 % », « Fermé : travaux »."""
    if row["state"] == ValueState.MISSING:
        return ""
    if row["state"] != ValueState.MEASURED:
        return state_in_words(row["state"], row.get("reason", ""))
    counts = row.get("numerator"), row.get("denominator")
    return figure_typed(decimal_or_none(row["value"]), measure) if None in counts else f"{counts[0]}/{counts[1]}"


def _note(row: dict, met: str) -> str:
    notes = ["cible non atteinte"] if met == "missed" else []
    if row.get("amended"):
        notes.append("rectifié après clôture")
    if row.get("parts_missing"):
        notes.append("partiel")
    return ", ".join(notes)


def _css_of(name: str, row: dict) -> str:
    """The classes of a measured cell; an amended one is marked."""
    return f"{name} {CELL}amended" if row.get("amended") else name
