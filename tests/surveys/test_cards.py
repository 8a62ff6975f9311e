"""What the surveys put on the home page: for who runs them, and for the agents of the hall."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from core.base.home import home_queue, home_state, sorted_queue
from core.base.registries import home_cards
from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import CollectionPointFactory, QuestionFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel("2026-03-18T12:00", tick=False):
        yield


@pytest.fixture
def site():
    return SousPrefectureFactory(parent=PrefectureFactory(), name="Aix")


def campaign_of(site, title="Enquête", **fields):
    dates = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 31), "goal": 300}
    return SurveyCampaignFactory(**{"site": site, "title": title} | dates | fields)


def card(code, user, rf):
    request = rf.get("/")
    request.user = user
    return home_cards.get(code).render(request)


def rows_of(code, user, rf) -> list[tuple[str, str, str]] | None:
    content = card(code, user, rf)
    return None if content is None else [(row.label, row.detail, row.badge) for row in content.rows]


def lines_of(user, rf) -> list[tuple[str, str, str]]:
    request = rf.get("/")
    request.user = user
    found = sorted_queue([home_queue.get("surveys-run").find(request)], date(2026, 3, 18))
    return [(one.what, one.when(date(2026, 3, 18)), one.action) for one in found]


def told_to(user, rf) -> list[tuple[str, str, str]]:
    request = rf.get("/")
    request.user = user
    return [(one.label, one.value, one.detail) for one in home_state.get("surveys").tell(request)]


def test_the_referent_reads_what_each_campaign_asks_for_and_the_counters(site, rf):
    behind = campaign_of(site, "Lente")
    ResponseFactory(campaign=behind, answered_on=date(2026, 3, 3))
    ResponseFactory.create_batch(
        2, campaign=campaign_of(site, "Finie", goal=2, ends_on=date(2026, 4, 1)), answered_on=date(2026, 3, 3)
    )
    campaign_of(site, "Passée", ends_on=date(2026, 3, 17), goal=None)
    campaign_of(site, "Bientôt", state="draft", starts_on=date(2026, 3, 25))
    campaign_of(site, "Plus tard", state="draft", starts_on=date(2026, 3, 26))
    campaign_of(site, "Close", state="closed")
    campaign_of(site, "Mystère", kind="mystery", goal=17)
    assert lines_of(user_with(Role.QUALITY_REFERENT, site), rf) == [
        ("Passée est terminée : 0 retour", "depuis hier", "Clore"),
        ("Bientôt", "dans 7 jours", "Ouvrir"),
        ("Lente : 1 retour sur 300, trop peu pour son rythme", "dans 13 jours", "Voir la collecte"),
    ]
    assert sorted(told_to(user_with(Role.QUALITY_REFERENT, site), rf)) == [
        ("Finie", "2 sur 2", "jusqu’au 01/04/2026"),
        ("Lente", "1 sur 300", "jusqu’au 31/03/2026"),
        ("Mystère", "0 sur 17", "jusqu’au 31/03/2026"),
    ]


def test_without_a_campaign_there_is_nothing(site, rf):
    referent = user_with(Role.QUALITY_REFERENT, site)
    assert (lines_of(referent, rf), told_to(referent, rf)) == ([], [])
    assert rows_of("surveys-collect", user_with(Role.RECEPTION_AGENT, site), rf) is None


def test_the_direction_reads_the_last_rate_with_its_interval_once_it_is_significant(site, rf):
    direction = user_with(Role.MANAGEMENT, site)
    campaign = campaign_of(site, "Close", state="closed")
    assert told_to(direction, rf) == []
    question = QuestionFactory(questionnaire=campaign.questionnaire, code="accueil")
    for answer, number in (("very_satisfied", 28), ("dissatisfied", 12)):
        ResponseFactory.create_batch(number, campaign=campaign, answers={question.code: answer})
    ((label, value, detail),) = told_to(direction, rf)
    assert (label, value) == ("Satisfaction des usagers", "70,0\u202f%")
    assert detail.startswith("entre ")


@pytest.fixture
def agent(site):
    return user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=site))


def test_an_agent_of_a_service_starts_the_tablet_and_enters_the_forms_of_the_site(site, agent, rf):
    campaign = campaign_of(site, "Enquête 2026", code="enquete-2026")
    tablet = CollectionPointFactory(campaign=campaign, channel="tablet", label="Tablette du hall")
    CollectionPointFactory(campaign=campaign, channel="tablet", is_active=False)
    CollectionPointFactory(campaign=campaign, channel="qr")
    content = card("surveys-collect", agent, rf)
    assert [(row.label, row.detail, row.url) for row in content.rows] == [
        (
            "Saisir les formulaires papier",
            "Enquête 2026 : 0 retour sur 300",
            reverse("surveys:paper", args=["enquete-2026"]),
        ),
        ("Lancer la tablette", "Tablette du hall, Enquête 2026", reverse("surveys:kiosk", args=[tablet.token])),
    ]  # fmt: skip


def test_once_its_days_are_over_the_last_forms_are_entered_and_the_tablet_is_put_away(site, agent, rf):
    CollectionPointFactory(campaign=campaign_of(site, ends_on=date(2026, 3, 17)), channel="tablet")
    assert [label for label, *_ in rows_of("surveys-collect", agent, rf)] == ["Saisir les formulaires papier"]


@pytest.mark.parametrize(
    "fields",
    [{"state": "draft"}, {"state": "closed"}, {"kind": "mystery"}, {"starts_on": date(2026, 3, 19)}],
)
def test_an_agent_reads_nothing_of_what_is_not_open_to_the_public(site, agent, rf, fields):
    campaign_of(site, **fields)
    assert rows_of("surveys-collect", agent, rf) is None


def test_an_agent_reads_nothing_of_another_site_nor_of_the_prefecture_above(site, agent, rf):
    campaign_of(site.parent)
    campaign_of(SousPrefectureFactory(parent=site.parent))
    assert rows_of("surveys-collect", agent, rf) is None


def test_the_cards_of_others_stay_away(site, rf):
    campaign_of(site)
    assert rows_of("surveys-collect", user_with(Role.QUALITY_REFERENT, site), rf) is None
    assert lines_of(user_with(Role.HEAD_OF_SERVICE, site), rf) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_lines_cost_the_same_queries_whatever_the_campaigns(site, agent, rf, number, django_assert_num_queries):
    for _ in range(number):
        CollectionPointFactory(campaign=campaign_of(site), channel="tablet")
    referent = user_with(Role.QUALITY_REFERENT, site)
    agent.access, referent.access  # noqa: B018 - the rights of the request, read once
    with django_assert_num_queries(1):
        lines_of(referent, rf)
    with django_assert_num_queries(3):
        card("surveys-collect", agent, rf)
