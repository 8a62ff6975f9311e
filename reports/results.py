"""Préfectures side by side: for each indicator of a year, the percentiles of all, where one's own stand, few names.

A préfecture is compared with its sous-préfectures, its sites read as one; a sous-préfecture by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from core.base.figures import format_figure
from indicators.models import Indicator, Reading
from indicators.rules.months import Month
from indicators.rules.sites import read_together
from organisations.enums import UnitKind
from organisations.models import Unit
from organisations.places import short_name
from reports.models import ComparedYear, ForeignYear
from reports.rules.percentiles import SHOWN, percentile, rank_of

KINDS = (UnitKind.PREFECTURE, UnitKind.SOUS_PREFECTURE)
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
    sites: int  # that measured it
    all_sites: int
    months: int = 0  # measured, at the site that measured most


@dataclass(frozen=True)
class _Value:
    """A figure whose site is named."""

    site: str
    value: Decimal
    sites: Sequence[int]  # read as one, of how many
    is_own: bool


@dataclass(frozen=True)
class _Gathered:
    """What the sites measured of an indicator, and who is named."""

    indicator: Indicator
    numbers: list[Decimal]
    named: list[_Value]


def compared(
    kind: UnitKind, year: int, *, own: Collection[int], kept: ComparedYear | None = None
) -> list[ComparedIndicator]:
    """The indicators of a year that five sites of a kind measured, in the order of the catalogue; constant queries.

    `own`: the sites that the reader sees by name; those of other installations are named where their file says so.
    `kept`: the figures as they were computed ahead, else they are read now.
    """
    units = Unit.objects.filter(kind=kind)
    told = kept.figures if kept else told_of(figures_of(units, year))
    names = dict(units.values_list("pk", "name"))
    indicators = Indicator.objects.in_bulk([pk for pk, _figures in told])
    gathered = [_gathered(indicators[pk], figures, names, own) for pk, figures in told if pk in indicators]
    _add_foreign({one.indicator.code: one for one in gathered}, kind, year)
    return [_compared(one) for one in gathered if len(one.numbers) >= FEWEST]


def told_of(figures: Iterable[SiteFigure]) -> list[tuple[int, list]]:
    """By indicator, in their order, what each site measured, as it is kept (`ComparedYear.figures`)."""
    found: dict[int, list] = {}
    for one in figures:
        told = [one.site.pk, str(one.value), one.sites, one.all_sites]
        found.setdefault(one.indicator.pk, []).append(told)
    return list(found.items())


def _gathered(
    indicator: Indicator, figures: Iterable[list], names: Mapping[int, str], own: Collection[int]
) -> _Gathered:
    """The figures of the sites that are still there."""
    gathered = _Gathered(indicator, [], [])
    for site, value, *sites in figures:
        if site in names:
            gathered.numbers.append(Decimal(value))
            if site in own:
                gathered.named.append(_Value(names[site], Decimal(value), sites, is_own=True))
    return gathered


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
                yield SiteFigure(indicator, unit, value, len(measured), len(sites[pk]), months)


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


def _add_foreign(gathered: Mapping[str, _Gathered], kind: UnitKind, year: int) -> None:
    """What files said of the indicators known here, in the same unit."""
    for row in ForeignYear.objects.filter(kind=kind, year=year).order_by("code"):
        for told in row.figures:
            known = gathered.get(told["indicator"])
            if known is not None and known.indicator.measure == told["measure"]:
                value = Decimal(told["value"])
                known.numbers.append(value)
                if row.is_named:  # files read before they said so are of one site
                    sites = (told.get("sites", 1), told.get("all_sites", 1))
                    known.named.append(_Value(row.name, value, sites, is_own=False))


def _compared(one: _Gathered) -> ComparedIndicator:
    numbers, measure = sorted(one.numbers), one.indicator.measure
    return ComparedIndicator(
        label=one.indicator.label,
        number=len(numbers),
        percentiles=[format_figure(percentile(numbers, part), measure) for part in SHOWN],
        named=[
            Standing(
                short_name(named.site),
                format_figure(named.value, measure),
                _of_sites(*named.sites),
                rank_of(named.value, numbers),
                named.is_own,
            )
            for named in sorted(one.named, key=attrgetter("value"))
        ],
    )
