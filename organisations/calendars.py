"""The working calendar of a site: the holidays of its zone and its own closed days."""

from core.base.errors import UserError
from core.services.calendars import calendar_of_zone
from core.time.working_days import WorkingCalendar
from organisations.models import Unit


def calendar_of(unit: Unit) -> WorkingCalendar:
    """The calendar that delays at this unit follow: that of its site."""
    site = unit.site
    if site.holiday_zone is None:
        raise UserError(f"« {site} » n’a pas de zone de jours fériés : complétez sa fiche pour compter les délais.")
    return calendar_of_zone(site.holiday_zone, closed=dict(site.closed_days.values_list("date", "label")))
