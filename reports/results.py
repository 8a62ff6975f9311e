"""Préfectures side by side: for each indicator of a year, the percentiles of all, where one's own stand, few names.

A préfecture is compared with its sous-préfectures, its sites read as one; a sous-préfecture by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.base.figures import format_figure
from indicators.models import Indicator, Reading
from indicators.rules.months import Month
from indicators.rules.sites import read_together
from organisations.enums import UnitKind
from organisations.models import Unit
from organisations.places import short_name
from reports.models import ForeignYear
from reports.rules.percentiles import SHOWN, percentile, rank_of

FEWEST = 5  # sites under which a percentile tells who they are (ADR 0023)
ORDER = ("indicator__family__position", "indicator__position", "indicator__pk", "site__position", "site__pk")


@dataclass(frozen=True)
class Standing:
    """A site that is named: its figure, how many sites it is read from, and the percentile that it reaches."""

    name: str
    value: str
    sites: str
    rank: int
    is_own: bool

    @property
    def words(self) -> str:
        """« 3 sites réunis, 62ᵉ centile »."""
        return ", ".join(filter(None, [self.sites, f"{self.rank}{'er' if self.rank == 1 else 'e'} centile"]))


@dataclass(frozen=True)
class ComparedIndicator:
    """An indicator measured by enough sites: its percentiles, and the sites that are named."""

    label: str
    number: int
    percentiles: Sequence[str]
    named: Sequence[Standing]


@dataclass(frozen=True)
class SiteFigure:
    """The figure of a year at a site, or at a préfecture with its sous-préfectures."""

    indicator: Indicator
    site: Unit
    value: Decimal
    months: int  # measured, at the site that measured most
    sites: int  # that measured it
    all_sites: int


@dataclass(frozen=True)
class _Value:
    site: str
    value: Decimal
    sites: str
    is_own: bool
    is_named: bool


def compared(kind: UnitKind, year: int, *, own: Collection[int]) -> list[ComparedIndicator]:
    """The indicators of a year that five sites of a kind measured, in the order of the catalogue; constant queries.

    `own`: the sites that the reader sees by name; those of other installations are named where their file says so.
    """
    values: dict[str, list[_Value]] = {}
    indicators: dict[str, Indicator] = {}
    for one in figures_of(Unit.objects.filter(kind=kind), year):
        indicators[one.indicator.code] = one.indicator
        is_own = one.site.pk in own
        told = _Value(short_name(one.site.name), one.value, _of_sites(one.sites, one.all_sites), is_own, is_own)
        values.setdefault(one.indicator.code, []).append(told)
    for code, found in _foreign(kind, year, indicators).items():
        values[code] += found
    return [_compared(indicators[code], found) for code, found in values.items() if len(found) >= FEWEST]


def figures_of(units: Iterable[Unit], year: int) -> Iterator[SiteFigure]:
    """What each site measured in a year, in the order of the catalogue; a préfecture together with its sites below."""
    owners = {unit.pk: unit for unit in units}
    sites = _sites_of(owners.values())
    rows = Reading.objects.filter(site__in=set().union(*sites.values()), year=year, value__isnull=False)
    of_site: dict[int, dict[Indicator, Reading]] = defaultdict(dict)
    order: dict[Indicator, None] = {}
    for row in rows.select_related("indicator").order_by(*ORDER):
        of_site[row.site_id][row.indicator] = row
        order[row.indicator] = None
    for indicator in order:
        for pk, unit in owners.items():
            measured = [row for site in sorted(sites[pk]) if (row := of_site[site].get(indicator)) is not None]
            if measured and (value := _together(measured)) is not None:
                months = max(row.measured_months for row in measured)
                yield SiteFigure(indicator, unit, value, months, len(measured), len(sites[pk]))


def _sites_of(units: Iterable[Unit]) -> dict[int, set[int]]:
    """The sites that are compared as one, by the unit that stands for them."""
    found = {unit.pk: {unit.pk} for unit in units}
    below = Unit.objects.ids_below_each(unit.pk for unit in units if unit.kind == UnitKind.PREFECTURE)
    known = set(Unit.objects.sites().order_by().values_list("pk", flat=True)) if below else set()
    return found | {pk: ids & known for pk, ids in below.items()}


def _together(rows: Sequence[Reading]) -> Decimal | None:
    if len(rows) == 1:
        return rows[0].value
    months = [[Month.from_json(month) for month in row.months] for row in rows]
    indicator = rows[0].indicator
    return read_together(months, measure=indicator.measure, rule=indicator.year_rule).value


def _of_sites(number: int, all_sites: int) -> str:
    """« 3 sites réunis », « 1 site sur 3 »; nothing for a site alone."""
    if all_sites < 2:
        return ""
    if number < all_sites:
        return f"{number} site{'s' if number > 1 else ''} sur {all_sites}"
    return f"{number} sites réunis"


def _foreign(kind: UnitKind, year: int, indicators: Mapping[str, Indicator]) -> dict[str, list[_Value]]:
    """What files said of the indicators known here, in the same unit."""
    found: dict[str, list[_Value]] = {}
    for row in ForeignYear.objects.filter(kind=kind, year=year).order_by("code"):
        for told in row.figures:
            known = indicators.get(told["indicator"])
            if known is not None and known.measure == told["measure"]:
                sites = _of_sites(told.get("sites", 1), told.get("all_sites", 1))  # files read before they said so
                one = _Value(short_name(row.name), Decimal(told["value"]), sites, is_own=False, is_named=row.is_named)
                found.setdefault(known.code, []).append(one)
    return found


def _compared(indicator: Indicator, values: Iterable[_Value]) -> ComparedIndicator:
    several = sorted(values, key=lambda one: one.value)
    numbers = [one.value for one in several]
    return ComparedIndicator(
        label=indicator.label,
        number=len(several),
        percentiles=[format_figure(percentile(numbers, part), indicator.measure) for part in SHOWN],
        named=[
            Standing(
                one.site,
                format_figure(one.value, indicator.measure),
                one.sites,
                rank_of(one.value, numbers),
                one.is_own,
            )
            for one in several
            if one.is_named
        ],
    )
