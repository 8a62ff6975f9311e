"""Indicators against their targets, with N-1: a table by family, and the rates on one scale."""

from collections.abc import Sequence
from decimal import Decimal

from django.urls import reverse

from clu.publications.part import MISSING, Asked, Blank, Part
from core.base.figures import RATE, format_figure, format_target
from core.base.months import month_title
from core.pages.decks import Bar, Slide
from core.pages.decks.paging import even, fitted
from indicators.models import Assignment, Reading
from indicators.services.dashboards import indicator_row

WIDTHS = (10, 4, 3, 3, 3)
MET = {True: "✓ oui", False: "✗ non", None: "–"}
RATES_A_SLIDE = 8


def indicators(asked: Asked) -> Part:
    """The indicators of the site in the year of the meeting, up to the month before it."""
    year, month = asked.period
    readings = list(Reading.objects.for_dashboard(asked.site.pk, year))
    url = reverse("indicators:grid", args=[asked.site.code, year])
    if not readings:
        return asked.nothing(f"Indicateurs {year}", url=url)
    owners = _owners(asked, year)
    rows = [(reading.indicator, indicator_row(reading, month)) for reading in readings]
    blanks = [
        asked.blank(indicator.label, owner=owners.get(indicator.pk, ""), url=url)
        for indicator, row in rows
        if row["year_value"] is None and _is_missing(row)
    ]
    told = {blank.what: blank for blank in blanks}
    lines = [_line(row, told.get(indicator.label)) for indicator, row in rows]
    until = f"de janvier à {month_title(year, month)}" if month > 1 else month_title(year, month)
    notes = f"{asked.title}, {until}. {len(rows) - len(blanks)} indicateurs renseignés sur {len(rows)}."
    head = ("Indicateur", f"Résultat, {until}", "Cible", "Atteinte", f"N-1 ({year - 1})")
    slides = [
        Slide(title, head=head, rows=page, widths=WIDTHS, notes=f"{notes} {_spoken(page)}")
        for title, page in fitted(asked.title, lines, WIDTHS)
    ]
    return Part([*slides, *_rates(asked, [row for _indicator, row in rows], until)], blanks)


def _line(row: dict, blank: Blank | None) -> tuple[str, str, str, str, str]:
    engagement = f" ({row['engagement']})" if row["engagement"] else ""
    value = blank.words if blank else format_figure(_decimal(row["year_value"]), row["unit"])
    previous = row["previous"]
    before = "–" if previous is None or previous["value"] is None else _figure(previous["value"], row)
    return f"{row['label']}{engagement}", value, _target(row), MET[row["target_met"]], before


def _rates(asked: Asked, rows: list[dict], until: str) -> list[Slide]:
    """Every rate measured, on one scale from 0 to 100 %."""
    bars = [
        Bar(row["label"], _figure(row["year_value"], row), float(row["year_value"]), _aim(row))
        for row in rows
        if row["unit"] == RATE and row["year_value"] is not None and 0 <= row["year_value"] <= 1
    ]
    return [
        Slide(title, bars=page, notes=f"Taux {until}, sur une même échelle de 0 à 100 %. {_told(page)}")
        for title, page in even("Les taux et leurs cibles", bars, RATES_A_SLIDE)
    ]


def _told(bars: Sequence[Bar]) -> str:
    return " ; ".join(bar.words for bar in bars)


def _aim(row: dict) -> str:
    return f"cible {_target(row)}" if row["target"] else ""


def _target(row: dict) -> str:
    target = row["target"]
    return format_target(target["direction"], _decimal(target["value"]), row["unit"]) if target else "sans cible"


def _is_missing(row: dict) -> bool:
    """A month that was due and that nobody typed; « sans objet », « suspendu » are values."""
    entered = {month["month"] for month in row["months"] if month["state"] != "missing"}
    due = {
        month["month"] for month in row["months"] if month["state"] == "missing" and month["month"] in row["due_months"]
    }
    return bool(due) or not entered


def _owners(asked: Asked, year: int) -> dict[int, str]:
    """The services that enter each indicator."""
    rows = Assignment.objects.filter(site=asked.site).overlapping(year).select_related("unit")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("unit__position", "pk"):
        found.setdefault(row.indicator_id, []).append(row.unit.sigle or row.unit.name)
    return {key: ", ".join(dict.fromkeys(names)) for key, names in found.items()}


def _spoken(rows) -> str:
    return " ; ".join(f"{row[0]} : {row[1]}" for row in rows if MISSING not in row[1])


def _figure(value, row: dict) -> str:
    return format_figure(_decimal(value), row["unit"])


def _decimal(value) -> Decimal | None:
    return None if value is None else Decimal(str(value))
