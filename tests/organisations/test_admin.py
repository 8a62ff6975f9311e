"""The technical administration: by role, read-only but for suspensions; a superuser's writes leave their author."""

import pytest
from axes.models import AccessAttempt

from organisations.backends import TECHNICAL_PERMISSIONS
from organisations.enums import Role
from organisations.models import Membership, User
from tests.organisations.factories import PrefectureFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = user_with(Role.TECHNICAL_ADMIN, PrefectureFactory())
    client.force_login(user)
    return user


def test_it_signs_in_through_the_page_where_attempts_are_counted(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/compte/connexion?next=")


def test_another_role_is_refused_without_going_round_in_circles(client):
    client.force_login(user_with(Role.QUALITY_REFERENT, PrefectureFactory()))
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_technical_administrator_reads_accounts_and_changes_none(client, admin):
    unit = admin.memberships.get().unit
    other = user_with(Role.HEAD_OF_SERVICE, unit)
    page = f"/admin/organisations/user/{other.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"email": "x@example.invalid"}).status_code == 403
    assert client.get("/admin/organisations/user/add/").status_code == 403
    assert client.get("/admin/indicators/value/").status_code in {403, 404}


def test_the_technical_administrator_does_not_see_the_accounts_of_another_prefecture(client, admin):
    elsewhere = user_with(Role.HEAD_OF_SERVICE, PrefectureFactory())
    page = f"/admin/organisations/user/{elsewhere.pk}/change/"
    assert client.get(page).status_code == 302  # to the administration's own « n’existe pas »
    assert elsewhere.email not in client.get("/admin/organisations/user/").content.decode()


def test_the_technical_administrator_lifts_a_suspension(client, admin):
    attempt = AccessAttempt.objects.create(username="a@example.invalid", failures_since_start=5)
    client.post(f"/admin/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"})
    assert not AccessAttempt.objects.exists()


def test_the_rights_end_with_the_role(client, admin):
    assert admin.get_all_permissions() == TECHNICAL_PERMISSIONS
    admin.memberships.all().delete()
    assert client.get("/admin/organisations/user/").status_code == 302
    assert User.objects.get(pk=admin.pk).get_all_permissions() == set()


def test_a_closed_account_has_no_right_there():
    user = user_with(Role.TECHNICAL_ADMIN, PrefectureFactory(), is_active=False)
    assert (user.has_perm("organisations.view_user"), user.has_module_perms("organisations")) == (False, False)


def test_a_superuser_writes_with_an_author_and_a_reason(client):
    boss = User.objects.create_superuser("boss@example.invalid", None, first_name="B", last_name="O")
    user, unit = UserFactory(), PrefectureFactory()
    client.force_login(boss)
    data = {"user": user.pk, "unit": unit.pk, "role": Role.CONTRIBUTOR, "valid_from": "01/01/2026"}
    assert client.post("/admin/organisations/membership/add/", data).status_code == 302
    membership = Membership.objects.get()
    client.post(f"/admin/organisations/membership/{membership.pk}/delete/", {"post": "yes"})
    assert [(row.history_type, row.history_user, row.history_change_reason) for row in Membership.history.all()] == [
        ("-", boss, "Administration technique"),
        ("+", boss, "Administration technique"),
    ]
