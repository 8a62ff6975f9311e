"""Detail, create, change and verb pages: one service call, errors on their field, two editors lose nothing."""

from datetime import date

import pytest
import time_machine
from django.contrib.messages import get_messages

from core.models import Holiday
from core.record import history
from organisations.enums import Role
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages_site")]


@pytest.fixture
def site():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def referent(site, client):
    user = user_with(Role.QUALITY_REFERENT, site, first_name="Ana", last_name="Petit")
    client.force_login(user)
    return user


@pytest.fixture
def holiday(referent):
    return HolidayFactory()


def sent(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def posted(holiday, **changes) -> dict[str, str]:
    data = {"zone": holiday.zone_id, "date": "2020-05-01", "label": "Fête du Travail"}
    return {key: str(value) for key, value in (data | {"_version": history.version_of(holiday)} | changes).items()}


def test_a_detail_page_shows_its_facts_tabs_and_allowed_actions(client, holiday):
    response = client.get(f"/essai/jours/{holiday.pk}")
    assert response.context_data["facts"] == [
        ("Intitulé", "Fête du Travail"),
        ("Date", "01/05/2020"),
        ("Zone", "Métropole"),
    ]
    assert response.context_data["tabs"] == [
        ("Fiche", f"/essai/jours/{holiday.pk}", True),
        ("Historique", f"/essai/jours/{holiday.pk}/historique", False),
    ]
    assert [action["label"] for action in response.context_data["actions"]] == ["Modifier"]
    assert response.context_data["breadcrumbs"] == [
        ("Jours fériés", "/essai/jours"),
        ("Fête du Travail (01/05/2020)", ""),
    ]
    assert "<h1>Fête du Travail (01/05/2020)</h1>" in response.text


@pytest.mark.parametrize("path", ["999", "999/modifier", "999/supprimer", "999/historique"])
def test_an_object_that_does_not_exist_is_not_found(client, referent, path):
    assert client.get(f"/essai/jours/{path}").status_code == 404


def test_an_object_out_of_scope_is_not_found(client, site):
    mine, other = ServiceFactory(code="mine"), ServiceFactory(code="other")
    client.force_login(user_with(Role.HEAD_OF_SERVICE, mine))
    assert client.get(f"/essai/unites/{mine.code}").status_code == 200
    assert client.get(f"/essai/unites/{other.code}").status_code == 404


def test_an_object_in_scope_without_the_right_on_its_unit_is_refused(client, site):
    mine, other = ServiceFactory(code="mine"), ServiceFactory(code="other")
    user = user_with(Role.QUALITY_REFERENT, mine)
    user.memberships.create(unit=other, role=Role.CONTRIBUTOR, valid_from=date(2020, 1, 1))
    client.force_login(user)
    assert client.get(f"/essai/unites/{mine.code}/modifier").status_code == 200
    assert client.get(f"/essai/unites/{other.code}/modifier").status_code == 403
    assert client.post(f"/essai/unites/{other.code}/modifier", {"name": "À moi"}).status_code == 403
    assert client.get(f"/essai/unites/{other.code}").context_data["actions"] == []


def test_a_new_object_is_saved_by_its_service_with_its_author(client, referent):
    zone = HolidayZoneFactory()
    data = {"zone": zone.pk, "date": "25/12/2020", "label": "Noël"}
    response = client.post("/essai/jours/nouveau", data)
    holiday = Holiday.objects.get()
    assert (response.status_code, response.url) == (302, f"/essai/jours/{holiday.pk}")
    assert (holiday.date, holiday.label) == (date(2020, 12, 25), "Noël")
    assert holiday.history.get().history_user == referent
    assert sent(response) == ["C’est enregistré."]


def test_the_empty_form_is_shown_with_the_way_back(client, referent):
    response = client.get("/essai/jours/nouveau")
    assert response.context_data["cancel_url"] == "/essai/jours"
    assert "<h1>Nouveau jour férié</h1>" in response.text


def test_a_wrong_field_is_shown_on_the_form_and_nothing_is_saved(client, referent):
    response = client.post("/essai/jours/nouveau", {"zone": "", "date": "32/01/2020", "label": "Noël"})
    assert set(response.context_data["form"].errors) == {"zone", "date"}
    assert "2 corrections sont nécessaires" in response.text
    assert Holiday.objects.count() == 0


@pytest.mark.parametrize(
    ("label", "errors"),
    [
        ("Carnaval", {"label": ["Le carnaval n’est pas un jour férié."]}),
        ("Lundi", {"__all__": ["Un lundi ne suffit pas."]}),
    ],
)
def test_a_refusal_of_the_service_is_shown_on_its_field_or_above(client, referent, label, errors):
    zone = HolidayZoneFactory()
    response = client.post("/essai/jours/nouveau", {"zone": zone.pk, "date": "2020-02-25", "label": label})
    assert response.context_data["form"].errors == errors
    assert Holiday.objects.count() == 0


def test_a_change_is_saved_with_its_reason(client, holiday, referent):
    response = client.post(f"/essai/jours/{holiday.pk}/modifier", posted(holiday, label="1er mai"))
    assert (response.status_code, response.url) == (302, f"/essai/jours/{holiday.pk}")
    last = history.last_change(holiday)
    assert (last.label, last.history_change_reason, last.history_user) == ("1er mai", "Correction", referent)


def test_a_refused_change_keeps_what_was_typed_and_the_title(client, holiday):
    response = client.post(f"/essai/jours/{holiday.pk}/modifier", posted(holiday, label="Carnaval"))
    assert response.context_data["title"] == "Modifier – Fête du Travail (01/05/2020)"
    assert 'value="Carnaval"' in response.text
    holiday.refresh_from_db()
    assert holiday.label == "Fête du Travail"


def test_the_second_editor_sees_both_versions_and_nothing_is_written(client, holiday, site):
    mine = posted(holiday, label="1er mai", date="2020-05-01")
    other = user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Roy")
    holiday.label = "Fête des travailleurs"
    with time_machine.travel("2030-11-21 10:30+01:00", tick=False):
        history.save(holiday, by=other, reason="Nom officiel")
    response = client.post(f"/essai/jours/{holiday.pk}/modifier", mine)
    assert response.status_code == 409
    [difference] = response.context_data["differences"]
    assert (difference.label, difference.mine, difference.theirs) == ("Intitulé", "1er mai", "Fête des travailleurs")
    assert "Luc Roy le 21/11/2030 à 10:30" in response.text
    assert "Nom officiel" in response.text
    holiday.refresh_from_db()
    assert holiday.label == "Fête des travailleurs"


@pytest.mark.parametrize(("kept", "label"), [("mine", "1er mai"), ("theirs", "Fête des travailleurs")])
def test_the_second_editor_chooses_field_by_field(client, holiday, kept, label):
    mine = posted(holiday, label="1er mai", date="2020-05-02")
    holiday.label = "Fête des travailleurs"
    history.save(holiday, by=None)
    page = client.post(f"/essai/jours/{holiday.pk}/modifier", mine)
    choices = {
        **dict(page.context_data["posted"]),
        "_version": page.context_data["version"],
        "_keep_label": kept,
        "_keep_date": "mine",
    }
    response = client.post(f"/essai/jours/{holiday.pk}/modifier", choices)
    assert response.status_code == 302
    holiday.refresh_from_db()
    assert (holiday.label, holiday.date) == (label, date(2020, 5, 2))


def test_a_field_the_second_editor_left_alone_is_proposed_as_saved(client, holiday):
    mine = posted(holiday, date="2020-05-02")
    holiday.label = "Fête des travailleurs"
    history.save(holiday, by=None)
    page = client.post(f"/essai/jours/{holiday.pk}/modifier", mine)
    assert {d.name: d.is_mine_proposed for d in page.context_data["differences"]} == {"date": True, "label": False}


def test_a_plain_form_is_guarded_as_well(client, site):
    unit = ServiceFactory(code="accueil", name="Accueil", parent=site)
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    version = history.version_of(unit)
    unit.name = "Accueil général"
    history.save(unit, by=None)
    response = client.post("/essai/unites/accueil/modifier", {"name": "Accueil du public", "_version": version})
    [difference] = response.context_data["differences"]
    assert (difference.mine, difference.theirs) == ("Accueil du public", "Accueil général")


def test_a_verb_asks_before_it_acts(client, holiday):
    response = client.get(f"/essai/jours/{holiday.pk}/supprimer")
    assert response.context_data["question"] == "Supprimer ce jour férié ?"
    assert "Les délais comptés depuis cette date ne changent pas." in response.text
    assert Holiday.objects.count() == 1


def test_a_verb_asks_for_its_reason(client, holiday):
    response = client.post(f"/essai/jours/{holiday.pk}/supprimer", {"reason": ""})
    assert response.context_data["form"].errors == {"reason": ["Ce champ est obligatoire."]}
    assert Holiday.objects.count() == 1


def test_a_verb_acts_with_its_reason_and_goes_on(client, holiday, referent):
    response = client.post(f"/essai/jours/{holiday.pk}/supprimer", {"reason": "En double"})
    assert (response.status_code, response.url) == (302, "/essai/jours")
    assert sent(response) == ["Le jour férié est supprimé."]
    last = Holiday.history.order_by("-history_id").first()
    assert (last.history_type, last.history_change_reason, last.history_user) == ("-", "En double", referent)


def test_a_refused_verb_says_why(client, holiday):
    holiday.label = "Noël"
    history.save(holiday, by=None)
    response = client.post(f"/essai/jours/{holiday.pk}/supprimer", {"reason": "En trop"})
    assert response.status_code == 200
    assert "Noël ne se supprime pas." in response.text


def test_a_direct_verb_answers_to_its_button_only(client, holiday):
    assert client.get(f"/essai/jours/{holiday.pk}/supprimer-aussitot").status_code == 405
    response = client.post(f"/essai/jours/{holiday.pk}/supprimer-aussitot")
    assert (response.status_code, response.url) == (302, "/essai/jours")
    assert Holiday.objects.count() == 0


def test_a_refused_direct_verb_goes_back_to_the_object(client, holiday):
    holiday.label = "Noël"
    history.save(holiday, by=None)
    response = client.post(f"/essai/jours/{holiday.pk}/supprimer-aussitot")
    assert (response.status_code, response.url) == (302, f"/essai/jours/{holiday.pk}")
    assert sent(response) == ["Noël ne se supprime pas."]


@pytest.mark.parametrize("path", ["", "/modifier", "/supprimer"])
def test_a_person_without_the_right_opens_nothing(client, site, path):
    holiday = HolidayFactory()
    client.force_login(user_with(Role.AUDITOR, site))
    assert client.get(f"/essai/jours/{holiday.pk}{path}").status_code == 403
    assert client.post(f"/essai/jours/{holiday.pk}{path}").status_code == 403
