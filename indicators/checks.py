"""What contradicts itself, is implausible or is missing in the figures of a site's year, listed before a meeting."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from core.base.figures import format_figure
from core.base.months import month_name
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.importing.words import tokens
from indicators.enums import Measure
from indicators.models import Assignment, Reading, Value
from indicators.rules.months import Month
from indicators.rules.readings import is_met, read_year
from indicators.rules.warnings import suspicious_months
from organisations.models import Unit

LARGEST_DELAY = Decimal(250)  # working days: a year
LARGEST_COUNT = Decimal(1_000_000)  # in a month, at one site: « 3,9 millions » of connections (CLU of March 2022)
MEDIA = ("courrier", "courriel")  # what a label and its comments may name one for the other


@dataclass(frozen=True)
class Read:
    """The year of an indicator at a site, month by month."""

    reading: Reading
    months: list[Month]

    @property
    def label(self) -> str:
        return self.reading.indicator.label

    @property
    def measure(self) -> str:
        return self.reading.indicator.measure

    def found(self, check: str, words: str, month: int) -> Contradiction:
        """A sentence about a month of the indicator, with the page that explains the figure."""
        reading = self.reading
        url = reverse("indicators:why", args=[reading.indicator.code, reading.site.code, reading.year, month])
        message = f"« {self.label} » en {month_name(month)} {reading.year} : {words}."
        return Contradiction(message, url, about=self.label, check=check)


def figures(site: Unit, year: int) -> Iterator[Contradiction]:
    """What the figures of a year say that can hardly be true, read once for all."""
    reads = _of_year(site, year)
    yield from _zeros(reads)
    yield from _implausible(reads)
    yield from _comments(reads)


def missing(site: Unit, year: int) -> Iterator[Contradiction]:
    """What nobody entered, and who answers for it."""
    assignments = list(_assignments(site, year))
    entered = set(_entered(site, year).values_list("indicator_id", "unit_id"))
    yield from _blanks(site, year, assignments, {indicator for indicator, _ in entered})
    yield from _silent(site, year, assignments, {unit for _, unit in entered})


def _zeros(reads: list[Read]) -> Iterator[Contradiction]:
    """A zero without which the year would meet its target (the SVI of August 2020): an outage is no measure."""
    for one in reads:
        reading, zeros = one.reading, [month for month in one.months if month.is_measured and month.value == 0]
        others = [month for month in one.months if month not in zeros]
        without = read_year(others, reading.indicator.year_rule).value
        target = reading.target_direction, reading.target_value
        if zeros and reading.target_met is False and is_met(without, *target):
            yield one.found(
                "indicators_zero",
                f"ce {format_figure(Decimal(0), one.measure)} fait passer l’année sous sa cible "
                f"({format_figure(reading.value, one.measure)}, {format_figure(without, one.measure)} sans lui). "
                "En cas de panne ou de fermeture, choisissez plutôt un état",
                zeros[0].month,
            )


def _implausible(reads: list[Read]) -> Iterator[Contradiction]:
    """A figure that can hardly be: over 100 %, over a year of delay, millions, ten times the usual."""
    for one in reads:
        odd = {month.month for month in suspicious_months(one.months, one.measure)}
        for month in one.months:
            if not month.is_measured or month.value is None:
                continue
            shown = format_figure(month.value, one.measure)
            if why := _too_large(month.value, one.measure):
                yield one.found("indicators_implausible", f"{shown}, {why}", month.month)
            elif month.month in odd:
                yield one.found("indicators_implausible", f"{shown}, très loin des autres mois", month.month)


def _comments(reads: list[Read]) -> Iterator[Contradiction]:
    """A comment that speaks of e-mails under a label of letters: one of the two is wrong (E36, second row, 2020)."""
    for one in reads:
        labels = (one.label, *one.reading.indicator.alias_labels)
        for month in one.months:
            said = _media(month.comment)
            wrong = next((label for label in labels if (named := _media(label)) and said and not said & named), "")
            if wrong:
                said_of = " et de ".join(sorted(f"{medium}s" for medium in said))
                words = f"l’intitulé « {wrong} » se contredit avec son commentaire, qui parle de {said_of}"
                yield one.found("indicators_label_comment", words, month.month)


def _blanks(site: Unit, year: int, assignments: list[Assignment], entered: set[int]) -> Iterator[Contradiction]:
    """An indicator without any figure in the year: « non saisi », and who enters it."""
    owners: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        if assignment.indicator_id not in entered:
            owners[assignment.indicator.label].append(assignment)
    for label, several in owners.items():
        who = ", ".join(dict.fromkeys(one.unit.sigle or one.unit.name for one in several))
        message = f"« {label} » : non saisi en {year}, responsable {who}."
        yield Contradiction(message, _grid(site, year), about=label, check="indicators_blank")


def _silent(site: Unit, year: int, assignments: list[Assignment], entered: set[int]) -> Iterator[Contradiction]:
    """A service that entered nothing of all it answers for in a year that is over."""
    if year >= timezone.localdate().year:
        return
    due = Counter(one.unit for one in assignments if one.unit_id not in entered)
    for unit, number in due.items():
        what = "ses indicateurs" if number > 1 else "son indicateur"
        message = f"« {unit} » n’a rien saisi en {year} pour {what} ({number})."
        yield Contradiction(message, _grid(site, year), about=str(unit), check="indicators_silent_service")


def _grid(site: Unit, year: int) -> str:
    return reverse("indicators:grid", args=[site.code, year])


def _of_year(site: Unit, year: int) -> list[Read]:
    rows = Reading.objects.filter(site=site, year=year, measured_months__gt=0).select_related("site", "indicator")
    rows = rows.order_by("indicator__family__position", "indicator__position", "indicator__pk")
    return [Read(row, [Month.from_json(month) for month in row.months]) for row in rows]


def _assignments(site: Unit, year: int) -> Iterable[Assignment]:
    rows = Assignment.objects.filter(site=site, indicator__is_active=True, indicator__collector="").overlapping(year)
    return rows.select_related("indicator", "unit").order_by("indicator__position", "indicator__pk", "unit__code", "pk")


def _entered(site: Unit, year: int):
    return Value.objects.filter(site=site, year=year).exclude(state="missing").order_by("pk")


def _too_large(value: Decimal, measure: str) -> str:
    if measure == Measure.RATE:
        return "plus que la totalité" if value > 1 else ""
    if measure == Measure.COUNT:
        return "un nombre peu vraisemblable sur un mois" if value >= LARGEST_COUNT else ""
    return "plus d’une année de jours ouvrés" if value > LARGEST_DELAY else ""


def _media(text: str) -> set[str]:
    return set(MEDIA) & set(tokens(text))


def register() -> None:
    """Register the checks."""
    for code, title, run, position, is_omission in (
        ("indicators_figures", "Chiffres peu vraisemblables", figures, 20, False),
        ("indicators_missing", "Indicateurs non saisis", missing, 200, True),
    ):
        check = ConsistencyCheck(code, title, run, position, "indicator_view", is_omission)
        consistency_checks.register(check)
