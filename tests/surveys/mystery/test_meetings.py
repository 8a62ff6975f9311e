"""The meetings that other apps register are offered where one says when a survey is presented."""

from datetime import date

import pytest
from django.urls import reverse

from core.base.registries import EventDate, event_dates
from surveys.meetings import meetings_of

CLU = date(2022, 6, 10)


@pytest.fixture
def clu(monkeypatch, site):
    """A committee known for this site only."""
    monkeypatch.setattr(event_dates, "_entries", {})
    event_dates.register(
        EventDate("clu", "prochain CLU", lambda unit, on: [CLU] if unit == site and on < CLU else [])
    )  # fmt: skip


def test_the_next_meetings_come_soonest_first(clu, site):
    event_dates.register(EventDate("copil", "prochain COPIL", lambda unit, on: [date(2022, 5, 30), date(2022, 9, 1)]))
    assert meetings_of(site, date(2022, 5, 1)) == [
        (date(2022, 5, 30), "prochain COPIL"), (CLU, "prochain CLU"), (date(2022, 9, 1), "prochain COPIL"),
    ]  # fmt: skip


def test_the_form_of_a_campaign_tells_them(client, clu, campaign, referent):
    client.force_login(referent)
    page = client.get(reverse("surveys:campaign-edit", args=[campaign.code])).text
    assert "Réunions connues : prochain CLU le 10/06/2022." in page.replace("\u202f", " ")


def test_the_form_says_nothing_where_no_meeting_is_known(client, monkeypatch, campaign, referent):
    monkeypatch.setattr(event_dates, "_entries", {})
    client.force_login(referent)
    assert "Réunions connues" not in client.get(reverse("surveys:campaign-edit", args=[campaign.code])).text
