"""The « Historique » tab."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.record import history
from organisations.enums import Role, UnitKind
from organisations.models import Unit
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages_site")]
NOON = datetime(2020, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def site():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def referent(site, client):
    user = user_with(Role.QUALITY_REFERENT, site, first_name="Ana", last_name="Petit")
    client.force_login(user)
    return user


def entries(client, holiday, **query) -> list[dict]:
    return client.get(f"/essai/jours/{holiday.pk}/historique", query).context_data["timeline"]


def test_each_row_says_who_when_why_and_each_field_from_old_to_new(client, referent):
    zone = HolidayZoneFactory(code="alsace-moselle", name="Alsace-Moselle")
    with time_machine.travel(NOON, tick=False):
        holiday = HolidayFactory()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        holiday.zone, holiday.date = zone, date(2020, 12, 26)
        history.save(holiday, by=referent, reason="Propre à l’Alsace-Moselle")
    assert entries(client, holiday) == [
        {
            "when": NOON + timedelta(days=1),
            "title": "Modification",
            "who": "Ana Petit",
            "reason": "Propre à l’Alsace-Moselle",
            "changes": [("Zone", "Métropole", "Alsace-Moselle"), ("Date", "01/05/2020", "26/12/2020")],
        },
        {
            "when": NOON,
            "title": "Création",
            "who": "",
            "reason": "",
            "changes": [("Zone", "", "Métropole"), ("Date", "", "01/05/2020"), ("Intitulé", "", "Fête du Travail")],
        },
    ]


def test_the_page_prints_the_story_with_its_tab(client, referent):
    with time_machine.travel(NOON, tick=False):
        holiday = HolidayFactory(label="<b>Noël</b>")
    html = client.get(f"/essai/jours/{holiday.pk}/historique").text
    assert "04/05/2020 à 12:00" in html
    assert "le système" in html
    assert "&lt;b&gt;Noël&lt;/b&gt;" in html
    assert "<b>Noël" not in html


def test_choices_are_shown_by_their_label(client, referent, site):
    service = ServiceFactory(code="accueil", parent=site)
    service.kind = UnitKind.BUREAU
    history.save(service, by=None)
    changes = client.get("/essai/unites/accueil/historique").context_data["timeline"][0]["changes"]
    assert changes == [("Nature", UnitKind.SERVICE.label, UnitKind.BUREAU.label)]


def test_a_deleted_object_keeps_its_history_deletion_included(client, referent):
    holiday = HolidayFactory()
    history.delete(holiday, by=referent, reason="En double")
    holiday.pk = holiday.history.model.objects.latest("history_id").id
    [deletion, creation] = entries(client, holiday)
    assert (deletion["title"], deletion["reason"], deletion["changes"]) == ("Suppression", "En double", [])
    assert creation["title"] == "Création"


def test_the_history_of_a_deleted_object_out_of_scope_is_not_found(client, site):
    client.force_login(user_with(Role.AUDITOR, site))
    gone = PrefectureFactory(code="38")
    Unit.objects.get(pk=gone.pk).delete()
    assert client.get("/essai/unites/38/historique").status_code == 404


def test_an_object_that_never_existed_has_no_history(client, referent):
    assert client.get("/essai/jours/999/historique").status_code == 404


def test_the_history_asks_for_its_own_right(client, site):
    holiday = HolidayFactory()
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    assert client.get(f"/essai/jours/{holiday.pk}/historique").status_code == 403


def test_the_name_of_what_was_deleted_since_is_remembered(client, referent):
    old = HolidayZoneFactory(code="guyane", name="Guyane")
    holiday = HolidayFactory(zone=old)
    holiday.zone = HolidayZoneFactory(code="mayotte", name="Mayotte")
    history.save(holiday, by=None)
    history.delete(old, by=None)
    assert entries(client, holiday)[0]["changes"] == [("Zone", "Guyane (supprimé)", "Mayotte")]


def test_the_author_whose_account_is_gone_is_told_by_number(client, referent, site):
    holiday = HolidayFactory()
    other = user_with(Role.DEPUTY_REFERENT, site)
    number = other.pk
    holiday.label = "1er mai"
    history.save(holiday, by=other)
    other.delete()
    assert entries(client, holiday)[0]["who"] == f"compte n° {number} (supprimé)"


def test_the_history_is_cut_in_pages_without_losing_a_difference(client, referent):
    holiday = HolidayFactory(label="Jour 0")
    for number in range(1, 30):
        holiday.label = f"Jour {number}"
        history.save(holiday, by=None)
    first, second = entries(client, holiday), entries(client, holiday, page=2)
    assert (len(first), len(second)) == (25, 5)
    assert first[-1]["changes"] == [("Intitulé", "Jour 4", "Jour 5")]
    assert second[0]["changes"] == [("Intitulé", "Jour 3", "Jour 4")]
    assert second[-1]["title"] == "Création"


def test_the_history_costs_the_same_queries_whatever_its_rows(client, referent):
    def queries(holiday) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/essai/jours/{holiday.pk}/historique")
        return len(captured)

    holiday = HolidayFactory()
    one = queries(holiday)
    for number in range(3):
        holiday.zone = HolidayZoneFactory(code=f"zone-{number}", name=f"Zone {number}")
        history.save(holiday, by=referent)
    assert (one, queries(holiday)) == (9, 9)
