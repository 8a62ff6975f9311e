"""A year copied as the base of the next: which services enter which indicators, and what is aimed at."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from core.base.errors import UserError
from core.record import changesets, history
from indicators.models import Assignment, Reading, Target
from indicators.services import readings
from indicators.services.grids import followed_until
from organisations.models import Unit


@dataclass
class Carried:
    """What a year takes over from the one before: new rows, and the indicators that its grid lacks."""

    assignments: list[Assignment]
    targets: list[Target]
    indicators: set[int]

    @property
    def is_empty(self) -> bool:
        return not (self.assignments or self.targets or self.indicators)


def to_carry(site: Unit, year: int) -> Carried:
    """What the year before ended with and this one does not have; nothing is written."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    eve = date(year - 1, 12, 31)
    followed = Assignment.objects.filter(site=site, indicator__is_active=True)
    ended = followed.in_force(eve).filter(valid_until=eve).select_related("indicator").order_by("pk")
    known = set(followed.overlapping(year).values_list("indicator_id", "unit_id"))
    until = followed_until(year)
    assignments = [
        Assignment(indicator=one.indicator, site=site, unit_id=one.unit_id, valid_from=first, valid_until=until)
        for one in ended
        if (one.indicator_id, one.unit_id) not in known
    ]
    shown = set(Reading.objects.filter(site=site, year=year).values_list("indicator_id", flat=True))
    rows = {one.indicator_id for one in assignments} | {indicator for indicator, _unit in known}
    own = Target.objects.filter(site=site, indicator__is_active=True)
    in_year = own.filter(valid_from__lte=last).filter(Q(valid_until=None) | Q(valid_until__gte=first))
    aimed = set(in_year.values_list("indicator_id", flat=True))
    targets = [
        Target(
            indicator_id=one.indicator_id, site=site, direction=one.direction, value=one.value,
            valid_from=first, valid_until=last, source=f"Reprise de {year - 1}",
        )
        for one in own.in_force(eve).filter(valid_until=eve).order_by("pk")
        if one.indicator_id not in aimed and one.indicator_id in rows | shown  # what nobody follows gets no line
    ]  # fmt: skip
    return Carried(assignments, targets, rows - shown)


@transaction.atomic
def carry(site: Unit, year: int, *, by) -> Carried:
    """Take over what the year before ended with. UserError where there is nothing to take over."""
    carried = to_carry(site, year)
    if carried.is_empty:
        raise UserError(f"Rien à reprendre de {year - 1} : {year} a déjà ses indicateurs, ses services et ses cibles.")
    with changesets.opened():
        history.bulk_create([*carried.assignments], by=by, reason=f"Reprise de {year - 1}")
        history.bulk_create([*carried.targets], by=by, reason=f"Reprise de {year - 1}")
    touched = carried.indicators | {one.indicator_id for one in carried.assignments}
    touched |= {one.indicator_id for one in carried.targets}
    readings.refresh_many({(indicator, site.pk, year) for indicator in touched})
    return carried
