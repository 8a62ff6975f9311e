"""An investigator without an account: link, grid, offline file; and those who must not see."""

import json
import uuid
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisations.enums import Role
from surveys.kit import kit_html
from surveys.models import Campaign, Response
from surveys.services import campaigns, mystery, points
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with


def posted(**fields) -> dict:
    return {"cle": str(uuid.uuid4()), "made_on": "2022-05-11", "tester": "Ain", "q-courtoisie": "yes"} | fields


def test_a_guest_follows_the_programme_and_records_a_test(client, point, scenario, referent):
    planned = mystery.plan_tests(scenario, count=1, by=referent)[0]
    home = client.get(reverse("surveys:guest", args=[point.token])).content.decode()
    assert "Demander les horaires" in home
    assert "04 00 00 00 00" in home

    answer = client.post(reverse("surveys:guest-test", args=[point.token]), posted(planned=planned.pk, duration=95))
    assert answer.status_code == 302
    response = Response.objects.get()
    assert (response.point, response.scenario, response.duration, response.answers) == (
        point, scenario, 95, {"courtoisie": "yes"},
    )  # fmt: skip


def test_a_test_without_scenario_or_to_come_is_refused_and_nothing_typed_is_lost(client, point, scenario):
    page = client.post(reverse("surveys:guest-test", args=[point.token]), posted()).content.decode()
    assert "Choisissez le test prévu, ou le scénario suivi." in page
    assert 'value="yes" checked' in page

    late = client.post(
        reverse("surveys:guest-test", args=[point.token]), posted(scenario=scenario.pk, made_on="2022-06-01")
    )
    assert "Ce jour est à venir" in late.content.decode()
    early = client.post(
        reverse("surveys:guest-test", args=[point.token]), posted(scenario=scenario.pk, made_on="2022-05-02")
    )
    assert "hors de la campagne" in early.content.decode()
    assert Response.objects.count() == 0


def test_the_link_works_until_its_day_and_not_after_closing(client, point, campaign, referent):
    address = reverse("surveys:guest", args=[point.token])
    with time_machine.travel("2022-05-20 23:00+02:00"):
        assert client.get(address).status_code == 200
    with time_machine.travel("2022-05-21 00:30+02:00"):
        assert client.get(address).status_code == 404
    campaigns.close(campaign, by=referent)
    assert "close" in client.get(address).content.decode()


def test_a_link_taken_back_opens_nothing(client, point, referent):
    points.disable_point(point, by=referent)
    for name in ("guest", "guest-test", "guest-kit"):
        assert client.get(reverse(f"surveys:{name}", args=[point.token])).status_code == 404


def test_the_tested_service_sees_nothing_before_the_closing(client, campaign, scenario, service, referent):
    head = user_with(Role.HEAD_OF_SERVICE, service)
    assert Campaign.objects.visible_to(head).count() == 0
    client.force_login(head)
    assert client.get(reverse("surveys:campaign", args=[campaign.code])).status_code == 404

    campaigns.close(campaign, by=referent)
    assert Campaign.objects.visible_to(head).get() == campaign
    assert client.get(reverse("surveys:tests", args=[campaign.code])).status_code in {403, 404}


def test_the_offline_grid_is_one_file_that_calls_nobody(client, point, scenario):
    answer = client.get(reverse("surveys:guest-kit", args=[point.token]))
    html = answer.content.decode()

    assert answer["Content-Disposition"] == 'attachment; filename="grille-mystere.html"'
    assert 'src="' not in html
    assert "url(" not in html
    assert "import " not in html.split('<script type="module">')[1]
    assert "Demander les horaires" in html


def test_the_title_of_a_campaign_is_text_in_the_offline_grid(point, campaign):
    campaign.title = "</title><script>alert(1)</script>"
    campaign.save()
    point.refresh_from_db()
    point.campaign.refresh_from_db()
    assert "<script>alert" not in kit_html(point)


def sent_back(campaign, tests) -> SimpleUploadedFile:
    content = {"format": "qualepref-tests", "version": 1, "campaign": campaign.code, "tests": tests}
    return SimpleUploadedFile("tests-mystere.json", json.dumps(content).encode())


def a_test(followed, **fields) -> dict:
    return {
        "key": str(uuid.uuid4()), "planned": "", "scenario": str(followed.pk), "made_on": "2022-05-11", "tester": "Ain",
        "duration": 60, "answers": {"courtoisie": "no"},
    } | fields  # fmt: skip


def test_the_file_of_the_offline_grid_is_absorbed_once(client, campaign, scenario, referent):
    client.force_login(referent)
    tests = [a_test(scenario), a_test(scenario)]
    address = reverse("surveys:absorb", args=[campaign.code])

    first = client.post(address, {"file": sent_back(campaign, tests)}, follow=True)
    assert "2 tests repris." in first.content.decode()
    second = client.post(address, {"file": sent_back(campaign, [*tests, a_test(scenario)])}, follow=True)
    assert "1 test repris, 2 déjà connus." in second.content.decode()
    assert sorted(Response.objects.values_list("answered_on", flat=True)) == [date(2022, 5, 11)] * 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "x"}, "test 1 : il n’a pas de clé d’unicité"),
        ({"made_on": "hier"}, "test 1 : sa date n’est pas lisible"),
        ({"duration": -1}, "test 1 : sa durée"),
        ({"scenario": "999999"}, "test 1 : le scénario n’est pas de cette campagne"),
        ({"scenario": ""}, "test 1 : il ne dit pas quel scénario"),
        ({"answers": "oui"}, "test 1 : il n’est pas lisible"),
        ({"answers": {"courtoisie": "<b>"}}, "Test 1 (le 11/05/2022)"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_with_its_place(client, campaign, scenario, referent, change, message):
    client.force_login(referent)
    answer = client.post(
        reverse("surveys:absorb", args=[campaign.code]), {"file": sent_back(campaign, [a_test(scenario, **change)])}
    )
    assert message in answer.content.decode().replace("\u202f", " ")
    assert Response.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"[1]", b"[" * 100_000, b'{"format": "autre"}'])
def test_a_file_that_is_no_grid_is_refused_in_one_sentence(client, campaign, referent, data):
    client.force_login(referent)
    file = SimpleUploadedFile("autre.json", data)
    page = client.post(reverse("surveys:absorb", args=[campaign.code]), {"file": file})
    assert page.status_code == 200
    assert Response.objects.count() == 0


def test_the_pages_cost_the_same_queries_whatever_the_programme(client, campaign, scenario, point, referent):
    client.force_login(referent)
    pages = [reverse("surveys:tests", args=[campaign.code]), reverse("surveys:guest", args=[point.token])]
    mystery.plan_tests(scenario, count=1, by=referent)
    before = [query_count(client, page) for page in pages]
    mystery.plan_tests(scenario, count=3, by=referent)
    assert [query_count(client, page) for page in pages] == before


def test_the_grid_itself_does_not_tell_that_a_survey_begins(client, campaign, service, referent):
    """A grid freezes when its first campaign opens: the tested service sees it once that campaign is closed."""
    head = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(head)
    address = reverse("surveys:questionnaire", args=[campaign.questionnaire_id])
    assert client.get(address).status_code == 404
    assert "Appels mystère" not in client.get(reverse("surveys:questionnaires")).text

    campaigns.close(campaign, by=referent)
    assert client.get(address).status_code == 200


OF_CAMPAIGN = (
    "campaign", "campaign-edit", "campaign-history", "campaign-close", "results", "verbatims", "publications", "tests",
    "absorb", "invite", "scenario-create", "responses", "import-upload", "paper", "public-results",
)  # fmt: skip
OF_ROW = ("scenario-edit", "scenario-history", "response", "response-history", "point-edit", "point-history")
NOWHERE = 999_999


def addresses_of(code: str, *rows: int) -> list[str]:
    """Every address that names a campaign, its scenarios, its tests, its links, its files."""
    return [
        *(reverse(f"surveys:{name}", args=[code]) for name in OF_CAMPAIGN),
        *(reverse(f"surveys:{name}", args=[pk]) for name, pk in zip(OF_ROW, rows, strict=True)),
        reverse("surveys:results-cut", args=[code, "mois"]),
        reverse("surveys:results-export", args=[code, "resultats", "csv"]),
    ]


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.RECEPTION_AGENT, Role.CONTRIBUTOR, Role.MANAGEMENT])
def test_an_open_survey_answers_the_tested_like_one_that_does_not_exist(client, campaign, scenario, point, role):
    test = mystery.Test(key=uuid.uuid4(), answers={"courtoisie": "yes"}, made_on=date(2022, 5, 11), scenario=scenario)
    made, _ = mystery.record(campaign, test)
    client.force_login(user_with(role, scenario.unit))

    real = addresses_of(campaign.code, scenario.pk, scenario.pk, made.pk, made.pk, point.pk, point.pk)
    unknown = addresses_of("nulle-part", *[NOWHERE] * len(OF_ROW))
    found = [client.get(address).status_code for address in real]
    assert found == [client.get(address).status_code for address in unknown]
    assert set(found) <= {403, 404}
    for address in ("/", reverse("surveys:campaigns"), reverse("surveys:campaigns") + "?_export=csv"):
        assert "mystère 2022" not in client.get(address).getvalue().decode()
