"""« Transmis, copie non reçue »: the service is asked once a week, the référent after three."""

from datetime import date, timedelta

import pytest
import time_machine

from complaints.enums import Channel
from complaints.services import cases, chasing
from core.models import Notice
from organisations.enums import Role
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
SENT_ON = date(2022, 3, 2)


@pytest.fixture(autouse=True)
def at_the_end_of_april():
    with time_machine.travel(date(2022, 4, 29), tick=False):
        yield


@pytest.fixture
def people(site, service):
    return [
        user_with(role, unit).email for role, unit in ((Role.HEAD_OF_SERVICE, service), (Role.QUALITY_REFERENT, site))
    ]


def sent(site, service, *, on=SENT_ON):
    case = cases.register(
        site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=None, person={"email": "a@o.invalid"}
    )
    return cases.transmit(case, to=service, on=on, by=None)


def asked(day):
    chasing.chase(day)
    return sorted(Notice.objects.filter(kind=chasing.KIND, sent_on=day).values_list("recipient", flat=True))


def test_a_service_is_asked_each_week_then_the_referent_is_told(site, service, people):
    head, referent = people
    sent(site, service)

    days = {after: asked(SENT_ON + timedelta(days=after)) for after in (6, 7, 8, 13, 14, 21)}
    assert days == {6: [], 7: [head], 8: [], 13: [], 14: [head], 21: sorted([head, referent])}


def test_one_mail_tells_all_that_is_waited_for(site, service, people):
    first, second = sent(site, service), sent(site, service, on=None)
    answered = sent(site, service)
    cases.answer(answered, on=date(2022, 3, 4), by=None)

    assert asked(date(2022, 3, 9)) == [people[0]]
    mail = Notice.objects.get()
    assert mail.subject == "[Qualité] 2 dossiers : transmis, copie de la réponse non reçue"
    assert f"{first.reference}, reçu le 01/03/2022, transmis à Bureau des étrangers le 02/03/2022 :" in mail.body
    assert f"{second.reference}, reçu le 01/03/2022, transmis à Bureau des étrangers :" in mail.body
    assert answered.reference not in mail.body


def test_what_went_to_no_head_is_told_to_the_referent_at_once(site, people):
    case = cases.register(
        site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=None, person={"email": "a@o.invalid"}
    )
    cases.transmit(case, words="La mairie", on=SENT_ON, by=None)

    assert asked(date(2022, 3, 9)) == [people[1]]
