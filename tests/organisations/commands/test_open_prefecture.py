"""`manage.py open_prefecture`."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from core.models import Job
from organisations.enums import Role
from organisations.models import Membership, Unit, User
from tests.core.factories import HolidayZoneFactory
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


def run(code="13"):
    output = StringIO()
    call_command(
        "open_prefecture", code=code, name="Préfecture", email="Admin@example.invalid", first_name="Ada",
        last_name="Petit", stdout=output,
    )  # fmt: skip
    return output.getvalue()


def test_a_prefecture_is_created_and_its_administrator_invited(client):
    HolidayZoneFactory()
    created, link = run().splitlines()
    assert created == "« Préfecture » est créée ; une invitation part à Admin@example.invalid."
    assert client.get(urlsplit(link.rpartition(" ")[2]).path, follow=True).status_code == 200
    [membership] = Membership.objects.all()
    assert (membership.user.email, membership.role, membership.unit.code) == (
        "admin@example.invalid", Role.TECHNICAL_ADMIN, "13",
    )  # fmt: skip
    assert Job.objects.get().kind == "send_invitation"


def test_whoever_has_an_account_already_is_not_invited_again():
    HolidayZoneFactory()
    UserFactory(email="admin@example.invalid", password="a sentence of four words")
    assert run() == "« Préfecture » est créée ; Admin@example.invalid, qui a déjà un compte, l’administre.\n"
    assert not Job.objects.exists()


def test_nothing_is_half_written_when_the_code_is_taken():
    HolidayZoneFactory()
    run()
    User.objects.all().delete()
    with pytest.raises(CommandError, match="Le code « 13 » est déjà celui d’une autre unité"):
        run()
    assert (Unit.objects.count(), User.objects.count()) == (1, 0)
