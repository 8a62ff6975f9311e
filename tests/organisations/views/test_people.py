"""Pages of accounts, roles and delegations."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Membership, User
from organisations.permissions import ROLE_PERMISSIONS
from tests.organisations.factories import (
    PASSWORD,
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def referent(client, prefecture):
    user = user_with(Role.QUALITY_REFERENT, prefecture, last_name="Zola")
    client.force_login(user)
    return user


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_accounts_costs_the_same_for_one_or_three(
    client, prefecture, referent, count, django_assert_num_queries
):
    for _ in range(count):
        user_with(Role.CONTRIBUTOR, prefecture)
    with django_assert_num_queries(8):  # session, user, roles, units below, units of the filter, count, people, roles
        client.get("/organisation/comptes/")


def test_the_list_is_filtered_and_stays_in_scope(client, prefecture, referent):
    ada = user_with(Role.CONTRIBUTOR, prefecture, first_name="Ada", last_name="Petit")
    user_with(Role.CONTRIBUTOR, PrefectureFactory(), first_name="Ada", last_name="Ailleurs")
    page = client.get("/organisation/comptes/?search=ada")
    assert [person.pk for person in page.context["table"].data.data] == [ada.pk]
    assert client.get("/organisation/comptes/?role=auditor").context["count"] == 0


def test_a_person_is_added_with_a_first_role(client, prefecture, referent):
    data = {
        "email": "ada@example.invalid", "first_name": "Ada", "last_name": "Petit", "unit": prefecture.pk,
        "role": "contributor", "valid_from": "2026-01-01",
    }  # fmt: skip
    response = client.post("/organisation/comptes/ajouter", data, follow=True)
    assert "Le compte de Ada Petit est ouvert, une invitation part par courriel." in response.content.decode()
    assert User.objects.get(email="ada@example.invalid").memberships.get().unit == prefecture


def test_the_form_offers_only_what_the_person_may_give(client, prefecture):
    aix = SousPrefectureFactory(parent=prefecture)
    client.force_login(user_with(Role.QUALITY_REFERENT, aix))
    fields = client.get("/organisation/comptes/ajouter").context["form"].fields
    assert list(fields["unit"].queryset) == [aix]
    assert {code for code, _ in fields["role"].choices if code} == set(Role) - {Role.TECHNICAL_ADMIN}


def test_a_person_s_page_shows_roles_and_what_may_be_done(client, prefecture, referent):
    ada = user_with(Role.CONTRIBUTOR, prefecture, password=PASSWORD)
    MembershipFactory(user=ada, unit=prefecture, role=Role.MANAGEMENT, valid_until=timezone.localdate() - timedelta(1))
    page = client.get(f"/organisation/comptes/{ada.pk}/")
    assert ([m.role for m in page.context["present"]], [m.role for m in page.context["past"]]) == (
        [Role.CONTRIBUTOR], [Role.MANAGEMENT],
    )  # fmt: skip
    assert [action["label"] for action in page.context["actions"]] == [
        "Donner un rôle",
        "Modifier",
        "Déconnecter",
        "Fermer le compte",
    ]
    assert client.get(f"/organisation/comptes/{referent.pk}/").context["actions"] == []


def test_an_account_is_closed_with_a_reason_then_reopened(client, prefecture, referent):
    ada = user_with(Role.CONTRIBUTOR, prefecture)
    url = f"/organisation/comptes/{ada.pk}/"
    assert client.post(f"{url}fermer", {"reason": ""}).status_code == 200
    assert client.post(f"{url}fermer", {"reason": "Départ"}).status_code == 302
    ada.refresh_from_db()
    assert (ada.is_active, ada.history.first().history_change_reason) == (False, "Départ")
    page = client.get(url)
    assert [action["label"] for action in page.context["actions"]] == ["Rouvrir le compte"]
    client.post(f"{url}rouvrir")
    ada.refresh_from_db()
    assert ada.is_active


def test_whoever_keeps_the_accounts_signs_somebody_out_everywhere(client, prefecture, referent):
    person, browser = user_with(Role.CONTRIBUTOR, prefecture), Client()
    browser.force_login(person)
    path = f"/organisation/comptes/{person.pk}/deconnecter"
    assert "Toutes ses sessions prennent fin" in client.get(path).text
    client.post(path, {"reason": "Poste laissé ouvert"})
    assert "_auth_user_id" not in browser.session
    assert person.history.latest().history_change_reason == "Poste laissé ouvert"


def test_a_role_is_given_and_ended(client, prefecture, referent):
    ada = user_with(Role.CONTRIBUTOR, prefecture)
    data = {"unit": prefecture.pk, "role": "auditor", "valid_from": "2026-01-01"}
    page = client.post(f"/organisation/comptes/{ada.pk}/roles/donner", data)
    assert list(page.context["form"].errors) == ["valid_until"]
    data["valid_until"] = "2099-01-31"
    client.post(f"/organisation/comptes/{ada.pk}/roles/donner", data)
    audit = ada.memberships.get(role=Role.AUDITOR)
    client.post(f"/organisation/roles/{audit.pk}/fin", {"on": "2026-01-15", "reason": "Audit terminé"})
    audit.refresh_from_db()
    assert f"{audit.valid_until:%d/%m/%Y}" == "15/01/2026"
    assert "Audit terminé" in client.get(f"/organisation/roles/{audit.pk}/historique").content.decode()


def test_a_head_delegates_to_a_colleague_of_the_site_and_comes_back(client, prefecture):
    service = ServiceFactory(parent=prefecture)
    chef = user_with(Role.HEAD_OF_SERVICE, service)
    colleague = user_with(Role.CONTRIBUTOR, prefecture)
    stranger = user_with(Role.CONTRIBUTOR, PrefectureFactory())
    client.force_login(chef)
    form = client.get("/organisation/delegation").context["form"]
    assert set(form.fields["to"].queryset) == {colleague}
    today = timezone.localdate()
    data = {
        "membership": chef.memberships.get().pk, "to": colleague.pk, "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(7)).isoformat(), "reason": "Congés",
    }  # fmt: skip
    assert client.post("/organisation/delegation", data | {"to": stranger.pk}).status_code == 200
    assert client.post("/organisation/delegation", data).url == "/compte/"
    delegation = Membership.objects.get(delegated_from__user=chef)
    assert "Y mettre fin" in client.get("/compte/").content.decode()
    client.post(f"/organisation/delegations/{delegation.pk}/fin")
    assert not Membership.objects.filter(pk=delegation.pk).exists()


def test_roles_and_rights_are_printed_from_the_table_that_applies_them(client):
    client.force_login(UserFactory())
    page = client.get("/organisation/roles")
    given = sum(sum(held) for _label, held in page.context["rows"])
    assert given == sum(len(rights) for rights in ROLE_PERMISSIONS.values())
    assert page.content.decode().count("✓") == given
