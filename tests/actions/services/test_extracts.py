"""A dated file can be verified later: what it says is what the history still says."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection, transaction

from actions import as_of
from actions.models import PlanExtract
from actions.services import actions, extracts, findings, plans
from actions.services.extracts import ExtractOutcome
from core.base.errors import UserError
from core.record import history, triggers
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db
DAY = date(2016, 10, 7)
WRITTEN = datetime(2016, 10, 7, 10, tzinfo=UTC)


def write(state, produced_at) -> bytes:
    return f"{as_of.digest(state)} {produced_at:%d/%m/%Y}".encode()


@pytest.fixture
def taken(site, rq):
    """A plan taken over from a document of 7 October 2016."""
    plan = plans.create_plan(site=site, title="Audit", origin="internal_audit", by=rq, effective_at=WRITTEN)
    finding = findings.add_finding(plan, text="Constat", by=rq, effective_at=WRITTEN)
    return actions.add_action(finding, text="Action", by=rq, effective_at=WRITTEN)


@pytest.fixture
def produced(site, rq, taken):
    return extracts.produce(site, on=DAY, format="pdf", write=write, by=rq)


def test_an_extract_keeps_the_digests_of_the_state_and_of_the_file(site, rq, produced):
    extract, content = produced
    stored = PlanExtract.objects.get()
    assert stored == extract
    assert (stored.site, stored.plan, stored.stood_on, stored.format, stored.created_by) == (site, None, DAY, "pdf", rq)
    assert content.decode().split()[0] == stored.state_digest


@pytest.mark.parametrize(
    "given",
    [
        lambda extract, content: content,
        lambda extract, content: ContentFile(content),
        lambda extract, content: extract.state_digest,
        lambda extract, content: f" {extract.file_digest[:32].upper()} {extract.file_digest[32:]}\n",
    ],
    ids=["bytes", "file", "digest of the state", "digest of the file, as typed"],
)
def test_a_file_or_its_digest_is_recognised(produced, given):
    verdict = extracts.verify(given(*produced))
    assert (verdict.outcome, verdict.extracts) == (ExtractOutcome.GENUINE, (produced[0],))
    assert verdict.is_genuine
    assert verdict.words == "Authentique : l’historique donne toujours cet état."


def test_a_file_changed_by_one_byte_is_unknown(produced):
    verdict = extracts.verify(produced[1] + b" ")
    assert (verdict.outcome, verdict.extracts, verdict.is_genuine) == (ExtractOutcome.UNKNOWN, (), False)


def test_later_changes_do_not_make_a_file_false(rq, taken, produced):
    actions.change_action(taken, comment="Plus tard", by=rq)
    assert extracts.verify(produced[1]).outcome == ExtractOutcome.GENUINE


def test_the_extract_of_today_stays_true_when_the_day_goes_on(site, rq, taken):
    _, content = extracts.produce(site, on=datetime.now(tz=UTC).date(), format="xlsx", write=write, by=rq)
    actions.change_action(taken, comment="Une heure après", by=rq)
    site.name = "Un autre nom"
    history.save(site, by=rq)
    assert extracts.verify(content).outcome == ExtractOutcome.COMPLETED


def test_what_a_document_tells_later_of_that_day_is_said_to_complete_it(rq, taken, produced):
    finding = taken.finding
    actions.add_action(finding, text="Oubliée", by=rq, effective_at=WRITTEN + timedelta(hours=1))
    verdict = extracts.verify(produced[1])
    assert (verdict.outcome, verdict.is_genuine) == (ExtractOutcome.COMPLETED, True)


@pytest.mark.usefixtures("past_the_services")
def test_a_history_written_over_is_found_out(taken, produced):
    connection.check_constraints()  # those left for the end of the transaction: PostgreSQL alters no such table
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute("UPDATE actions_historicalaction SET status = 'done'")
    verdict = extracts.verify(produced[1])
    assert (verdict.outcome, verdict.is_genuine) == (ExtractOutcome.BROKEN, False)


def test_a_change_being_saved_when_the_state_was_read_begins_the_file_again(site, rq, taken):
    late = iter([True])

    def write_while_another_saves(state, produced_at) -> bytes:
        if next(late, False):
            with time_machine.travel(produced_at, tick=False):
                actions.change_action(taken, comment="Enregistré au même instant", by=rq, effective_at=WRITTEN)
        return write(state, produced_at)

    extract, content = extracts.produce(site, on=DAY, format="pdf", write=write_while_another_saves, by=rq)
    assert content.decode().split()[0] == extract.state_digest
    assert extracts.verify(content).outcome == ExtractOutcome.GENUINE


def test_one_plan_alone_is_extracted_and_verified_even_once_removed(site, rq, taken):
    plan = taken.finding.plan
    plans.create_plan(site=site, title="Autre", origin="clu", by=rq, effective_at=WRITTEN)
    extract, content = extracts.produce(site, on=DAY, format="pdf", write=write, by=rq, plan=plan)
    plans.remove_plan(plan, reason="Doublon", by=rq)
    assert extract.plan_id is not None
    assert extracts.verify(content).outcome == ExtractOutcome.GENUINE


def test_a_person_verifies_among_what_they_see(produced):
    elsewhere = PlanExtract.objects.filter(site=SousPrefectureFactory())
    assert extracts.verify(produced[1], among=elsewhere).outcome == ExtractOutcome.UNKNOWN


def test_a_day_to_come_has_no_state(site, rq):
    with time_machine.travel("2016-10-07T23:30:00+02:00"), pytest.raises(UserError, match="n’est pas encore venu"):
        extracts.produce(site, on=date(2016, 10, 8), format="pdf", write=write, by=rq)


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64])
def test_what_is_no_digest_is_refused_in_one_sentence(typed):
    with pytest.raises(UserError, match="64 chiffres ou lettres"):
        extracts.verify(typed)


@pytest.mark.parametrize("rewrite", [lambda e: PlanExtract.objects.update(stood_on=DAY), lambda e: e.delete()])
def test_an_extract_is_neither_changed_nor_deleted(produced, rewrite):
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        rewrite(produced[0])
