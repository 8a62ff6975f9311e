"""The weekly digest of a head of service says the open cases of the service, with the actions, in one message."""

from datetime import date

import pytest
import time_machine

from actions.notifications import subject
from actions.services import reminders
from complaints.enums import Channel
from complaints.services import cases
from core.models import Notice
from organisations.enums import Role
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
THURSDAY = date(2022, 3, 10)


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(THURSDAY, tick=False):
        yield


def registered(site, day=1, **fields):
    person = {"name": "Anne Durand", "email": "anne@example.invalid", "text": "Deux heures d’attente"}
    given = {"channel": Channel.EMAIL, "received_on": date(2022, 3, day), "by": None, "person": person}
    return cases.register(site, **(given | fields))


@pytest.fixture
def head(service):
    return user_with(Role.HEAD_OF_SERVICE, service)


@pytest.fixture
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site)


def told(digest):
    return [line.text for lines in digest.parts.values() for line in lines]


def test_a_head_is_told_the_cases_of_the_service_the_most_urgent_first_and_nobody_is_named(site, service, head):
    soon = registered(site, 8, service=service)
    late = registered(site, 1)
    cases.transmit(late, to=service, on=date(2022, 3, 2), by=None)
    cases.answer(registered(site, 2, service=service), on=date(2022, 3, 4), by=None)
    cases.close(registered(site, 2, service=service, in_scope=False), outcome="redirected", by=None)

    (digest,) = reminders.send(THURSDAY, site_ids={site.pk})
    assert (digest.person, subject(digest)) == (head, "2 réclamations à traiter")
    assert told(digest) == [
        f"Réclamation {late.reference} (Courriel), reçue le 01/03/2022 : à accuser, en retard de 2 jours",
        f"Réclamation {soon.reference} (Courriel), reçue le 08/03/2022 : à accuser, dans 5 jours",
    ]
    mail = Notice.objects.get()
    assert (mail.recipient, f"/reclamations/dossiers/{late.reference}" in mail.body) == (head.email.lower(), True)
    assert not any(word in mail.body for word in ("Durand", "anne@", "attente."))
    assert reminders.send(THURSDAY, site_ids={site.pk}) == []


def test_a_case_that_no_service_holds_is_for_the_referents(site, referent, head):
    case = registered(site)

    (digest,) = reminders.compose(THURSDAY)
    assert (digest.person, case.reference in told(digest)[0]) == (referent, True)


def test_nothing_leaves_where_nothing_waits(site, service, head, referent):
    cases.answer(registered(site, 2, service=service), on=date(2022, 3, 4), by=None)
    registered(site, 2, kind="compliment", service=service)

    assert reminders.compose(THURSDAY) == []


def test_the_digests_cost_the_same_queries_whatever_the_cases(site, service, head, django_assert_num_queries):
    for number in (1, 4):
        for _ in range(number):
            registered(site, service=service)
        with django_assert_num_queries(17):
            reminders.compose(THURSDAY)
