"""Accounts: opened with a first role, invited by mail, closed."""

from datetime import date

import pytest
from django.core import mail

from core.base.errors import UserError
from core.jobs import run_now
from core.models import Job
from organisations.enums import Role
from organisations.models import User
from organisations.services import accounts
from tests.organisations.factories import (
    PASSWORD,
    MembershipFactory,
    PrefectureFactory,
    SousPrefectureFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def prefecture():
    return PrefectureFactory(code="13")


@pytest.fixture
def aix(prefecture):
    return SousPrefectureFactory(code="13-aix", parent=prefecture)


def open_account(unit, by, email="ada@example.invalid", role=Role.CONTRIBUTOR):
    return accounts.open_account(
        email=email, first_name="Ada", last_name="Petit", unit=unit, role=role, valid_from=SINCE, by=by
    )


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(UserError) as error:
        call()
    return error.value.message, error.value.field


def test_a_new_account_has_its_role_no_password_and_an_invitation(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    user = open_account(prefecture, by, email=" Ada@Example.invalid ")
    assert (user.email, user.has_usable_password()) == ("ada@example.invalid", False)
    assert [(m.role, m.unit) for m in user.memberships.all()] == [(Role.CONTRIBUTOR, prefecture)]
    assert user.history.get().history_user == by
    run_now(Job.objects.get(kind="send_invitation"))
    [message] = mail.outbox
    assert message.to == ["ada@example.invalid"]
    assert f"{by} vous a ouvert un compte" in message.body
    assert "/compte/bienvenue/" in message.body


def test_no_row_keeps_the_token_of_an_invitation(prefecture):
    open_account(prefecture, None)
    job = Job.objects.get(kind="send_invitation")
    run_now(job)
    job.refresh_from_db()
    assert (job.parameters.keys(), job.result) == ({"user_id", "by_id"}, {"sent": True})


def test_an_account_refused_its_role_is_not_created(aix, prefecture):
    by = user_with(Role.QUALITY_REFERENT, aix)
    assert refusal(lambda: open_account(prefecture, by))[1] == "role"
    assert not User.objects.filter(email="ada@example.invalid").exists()
    assert Job.objects.count() == 0


def test_an_address_that_has_an_account_gets_the_role_and_keeps_its_name(prefecture, aix):
    by = user_with(Role.QUALITY_REFERENT, aix)
    known = user_with(Role.CONTRIBUTOR, prefecture, email="ada@example.invalid", first_name="Augusta")
    assert open_account(aix, by) == known
    assert (User.objects.get(pk=known.pk).first_name, known.memberships.count()) == ("Augusta", 2)
    assert Job.objects.count() == 0


def test_the_address_of_an_account_with_higher_roles_stays_out_of_reach(prefecture, aix):
    """Else the referent of Aix would set it to an own mailbox, and enter by « mot de passe oublié »."""
    by = user_with(Role.QUALITY_REFERENT, aix)
    higher = user_with(Role.QUALITY_REFERENT, prefecture, first_name="Ada", last_name="Petit")
    MembershipFactory(user=higher, unit=aix, role=Role.CONTRIBUTOR)
    values = {"email": "pirate@example.invalid", "first_name": "A", "last_name": "P"}
    sentence = (
        "Le compte de Ada Petit a des rôles que vous ne pouvez pas donner : adressez-vous au référent qualité "
        "de la préfecture ou à l’administrateur technique."
    )
    assert refusal(lambda: accounts.change_account(higher, by=by, **values)) == (sentence, None)
    assert refusal(lambda: accounts.close_account(higher, by=by)) == (sentence, None)
    higher.refresh_from_db()
    assert (higher.email, higher.is_active) == (User.objects.get(pk=higher.pk).email, True)


def test_a_name_is_corrected_with_its_history(prefecture):
    by = user_with(Role.TECHNICAL_ADMIN, prefecture)
    user = user_with(Role.CONTRIBUTOR, prefecture)
    other = user_with(Role.CONTRIBUTOR, prefecture)
    accounts.change_account(
        user, email="New@example.invalid", first_name="Ada", last_name="Roy", by=by, reason="Mariage"
    )
    row = user.history.first()
    assert (row.email, row.last_name, row.history_user, row.history_change_reason) == (
        "new@example.invalid", "Roy", by, "Mariage",
    )  # fmt: skip
    values = {"first_name": "Ada", "last_name": "Roy", "by": by}
    assert refusal(lambda: accounts.change_account(user, email=other.email, **values)) == (
        "Cette adresse est celle d’un autre compte.", "email",
    )  # fmt: skip


def test_a_closed_account_is_signed_out_at_once_and_loses_its_roles(client, prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    user = user_with(Role.CONTRIBUTOR, prefecture, password=PASSWORD)
    client.force_login(user)
    accounts.close_account(user, by=by, reason="Départ")
    assert client.get("/compte/").status_code == 302
    assert [membership.history.first().history_change_reason for membership in user.memberships.all()] == ["Départ"]
    assert refusal(lambda: accounts.invite(user, by=by))[0] == "Ce compte est fermé : rouvrez-le d’abord."
    accounts.reopen_account(user, by=by)
    assert User.objects.get(pk=user.pk).is_active


def test_nobody_closes_one_s_own_account(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    assert refusal(lambda: accounts.close_account(by, by=by))[0] == "Vous ne pouvez pas fermer votre propre compte."


def test_an_invitation_to_somebody_who_has_signed_in_sends_nothing(prefecture):
    user = user_with(Role.CONTRIBUTOR, prefecture, password=PASSWORD)
    accounts.invite(user, by=None)
    run_now(Job.objects.get())
    assert mail.outbox == []
