"""The tables of results as the pages show them: words, bars and arrows ready to print; no figure is made here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.base.figures import RATE, format_figure
from surveys.models import Campaign
from surveys.results import CampaignComparison, CriterionRow, Cut, Results
from surveys.results import words as say
from surveys.rules.disclosure import HIDDEN as FEW
from surveys.rules.statistics import DOWN, compare


@dataclass(frozen=True)
class Bar:
    """A bar with its interval, in percentages of its width."""

    rate: str
    low: str
    high: str


@dataclass(frozen=True)
class Before:
    """The same criterion in an earlier year."""

    label: str
    percent: str
    base: str
    arrow: str = ""
    arrow_words: str = ""


@dataclass(frozen=True)
class ResultLine:
    """A criterion as its row shows it."""

    code: str
    criterion: str
    percent: str
    base: str
    interval: str
    withheld: str
    bar: Bar | None
    outside: str
    before: Sequence[Before]
    finding_url: str = ""
    may_open: bool = False


@dataclass(frozen=True)
class ResultCell:
    """A criterion in a cut: « 86,3 % », its base, whether it stands apart from the others."""

    percent: str
    base: str
    is_withheld: bool
    interval: str = ""
    arrow: str = ""
    arrow_words: str = ""


def lines_of(
    comparison: CampaignComparison, *, findings: Mapping[str, str] | None = None, may_open: bool = False
) -> list[ResultLine]:
    """A line per criterion; `findings` gives the address of the finding each has opened, `may_open` the button."""
    results = comparison.results
    known = findings or {}
    return [
        ResultLine(
            code=line.row.question,
            criterion=line.row.criterion,
            percent=say.percent(line.row),
            base=say.base(line.row, is_mystery=results.campaign.is_mystery),
            interval=say.between(line.row.interval),
            withheld=say.why_withheld(line.row),
            bar=bar_of(line.row),
            outside=_outside(line.row, results.campaign),
            before=[
                _before(label, former) for (label, _found), former in zip(comparison.years, line.before, strict=True)
            ],
            finding_url=known.get(line.row.question, ""),
            may_open=may_open and is_weak(line.row, results, [former.arrow for former in line.before]),
        )
        for line in comparison.lines
    ]


def bar_of(row: CriterionRow) -> Bar | None:
    """The bar of a percentage that may be shown."""
    if row.rate is None:
        return None
    return Bar(*(f"{share * 100:.1f}%" for share in (row.rate, row.low, row.high)))


def is_weak(row: CriterionRow, results: Results, arrows: Sequence[str] = ()) -> bool:
    """Lower than in an earlier year, or under the global satisfaction, on the rise or not: a finding is offered."""
    if row.rate is None or results.overall.rate is None:
        return False
    return DOWN in arrows or row.rate < results.overall.rate


def heads_of(cuts: Sequence[tuple[str, Cut | Results]], campaign: Campaign) -> list[dict]:
    """The heads of a table of cuts, under their labels."""
    return [
        {
            "label": label,
            "returns": say.returns(cut, is_mystery=campaign.is_mystery),
            "overall": say.overall_rate(cut.overall),
            "interval": say.between(cut.overall.interval) if cut.overall.is_significant else "",
        }
        for label, cut in cuts
    ]


def matrix_of(
    results: Results, cuts: Sequence[Cut | Results], *, whole: str = "l’ensemble"
) -> list[tuple[str, ResultCell, list[ResultCell]]]:
    """(criterion, whole, a cell per cut): an arrow where a cut stands apart from the whole, which is named so."""
    by_code = [{row.question: row for row in cut.rows} for cut in cuts]
    return [
        (
            row.criterion,
            _cell(row, None, results),
            [_cell(found.get(row.question), row, results, named=whole) for found in by_code],
        )
        for row in results
    ]


def _cell(row: CriterionRow | None, whole: CriterionRow | None, results: Results, named: str = "") -> ResultCell:
    if row is not None and row.is_hidden:
        return ResultCell("n. c.", "", True)
    if row is None or not row.answered:
        return ResultCell("–", "", False)
    mark = say.arrow(compare(row.proportion, whole.proportion)) if whole else ("", "")
    words = {"en hausse": f"au-dessus de {named}", "en baisse": f"au-dessous de {named}"}.get(mark[1], "")
    base, is_withheld = say.base(row, is_mystery=results.campaign.is_mystery), row.rate is None
    percent = "n. s." if is_withheld else say.percent(row)
    return ResultCell(percent, base, is_withheld, say.between(row.interval), mark[0], words)


def _before(label: str, former) -> Before:
    if former.row is None:
        return Before(label, "–", "")
    sign, words = say.arrow(former.arrow)
    return Before(label, say.percent(former.row), str(former.row.answered), sign, words)


def _outside(row: CriterionRow, campaign: Campaign) -> str:
    """« 1 non concerné, 2 sans réponse »: what is outside the base."""
    word = "sans objet" if campaign.is_mystery else ("non concernés" if row.not_concerned > 1 else "non concerné")
    parts = [f"{row.not_concerned} {word}"] if row.not_concerned else []
    parts += [f"{row.blank} sans réponse"] if row.blank else []
    return ", ".join(parts)


def choices_of(results: Results) -> list[dict]:
    """Who answered and why they came: each answer with its number and its share of the forms."""
    return [
        {
            "label": choice.label,
            "rows": [
                (label, FEW if number is None else number, _share(number, choice.returns))
                for label, number in choice.answers
            ],
        }
        for choice in results.choices
    ]


def _share(number: int | None, returns: int) -> str:
    return format_figure(number / returns, RATE, 0) if returns and number is not None else "–"


def headline(comparison: CampaignComparison) -> list[dict[str, str]]:
    """The band of figures above the table."""
    results = comparison.results
    found = results.overall
    is_mystery = results.campaign.is_mystery
    label = "Critères respectés" if is_mystery else "Satisfaction globale"
    band = [
        {"label": "Tests" if is_mystery else "Retours", "value": str(results.returns), "detail": _goal(results)},
        {
            "label": label,
            "value": say.overall_rate(found),
            "detail": say.between(found.interval) if found.is_significant else "",
        },
    ]
    if not is_mystery:
        detail = "part des satisfaits moins part des insatisfaits"
        band.append({"label": "Satisfaction nette", "value": say.overall_net(found), "detail": detail})
    for (year, earlier), arrow in zip(comparison.years, comparison.overall_arrows, strict=True):
        sign, words = say.arrow(arrow)
        told = f"{sign} {words}" if sign else "pas de différence établie"
        url = reverse("surveys:results", args=[earlier.campaign.code])
        value = say.overall_rate(earlier.overall)
        band.append(
            {"label": f"{label} {year} ({earlier.campaign.starts_on.year})", "value": value, "detail": told, "url": url}
        )
    return band


def _goal(results: Results) -> str:
    goal = results.campaign.goal
    return f"pour {goal} visés" if goal else ""
