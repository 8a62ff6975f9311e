"""The administration looks at business data and does not write it, families excepted, whose history is kept."""

import pytest
from django.contrib import admin
from django.urls import reverse

from indicators.models import Family, Indicator
from tests.indicators.factories import FamilyFactory
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def test_every_list_of_the_indicators_and_referentials_opens(client, superuser):
    models = [m for m in admin.site._registry if m._meta.app_label in {"indicators", "referential"}]
    names = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in models]
    assert [client.get(reverse(name)).status_code for name in names] == [200] * 13


def test_a_family_renamed_keeps_who_did_it(client, superuser):
    family = FamilyFactory(name="Ancien nom")
    url = reverse("admin:indicators_family_change", args=[family.pk])
    client.post(url, {"code": family.code, "name": "Nouveau nom", "position": 3})
    assert Family.objects.get().name == "Nouveau nom"
    assert family.history.first().history_user == superuser


def test_indicators_are_only_looked_at(rf, superuser):
    request = rf.get("/")
    request.user = superuser
    page = admin.site._registry[Indicator]
    allowed = (page.has_add_permission, page.has_change_permission, page.has_delete_permission)
    assert [is_allowed(request) for is_allowed in allowed] == [False, False, False]
    assert page.has_view_permission(request) is True
