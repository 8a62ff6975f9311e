"""The balance of a year and its register: what commands, pages, the report and the indicators say of the cases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from complaints.calendars import rules_of
from complaints.enums import Channel, Nature, Punctuality, Topic
from complaints.models import Complaint, Tally
from complaints.querysets import TallyQuerySet
from complaints.rules import delays
from complaints.rules.facts import facts_of, punctuality_of
from complaints.rules.figures import Rate, mean, median
from core.time.working_days import WorkingCalendar
from organisations.calendars import calendar_of
from organisations.models import Unit

JUDGED_ON_TIME = {
    "acknowledged_on_time": ("first_sign_on", "acknowledge_by"),
    "answered_on_time": ("answered_on", "answer_by"),
}
COUNTED = {"received", "in_scope", "transmitted", *JUDGED_ON_TIME, *(f"{code}_base" for code in JUDGED_ON_TIME)}


@dataclass(frozen=True)
class Balance:
    """What is said of a set of cases and strokes."""

    received: int
    by_channel: dict[str, int]
    by_kind: dict[str, int]
    in_scope: int
    out_of_scope: int
    by_theme: dict[str, int]
    by_outcome: dict[str, int]  # of those that say how they ended under their code, of others under ""
    acknowledged: Rate
    answered: Rate
    delays: dict[int, int] = field(repr=False)
    counts: list[dict[str, Any]] = field(repr=False)  # by month, channel and kind: what the figures above are sums of
    oral_tally: int = 0
    transmitted_without_copy: int = 0
    after_extension: int = 0  # of those answered in time: by the date promised, after that of the rule
    second_looks: int = 0  # asked for by users whom the first answer did not satisfy: in none of the figures above

    @cached_property
    def mean_delay(self) -> Decimal | None:
        return mean(self.delays)

    @cached_property
    def median_delay(self) -> Decimal | None:
        return median(self.delays)

    def as_json(self) -> dict[str, Any]:
        """As `complaints_balance --format json` prints it: rates are ratios, null is « sans objet »."""
        return {
            "received": self.received,
            "by_channel": self.by_channel,
            "by_kind": self.by_kind,
            "in_scope": self.in_scope,
            "out_of_scope": self.out_of_scope,
            "by_theme": self.by_theme,
            "acknowledged_on_time": self.acknowledged.as_json(),
            "answered_on_time": self.answered.as_json(),
            "mean_delay_working_days": _number(self.mean_delay),
            "median_delay_working_days": _number(self.median_delay),
            "oral_tally": self.oral_tally,
            "transmitted_without_copy": self.transmitted_without_copy,
        }


def balance(unit: Unit, year: int, *, on: date | None = None) -> Balance:
    """The balance of a site, or of a service, for the cases received in a year, as it stands today."""
    rows = Complaint.objects.of_unit(unit).of_year(year)
    again = rows.filter(second_look_of__isnull=False).count()
    told = balance_of(rows.first_looks(), tallies_of(unit, year), on=on)
    extended = _after_extension(rows.first_looks(), unit, on or timezone.localdate())
    return replace(told, second_looks=again, after_extension=extended)


def tallies_of(unit: Unit, year: int) -> TallyQuerySet:
    """The strokes of a site in a year; a service has none of its own."""
    site_tallies = Tally.objects.filter(site=unit) if unit.is_site else Tally.objects.none()
    return site_tallies.of_year(year)


def balance_of(cases: QuerySet, tallies: QuerySet, *, on: date | None = None) -> Balance:
    """The balance of some cases and strokes, in a constant number of queries."""
    counts = counts_by("month", "channel", "kind", cases=cases, today=on or timezone.localdate())
    told = total(counts)
    told_of = list(
        cases.order_by().values_list("theme", "theme_words", "outcome", "delay_days").annotate(n=Count("pk"))
    )
    by_channel, by_kind = dict.fromkeys(Channel.values, 0), dict.fromkeys(Nature.values, 0)
    for row in counts:
        by_channel[row["channel"]] += row["received"]
        by_kind[row["kind"]] += row["received"]
    return Balance(
        received=told["received"],
        by_channel=by_channel,
        by_kind=by_kind,
        in_scope=told["in_scope"],
        out_of_scope=told["received"] - told["in_scope"],
        by_theme=_by_theme((theme, words, number) for theme, words, _outcome, _delay, number in told_of),
        acknowledged=Rate(told["acknowledged_on_time"], told["acknowledged_on_time_base"]),
        answered=Rate(told["answered_on_time"], told["answered_on_time_base"]),
        by_outcome=_summed((outcome, number) for _theme, _words, outcome, _delay, number in told_of),
        delays=_summed((delay, number) for *_, delay, number in told_of if delay is not None),
        counts=counts,
        oral_tally=tallies.strokes(),
        transmitted_without_copy=told["transmitted"],
    )


def register(unit: Unit, year: int, *, on: date | None = None) -> list[dict[str, Any]]:
    """The cases that the balance of a year counts, oldest first, with their dates and how they stand; nothing names a
    person."""
    today = on or timezone.localdate()
    rows = Complaint.objects.of_unit(unit).of_year(year).first_looks().with_waits().order_by("received_on", "pk")
    calendar = calendar_of(unit) if unit.site.holiday_zone_id else None
    return [_told(case, today, calendar) for case in rows]


def _after_extension(cases: QuerySet, unit: Unit, today: date) -> int:
    """How many were answered by the date promised to the user, after that of the rule."""
    extended = cases.filter(extended_to__isnull=False, answered_on__lte=F("answer_by")).with_waits()
    if unit.site.holiday_zone_id is None or not extended:
        return 0
    calendar, rules = calendar_of(unit), rules_of(unit.site)
    found = [punctuality_of(case, calendar, rules=rules, on=today) for case in extended]
    return found.count(Punctuality.AFTER_EXTENSION)


def _told(case: Complaint, today: date, calendar: WorkingCalendar | None) -> dict[str, Any]:
    facts, suspended = facts_of(case), case.suspended_days
    if suspended is not None and calendar and any(wait.replied_on is None for wait in facts.waits):
        suspended = delays.clocks(facts, calendar, on=today).suspended_days
    return {
        "received_on": case.received_on.isoformat(),
        "channel": case.channel,
        "kind": case.kind,
        "in_scope": case.in_scope,
        "acknowledged_on": _day(case.acknowledged_on),
        "answered_on": _day(case.answered_on),
        "acknowledge_by": _day(case.acknowledge_by),
        "answer_by": _day(case.answer_by),
        "suspended_working_days": suspended,
        "delay_working_days": case.delay_days,
        "acknowledged_on_time": delays.acknowledged_in_time(facts, case.acknowledge_by, on=today),
        "answered_on_time": delays.answered_in_time(facts, case.answer_by, on=today),
    }


def counts_by(*groups: str, cases: QuerySet, today: date) -> list[dict[str, Any]]:
    """The cases of each group (`month` of receipt, any field), counted in one query: `received`, `in_scope`,
    `transmitted` without an answer, and for each promise those in time and those judged."""
    wanted: dict[str, Q | None] = {
        "received": None,
        "in_scope": Q(in_scope=True),
        "transmitted": Q(is_transmitted=True, answered_on__isnull=True),
    }
    counts = {code: Count("pk", filter=condition) for code, condition in wanted.items()}
    rows = cases.order_by().with_first_sign().annotate(month=ExtractMonth("received_on")).values(*groups)
    return list(rows.annotate(**counts, **counts_on_time(today)))


def total(counts: Iterable[dict[str, Any]]) -> Counter[str]:
    """The sum of groups."""
    found: Counter[str] = Counter()
    for row in counts:
        found.update({code: number for code, number in row.items() if code in COUNTED})
    return found


def counts_on_time(today: date) -> dict[str, Count]:
    """For cases read `with_first_sign`: those in time under the name of each promise, those judged under `…_base`."""
    counts = {}
    for code, (done, by) in JUDGED_ON_TIME.items():
        is_due = Q(**{f"{by}__isnull": False})
        is_judged = Q(**{f"{done}__isnull": False}) | Q(**{f"{by}__lt": today})
        counts[code] = Count("pk", filter=is_due & Q(**{f"{done}__lte": F(by)}))
        counts[f"{code}_base"] = Count("pk", filter=is_due & is_judged)
    return counts


def _by_theme(said: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """How many cases of each theme, the commonest first, under the words in which it is most often said."""
    groups: dict[str, Counter[str]] = {}
    for theme, words, number in said:
        if theme or words:
            groups.setdefault(theme or f"={words.casefold()}", Counter())[words or Topic(theme).label] += number
    counted = {max(group, key=lambda words: (group[words], words)): group.total() for group in groups.values()}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _summed(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: Counter[Any] = Counter()
    for value, number in pairs:
        found[value] += number
    return dict(found)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
