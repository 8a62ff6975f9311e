"""An edition submitted to the direction: it is told by mail and on its home page; a correction takes its place."""

import pytest
from django.urls import reverse

from core.base.errors import UserError
from core.models import Notice
from organisations.enums import Role
from reports.services import editions
from tests.organisations.factories import user_with
from tests.reports.factories import EditionFactory

pytestmark = pytest.mark.django_db


def test_the_direction_is_told_by_mail_and_on_its_home_page(client):
    edition = EditionFactory()
    direction = user_with(Role.MANAGEMENT, edition.report.site.parent)
    user_with(Role.HEAD_OF_SERVICE, edition.report.site)
    editions.submit(edition, by=None)
    (notice,) = Notice.objects.all()
    address = reverse("reports:edition", args=[edition.pk])
    assert (notice.recipient, address in notice.body) == (direction.email, True)
    client.force_login(direction)
    assert "édition 1, à valider" in client.get(reverse("reports:home")).text
    with pytest.raises(UserError, match="déjà soumise"):
        editions.submit(edition, by=None)


def test_what_waits_is_the_last_edition_submitted_until_it_is_validated():
    first = EditionFactory()
    direction = user_with(Role.MANAGEMENT, first.report.site)
    editions.submit(first, by=None)
    second = EditionFactory(report=first.report, number=2)
    assert editions.awaiting(direction) == [first]
    editions.submit(second, by=None)
    assert editions.awaiting(direction) == [second]
    editions.validate(second, by=direction)
    assert editions.awaiting(direction) == []
    assert editions.awaiting(user_with(Role.QUALITY_REFERENT, first.report.site)) == []


def test_an_edition_waits_no_more_once_a_later_one_is_validated_without_being_submitted():
    first = EditionFactory()
    direction = user_with(Role.MANAGEMENT, first.report.site)
    editions.submit(first, by=None)
    editions.validate(EditionFactory(report=first.report, number=2), by=direction)
    assert editions.awaiting(direction) == []
    third = EditionFactory(report=first.report, number=3)
    editions.submit(third, by=None)
    assert editions.awaiting(direction) == [third]


def test_an_edition_is_not_submitted_where_nobody_of_the_direction_has_an_account():
    edition = EditionFactory()
    user_with(Role.MANAGEMENT, edition.report.site, is_active=False)
    with pytest.raises(UserError, match="Personne de la direction n’a de compte"):
        editions.submit(edition, by=None)
    assert not edition.steps.exists()
