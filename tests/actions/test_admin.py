"""The administration looks at the plans and never writes them, nor shows the digest of a secret address."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.actions import factories as action_factories
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def registered() -> list:
    return [page for model, page in admin.site._registry.items() if model._meta.app_label == "actions"]


def test_every_list_of_the_plans_opens(client, superuser):
    for factory in (
        action_factories.ActionResponsibleFactory, action_factories.ProofFactory, action_factories.PlanImportFactory,
        action_factories.PlanExtractFactory, action_factories.ReminderSettingsFactory,
        action_factories.CalendarFeedFactory,
    ):  # fmt: skip
        factory()
    names = [f"admin:actions_{page.model._meta.model_name}_changelist" for page in registered()]
    assert [client.get(reverse(name)).status_code for name in names] == [200] * 9


def test_nothing_of_the_plans_is_written_there(rf, superuser):
    request = rf.get("/")
    request.user = superuser
    for page in registered():
        allowed = (page.has_add_permission, page.has_change_permission, page.has_delete_permission)
        assert [is_allowed(request) for is_allowed in allowed] == [False, False, False]


def test_the_digest_of_a_secret_is_not_shown(client, superuser):
    feed = action_factories.CalendarFeedFactory(token_digest="d" * 64)
    assert "d" * 64 not in client.get(reverse("admin:actions_calendarfeed_change", args=[feed.pk])).text
