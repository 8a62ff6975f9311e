"""Undoing of an imported grid, as a whole or not at all."""

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from core import history
from core.errors import UserError
from core.imports import log
from indicators.enums import CampaignState
from indicators.models import Assignment, Campaign, GridImport, Indicator, Reading, Value
from indicators.rules.months import month_name
from indicators.services import readings
from indicators.services.values import FIELDS, SIGNATURE, Figure, from_json
from organisations.models import User

MOST_NAMED = 3


def revert(record: GridImport, *, by) -> None:
    """Put back the values, then all the import made around them. UserError says what was changed since."""
    reason = f"Annulation de l’import de « {record.name} »"
    entries = [row for row in record.changes if "values" not in row]
    cells = [cell for row in record.changes for cell in row.get("values", ())]
    touched = _revert_values(cells, by=by, reason=reason)
    _refuse_new_values(entries)
    log.revert(entries, by=by, reason=reason)
    touched |= _indicators_of(record)
    _refresh(touched, record)


def _revert_values(cells: list[dict], *, by, reason: str) -> set[int]:
    rows = _stored(cells)
    changed = [cell for cell in cells if not _is_untouched(rows.get(tuple(cell["key"])), cell)]
    if changed:
        raise UserError(f"Impossible d’annuler : {_named(changed)} modifié depuis l’import.")
    _refuse_closed(rows)
    restored = []
    authors = _authors(cells)
    for cell in cells:
        value = rows[tuple(cell["key"])]
        if cell["before"] is None:
            history.delete(value, by=by, reason=reason)
            continue
        before = from_json(cell["before"])
        for name in FIELDS:
            setattr(value, name, getattr(before, name))
        value.version += 1
        _sign(value, cell.get("signature"), authors, by=by)
        restored.append(value)
    history.bulk_update(restored, (*FIELDS, *SIGNATURE, "version"), by=by, reason=reason)
    return {cell["key"][0] for cell in cells}


def _authors(cells: list[dict]) -> set[int]:
    """The accounts that wrote the former figures and are still there."""
    return set(
        User.objects.filter(pk__in={(cell.get("signature") or {}).get("entered_by") for cell in cells}).values_list(
            "pk", flat=True
        )
    )


def _sign(value: Value, signature: dict | None, authors: set[int], *, by) -> None:
    """Give the figure back its author, date, origin and mark; a log without them only knows who undoes."""
    if signature is None:
        value.entered_by = by
        value.touch()
        return
    author = signature["entered_by"]
    value.entered_by_id = author if author in authors else None
    value.entered_at = parse_datetime(signature["entered_at"])
    value.source, value.is_amendment = signature["source"], signature["is_amendment"]


def _stored(cells: list[dict]) -> dict[tuple, Value]:
    keys = {tuple(cell["key"]) for cell in cells}
    rows = Value.objects.select_for_update(of=("self",)).filter(
        indicator__in={key[0] for key in keys}, unit__in={key[1] for key in keys}, year__in={key[2] for key in keys}
    )
    found = {(row.indicator_id, row.unit_id, row.year, row.month): row for row in rows.order_by("pk")}
    return {key: row for key, row in found.items() if key in keys}


def _is_untouched(value: Value | None, cell: dict) -> bool:
    return value is not None and Figure.of(value) == from_json(cell["after"])


def _named(cells: list[dict]) -> str:
    labels = dict(Indicator.objects.filter(pk__in={cell["key"][0] for cell in cells}).values_list("pk", "label"))
    names = [
        f"{labels.get(key[0], 'un indicateur')} ({month_name(key[3])} {key[2]})" for key in (c["key"] for c in cells)
    ]
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED]) + (f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")
    return f"{shown} {'ont été' if len(names) > 1 else 'a été'}"


def _refuse_closed(rows: dict[tuple, Value]) -> None:
    months = {(row.site_id, row.year, row.month) for row in rows.values() if not row.is_amendment}
    sites = {site for site, _year, _month in months}
    closed = Campaign.objects.filter(site__in=sites, state=CampaignState.CLOSED)
    found = sorted(months & set(closed.values_list("site_id", "year", "month")))
    if found:
        names = ", ".join(f"{month_name(month)} {year}" for _site, year, month in found)
        raise UserError(f"Impossible d’annuler : {names} a été clos depuis. Rouvrez d’abord le mois.")


def _refuse_new_values(entries: list[dict]) -> None:
    """A service that the import made enter an indicator has entered more since: its values would be nobody's."""
    made = [row["pk"] for row in entries if row["model"] == Assignment._meta.label and row["before"] is None]
    for assignment in Assignment.objects.filter(pk__in=made).select_related("indicator", "unit"):
        if Value.objects.filter(indicator=assignment.indicator_id, unit=assignment.unit_id).exists():
            who, what = assignment.unit, assignment.indicator
            raise UserError(f"Impossible d’annuler : {who} a saisi d’autres valeurs de « {what} » depuis.")


def _indicators_of(record: GridImport) -> set[int]:
    rows = Reading.objects.filter(site=record.site_id, year=record.year)
    return set(rows.values_list("indicator_id", flat=True))


def _refresh(indicator_ids: set[int], record: GridImport) -> None:
    """Read again what is still followed; a reading of nothing goes away."""
    known = set(Indicator.objects.filter(pk__in=indicator_ids).values_list("pk", flat=True))
    readings.refresh_many({(pk, record.site_id, record.year) for pk in known})
    followed = Assignment.objects.filter(site=record.site_id).overlapping(record.year).values("indicator")
    valued = Value.objects.filter(site=record.site_id, year=record.year).values("indicator")
    empty = Reading.objects.filter(site=record.site_id, year=record.year, measured_months=0)
    empty.exclude(Q(indicator__in=followed) | Q(indicator__in=valued)).delete()
