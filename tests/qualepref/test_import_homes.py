"""The way to each import, for who holds the right on a unit that is no site."""

import pytest
from django.urls import reverse

from organisations.enums import Role
from tests.organisations.factories import UnitFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("home", ["actions:import-upload", "indicators:import-upload", "complaints:import-home"])
def test_somebody_without_a_site_is_told_so(client, home):
    client.force_login(user_with(Role.QUALITY_REFERENT, UnitFactory()))
    answer = client.get(reverse(home))
    assert answer.status_code == 200
    assert "aucun site ne vous est confié" in answer.content.decode()
