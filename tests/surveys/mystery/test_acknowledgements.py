"""Tests of the automatic acknowledgements of mailboxes: which one, sent when, acknowledged when, after how long."""

import csv
import io
import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from core.base.errors import UserError
from organisations.enums import Role
from surveys.enums import Kind, TestChannel
from surveys.kit import kit_html
from surveys.models import Questionnaire, Response
from surveys.results.delays import delays_of
from surveys.rules.scenarios import PROPOSALS, proposal_for
from surveys.services import campaigns, mystery
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with

SENT = datetime(2022, 5, 11, 7, 0, tzinfo=UTC)  # nine o’clock in Paris


@pytest.fixture
def mailboxes(site):
    call_command("load_questionnaires", verbosity=0)
    campaign = campaigns.create(
        title="Accusés de réception", kind=Kind.MYSTERY, site=site, code="accuses", by=None,
        questionnaire=Questionnaire.objects.get(code="mystere-accuses"), starts_on=date(2022, 5, 10),
        ends_on=date(2022, 5, 27), significance_threshold=1,
    )  # fmt: skip
    return campaigns.open(campaign, by=None)


@pytest.fixture
def mailbox(mailboxes, referent):
    return mystery.add_scenario(
        mailboxes, channel=TestChannel.ACKNOWLEDGEMENT, title="Boîte des élections", contact="elections@test.invalid",
        by=referent,
    )  # fmt: skip


def sent(mailbox, replied_at=None, sent_at=SENT, **fields) -> mystery.Test:
    answers = {"accuse-recu": "yes" if replied_at else "no"}
    return mystery.Test(
        key=uuid.uuid4(), answers=answers, made_on=date(2022, 5, 11), scenario=mailbox, sent_at=sent_at,
        replied_at=replied_at, **fields,
    )  # fmt: skip


def test_the_delay_of_each_mailbox_is_read_from_its_two_hours(mailboxes, mailbox):
    for minutes in (1, 4, 90):
        mystery.record(mailboxes, sent(mailbox, SENT + timedelta(minutes=minutes)))
    mystery.record(mailboxes, sent(mailbox))

    (row,) = delays_of(mailboxes)
    assert (row.title, row.contact) == ("Boîte des élections", "elections@test.invalid")
    assert (row.delays.sent, row.delays.answered) == (4, 3)
    assert (row.delays.middle_words, row.delays.longest_words) == ("4\u202fmin", "1\u202fh\u202f30")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"replied_at": SENT - timedelta(minutes=1)}, "La réponse du 11/05/2022 à 08:59 précède l’envoi"),
        ({"replied_at": SENT, "sent_at": None}, "Dites quand le message est parti"),
        ({"replied_at": SENT + timedelta(days=9)}, "Le 20/05/2022 à 09:00 est à venir"),
        ({"sent_at": SENT + timedelta(days=2)}, "Le 13/05/2022 à 09:00 est à venir"),
    ],
)
def test_hours_that_cannot_be_are_refused_in_one_sentence(mailboxes, mailbox, fields, message):
    with pytest.raises(UserError, match=message):
        mystery.record(mailboxes, sent(mailbox, **fields))
    assert Response.objects.count() == 0


def test_the_database_refuses_a_reply_before_its_message(mailboxes, mailbox):
    response, _ = mystery.record(mailboxes, sent(mailbox, SENT))
    with pytest.raises(IntegrityError):
        Response.objects.filter(pk=response.pk).update(replied_at=SENT - timedelta(seconds=1))


def test_a_guest_notes_the_two_hours_and_nothing_typed_is_lost_when_they_cannot_be(
    client, mailboxes, mailbox, referent
):
    point = mystery.invite(mailboxes, expires_on=date(2022, 5, 20), by=referent)
    address = reverse("surveys:guest-test", args=[point.token])
    assert 'type="datetime-local"' in client.get(address).text

    typed = {
        "cle": str(uuid.uuid4()), "scenario": mailbox.pk, "made_on": "2022-05-11", "q-accuse-recu": "yes",
        "sent_at": "2022-05-11T09:00", "replied_at": "2022-05-11T08:59",
    }  # fmt: skip
    refused = client.post(address, typed).text
    assert "précède l’envoi du 11/05/2022 à 09:00" in refused
    assert 'value="2022-05-11T09:00"' in refused
    assert "Écrivez un jour et une heure" in client.post(address, typed | {"sent_at": "hier"}).text

    assert client.post(address, typed | {"replied_at": "11/05/2022 09:03"}).status_code == 302
    assert Response.objects.get().delay == timedelta(minutes=3)


def test_a_grid_of_calls_does_not_ask_for_the_hours_of_a_message(client, point, scenario):
    page = client.get(reverse("surveys:guest-test", args=[point.token])).text
    assert "datetime-local" not in page
    assert "datetime-local" not in kit_html(point)


def test_the_offline_grid_brings_the_hours_back(client, mailboxes, mailbox, referent):
    point = mystery.invite(mailboxes, expires_on=date(2022, 5, 20), by=referent)
    assert 'id="kit-replied"' in kit_html(point)
    client.force_login(referent)
    test = {
        "key": str(uuid.uuid4()), "scenario": str(mailbox.pk), "made_on": "2022-05-11", "duration": None,
        "answers": {"accuse-recu": "yes"}, "sent_at": "2022-05-11T09:00", "replied_at": "2022-05-11T09:02",
    }  # fmt: skip

    def absorbed(**change) -> str:
        content = {"format": "qualepref-tests", "version": 1, "campaign": mailboxes.code, "tests": [test | change]}
        file = SimpleUploadedFile("tests.json", json.dumps(content).encode())
        return client.post(reverse("surveys:absorb", args=[mailboxes.code]), {"file": file}, follow=True).text

    assert "test 1 : l’heure d’envoi ou de réponse n’est pas lisible" in absorbed(sent_at="9 h").replace("\u202f", " ")
    assert "1 test repris." in absorbed()
    assert Response.objects.get().delay == timedelta(minutes=2)


def test_tests_and_results_show_the_mailbox_and_its_delay(client, mailboxes, mailbox, referent, service):
    mystery.record(mailboxes, sent(mailbox, SENT + timedelta(minutes=7), tester="Ain"))
    mystery.record(mailboxes, sent(mailbox))
    client.force_login(referent)
    page = client.get(reverse("surveys:tests", args=[mailboxes.code])).text
    assert "Tests faits (2)" in page
    assert "7\u202fmin" in page
    assert "rien reçu" in page

    results = reverse("surveys:results", args=[mailboxes.code])
    assert "1 sur 2" not in client.get(results).text  # two tests: fewer than the least group
    head = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(head)
    assert client.get(results).status_code == 404
    campaigns.close(mailboxes, by=referent)
    assert "elections@test.invalid" in client.get(results).text


def test_the_exported_tests_have_their_scenario_and_their_hours(client, mailboxes, mailbox, referent):
    mystery.record(mailboxes, sent(mailbox, SENT + timedelta(minutes=7), tester="Ain"))
    client.force_login(referent)
    campaigns.close(mailboxes, by=referent)

    def exported(part: str) -> list[list[str]]:
        answer = client.get(reverse("surveys:results-export", args=[mailboxes.code, part, "csv"]))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))

    head, row = exported("formulaires")
    assert head[3:9] == ["scenario", "a_joindre", "duree_s", "envoye_le", "reponse_le", "delai_min"]
    assert row[3:9] == [
        "Boîte des élections", "elections@test.invalid", "", "11/05/2022 à 09:00", "11/05/2022 à 09:07", "7",
    ]  # fmt: skip
    assert row[9] == "yes"  # a test singles out nobody: nothing is masked
    assert ["delai_min", "Délai entre les deux, en minutes"] in [line[:2] for line in exported("codes")]


def test_the_pages_cost_the_same_queries_whatever_was_sent(client, mailboxes, mailbox, referent):
    client.force_login(referent)
    pages = [reverse("surveys:tests", args=[mailboxes.code]), reverse("surveys:results", args=[mailboxes.code])]
    mystery.record(mailboxes, sent(mailbox, SENT))
    before = [query_count(client, page) for page in pages]
    for _ in range(2):
        mystery.record(mailboxes, sent(mailbox, SENT))
    assert [query_count(client, page) for page in pages] == before


def test_each_ready_grid_comes_with_its_scenario(client, mailboxes, referent):
    grids = Questionnaire.objects.filter(kind=Kind.MYSTERY).values_list("code", flat=True)
    assert {proposal_for(code).channel for code in grids} == set(TestChannel.values)
    assert set(grids) == set(PROPOSALS)
    assert proposal_for("mystere-appels-13").channel == TestChannel.CALL
    assert proposal_for("satisfaction") is None

    client.force_login(referent)
    address = reverse("surveys:scenario-create", args=[mailboxes.code])
    assert "attendre son accusé de réception" in client.get(address).text
    mystery.add_scenario(mailboxes, channel=TestChannel.EMAIL, title="Écrire", by=referent)
    assert "attendre son accusé de réception" not in client.get(address).text
