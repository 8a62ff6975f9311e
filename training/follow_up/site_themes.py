"""The themes followed at a site on a day: in force that day, and of a module that the site retains.

A site that declares nothing of a referential keeps all of its modules. Read here alone, in four queries.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from organisations.models import Unit
from referential.models import Module, Perimeter
from training.models import TrainingTheme
from training.rules.statuses import HeldPeriod

Periods = list[HeldPeriod]


@dataclass(frozen=True)
class SiteThemes:
    """What the sites of some units retain; `declared` holds the days on which a site retains anything of a version."""

    sites: Mapping[int, int]  # unit → site
    versions: Mapping[int, int]  # module → referential
    retained: Mapping[tuple[int, int], Periods]  # (site, module) → days
    declared: Mapping[tuple[int, int], Periods]  # (site, referential) → days

    def has(self, theme: TrainingTheme, unit_id: int, on: date) -> bool:
        """Whether the theme is followed in a unit on a day."""
        if not HeldPeriod(theme.valid_from, theme.valid_until).covers(on):
            return False
        site, module = self.sites.get(unit_id), theme.module_id
        if site is None or module is None:
            return True
        if any(days.covers(on) for days in self.retained.get((site, module), ())):
            return True
        return not any(days.covers(on) for days in self.declared.get((site, self.versions[module]), ()))

    def ever_has(self, theme: TrainingTheme) -> bool:
        """Whether the theme is or was followed in one of the units: what a file of past years may name."""
        module = theme.module_id
        if module is None:
            return True
        version = self.versions[module]
        sites = set(self.sites.values())
        return any((site, module) in self.retained or (site, version) not in self.declared for site in sites)


def site_themes(units: Collection[int]) -> SiteThemes:
    """What the sites of some units retain."""
    sites = Unit.objects.site_ids_of(units)
    retained: dict[tuple[int, int], Periods] = defaultdict(list)
    declared: dict[tuple[int, int], Periods] = defaultdict(list)
    rows = Perimeter.objects.filter(site__in=sites).order_by()
    for site, module, version, start, end in rows.values_list(
        "site_id", "module_id", "module__referential_id", "valid_from", "valid_until"
    ):
        retained[site, module].append(HeldPeriod(start, end))
        declared[site, version].append(HeldPeriod(start, end))
    versions = dict(Module.objects.order_by().values_list("pk", "referential_id"))
    below = sorted(Unit.objects.ids_below_each(sites).items(), key=lambda pair: -len(pair[1]))  # the widest first
    nearest = {unit: site for site, found in below for unit in found}
    return SiteThemes({unit: nearest[unit] for unit in units if unit in nearest}, versions, retained, declared)


def followed_in(units: Collection[int], on: date, *, among: Collection[TrainingTheme]) -> list[TrainingTheme]:
    """The themes, among some, that one unit at least follows on a day: what its forms offer."""
    found = site_themes(units)
    return [theme for theme in among if any(found.has(theme, unit, on) for unit in units)]
