"""Ballot stuffing shows: a loop at one point is told, and set aside in one gesture."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from core.base.errors import UserError
from organisations.enums import Role
from surveys.models import Response
from surveys.services import bursts
from tests.organisations.factories import user_with
from tests.surveys.factories import CollectionPointFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 15, 12, tzinfo=UTC)


@pytest.fixture
def point():
    return CollectionPointFactory(campaign=SurveyCampaignFactory(state="open"), label="Lien du site")


def loop(point, count: int, *, channel="web", every=timedelta(seconds=10), **answers):
    for rank in range(count):
        given = answers or {"q": str(rank)}
        ResponseFactory(
            campaign=point.campaign, point=point, channel=channel, received_at=NOON + rank * every, answers=given
        )


def found(point) -> list[tuple[int, int]]:
    return [(burst.count, burst.alike) for burst in bursts.bursts_of(point.campaign)]


def test_a_hall_that_answers_is_no_burst(point):
    loop(point, 19)
    loop(point, 8, every=timedelta(minutes=11), accueil="satisfied")
    assert found(point) == []


def test_many_forms_in_ten_minutes_are_one(point):
    loop(point, 21)
    assert found(point) == [(21, 1)]


def test_the_same_form_again_and_again_is_one(point):
    loop(point, 9, accueil="satisfied")
    assert found(point) == [(9, 9)]


def test_a_tablet_that_sends_its_day_at_once_is_no_burst(point):
    loop(point, 40, channel="tablet", accueil="satisfied")
    assert found(point) == []


def test_a_burst_is_told_on_the_page_and_set_aside_in_one_gesture(client, point):
    loop(point, 30, accueil="satisfied")
    client.force_login(user_with(Role.QUALITY_REFERENT, point.campaign.site))
    page = client.get(reverse("surveys:campaign", args=[point.campaign.code])).text
    assert "30 formulaires en dix minutes par « Lien du site »" in page
    (burst,) = bursts.bursts_of(point.campaign)
    done = client.post(reverse("surveys:burst-set-aside", args=[point.campaign.code, burst.key]), follow=True)
    assert "30 formulaires sont écartés" in done.text
    assert Response.objects.counted().count() == 0
    assert len(set(Response.history.filter(history_type="~").values_list("changeset", flat=True))) == 1
    reasons = set(Response.objects.values_list("withdrawn_reason", flat=True))
    assert reasons == {"Rafale : 30 formulaires en dix minutes par « Lien du site »."}


def test_a_burst_that_is_no_more_is_refused(point):
    with pytest.raises(UserError, match="déjà écartée"):
        bursts.set_aside(point.campaign, "1-0", by=None)
