"""Verbs and reads of the public holidays, kept as editable data."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from core.base.errors import UserError
from core.base.registries import calendar_listeners
from core.models import Holiday, HolidayZone
from core.record import history
from core.time.holidays import FIRST_YEAR, LAST_YEAR, ZONES, Zone, seed
from core.time.working_days import WorkingCalendar

SEED_REASON = "Calendrier de départ"


def zone_named(code: str) -> HolidayZone:
    """The zone of that code (« reunion » is enough for « la-reunion »), or a sentence that names those known."""
    zones = {zone.code: zone for zone in HolidayZone.objects.order_by("code")}
    typed = slugify(code)
    near = [name for name in zones if typed == name or (len(typed) > 3 and typed in name)]
    if typed in zones or len(near) == 1:
        return zones[typed if typed in zones else near[0]]
    hint = f"Zones connues : {', '.join(zones)}." if zones else "Aucun calendrier n’est chargé : lancez load_holidays."
    raise UserError(f"La zone « {code} » n’existe pas. {hint}")


def calendar_of_zone(zone: HolidayZone, *, closed: Mapping[date, str] | None = None) -> WorkingCalendar:
    """The working calendar of a zone, with the closed days of a site if given, in one query."""
    holidays = dict(zone.holidays.values_list("date", "label"))
    return WorkingCalendar(holidays, closed or {}, years=frozenset(day.year for day in holidays), name=zone.name)


@transaction.atomic
def load(*, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR, by=None, zones: Iterable[Zone] = ZONES) -> int:
    """Create the zones, and the holidays of their years that have none yet: an edited year is left as it is."""
    if not 1950 <= first_year <= last_year <= 2100:
        raise UserError("Les années doivent se suivre, entre 1950 et 2100.")
    new: list[Holiday] = []
    for zone in zones:
        row = _zone_row(zone, by=by)
        known = {day.year for day in row.holidays.values_list("date", flat=True)}
        years = [year for year in range(first_year, last_year + 1) if year not in known]
        new += [Holiday(zone=row, date=day, label=label) for day, label in seed(zone, years).items()]
    history.bulk_create(new, by=by, reason=SEED_REASON)
    return len(new)


@transaction.atomic
def add_holiday(zone: HolidayZone, *, date: date, label: str, by, reason: str = "") -> Holiday:
    """Add a public holiday to a zone."""
    _refuse_twice(zone, date)
    holiday = Holiday(zone=zone, date=date, label=label)
    history.save(holiday, by=by, reason=reason)
    tell_change()
    return holiday


@transaction.atomic
def change_holiday(holiday: Holiday, *, date: date, label: str, by, reason: str = "") -> Holiday:
    """Move or rename a public holiday."""
    _refuse_twice(holiday.zone, date, but=holiday)
    holiday.date, holiday.label = date, label
    history.save(holiday, by=by, reason=reason)
    tell_change()
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by, reason: str = "") -> None:
    """Make the day a working one again."""
    history.delete(holiday, by=by, reason=reason)
    tell_change()


def tell_change() -> None:
    """Tell those who count delays, once the transaction is committed, that a calendar is not what it was."""
    for listener in calendar_listeners:
        transaction.on_commit(listener.on_change, robust=True)


def _zone_row(zone: Zone, *, by) -> HolidayZone:
    row = HolidayZone.objects.filter(code=zone.code).first()
    if row is None:
        row = HolidayZone(code=zone.code, name=zone.name)
        history.save(row, by=by, reason=SEED_REASON)
    return row


def _refuse_twice(zone: HolidayZone, day: date, but: Holiday | None = None) -> None:
    there = zone.holidays.filter(date=day).first()
    if there and there != but:
        raise UserError(f"Le {day:%d/%m/%Y} est déjà férié dans cette zone : {there.label}.", field="date")
