"""An urn is opened: its slips are registered in one batch."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from complaints.models import Complaint
from complaints.services import urn
from core.base.errors import UserError
from core.record import identities
from organisations.enums import Role
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 10)
SLIPS = """Trop d’attente au guichet.
Deux heures !

Félicitations : merci à l’agent du guichet 3.

suggestion: mettre un banc. Écrire à lea.martin@example.org.


Note : 2 sur 5
"""


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(DAY, tick=False):
        yield


def test_a_paragraph_is_a_slip_that_may_say_its_nature_and_how_to_reach_the_person(site):
    found = urn.register_slips(site=site, received_on=DAY, slips=SLIPS, by=None)
    told = [(case.channel, case.kind, case.is_reachable, case.answer_by) for case in found]
    assert told == [
        ("urn", "complaint", False, None),
        ("urn", "compliment", False, None),
        ("urn", "suggestion", True, date(2022, 3, 24)),
        ("urn", "complaint", False, None),
    ]
    texts = [identities.read(case.identity, by=None, why="test")["text"] for case in found]
    assert texts[0] == "Trop d’attente au guichet.\nDeux heures !"
    assert texts[1:] == [
        "merci à l’agent du guichet 3.",
        "mettre un banc. Écrire à lea.martin@example.org.",
        "Note : 2 sur 5",
    ]
    assert identities.read(found[2].identity, by=None, why="test")["email"] == "lea.martin@example.org"


def test_a_batch_costs_few_queries_whatever_its_slips(site, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):  # SQLite inserts by small batches
        urn.register_slips(site=site, received_on=DAY, slips="Un bulletin\n\n" * 150, by=None)
    assert Complaint.objects.count() == 150


@pytest.mark.parametrize(
    ("slips", "day", "told"),
    [
        (" \n\n ", DAY, "Aucun bulletin"),
        ("Un\n\n" * 201, DAY, "par 200 au plus"),
        ("Un", date(2022, 3, 11), "La réception est à venir"),
    ],
)
def test_nothing_is_registered_when_the_batch_is_refused(site, slips, day, told):
    with pytest.raises(UserError, match=told):
        urn.register_slips(site=site, received_on=day, slips=slips, by=None)
    assert not Complaint.objects.exists()


def test_the_desk_opens_an_urn_in_one_page(client, site, service):
    client.force_login(user_with(Role.RECEPTION_AGENT, service))
    typed = {"site": site.pk, "received_on": "2022-03-10", "kind": "suggestion", "theme": "", "slips": SLIPS}
    answer = client.post(reverse("complaints:case-urn"), typed, follow=True)
    assert "4 bulletins enregistrés." in answer.text
    assert Complaint.objects.filter(kind="suggestion").count() == 3
