"""The monthly dashboard of a site: its payload, and the sealed editions kept with the digest of their inputs."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core import jobs
from core.base.digests import digest_of
from core.base.figures import format_figure
from core.base.months import month_name
from core.models import Job
from indicators import notifications
from indicators.enums import ValueState
from indicators.models import Reading, Snapshot
from indicators.rules.months import Month, months_over
from indicators.rules.readings import YearReading, is_met, read_year, trend
from indicators.rules.warnings import warn
from organisations.models import Unit

MOST_DIGITS = 6


def payload(site: Unit, year: int, month: int = 12) -> dict:
    """The dashboard of a site as known at the end of a month: what `manage.py dashboard` prints.

    Rates are ratios, delays working days; nothing is rounded. Read from the summary rows, in one query.
    """
    readings = Reading.objects.for_dashboard(site.pk, year)
    return {
        "unit": site.code,
        "year": year,
        "month": month,
        "indicators": [indicator_row(reading, month) for reading in readings],
    }


def indicator_row(reading: Reading, month: int = 12) -> dict:
    """One indicator of the payload, read from the months up to the given one."""
    indicator = reading.indicator
    months = [Month.from_json(row) for row in reading.months if row["month"] <= month]
    year = read_year(months, indicator.year_rule)
    due_months = indicator.due_months
    over = months_over(reading.year, timezone.localdate())
    due = [m for m in months if m.month in due_months and m.month <= over]
    return {
        "code": indicator.code,
        "label": indicator.label,
        "engagement": indicator.engagement.short if indicator.engagement else "",
        "family": indicator.family.name,
        "unit": indicator.measure,
        "target": _target(reading),
        "due_months": due_months,
        "months": [_month(m) for m in months],
        "mean_of_months": number(year.mean),
        "weighted": number(year.weighted),
        "year_value": number(year.value),
        "year_rule": str(year.rule),
        "target_met": is_met(year.value, reading.target_direction, reading.target_value),
        "previous": _previous(reading),
        "trend": trend(months, indicator.direction),
        "completeness": {"entered": sum(m.state != "missing" for m in due), "due": len(due)},
        "warnings": _warnings(indicator, months, year),
    }


def number(value: Decimal | None) -> float | int | None:
    """A figure for JSON: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the sealed payload still has the digest it was sealed with."""
    return digest_of(snapshot.payload) == snapshot.digest


@transaction.atomic
def seal(*, site: Unit, year: int, month: int, by, job=None) -> tuple[Snapshot, bool]:
    """Compute the dashboard and keep it as a new edition; (edition, is new).

    Where the figures are those of the latest edition, that edition is returned and nothing is written.
    """
    Unit.objects.select_for_update().get(pk=site.pk)
    content = payload(site, year, month)
    digest = digest_of(content)
    latest = Snapshot.objects.filter(site=site, year=year, month=month).order_by("-edition").first()
    if latest is not None and latest.digest == digest:
        return latest, False
    snapshot = Snapshot.objects.create(
        site=site,
        year=year,
        month=month,
        edition=latest.edition + 1 if latest else 1,
        payload=content,
        changes=differences(latest.payload, content) if latest else [],
        digest=digest,
        requested_by=by,
        job=job,
    )
    notifications.notify_dashboard(snapshot, on=timezone.localdate())
    return snapshot, True


def request(*, site: Unit, year: int, month: int, by) -> Job:
    """Ask for an edition in the background; the one already asked for is returned."""
    return jobs.enqueue(
        "compute_dashboard",
        by=by,
        label=f"Tableau de bord – {month_name(month)} {year}, {site}",
        parameters={"site_id": site.pk, "year": year, "month": month},
        key=f"compute_dashboard:{site.pk}:{year}:{month}",
    )


def request_all(year: int, month: int) -> int:
    """Ask for the edition of a month at every site that has readings for the year; returns how many."""
    sites = Unit.objects.filter(readings__year=year).distinct()
    return len([request(site=site, year=year, month=month, by=None) for site in sites])


def request_amended(months: set[tuple[int, int, int]], *, by) -> None:
    """Ask for new editions of the sealed dashboards in which corrected (site, year, month) figures stand."""
    for site_id, year, first in sorted(months):
        sealed = Snapshot.objects.filter(site_id=site_id, year=year, month__gte=first).select_related("site")
        for month, site in sorted({(row.month, row.site) for row in sealed}, key=lambda pair: pair[0]):
            request(site=site, year=year, month=month, by=by)


def differences(before: dict, after: dict) -> list[dict]:
    """What changed between two payloads: {code, label, month or None, before, after, message}."""
    old = {row["code"]: row for row in before["indicators"]}
    changes = []
    for row in after["indicators"]:
        former = old.pop(row["code"], None)
        if former is None:
            changes.append(_change(row, None, "absent", "suivi"))
            continue
        changes += _month_changes(former, row)
        changes += _reading_changes(former, row)
    return changes + [_change(row, None, "suivi", "absent") for row in old.values()]


def _month_changes(former: dict, row: dict) -> list[dict]:
    old = {m["month"]: m for m in former["months"]}
    return [
        _change(row, m["month"], _cell(old.get(m["month"]), row["unit"]), _cell(m, row["unit"]))
        for m in row["months"]
        if old.get(m["month"]) != m
    ]


def _reading_changes(former: dict, row: dict) -> list[dict]:
    changes = []
    if former["year_value"] != row["year_value"]:
        changes.append(_change(row, None, *_told_apart(former["year_value"], row["year_value"], row["unit"])))
    if former["target"] != row["target"]:
        changes.append(_change(row, None, _target_text(former), _target_text(row)))
    return changes


def _change(row: dict, month: int | None, before: str, after: str) -> dict:
    place = month_name(month) if month else "lecture de l’année"
    message = f"{row['label']} ({row['engagement'] or row['family']}), {place} : {before} → {after}"
    return {
        "code": row["code"],
        "label": row["label"],
        "month": month,
        "before": before,
        "after": after,
        "message": message,
    }


def _cell(month: dict | None, measure: str) -> str:
    if month is None:
        return "non saisi"
    if month["state"] != ValueState.MEASURED:
        return str(ValueState(month["state"]).label).lower()
    counts = f" ({month['numerator']} / {month['denominator']})" if month["denominator"] else ""
    return format_figure(Decimal(str(month["value"])), measure) + counts


def _told_apart(before, after, measure: str) -> tuple[str, str]:
    """Two different figures with as many decimals as it takes to see that they differ."""
    old, new = (None if value is None else Decimal(str(value)) for value in (before, after))
    digits = 1
    while digits < MOST_DIGITS and format_figure(old, measure, digits) == format_figure(new, measure, digits):
        digits += 1
    return format_figure(old, measure, digits), format_figure(new, measure, digits)


def _figure(value, row: dict) -> str:
    return format_figure(None if value is None else Decimal(str(value)), row["unit"])


def _target_text(row: dict) -> str:
    target = row["target"]
    return f"cible {target['direction']} {_figure(target['value'], row)}" if target else "sans cible"


def _target(reading: Reading) -> dict | None:
    if reading.target_value is None:
        return None
    return {"direction": reading.target_direction, "value": number(reading.target_value)}


def _previous(reading: Reading) -> dict | None:
    if reading.previous_value is None and reading.previous_target_met is None:
        return None
    return {"value": number(reading.previous_value), "target_met": reading.previous_target_met}


def _month(month: Month) -> dict:
    return {
        "month": month.month,
        "state": str(month.state),
        "value": number(month.value),
        "numerator": month.numerator,
        "denominator": month.denominator,
    }


def _warnings(indicator, months: list[Month], year: YearReading) -> list[str]:
    found = warn(months, year, measure=indicator.measure, rule=indicator.year_rule)
    return [warning["message"] for warning in found]
