"""What the plans of a site come to: actions conducted by theme, engagement or origin, over a quarter or a year.

As the « Synthèse des actions conduites sur le troisième trimestre 2019 » does. An action belongs to the day it was
done; without one, to the last day of its deadline; without either, to the year its plan began, in no quarter. Twins
count once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from actions.enums import Origin, Status
from actions.models import Action, FindingEngagement
from actions.rules.quarters import Quarter
from actions.rules.tallies import StatusTally
from organisations.models import Unit
from referential.enums import Theme

QUARTERS = (1, 2, 3, 4)
ORDINALS = ("premier", "deuxième", "troisième", "quatrième")
BY_THEME, BY_ENGAGEMENT, BY_ORIGIN = "theme", "engagement", "origine"
GROUPINGS = {BY_THEME: "Thème", BY_ENGAGEMENT: "Engagement", BY_ORIGIN: "Origine"}
NO_ENGAGEMENT = "Sans engagement"


@dataclass(frozen=True)
class SynthesisPeriod:
    """A year, or one of its quarters."""

    year: int
    quarter: int | None = None

    @property
    def label(self) -> str:
        """« l’année 2019 », « le troisième trimestre 2019 »."""
        if self.quarter is None:
            return f"l’année {self.year}"
        return f"le {ORDINALS[self.quarter - 1]} trimestre {self.year}"

    def holds(self, line: "SynthesisLine") -> bool:
        return self.quarter is None or line.quarter == self.quarter


@dataclass(frozen=True)
class SynthesisLine:
    """An action with the day by which it is placed; None where only the year of its plan is known."""

    action: Action
    day: date | None

    @property
    def quarter(self) -> int | None:
        return Quarter.of(self.day).number if self.day else None

    @property
    def twins(self) -> str:
        """The plans that hold it too."""
        return ", ".join(dict.fromkeys(twin.finding.plan.title for twin in self.action.twins.all()))


@dataclass
class Group:
    """The actions of a theme, an engagement or an origin; `year` those of the whole year, by quarter."""

    key: tuple
    label: str
    lines: list[SynthesisLine]
    year: list[SynthesisLine]
    on: date

    @property
    def tally(self) -> StatusTally:
        return _tally(self.lines, self.on)

    @property
    def cells(self) -> list[str]:
        """Realised of all: each quarter, without a day, the year."""
        return cells_of(self.year, self.on)


@dataclass
class Synthesis:
    """The groups of a period in their order; an action may stand under two engagements, and counts once in `tally`."""

    period: SynthesisPeriod
    groups: list[Group]
    lines: list[SynthesisLine]
    year: list[SynthesisLine]
    on: date
    undated: list[SynthesisLine] = field(init=False)  # in no quarter

    def __post_init__(self):
        self.undated = [line for line in self.year if line.day is None]

    @property
    def tally(self) -> StatusTally:
        return _tally(self.lines, self.on)

    @property
    def cells(self) -> list[str]:
        return cells_of(self.year, self.on)

    @property
    def shown(self) -> list[Group]:
        """The groups that have something to say of the period."""
        return [group for group in self.groups if group.lines]


def synthesise(actions: QuerySet, period: SynthesisPeriod, *, by: str = BY_THEME, on: date) -> Synthesis:
    """The synthesis of those actions (the site's that the person sees), in a constant number of queries."""
    year = lines_of(actions, period.year)
    grouped: dict[tuple, list[SynthesisLine]] = {}
    for line in year:
        for key in _KEYS[by](line.action):
            grouped.setdefault(key, []).append(line)
    groups = [
        Group(key, key[-1], [line for line in lines if period.holds(line)], lines, on)
        for key, lines in sorted(grouped.items(), key=lambda item: item[0])
    ]
    return Synthesis(period, groups, [line for line in year if period.holds(line)], year, on)


def of_site(site: Unit) -> QuerySet:
    """All the actions of a site."""
    return Action.objects.filter(finding__plan__site=site)


def years_of(actions: QuerySet) -> list[int]:
    """The years with something to tell, in order."""
    rows = once(actions).order_by().values_list("status", "done_on", "deadline_latest", "finding__plan__origin_on")
    return sorted(
        {
            day.year
            for status, done_on, latest, origin_on in rows.distinct()
            if (day := _day(status, done_on, latest) or origin_on)
        }
    )


def lines_of(actions: QuerySet, year: int) -> list[SynthesisLine]:
    """The actions of a year, in the order of their days."""
    may_be = Q(done_on__year=year) | Q(deadline_latest__year=year) | Q(finding__plan__origin_on__year=year)
    links = FindingEngagement.objects.select_related("engagement__module__referential")
    rows = (
        once(actions)
        .filter(may_be)
        .select_related("finding__plan")
        .prefetch_related(
            Prefetch("finding__engagement_links", queryset=links),
            Prefetch("twins", queryset=Action.objects.select_related("finding__plan")),
            "responsibles__unit",
            "responsibles__user",
        )
    )
    lines = [SynthesisLine(row, _day(row.status, row.done_on, row.deadline_latest)) for row in rows.order_by("pk")]
    placed = [line for line in lines if _year_of(line) == year]
    return sorted(placed, key=lambda line: (line.day is None, line.day or date.max, line.action.pk))


def once(actions: QuerySet) -> QuerySet:
    """Of twins, the leader alone; the others where the leader is not among the actions one sees."""
    return actions.exclude(merged_into__in=actions.order_by().values("pk"))


def cells_of(lines: Sequence[SynthesisLine], on: date) -> list[str]:
    """Realised of all: each quarter, without a day, the year."""
    by_quarter = [[line for line in lines if line.quarter == number] for number in (*QUARTERS, None)]
    return [_tally(part, on).brief for part in (*by_quarter, lines)]


def _tally(lines: Iterable[SynthesisLine], on: date) -> StatusTally:
    return StatusTally.of((line.action for line in lines), on)


def _day(status: str, done_on: date | None, latest: date | None) -> date | None:
    return done_on if status == Status.DONE and done_on else latest


def _year_of(line: SynthesisLine) -> int | None:
    day = line.day or line.action.finding.plan.origin_on
    return day.year if day else None


def _theme(action: Action) -> list[tuple]:
    theme = Theme(action.finding.theme)
    return [(Theme.values.index(theme), str(theme.label))]


def _engagements(action: Action) -> list[tuple]:
    """Its engagements; those of one number in two versions of the referential stay apart."""
    found = [link.engagement for link in action.finding.engagement_links.all()]
    if not found:
        return [(True, "", 0, NO_ENGAGEMENT)]
    return [(False, natural(row.code), row.module_id, f"{row} ({row.module.referential})") for row in found]


def natural(code: str) -> str:
    """A code whose numbers sort as numbers: « 4 » before « 14.3 »."""
    return ".".join(part.zfill(4) for part in code.split("."))


def _origin(action: Action) -> list[tuple]:
    origin = Origin(action.finding.plan.origin)
    return [(Origin.values.index(origin), str(origin.label))]


_KEYS: dict[str, Callable[[Action], list[tuple]]] = {
    BY_THEME: _theme,
    BY_ENGAGEMENT: _engagements,
    BY_ORIGIN: _origin,
}
