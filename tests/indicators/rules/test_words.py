"""The sentences of the pages of indicators."""

from datetime import UTC, date, datetime

from indicators.models import Campaign
from indicators.rules.words import campaign_dates
from organisations.models import User


def test_a_month_of_entry_tells_its_days_and_who_settled_it():
    camille = User(first_name="Camille", last_name="Roux")
    campaign = Campaign(due_on=date(2026, 11, 16))
    assert campaign_dates(campaign) == "À saisir pour le 16/11/2026."
    campaign.validated_at, campaign.validated_by = datetime(2026, 11, 20, 9, tzinfo=UTC), camille
    campaign.closed_at, campaign.closed_by = datetime(2026, 11, 25, 9, tzinfo=UTC), camille
    assert campaign_dates(campaign) == (
        "À saisir pour le 16/11/2026. Validé le 20/11/2026 à 10:00 par Camille Roux. "
        "Clos le 25/11/2026 à 10:00 par Camille Roux."
    )
