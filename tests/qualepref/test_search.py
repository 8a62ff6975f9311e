"""Search over all the applications: what is found, in which order, and nothing of what one may not see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from core.pages.search import BEGINS, EXACT, WITHIN, WORD, best, search, searches
from core.record import identities
from organisations.enums import Role
from surveys.enums import Kind
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.audits.factories import DocumentFactory
from tests.clu.factories import MeetingFactory
from tests.complaints.factories import ComplaintFactory
from tests.indicators.factories import IndicatorFactory
from tests.organisations.factories import (
    MembershipFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)
from tests.referential.factories import EngagementFactory, PerimeterFactory
from tests.surveys.factories import SurveyCampaignFactory
from tests.training.factories import AgentFactory

QUERIES = (
    26  # rights and sites of the person, two a kind that answers, and what titles of meetings and people are made of
)
QUESTION = "mongolfière"  # in no other text
AT: dict[str, Callable[[Any, str], Any]] = {
    "actions": lambda site, words: ActionFactory(finding__plan__site=site, text=words),
    "findings": lambda site, words: FindingFactory(plan__site=site, text=words),
    "plans": lambda site, words: PlanFactory(site=site, title=f"{words} à {site}"),
    "indicators": lambda site, words: IndicatorFactory(owner=site, label=words),
    "surveys": lambda site, words: SurveyCampaignFactory(site=site, title=words),
    "complaints": lambda site, words: ComplaintFactory(site=site, reference=f"MONGOLFIERE-{words[-1]}{site.pk}"),
    "meetings": lambda site, words: MeetingFactory(committee__site=site, place=words),
    "documents": lambda site, words: DocumentFactory(site=site, title=words),
    "people": lambda site, words: MembershipFactory(unit=site, user=UserFactory(last_name=words)),
    "agents": lambda site, words: AgentFactory(unit=ServiceFactory(parent=site), last_name=words),
}
COMMON = {"engagements"}


@pytest.fixture
def site(db):
    return SousPrefectureFactory()


@pytest.fixture
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site)


def titles(user, words: str) -> list[str]:
    return [one.title for one in best(search(user, words, most=10), 20)]


def kinds(user, words: str) -> list[str]:
    return [one.kind for group in search(user, words, most=10) for one in group.found]


def test_every_kind_of_object_is_given_to_search():
    assert set(searches.known) == AT.keys() | COMMON


@pytest.mark.parametrize("kind", AT)
def test_what_is_at_one_s_site_is_found_and_leads_to_a_page_that_opens(client, site, referent, kind):
    AT[kind](site, "Mongolfière")
    client.force_login(referent)
    (found,) = best(search(referent, "MONGOLFIERE", most=10), 10)
    assert (found.kind, client.get(found.url).status_code) == (searches.get(kind).one, 200)


@pytest.mark.parametrize("kind", AT)
def test_what_is_at_another_site_is_not_found(site, referent, kind):
    AT[kind](SousPrefectureFactory(), "Mongolfière")
    assert search(referent, QUESTION, most=10) == []


@pytest.mark.parametrize("kind", AT)
def test_a_person_without_role_finds_nothing(site, kind):
    AT[kind](site, "Mongolfière")
    assert search(UserFactory(), QUESTION, most=10) == []


def test_agents_are_found_by_those_who_see_them_by_name(site):
    AT["agents"](site, "Mongolfière")
    found = {role.value: kinds(user_with(role, site), QUESTION) for role in (Role.TRAINING_MANAGER, Role.AUDITOR)}
    assert found == {"training_manager": ["agent"], "auditor": []}


def test_a_mystery_survey_under_way_stays_hidden_from_those_it_tests(site):
    SurveyCampaignFactory(site=site, title="Mongolfière", kind=Kind.MYSTERY)
    head = user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site))
    found = {"head": kinds(head, QUESTION), "referent": kinds(user_with(Role.QUALITY_REFERENT, site), QUESTION)}
    assert found == {"head": [], "referent": ["enquête"]}


def test_a_complaint_is_found_by_its_reference_and_by_nothing_of_what_is_written(site, referent):
    person = identities.keep({"name": "Mongolfière", "text": "mongolfière"}, kind="complainant")
    ComplaintFactory(
        site=site, identity=person, reference="R22-00000042", theme_words="mongolfière", lesson="mongolfière"
    )
    assert search(referent, QUESTION, most=10) == []
    (group,) = search(referent, "r22-00000042", most=10)
    assert [(one.title, one.rank) for one in group.found] == [("Réclamation R22-00000042", EXACT)]


def test_an_engagement_is_found_by_its_number_those_that_a_site_keeps_first(site, referent):
    EngagementFactory(code="3", title="", subject="ancien")
    kept = EngagementFactory(code="3", title="Nous vous écoutons")
    EngagementFactory(code="31", title="Autre")
    PerimeterFactory(site=site, module=kept.module)
    assert titles(referent, "e3") == ["E3 – Nous vous écoutons", "E3 – à compléter (ancien)", "E31 – Autre"]


def test_the_code_comes_first_then_the_first_word_then_any_word_then_the_inside_of_one(site, referent):
    for text in ("Réaccueillir", "Mieux s’accueillir", "Accueillir"):
        ActionFactory(finding__plan__site=site, finding__text="-", text=text)
    IndicatorFactory(code="accueillir", label="Zèle")
    found = [(one.title, one.rank) for one in best(search(referent, "accueillir", most=10), 10)]
    assert found == [("Zèle", EXACT), ("Accueillir", BEGINS), ("Mieux s’accueillir", WORD), ("Réaccueillir", WITHIN)]


def test_all_the_words_typed_are_in_what_is_found_in_any_order_whatever_apostrophes_and_accents(site, referent):
    ActionFactory(finding__plan__site=site, finding__text="-", text="Afficher l’œuvre à l’entrée")
    assert [titles(referent, words) for words in ("entree l'oeuvre", "l’ŒUVRE afficher", "oeuvre sortie")] == [
        ["Afficher l’œuvre à l’entrée"],
        ["Afficher l’œuvre à l’entrée"],
        [],
    ]


@pytest.mark.parametrize(
    ("role", "words", "first"),
    [
        (Role.QUALITY_REFERENT, "clore", ["Clore un mois"]),
        (Role.QUALITY_REFERENT, "importer grille", ["Importer une grille"]),
        (Role.AUDITOR, "clore", []),
    ],
)
def test_what_one_may_do_is_found_by_its_verb(site, role, words, first):
    assert titles(user_with(role, site), words)[:1] == first


def test_one_letter_asks_nothing_of_the_database(referent, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search(referent, " a ", most=10) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_costs_the_same_queries_whatever_is_found(site, referent, django_assert_num_queries, rows):
    for number in range(rows):
        for kind in AT.keys() - {"meetings"}:
            AT[kind](site, f"Mongolfière {number}")
        MeetingFactory(committee__site=site, committee__name=str(number), place="Mongolfière")
    with django_assert_num_queries(QUERIES):
        groups = search(referent, QUESTION, most=10)
    assert {len(group.found) for group in groups} == {rows}


def test_more_than_is_shown_is_said(client, site, referent):
    for number in range(11):
        ActionFactory(finding__plan__site=site, finding__text="-", text=f"Mongolfière {number}")
    client.force_login(referent)
    assert "ajoutez un mot" in client.get(reverse("core:search"), {"q": QUESTION}).text


def test_the_field_of_the_header_is_answered_in_data(client, site, referent):
    action = ActionFactory(finding__plan__site=site, text="Mongolfière")
    client.force_login(referent)
    answer = client.get(reverse("core:search"), {"q": QUESTION, "propositions": "1"}).json()
    url = reverse("actions:action", args=[action.pk])
    assert answer == {
        "found": [{"title": "Mongolfière", "url": url, "detail": f"À faire, {site.name}", "kind": "action"}]
    }


@pytest.mark.parametrize("words", ["", "a", "%", "_", "\0ab", "a'b\\%", "ab " * 200, "🙂🙂"])
def test_any_words_are_answered(client, referent, words):
    client.force_login(referent)
    assert client.get(reverse("core:search"), {"q": words}).status_code == 200
