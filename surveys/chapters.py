"""The surveys in the annual report: two chapters whose sentences are built from the results of the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.base import registries
from core.base.figures import format_number
from core.base.words import in_words
from organisations.models import Unit
from surveys.enums import CampaignState, Kind
from surveys.models import Campaign, Feedback
from surveys.results import CampaignComparison, CriterionRow, Results, leaving, with_earlier_years
from surveys.results import words as say
from surveys.rules.statistics import DOWN, UP
from surveys.tables.results import ResultLine, lines_of

EXTREMES = 3
BAR_LEFT, BAR_WIDTH, ROW_HEIGHT = 390, 250, 22  # as drawn in templates/surveys/report/bars.svg


@dataclass(frozen=True)
class Survey:
    """A campaign as the report tells it."""

    campaign: Campaign
    sentences: Sequence[str]
    years: Sequence[str]
    lines: Sequence[ResultLine]
    chart: Sequence[Mapping]
    brief: Sequence[str]
    key_figures: Sequence[registries.KeyFigure]
    feedbacks: Sequence[Feedback] = ()

    @property
    def chart_height(self) -> int:
        return len(self.chart) * ROW_HEIGHT


def satisfaction(site: Unit, year: int) -> Mapping:
    """The satisfaction surveys that ended in the year."""
    return _context(site, year, Kind.SATISFACTION)


def mystery(site: Unit, year: int) -> Mapping:
    """The mystery surveys that ended in the year."""
    return _context(site, year, Kind.MYSTERY)


def _context(site: Unit, year: int, kind: str) -> Mapping:
    rows = Campaign.objects.filter(site=site, kind=kind, state=CampaignState.CLOSED, ends_on__year=year)
    surveys = [_survey(row) for row in rows.select_related("site", "questionnaire").order_by("starts_on", "pk")]
    return {
        "surveys": surveys,
        "is_mystery": kind == Kind.MYSTERY,
        "is_empty": not surveys,
        "brief": [sentence for survey in surveys for sentence in survey.brief],
        "key_figures": [figure for survey in surveys for figure in survey.key_figures],
    }


def _survey(campaign: Campaign) -> Survey:
    comparison = with_earlier_years(leaving(campaign))
    lines = lines_of(comparison)
    return Survey(
        campaign=campaign,
        sentences=[sentence for sentence in _sentences(comparison) if sentence],
        years=[f"{label} ({found.campaign.starts_on.year})" for label, found in comparison.years],
        lines=lines,
        chart=_chart(comparison.results),
        brief=_brief(comparison.results),
        key_figures=_key_figures(comparison.results),
        feedbacks=list(Feedback.objects.filter(campaign=campaign, is_published=True)),
    )


def _sentences(comparison: CampaignComparison) -> list[str]:
    results = comparison.results
    if not results.returns:
        return [f"{_held(results)}\u202f: aucun formulaire n’a été reçu."]
    return [
        f"{_held(results)}\u202f: {_returns(results)}.",
        results.campaign.terms,
        _overall(results),
        _extremes(results),
        *_changes(comparison),
        _withheld(results),
    ]


def _brief(results: Results) -> list[str]:
    """What the two-page plaquette says of a survey."""
    return (
        [f"{_held(results)}\u202f: {_returns(results)}.", _overall(results), _extremes(results)]
        if results.returns
        else []
    )


def _key_figures(results: Results) -> list[registries.KeyFigure]:
    """The overall rate with its interval; none where it is not significant."""
    found = results.overall
    if not results.returns or not found.is_significant:
        return []
    label = "des points vérifiés respectés" if results.campaign.is_mystery else "de réponses satisfaites"
    told = f"{say.returns(results, is_mystery=results.campaign.is_mystery)}, {say.between(found.interval)}"
    rows = reverse("surveys:results", args=[results.campaign.code])
    return [registries.KeyFigure(say.overall_rate(found), label, told, rows)]


def _held(results: Results) -> str:
    """« L’enquête de satisfaction s’est tenue du 02/03/2022 au 30/03/2022 »."""
    campaign = results.campaign
    who = f" ({campaign.investigator})" if campaign.investigator else ""
    name = "L’enquête mystère" if campaign.is_mystery else "L’enquête de satisfaction"
    return f"{name} a été menée du {in_words(campaign.starts_on)} au {in_words(campaign.ends_on)}{who}"


def _returns(results: Results) -> str:
    campaign = results.campaign
    told = say.returns(results, is_mystery=campaign.is_mystery)
    verb = ("faits" if results.returns > 1 else "fait") if campaign.is_mystery else "recueillis"
    if results.returns < 2 and not campaign.is_mystery:
        verb = "recueilli"
    goal = f", pour un objectif de {format_number(campaign.goal)}" if campaign.goal else ""
    return f"{told} {verb}{goal}"


def _overall(results: Results) -> str:
    found = results.overall
    if not found.is_significant:
        return ""
    between = say.between(found.interval)
    if results.campaign.is_mystery:
        return f"Tous critères réunis, {say.overall_rate(found)} des évaluations sont positives ({between})."
    return (
        f"Tous critères réunis, {say.overall_rate(found)} des réponses sont satisfaites ({between}, "
        f"à 95\u202f% de confiance)\u202f; la satisfaction nette est de {say.overall_net(found)}."
    )


def _extremes(results: Results) -> str:
    """The best and the worst criteria, where there are enough of them to tell."""
    if len([row for row in results if row.rate is not None]) < 2 * EXTREMES:
        return ""
    best, worst = results.strongest(EXTREMES), results.weakest(EXTREMES)
    return f"Les mieux notés\u202f: {_listed(best)}. Les moins bien notés\u202f: {_listed(worst)}."


def _changes(comparison: CampaignComparison) -> list[str]:
    """What changed since each earlier year, as far as the intervals tell."""
    told = []
    for index, earlier in enumerate(comparison.earlier):
        moved: dict[str, list[str]] = {UP: [], DOWN: []}
        for line in comparison.lines:
            former = line.before[index]
            if former.arrow:
                moved[former.arrow].append(
                    f"{line.row.criterion} ({say.percent(former.row)} → {say.percent(line.row)})"
                )
        year = earlier.campaign.starts_on.year
        directions = ((UP, "en hausse"), (DOWN, "en baisse"))
        parts = [f"{words}\u202f: {', '.join(moved[code])}" for code, words in directions if moved[code]]
        changes = "\u202f; ".join(parts) or "aucune différence n’est établie"
        others = " Les autres écarts peuvent être dus au hasard." if parts else ""
        told.append(f"Par rapport à {year}, {changes}.{others}")
    return told


def _withheld(results: Results) -> str:
    rows = [row for row in results if row.rate is None and row.answered]
    if not rows:
        return ""
    threshold = results.campaign.significance_threshold
    names = ", ".join(f"{row.criterion} ({row.answered})" for row in rows)
    return f"Non significatif, avec moins de {threshold} réponses\u202f: {names}."


def _listed(rows: Sequence[CriterionRow]) -> str:
    return ", ".join(f"{row.criterion} ({say.percent(row)})" for row in rows)


def _chart(results: Results) -> list[Mapping]:
    """Bars with their intervals, ready for the drawing; the withheld ones have none."""
    shown = [row for row in results if row.rate is not None]
    return [
        {
            "label": row.criterion,
            "percent": say.percent(row),
            "y": index * ROW_HEIGHT,
            "width": _n(row.rate * BAR_WIDTH),
            "low": _n(BAR_LEFT + row.low * BAR_WIDTH),
            "high": _n(BAR_LEFT + row.high * BAR_WIDTH),
        }
        for index, row in enumerate(shown)
    ]


def _n(number) -> str:
    """A coordinate with a point for decimals."""
    return f"{number:.1f}"


def register() -> None:
    """Register the chapters with the annual report."""
    for code, title, position, context, kind in (
        ("surveys-satisfaction", "L’enquête de satisfaction", 450, satisfaction, Kind.SATISFACTION),
        ("surveys-mystery", "L’enquête mystère", 460, mystery, Kind.MYSTERY),
    ):
        registries.report_sections.register(
            registries.ReportSection(
                code=code,
                title=title,
                position=position,
                context=context,
                template="surveys/report/chapter.html",
                source="surveys:campaigns",
                origin="formulaires recueillis",
                asked=f"kind={kind}&year={{year}}",
            )
        )
