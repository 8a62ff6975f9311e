"""A campaign dated after the meeting that presents it is pointed out (CLU of 10 March 2022, calls of May 2022)."""

from datetime import date

import pytest

from core.base.registries import consistency_checks
from surveys.checks import date_contradiction
from tests.surveys.factories import SurveyCampaignFactory


@pytest.mark.parametrize(
    ("presented_on", "words"),
    [
        (None, ""),
        (date(2022, 6, 1), ""),
        (date(2022, 5, 21), ""),
        (date(2022, 5, 15), "se termine le 21/05/2022, après la réunion du 15/05/2022"),
        (date(2022, 3, 10), "commence le 10/05/2022, après la réunion du 10/03/2022"),
    ],
)
def test_the_dates_are_compared(db, presented_on, words):
    campaign = SurveyCampaignFactory.build(
        starts_on=date(2022, 5, 10), ends_on=date(2022, 5, 21), presented_on=presented_on, title="Appels"
    )
    assert words in date_contradiction(campaign)
    assert bool(date_contradiction(campaign)) == bool(words)


def test_the_check_of_the_year_lists_it(db):
    campaign = SurveyCampaignFactory(
        starts_on=date(2022, 5, 10), ends_on=date(2022, 5, 21), presented_on=date(2022, 3, 10), title="Appels"
    )
    found = list(consistency_checks.get("surveys_presented_too_early").run(campaign.site, 2022))
    assert [one.url for one in found] == [f"/enquetes/campagnes/{campaign.code}/modifier"]
    assert list(consistency_checks.get("surveys_presented_too_early").run(campaign.site, 2021)) == []
