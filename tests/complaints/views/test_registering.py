"""Registering a case: the site is the one kept from page to page, never one nobody chose; a closed case says so."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from complaints.enums import Channel, Outcome
from complaints.services import cases
from organisations.enums import Role
from tests.organisations.factories import MembershipFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
PAGES = ("complaints:case-create", "complaints:case-authority", "complaints:case-urn")


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(date(2022, 3, 10), tick=False):
        yield


@pytest.fixture
def referent(site, client):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def offered(client, name):
    """The kind of the field of the site, and what it has chosen."""
    page = html.fromstring(client.get(reverse(name)).text)
    (field,) = page.xpath("//*[@name='site']")
    chosen = field.xpath("option[@selected]/@value") if field.tag == "select" else [field.get("value")]
    return field.get("type", field.tag), *chosen


@pytest.mark.parametrize("name", PAGES)
def test_a_person_of_one_site_is_not_asked_which(client, site, referent, name):
    assert offered(client, name) == ("hidden", str(site.pk))


@pytest.mark.parametrize("name", PAGES)
def test_who_has_several_sites_chooses_or_goes_on_with_the_one_kept(client, site, referent, name):
    other = SousPrefectureFactory(code="istres", name="Sous-préfecture d’Istres", holiday_zone=site.holiday_zone)
    MembershipFactory(user=referent, unit=other, role=Role.QUALITY_REFERENT)
    assert offered(client, name) == ("select", "")

    client.get(reverse("indicators:grid", args=[other.code, 2022]))
    assert offered(client, name) == ("select", str(other.pk))


@pytest.mark.parametrize("verb", ["acknowledge", "answer", "transmit", "sort", "close", "extend"])
def test_a_closed_case_says_so_before_its_form_is_filled(client, site, referent, verb):
    case = cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=referent)
    cases.close(case, outcome=Outcome.NO_FURTHER, by=referent)
    answer = client.get(reverse(f"complaints:case-{verb}", args=[case.reference]), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("complaints:case", args=[case.reference])
    assert "clos depuis le 10/03/2022 : il ne se rouvre pas" in answer.text


def test_a_closed_case_still_leads_to_the_plan(client, site, referent):
    case = cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=referent)
    cases.close(case, outcome=Outcome.NO_FURTHER, by=referent)

    assert client.get(reverse("complaints:case-finding", args=[case.reference])).status_code == 200
