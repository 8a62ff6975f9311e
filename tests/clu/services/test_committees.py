"""Committees, their kind over time, seats and mandates."""

from datetime import date

import pytest

from clu.models import Committee, Order
from clu.services import committees
from core.base.errors import UserError
from tests.clu.factories import CommitteeFactory, MandateFactory, MeetingFactory, MemberFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db


def test_an_arrete_makes_a_clac_of_a_clu_from_the_day_it_is_signed():
    committee = CommitteeFactory(kind="clu")
    committees.record_order(committee, reference="Arrêté n° 2023-7", signed_on=date(2023, 6, 1), kind="clac", by=None)
    committee = Committee.objects.for_list().get()
    assert [committee.short_on(day) for day in (date(2023, 5, 31), date(2023, 6, 1))] == ["CLU", "CLAC"]
    assert (committee.kind, Order.objects.get().former_kind) == ("clac", "clu")
    assert [committees.find(committee.site, kind) for kind in ("clu", "clac")] == [committee, committee]
    assert committees.find(committee.site, "copil") is None


def test_an_arrete_before_the_one_that_changed_the_kind_cannot_change_it_again():
    committee = CommitteeFactory(kind="clu")
    committees.record_order(committee, reference="A", signed_on=date(2023, 6, 1), kind="clac", by=None)
    with pytest.raises(UserError, match="01/06/2023 change déjà"):
        committees.record_order(committee, reference="B", signed_on=date(2023, 1, 1), kind="clu", by=None)


def test_a_committee_is_that_of_a_site_once():
    site = SousPrefectureFactory()
    committees.create(site=site, kind="cluac", by=None)
    with pytest.raises(UserError, match="a déjà cette instance : CLAC"):
        committees.create(site=site, kind="clac", by=None)
    with pytest.raises(UserError, match="n’est pas un site"):
        committees.create(site=ServiceFactory(parent=site), kind="clu", by=None)


def test_a_seat_has_one_mandate_at_a_time():
    member = MemberFactory(organisation="UFC")
    MandateFactory(member=member, starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31))
    with pytest.raises(UserError, match="chevauche un autre de « UFC », du 01/01/2020 au 31/12/2022"):
        committees.appoint(member, holder="M. Noir", starts_on=date(2022, 12, 31), by=None)
    mandate = committees.appoint(member, holder="M. Noir", starts_on=date(2023, 1, 1), by=None)
    with pytest.raises(UserError, match="finit avant de commencer"):
        committees.change_mandate(mandate, ends_on=date(2022, 12, 31), by=None)


def test_what_served_is_not_removed():
    meeting = MeetingFactory()
    with pytest.raises(UserError, match="s’est réunie"):
        committees.remove(meeting.committee, by=None)
    committees.remove(CommitteeFactory(), by=None)
    assert Committee.objects.count() == 1
