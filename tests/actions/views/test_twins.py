"""The page of twins: two actions side by side, one click; the groups; what was set aside; the search from an action."""

import pytest
from django.urls import reverse

from actions.enums import Status
from actions.models import Action, TwinRefusal
from actions.services import twins
from organisations.enums import Role
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.actions.twin_plans import msap, plans_of_2019
from tests.core.page_checks import query_count
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 14
SEARCH_QUERIES = 13


@pytest.fixture
def site(client):
    site = plans_of_2019()
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    return site


@pytest.fixture
def pair(site) -> tuple[Action, Action]:
    return msap()


def page(site) -> str:
    return reverse("actions:twins", args=[site.code])


def post(client, name: str, *args, **data) -> str:
    return client.post(reverse(f"actions:{name}", args=args), data, follow=True).text


def test_the_page_of_ones_first_site_opens_by_itself(client, site):
    assert client.get(reverse("actions:twins")).url == page(site)


def test_the_msap_of_the_two_plans_come_first_side_by_side(client, site):
    text = client.get(page(site)).text
    assert "1 rapprochement proposé" in text
    assert text.index("Communication auprès des membres du CLU sur les MSAP") < text.index("Communiquer sur les MSAP")
    assert "CLU du 25 juin 2019" in text
    assert "Ressemblance 75\u202f%" in text


def test_one_click_gives_the_status_of_the_side_chosen(client, pair):
    ongoing, done = pair
    text = post(client, "twin-merge", ongoing.pk, done.pk)
    assert "Les deux actions sont jumelées : elles partagent le statut « réalisée »." in text
    assert "Aucun rapprochement à proposer" in text
    assert "Actions jumelées" in text
    assert Action.objects.get(pk=ongoing.pk).merged_into == done


def test_a_loop_is_refused_in_words_on_the_page(client, pair):
    ongoing, done = pair
    post(client, "twin-merge", ongoing.pk, done.pk)
    assert "tournerait en rond" in post(client, "twin-merge", done.pk, ongoing.pk)


@pytest.mark.usefixtures("past_the_services")
def test_two_actions_of_the_same_status_are_merged_by_one_button(client, site, pair):
    Action.objects.filter(pk=pair[0].pk).update(status=Status.ONGOING, done_on=None)
    Action.objects.filter(pk=pair[1].pk).update(status=Status.ONGOING, done_on=None)
    text = client.get(page(site)).text
    assert text.count("Jumeler avec le statut « en cours »") == 1
    assert "« réalisée »" not in text


def test_pairs_both_settled_are_seen_on_demand(client, site):
    assert "2 rapprochements proposés" in client.get(f"{page(site)}?reglees=1").text


def test_a_pair_set_aside_is_listed_and_brought_back(client, site, pair):
    ongoing, done = pair
    text = post(client, "twin-set-aside", ongoing.pk, done.pk)
    assert "Ce rapprochement est écarté" in text
    assert "1 rapprochement écarté" in text
    text = post(client, "twin-bring-back", TwinRefusal.objects.get().pk)
    assert "1 rapprochement proposé" in text


def test_a_twin_is_separated_with_its_reason(client, site, pair):
    ongoing, done = pair
    twins.merge(ongoing, into=done, by=None)
    url = reverse("actions:twin-separate", args=[ongoing.pk])
    assert url in client.get(page(site)).text
    assert client.post(url, {"reason": ""}).status_code == 200
    assert "séparée de ses jumelles" in client.post(url, {"reason": "Deux publics"}, follow=True).text
    assert Action.objects.get(pk=ongoing.pk).merged_into is None


def test_an_action_alone_says_that_it_has_no_twin(client, pair):
    assert "n’a pas de jumelle" in post(client, "twin-separate", pair[0].pk, reason="Erreur")


def test_the_search_from_an_action_offers_the_most_alike_and_comes_back_to_it(client, pair):
    ongoing, done = pair
    text = client.get(reverse("actions:twin-search", args=[ongoing.pk])).text
    assert "Communiquer sur les MSAP" in text
    response = client.post(reverse("actions:twin-merge", args=[ongoing.pk, done.pk]), {"suite": "action"})
    assert response.url == reverse("actions:action", args=[ongoing.pk])
    text = client.get(reverse("actions:twin-search", args=[ongoing.pk])).text
    assert "Déjà jumelée avec" in text
    assert "Aucune action du site ne lui ressemble" in text


def test_the_action_offers_the_search_to_those_who_run_the_plan(client, site, pair):
    url = reverse("actions:twin-search", args=[pair[0].pk])
    assert url in client.get(reverse("actions:action", args=[pair[0].pk])).text
    client.force_login(user_with(Role.AUDITOR, site))
    assert url not in client.get(reverse("actions:action", args=[pair[0].pk])).text


def test_an_action_of_another_site_cannot_be_the_other_one(client, pair):
    stranger = ActionFactory()
    for name in ("twin-merge", "twin-set-aside"):
        assert client.post(reverse(f"actions:{name}", args=[pair[0].pk, stranger.pk])).status_code == 404


def test_actions_of_two_sites_of_one_prefecture_are_not_merged(client, site, pair):
    user = user_with(Role.QUALITY_REFERENT, site.parent)
    client.force_login(user)
    sister = ActionFactory(finding=FindingFactory(plan=PlanFactory(site=SousPrefectureFactory(parent=site.parent))))
    assert "Seules des actions d’un même site" in post(client, "twin-merge", sister.pk, pair[0].pk)
    assert "Site" in client.get(page(site)).text


def test_without_a_site_the_page_says_so(client, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory(kind="service", parent=site)))
    assert "Aucun site ne vous est ouvert ici" in client.get(reverse("actions:twins")).text


def more_pairs(site) -> None:
    for title in ("Plan A", "Plan B"):
        plan = PlanFactory(site=site, title=title)
        ActionFactory(finding=FindingFactory(plan=plan, text="Échantillon trop faible"), text="Élargir l’échantillon")
    for number in range(2):
        first, second = (ActionFactory(finding=FindingFactory(plan=PlanFactory(site=site))) for _ in range(2))
        twins.merge(first, into=second, by=None)
        twins.set_aside(first, ActionFactory(finding=FindingFactory(plan=PlanFactory(site=site), text=f"{number}")),
                        by=None)  # fmt: skip


def test_the_page_costs_the_same_whatever_it_shows(client, site, pair):
    twins.set_aside(pair[0], Action.objects.first(), by=None)
    twins.merge(Action.objects.first(), into=Action.objects.last(), by=None)
    first = query_count(client, page(site))
    more_pairs(site)
    more = 2 * _on_postgresql()
    assert (first, query_count(client, page(site))) == (PAGE_QUERIES + more, PAGE_QUERIES + more)


def test_the_search_costs_the_same_whatever_it_finds(client, site, pair):
    url = reverse("actions:twin-search", args=[pair[0].pk])
    first = query_count(client, url)
    for _ in range(2):
        ActionFactory(finding=FindingFactory(plan=PlanFactory(site=site), text=pair[0].finding.text), text=pair[0].text)
    more = 4 * _on_postgresql()
    assert (first, query_count(client, url)) == (SEARCH_QUERIES + more, SEARCH_QUERIES + more)


def _on_postgresql() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"
