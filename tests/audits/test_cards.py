"""What labels and documents put on the home page of someone who reads many sites."""

from datetime import date

import pytest
import time_machine

from audits.cards import to_check, to_follow_up
from audits.models import Document
from organisations.enums import Role
from tests.audits.factories import DocumentFactory, LabelFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import MembershipFactory, PrefectureFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
TODAY = date(2026, 11, 30)


@pytest.fixture
def on_the_day():
    with time_machine.travel("2026-11-30 10:00"):
        yield


@pytest.fixture
def reader():
    return UserFactory()


def add_site(reader):
    """A préfecture that the person reads, with a document and a follow-up to look at."""
    site = PrefectureFactory()
    MembershipFactory(user=reader, unit=site, role=Role.QUALITY_REFERENT, valid_from=date(2020, 1, 1))
    LabelFactory(site=site, obtained_on=date(2025, 7, 1))
    DocumentFactory(site=site, checked_on=date(2025, 12, 15), period_months=12)
    return site


def lines(source, reader, rf):
    request = rf.get("/")
    request.user = reader
    return [(one.what, one.due, one.action) for one in source(request)]


def test_beyond_four_the_documents_and_the_follow_ups_are_counted(rf, reader):
    for _ in range(6):
        add_site(reader)
    others = ("2 autres documents à vérifier", date(2026, 12, 15), "Voir le registre")
    assert lines(to_check, reader, rf)[4:] == [others]
    assert lines(to_follow_up, reader, rf)[4:] == [
        ("2 autres audits de suivi à préparer", date(2027, 1, 1), "Voir les labels")
    ]


@pytest.mark.parametrize("address", ["/", "/audits/documents/?q=Document+1"])
def test_the_home_and_a_search_of_many_sites_take_the_queries_of_five(client, reader, address):
    for _ in range(5):
        add_site(reader)
    client.force_login(reader)
    queries = query_count(client, address)
    for _ in range(7):
        add_site(reader)
    assert query_count(client, address) == queries


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"checked_on": date(2025, 12, 1), "period_months": 12}, date(2026, 12, 1)),
        ({"version_on": date(2026, 8, 31), "period_months": 3}, date(2026, 11, 30)),
        ({"checked_on": date(2026, 11, 1), "version_on": date(2020, 1, 1), "period_days": 30}, date(2026, 12, 1)),
        ({"planned_check_on": date(2026, 1, 5)}, date(2026, 1, 5)),
        ({"checked_on": date(2026, 11, 30), "period_months": 12}, None),
        ({"checked_on": date(2020, 1, 1), "is_on_change": True}, None),
        ({"period_months": 12}, None),
        ({"version_on": date(9999, 12, 31), "period_months": 12}, None),
    ],
)
def test_what_is_due_is_read_as_each_document_tells_it(fields, due):
    document = DocumentFactory(**fields)
    found = Document.objects.all().to_check(date(2026, 12, 15))
    assert [(one.due_on, one.pk) for one in found] == ([(due, document.pk)] if due else [])
    told = document.next_check_on
    assert due == (told if told and told <= date(2026, 12, 15) else None)
