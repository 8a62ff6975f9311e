"""The read model of results: `leaving(campaign)` serves pages, commands, chapters, posters and exports."""

from surveys.results.comparison import CampaignComparison, other_sites, with_earlier_years
from surveys.results.disclosure import leaving
from surveys.results.model import ChoiceRow, CriterionRow, Cut, Results
from surveys.results.reading import for_campaign

__all__ = [
    "CampaignComparison",
    "ChoiceRow",
    "CriterionRow",
    "Cut",
    "Results",
    "for_campaign",
    "leaving",
    "other_sites",
    "with_earlier_years",
]
