"""Rows whose key is one of many: the rows of `__in`, in one parameter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.base.among import Keys
from organisations.models import Membership, Unit
from tests.organisations.factories import MembershipFactory, PrefectureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.mark.parametrize("kind", [set, list, frozenset, Keys])
def test_the_rows_are_those_of_the_keys_given(kind):
    first, second, other = (PrefectureFactory() for _ in range(3))
    role = MembershipFactory(unit=second)
    MembershipFactory(unit=other)
    keys = [first.pk, second.pk, 10**15]
    assert set(Unit.objects.filter(pk__among=kind(keys))) == {first, second}
    assert list(Membership.objects.filter(unit__among=kind(keys))) == [role]
    assert list(Membership.objects.exclude(unit__among=kind(keys)).values_list("unit", flat=True)) == [other.pk]


def test_no_key_gives_nothing_and_asks_nothing():
    with CaptureQueriesContext(connection) as queries:
        assert list(Unit.objects.filter(pk__among=set())) == []
    assert len(queries) == 0


def test_many_keys_are_one_parameter():
    sql, parameters = Unit.objects.filter(pk__among=range(5_000)).order_by().query.sql_with_params()
    assert (sql.count("%s"), len(parameters)) == (1, 1)
