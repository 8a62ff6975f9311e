"""The dashboard of a site and month: rows by family, tiles, editions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from core.base.months import month_name
from core.pages.charts import sparkline
from indicators.enums import ValueState
from indicators.models import Reading
from indicators.rules.months import months_over
from indicators.rules.words import STATE_LABELS, brief_figure, short_target
from indicators.services.dashboards import indicator_row
from indicators.tables.grid import MET, RULE_NAMES, hint_of

SAID_BY_THE_RULE = "Effectifs absents"  # the rule stands under the figure: « moyenne des mois »
TREND_NAMES = {
    "better": "en progrès",
    "worse": "en recul",
    "stable": "stable",
    "up": "en hausse",
    "down": "en baisse",
    "": "",
}


@dataclass(frozen=True)
class DashboardRow:
    """One indicator as known at the end of a month."""

    label: str
    hint: str
    month: str
    month_url: str
    value: str
    rule: str
    other: str
    met: str
    target: str
    previous: str
    previous_met: str
    trend: str
    trend_name: str
    spark: SafeString | str
    completeness: str
    is_complete: bool
    warnings: list[str]
    url: str


@dataclass(frozen=True)
class DashboardBand:
    """A family and its rows."""

    name: str
    rows: list[DashboardRow]


def live_bands(readings: Iterable[Reading], *, site_code: str, year: int, month: int) -> list[DashboardBand]:
    """The dashboard of today, from the summary rows."""
    rows = [indicator_row(reading, month) for reading in readings]
    return sealed_bands(rows, site_code=site_code, year=year, month=month)


def sealed_bands(rows: Iterable[dict], *, site_code: str, year: int, month: int) -> list[DashboardBand]:
    """A payload as bands of rows; its figures are printed, never worked out again."""
    over = months_over(year, timezone.localdate())
    found: dict[str, list[DashboardRow]] = {}
    for row in rows:
        url = reverse("indicators:why", args=[row["code"], site_code, year])
        found.setdefault(row["family"], []).append(_row(row, month, url, over))
    return [DashboardBand(name, band) for name, band in found.items()]


def tiles(bands: Iterable[DashboardBand]) -> list[dict]:
    """What the direction reads first: targets met and missed, figures without a value, what is not entered."""
    rows = [row for band in bands for row in band.rows]
    met = sum(row.met == "reached" for row in rows)
    missed = [row for row in rows if row.met == "missed"]
    incomplete = sum(not row.is_complete for row in rows)
    empty = sum(row.value == "sans objet" for row in rows)
    return [
        {
            "label": "Cibles atteintes",
            "value": str(met),
            "detail": f"sur {met + len(missed)} indicateurs mesurés avec cible",
        },
        {"label": "Cibles manquées", "value": str(len(missed)), "detail": _names(missed)},
        {"label": "Sans valeur", "value": str(empty), "detail": "aucun mois mesuré : sans objet"},
        {"label": "Saisie incomplète", "value": str(incomplete), "detail": "indicateurs où un mois manque"},
    ]


def _names(rows: list[DashboardRow]) -> str:
    labels = [row.label for row in rows[:2]]
    more = len(rows) - len(labels)
    return ", ".join(labels) + (f" et {more} autre{'s' if more > 1 else ''}" if more else "")


def _row(row: dict, month: int, url: str, over: int) -> DashboardRow:
    measure, target, previous = row["unit"], row["target"] or {}, row["previous"] or {}
    current = next((m for m in row["months"] if m["month"] == month), None)
    done, due = row["completeness"]["entered"], row["completeness"]["due"]
    return DashboardRow(
        label=row["label"],
        hint=hint_of(row["engagement"], measure),
        month=_month(current, measure, is_due=month in row.get("due_months", [month]), is_to_come=month > over),
        month_url=f"{url}#mois-{month}",
        value=brief_figure(_decimal(row["year_value"]), measure),
        rule=RULE_NAMES[row["year_rule"]] if row["year_value"] is not None else "",
        other=_other(row),
        met=MET[row["target_met"]],
        target=short_target(target.get("direction", ""), _decimal(target.get("value")), measure),
        previous=brief_figure(_decimal(previous.get("value")), measure, "–"),
        previous_met=MET[previous.get("target_met")],
        trend=row["trend"],
        trend_name=TREND_NAMES[row["trend"]],
        spark=_spark(row, measure, target),
        completeness=f"{done} sur {due}",
        is_complete=done == due,
        warnings=[message for message in row["warnings"] if not message.startswith(SAID_BY_THE_RULE)],
        url=url,
    )


def _month(month: dict | None, measure: str, *, is_due: bool, is_to_come: bool) -> str:
    if month is None:
        return ""
    if month["state"] == ValueState.MISSING and is_to_come:
        return "à venir"
    if month["state"] == ValueState.MISSING and not is_due:
        return "–"
    if month["state"] != ValueState.MEASURED:
        return STATE_LABELS[month["state"]].lower()
    return brief_figure(_decimal(month["value"]), measure)


def _other(row: dict) -> str:
    name, other = ("moyenne des mois", row["mean_of_months"])
    if row["year_rule"] == "mean":
        name, other = "pondérée", row["weighted"]
    elif row["year_rule"] != "weighted":
        return ""
    text = brief_figure(_decimal(other), row["unit"])
    return "" if other is None or text == brief_figure(_decimal(row["year_value"]), row["unit"]) else f"{name} : {text}"


def _spark(row: dict, measure: str, target: dict) -> SafeString | str:
    points = [(month_name(m["month"]), _decimal(m["value"])) for m in row["months"]]
    if sum(value is not None for _name, value in points) < 2:
        return ""
    return sparkline(points, measure=measure, title=row["label"], target=_decimal(target.get("value")))


def _decimal(number) -> Decimal | None:
    return None if number is None else Decimal(str(number))
