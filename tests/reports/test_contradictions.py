"""What contradicts itself, listed by a command, on a page and at home, for whoever mends it and nobody else."""

import io
import json
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from organisations.enums import Role
from organisations.models import Unit
from reports import contradictions
from reports.models import ContradictionCount
from reports.services import contradictions as service
from reports.tasks import count_contradictions
from surveys.enums import CampaignState, Kind
from surveys.models import Campaign
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import SurveyCampaignFactory

pytestmark = pytest.mark.django_db
PAGE = "/bilans/contradictions/"
WORDS = "« Appels » commence le 10/05/2022, après la réunion du 10/03/2022 qui la présente : vérifiez les dates."


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def campaign(site):
    """Calls dated after the meeting that presents them, not closed: the tested service must not hear of it."""
    return SurveyCampaignFactory(
        site=site, kind=Kind.MYSTERY, state=CampaignState.OPEN, title="Appels", starts_on=date(2022, 5, 10),
        ends_on=date(2022, 5, 21), presented_on=date(2022, 3, 10),
    )  # fmt: skip


def run(**options) -> str:
    out = io.StringIO()
    call_command("check_consistency", stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_each_contradiction_with_the_page_that_mends_it(site, campaign):
    assert json.loads(run(unit=site.code, year=2022, format="json")) == [
        {
            "check": "surveys_presented_too_early", "severity": "warning", "object": "Appels",
            "message": WORDS, "url": f"/enquetes/campagnes/{campaign.code}/modifier",
        }
    ]  # fmt: skip
    assert run(unit=site.code, year=2022) == f"Appels : {WORDS}\n"


def test_the_command_says_that_a_year_agrees(site):
    assert json.loads(run(unit=site.code, year=2021, format="json")) == []
    assert run(unit=site.code, year=2021) == "Rien ne se contredit en 2021 – Sous-préfecture de Test.\n"


@pytest.mark.parametrize("code", ["nulle-part", "service"])
def test_the_command_knows_sites_only(code):
    ServiceFactory(code="service")
    with pytest.raises(CommandError, match=f"Aucun site n’a le code « {code} »"):
        run(unit=code, year=2022)


def test_the_page_lists_them_with_a_link_to_mend_each(client, site, campaign):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    page = client.get(PAGE, {"site": site.code, "annee": "2022"})

    assert page.context_data["number"] == 1
    assert WORDS in page.text
    assert reverse("surveys:campaign-edit", args=[campaign.code]) in page.text
    assert "Contrôles sans remarque : Chiffres peu vraisemblables, Labels et audits de suivi," in page.text


@pytest.mark.parametrize("year", ["", "deux mille", "1789", "2999", "²⁰²²"])
@time_machine.travel("2026-11-21 10:00")
def test_what_is_no_year_is_the_one_under_way(client, site, year):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    page = client.get(PAGE, {"annee": year})
    assert (page.context_data["year"], page.context_data["site"]) == (2026, site)
    assert "Rien ne se contredit." in page.text


def test_another_site_is_not_found(client, site):
    other = SousPrefectureFactory()
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    assert client.get(PAGE, {"site": other.code}).status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.MANAGEMENT, Role.AUDITOR, Role.RECEPTION_AGENT])
def test_nobody_who_may_be_tested_reads_the_page(client, site, campaign, role):
    client.force_login(user_with(role, site))
    assert client.get(PAGE, {"annee": "2022"}).status_code == 403


@time_machine.travel("2022-06-01 10:00")
def test_the_card_counts_them_for_the_referent_only(client, site, campaign):
    count_contradictions()
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    page = client.get("/").text
    assert "1 contradiction en 2022, compté le 01/06/2022" in page
    assert f"{PAGE}?site={site.code}&amp;annee=2022" in page

    client.force_login(user_with(Role.MANAGEMENT, site))
    assert "contradiction" not in client.get("/").text


@pytest.mark.parametrize(("until", "told"), [("10:59", True), ("11:01", False)])
def test_the_home_page_asks_no_check_and_follows_within_the_hour(client, site, campaign, until, told):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    with time_machine.travel("2022-06-01 10:00"):
        assert "contradiction en 2022" not in client.get("/").text
        count_contradictions()
    Campaign.objects.update(presented_on=date(2022, 5, 30))
    with time_machine.travel(f"2022-06-01 {until}"):
        count_contradictions()
        assert ("1 contradiction en 2022" in client.get("/").text) == told


@time_machine.travel("2022-06-01 10:00")
def test_the_sites_counted_longest_ago_come_first_and_an_error_stops_no_other(site, campaign, monkeypatch, caplog):
    def of_year(at, *args, **options):
        if at == broken:
            raise ValueError("essai")
        return found(at, *args, **options)

    broken, found = SousPrefectureFactory(), contradictions.of_year
    assert service.count_due(most=1) == 1
    monkeypatch.setattr(contradictions, "of_year", of_year)
    assert count_contradictions() == Unit.objects.sites().count() - 2
    assert ContradictionCount.objects.get(number__gt=0).check_code == "surveys_presented_too_early"
    assert "not counted" in caplog.text


def test_the_page_takes_the_same_queries_whatever_it_finds(client, site, campaign):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    address = f"{PAGE}?annee=2022"
    first = query_count(client, address)
    for number in range(2):
        SurveyCampaignFactory(
            site=site, starts_on=date(2022, 5, 10), ends_on=date(2022, 5, 21), presented_on=date(2022, 3, 10 + number)
        )
    assert (first, query_count(client, address)) == (34, 34)


@time_machine.travel("2022-06-01 10:00")
def test_without_options_every_site_and_year_is_checked_once(site, campaign):
    SousPrefectureFactory(name="Site sans rien")
    rows = json.loads(run(format="json"))
    assert [(row["object"], row["message"]) for row in rows] == [("Appels", WORDS)]
    assert all(set(row) == {"check", "severity", "object", "message", "url"} for row in rows)


@time_machine.travel("2022-06-01 10:00")
def test_of_all_sites_each_is_named_over_what_was_found(site, campaign):
    assert run() == f"{site}\nAppels : {WORDS}\n"
