"""A person exported and erased: no canary is left, the figures stay; a term of keeping warns, waits, erases."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command

from complaints.enums import Channel, Nature
from complaints.models import Complaint
from complaints.results import balance
from complaints.services import cases, files, messages, people, retention
from core.models import IdentityAccess
from tests.complaints.factories import RetentionTermFactory

pytestmark = pytest.mark.django_db
CANARY = "canari"
PERSON = {
    "name": f"Anne {CANARY}", "email": f"anne@{CANARY}.invalid", "phone": f"06{CANARY}", "address": f"1 rue {CANARY}",
    "subject": f"objet {CANARY}", "text": f"texte {CANARY}",
}  # fmt: skip


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(date(2022, 3, 10), tick=False):
        yield tmp_path


@pytest.fixture
def case(site):
    case = cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=None, person=PERSON)
    messages.write(case, kind="answer", subject="Réponse", body=f"Chère Mme {CANARY}", by=None)
    files.join(case, f"{CANARY}.pdf", b"%PDF-1.4", by=None)
    return case


def everything():
    """All the rows of all the tables, as text."""
    told = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            told += [bytes(one) if isinstance(one, memoryview) else one for one in row]
    return "\n".join(map(str, told))


def test_an_export_tells_all_and_an_erasure_leaves_nothing_but_figures(case, site, media):
    out = StringIO()
    call_command("export_person", "--email", PERSON["email"], "--unit", site.code, stdout=out)
    told = json.loads(out.getvalue())["complaints"]
    assert (len(told), told[0]["person"], told[0]["messages"][0]["body"]) == (1, PERSON, f"Chère Mme {CANARY}")
    assert [one.name for one in media.rglob("*.pdf")] != []
    before = balance(site, 2022).as_json()

    out = StringIO()
    options = ("--email", PERSON["email"], "--unit", site.code, "--reason", "À sa demande", "--format", "json")
    call_command("erase_person", *options, stdout=out)
    assert json.loads(out.getvalue()) == {"complaints": 1}
    assert CANARY not in everything()
    assert balance(site, 2022).as_json() == before
    assert set(IdentityAccess.objects.values_list("deed", flat=True)) == {"read", "erase"}


def test_data_are_erased_a_month_after_their_term(case, site):
    cases.answer(case, on=date(2022, 3, 8), by=None)
    cases.close(case, outcome="founded", by=None)  # on 10 March 2022

    def due(day):
        return (retention.warned(day).count(), retention.due(day).count())

    assert [due(date(2024, 2, 1)), due(date(2024, 2, 20)), due(date(2024, 4, 9)), due(date(2024, 4, 15))] == [
        (0, 0), (1, 0), (1, 0), (0, 1),
    ]  # fmt: skip
    RetentionTermFactory(site=site, kind=Nature.COMPLAINT, months=12)
    assert due(date(2023, 4, 15)) == (0, 1)
    assert retention.erase(retention.due(date(2023, 4, 15))) == 1
    assert retention.due(date(2023, 4, 15)).count() == 0
    assert Complaint.objects.count() == 1


def test_a_person_is_kept_while_a_second_look_is_open(case, site):
    cases.answer(case, on=date(2022, 3, 8), by=None)
    cases.close(case, outcome="founded", by=None)
    again = cases.look_again(case, received_on=date(2022, 3, 9), by=None, reason="La réponse ne dit rien")
    assert retention.due(date(2024, 4, 15)).count() == 0

    cases.answer(again, on=date(2022, 3, 10), by=None)
    cases.close(again, outcome="founded", by=None)
    assert retention.due(date(2024, 4, 15)).count() == 2


def test_the_command_says_what_it_would_erase(case, site):
    out = StringIO()
    call_command("retention", "--dry-run", "--format", "json", stdout=out)

    told = {rule["code"]: rule["due"] for rule in json.loads(out.getvalue())["rules"]}
    assert told["complainants"] == 0
    assert people.cases_of(site, "nobody@example.invalid").count() == 0
