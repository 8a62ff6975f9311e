"""What the committees put on the home page, and the mandates to renew as the database finds them."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine

from clu.cards import mandates, to_convene
from clu.enums import MandateStatus
from clu.models import Mandate, Member
from clu.rules.mandates import seats_on, status
from organisations.enums import Role
from tests.clu.factories import CommitteeFactory, MandateFactory, MeetingFactory, MemberFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import MembershipFactory, PrefectureFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


def around(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


def test_the_database_finds_the_mandates_to_renew_that_the_rule_finds():
    periods = [(None, None), (None, 90), (None, 91), (-400, -1), (-400, 0), (1, 400), (-5, None), (-400, 400)]
    for (first, last), (since, until), holder in product(periods, periods, ("Mme Martin", "")):
        member = MemberFactory()
        MandateFactory(member=member, holder="M. Petit", starts_on=around(first), ends_on=around(last))
        MandateFactory(member=member, holder=holder, starts_on=around(since), ends_on=around(until))
    seats = seats_on(Member.objects.order_by("pk").with_mandates(), TODAY)
    lacking = {seat.mandate.pk for seat in seats if seat.status != MandateStatus.ACTIVE}
    assert set(Mandate.objects.to_renew(TODAY).values_list("pk", flat=True)) == lacking
    assert 0 < len(lacking) < len(seats)


def add_site(reader):
    """A préfecture that the person runs, with two seats to fill and a meeting to convene."""
    site = PrefectureFactory()
    MembershipFactory(user=reader, unit=site, role=Role.QUALITY_REFERENT, valid_from=date(2020, 1, 1))
    committee = CommitteeFactory(site=site)
    for _ in range(2):
        MandateFactory(member__committee=committee, holder="")
    MandateFactory(member__committee=committee, holder="Mme Martin", ends_on=None)
    MeetingFactory(committee=committee, held_on=date(2026, 12, 15))


@time_machine.travel("2026-11-30 10:00")
def test_beyond_four_committees_the_others_are_counted_at_the_cost_of_four(rf, client):
    reader = UserFactory()
    for _ in range(5):
        add_site(reader)
    client.force_login(reader)
    queries = query_count(client, "/")
    for _ in range(3):
        add_site(reader)
    assert query_count(client, "/") == queries
    request = rf.get("/")
    request.user = UserFactory._meta.model.objects.get(pk=reader.pk)
    assert [one.what for one in to_convene(request)][4:] == ["4 autres réunions à convoquer"]
    told = [one.what for one in mandates(request)]
    assert told[0].endswith(" : 2 sièges à désigner ou à renouveler")
    assert told[4:] == ["4 autres instances à compléter"]


@pytest.mark.parametrize(("until", "state"), [(date.max, "expiring"), (None, "active")])
def test_the_last_day_of_the_calendar_is_a_day_like_others(until, state):
    assert status("Mme Martin", until, on=date.max) == state
