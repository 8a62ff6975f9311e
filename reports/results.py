"""Préfectures side by side: for each indicator of a year, the percentiles of all, where one's own stand, few names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.base.figures import format_figure
from indicators.models import Indicator, Reading
from organisations.enums import UnitKind
from organisations.places import short_name
from reports.models import ForeignYear
from reports.rules.percentiles import SHOWN, percentile, rank_of

FEWEST = 5  # sites under which a percentile tells who they are (ADR 0023)


@dataclass(frozen=True)
class Standing:
    """A site that is named: its figure, and the percentile that it reaches."""

    name: str
    value: str
    rank: int
    is_own: bool

    @property
    def rank_words(self) -> str:
        """« 62ᵉ centile »."""
        return f"{self.rank}{'er' if self.rank == 1 else 'e'} centile"


@dataclass(frozen=True)
class ComparedIndicator:
    """An indicator measured by enough sites: its percentiles, and the sites that are named."""

    label: str
    number: int
    percentiles: Sequence[str]
    named: Sequence[Standing]


@dataclass(frozen=True)
class _Value:
    site: str
    value: Decimal
    is_own: bool
    is_named: bool


def compared(kind: UnitKind, year: int, *, own: Collection[int]) -> list[ComparedIndicator]:
    """The indicators of a year that five sites of a kind measured, in the order of the catalogue; constant queries.

    `own`: the sites that the reader sees by name; those of other installations are named where their file says so.
    """
    rows = Reading.objects.filter(site__kind=kind, year=year, value__isnull=False).select_related("indicator", "site")
    order = ("indicator__family__position", "indicator__position", "indicator__pk", "site__position", "site__pk")
    values: dict[str, list[_Value]] = {}
    indicators: dict[str, Indicator] = {}
    for row in rows.order_by(*order):
        indicators[row.indicator.code] = row.indicator
        is_own = row.site_id in own
        one = _Value(short_name(row.site.name), row.value, is_own, is_own)
        values.setdefault(row.indicator.code, []).append(one)
    for code, found in _foreign(kind, year, indicators).items():
        values[code] += found
    return [_compared(indicators[code], found) for code, found in values.items() if len(found) >= FEWEST]


def _foreign(kind: UnitKind, year: int, indicators: Mapping[str, Indicator]) -> dict[str, list[_Value]]:
    """What files said of the indicators known here, in the same unit."""
    found: dict[str, list[_Value]] = {}
    for row in ForeignYear.objects.filter(kind=kind, year=year).order_by("code"):
        for told in row.figures:
            known = indicators.get(told["indicator"])
            if known is not None and known.measure == told["measure"]:
                one = _Value(short_name(row.name), Decimal(told["value"]), is_own=False, is_named=row.is_named)
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
            Standing(one.site, format_figure(one.value, indicator.measure), rank_of(one.value, numbers), one.is_own)
            for one in several
            if one.is_named
        ],
    )
