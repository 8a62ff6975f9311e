"""The same criteria one and two years before, and at the other sites of the year; arrows only where intervals tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.enums import CampaignState
from surveys.models import CampaignResult, Question
from surveys.results.model import CriterionRow, Results
from surveys.results.reading import of_kept, questions_of
from surveys.rules.statistics import compare
from surveys.rules.tallies import VERSION

YEARS_BACK = (1, 2)


@dataclass(frozen=True)
class Former:
    """A criterion in an earlier campaign: its row when it was asked, and how the present one differs."""

    row: CriterionRow | None
    arrow: str = ""

    @property
    def is_withheld(self) -> bool:
        return self.row is not None and self.row.rate is None and self.row.answered > 0


@dataclass(frozen=True)
class ComparedLine:
    """A criterion with its earlier years, in the order of `CampaignComparison.earlier`."""

    row: CriterionRow
    before: Sequence[Former]


@dataclass(frozen=True)
class CampaignComparison:
    """A campaign beside those of the years before at the same site, newest first; a year without campaign is absent."""

    results: Results
    earlier: Sequence[Results]

    @property
    def years(self) -> list[tuple[str, Results]]:
        """(« N-1 », results)."""
        year = self.results.campaign.starts_on.year
        return [(f"N-{year - found.campaign.starts_on.year}", found) for found in self.earlier]

    @property
    def lines(self) -> list[ComparedLine]:
        return [ComparedLine(row, [_former(row, found) for found in self.earlier]) for row in self.results]

    @property
    def overall_arrows(self) -> list[str]:
        """How global satisfaction differs from each earlier year."""
        return [compare(self.results.overall, found.overall) for found in self.earlier]


def with_earlier_years(results: Results, questions: Sequence[Question] | None = None) -> CampaignComparison:
    """The results beside those of N-1 and N-2: the last campaign closed of each year with the same questionnaire."""
    campaign = results.campaign
    wanted = {campaign.starts_on.year - back for back in YEARS_BACK}
    asked = list(questions) if questions is not None else questions_of(campaign)
    newest: dict[int, CampaignResult] = {}
    kept = _kept_like(campaign).filter(campaign__site=campaign.site_id, campaign__starts_on__year__in=wanted)
    for row in kept.order_by("campaign__starts_on", "pk"):
        newest[row.campaign.starts_on.year] = row
    return CampaignComparison(results, [of_kept(newest[year], asked) for year in sorted(newest, reverse=True)])


def other_sites(results: Results, user, questions: Sequence[Question] | None = None) -> list[Results]:
    """The closed campaigns of the same year and questionnaire at the other sites that the person reads."""
    campaign = results.campaign
    asked = list(questions) if questions is not None else questions_of(campaign)
    seen = type(campaign).objects.visible_to(user).exclude(site=campaign.site_id)
    kept = _kept_like(campaign).filter(campaign__in=seen, campaign__starts_on__year=campaign.starts_on.year)
    return [of_kept(row, asked) for row in kept.order_by("campaign__site__name", "campaign__starts_on", "pk")]


def _kept_like(campaign):
    """The summaries of closed campaigns of the same questionnaire, whatever its version."""
    return CampaignResult.objects.filter(
        campaign__state=CampaignState.CLOSED,
        campaign__kind=campaign.kind,
        campaign__questionnaire__code=campaign.questionnaire.code,
        payload__version=VERSION,
    ).select_related("campaign__site")


def _former(row: CriterionRow, earlier: Results) -> Former:
    found = earlier.by_question.get(row.question)
    if found is None or not found.answered:
        return Former(None)
    return Former(found, compare(row.proportion, found.proportion))
