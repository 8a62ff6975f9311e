"""A job from its request to its end: once, whole, in plain French when it fails."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core import jobs
from core.base.enums import JobState
from core.base.errors import UserError
from core.jobs import leases, results, sweeping
from core.jobs.errors import EXHAUSTED, LeaseLost
from core.models import HolidayZone, Job
from tests.core.sample_jobs import jobs as sample
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
assert sample  # declares the kinds


def queued(kind="sample_report", **parameters) -> Job:
    return jobs.enqueue(kind, by=None, parameters=parameters)


def taken(job: Job, **options) -> leases.Claim:
    claim = leases.claim(job.pk, worker="test", **options)
    assert claim is not None
    return claim


def test_a_job_waits_with_its_requester_and_the_label_of_its_kind():
    user = UserFactory()

    job = jobs.enqueue("sample_report", by=user, parameters={"text": "a"})

    assert (job.state, job.label, job.requested_by, job.parameters, job.attempt) == (
        JobState.QUEUED,
        "Bilan",
        user,
        {"text": "a"},
        0,
    )


def test_a_kind_nobody_declared_is_a_programming_error():
    with pytest.raises(ValueError, match="no job of kind 'inconnu'"):
        jobs.enqueue("inconnu", by=None)


def test_the_same_key_gives_the_pending_job_and_a_new_one_once_it_is_over():
    first = jobs.enqueue("sample_report", by=None, key="bilan:13-aix:2020")
    assert jobs.enqueue("sample_report", by=None, key="bilan:13-aix:2020") == first

    jobs.run_now(first)

    assert jobs.enqueue("sample_report", by=None, key="bilan:13-aix:2020") != first


def test_without_key_each_request_is_a_job():
    assert queued() != queued()


def test_a_job_done_has_its_result_its_file_and_the_digest_of_the_file():
    job = jobs.run_now(queued(text="contenu"))

    assert (job.state, job.progress, job.step, job.error, job.attempt) == (JobState.DONE, 100, "", "", 1)
    assert job.result == {"url": "/travaux/", "message": "Le bilan est prêt."}
    with job.result_file.open("rb") as file:
        assert file.read() == b"contenu"
    assert job.result_name == "bilan 2020 – Aix.pdf"
    assert job.result_digest == hashlib.sha256(b"contenu").hexdigest()
    assert job.result_file.name.endswith(f"{job.uuid}-1.pdf")
    assert job.ended_at is not None
    assert job.lease_until is None


def test_a_file_is_attached_from_its_path_and_an_odd_name_gives_no_extension(tmp_path, settings):
    source = tmp_path / "source.bin"
    source.write_bytes(b"x" * (results.CHUNK + 1))
    file = results.ResultFile("rapport.p/df", stem="abc-1")

    file.write(source)
    file.promote()

    assert file.stored_name.endswith("/abc-1")
    assert (settings.MEDIA_ROOT / file.stored_name).read_bytes() == source.read_bytes()


def test_a_refusal_becomes_the_sentence_of_the_job():
    job = jobs.run_now(queued("sample_refused"))

    assert (job.state, job.error) == (JobState.FAILED, "Le site n’a aucune valeur pour 2020.")


def test_an_unexpected_error_gives_a_reference_and_its_details_go_to_the_log(caplog):
    job = jobs.run_now(queued("sample_broken"))

    reference = job.error.split("référence ")[1][:8]
    assert job.state == JobState.FAILED
    assert job.error == (
        f"Le travail a échoué pour une raison technique (référence {reference}). "
        "Recommencez ; si l’échec se répète, transmettez cette référence à l’administrateur technique."
    )
    assert f"job {job.pk} failed, reference {reference}" in caplog.text
    assert "ZeroDivisionError: an internal detail" in caplog.text


def test_a_job_refused_at_its_end_leaves_neither_row_nor_file(settings):
    job = jobs.run_now(queued("sample_refused_at_end"))

    assert (job.state, job.error, bool(job.result_file)) == (JobState.FAILED, "Cette édition existe déjà.", False)
    assert not HolidayZone.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_job_cancelled_while_it_runs_stops_at_its_next_step():
    job = jobs.run_now(queued("sample_stopped"))

    assert (job.state, job.result) == (JobState.CANCELLED, {})


def test_a_job_over_is_neither_cancelled_nor_run_again():
    job = jobs.run_now(queued())
    ended_at = job.ended_at

    assert jobs.cancel(job, by=None) is False
    assert jobs.run_now(job).ended_at == ended_at
    assert job.attempt == 1


def test_a_database_away_is_worth_another_attempt_a_little_later():
    with time_machine.travel(NOW, tick=False):
        job = jobs.run_now(queued("sample_away"))

        assert (job.state, job.attempt, job.not_before) == (JobState.QUEUED, 1, NOW + timedelta(seconds=5))
        assert leases.claim_next(worker="test") is None
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        assert leases.claim_next(worker="test") == leases.Claim(job.pk, 2)


def test_a_kind_that_went_away_with_an_older_version_fails_with_a_sentence():
    job = Job.objects.create(kind="ancien", label="Ancien")

    jobs.run_now(job)

    assert (job.state, job.error) == (
        JobState.FAILED,
        "Ce travail n’existe plus dans cette version de l’application.",
    )


def test_the_oldest_job_is_taken_first_and_by_one_worker():
    first, second = queued(), queued()

    claims = [leases.claim_next(worker=name) for name in ("a", "b", "c")]

    assert claims == [leases.Claim(first.pk, 1), leases.Claim(second.pk, 1), None]


def test_a_job_under_lease_is_not_taken_and_one_past_its_lease_is():
    job = queued()
    with time_machine.travel(NOW, tick=False):
        taken(job)
        assert leases.claim(job.pk, worker="other") is None
    with time_machine.travel(NOW + timedelta(seconds=41), tick=False):
        assert leases.claim(job.pk, worker="other") == leases.Claim(job.pk, 2)


def test_a_worker_that_wakes_up_late_changes_nothing():
    job = queued()
    with time_machine.travel(NOW, tick=False):
        late = taken(job)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        current = taken(job)
        assert leases.renew(late, progress=90, step="tardif") is False
        assert leases.fail(late, "tardif") is False
        with pytest.raises(LeaseLost):
            leases.finish(late, values={"result": {"from": "late"}}, inside=[HolidayZone.objects.create])
        leases.release(late)
        leases.finish(current, values={"result": {"from": "current"}})

    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (JobState.DONE, 2, {"from": "current"})
    assert not HolidayZone.objects.exists()


def test_a_job_whose_three_attempts_died_fails_with_a_sentence():
    job = queued()
    for attempt in range(3):
        with time_machine.travel(NOW + timedelta(minutes=attempt), tick=False):
            sweeping.beat("test")  # the worker lives on: its child died
            taken(job)
    with time_machine.travel(NOW + timedelta(minutes=3), tick=False):
        sweeping.beat("test")
        assert leases.claim_next(worker="test") is None
        sweeping.sweep()

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, EXHAUSTED.format(attempts=3))


def test_workers_that_a_deployment_ends_use_up_no_attempt():
    """Thirty times in all, so that a job that brings down the whole machine ends nevertheless."""
    job = queued()
    for attempt in range(30):
        with time_machine.travel(NOW + timedelta(minutes=attempt), tick=False):
            sweeping.sweep()
            taken(job)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.interruptions) == (JobState.RUNNING, 30, 29)

    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        sweeping.sweep()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_job_interrupted_after_its_faults_is_tried_again():
    job = queued()
    leases.release(taken(job))
    leases.release(taken(job))
    leases.release(taken(job), is_interruption=True)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.interruptions) == (JobState.QUEUED, 3, 1)


def test_a_job_handed_back_waits_again_until_its_attempts_are_used_up():
    job = queued()
    leases.release(taken(job))
    leases.release(taken(job))
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.QUEUED, 2)

    leases.release(taken(job))

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, EXHAUSTED.format(attempts=3))


def test_a_failed_job_is_asked_for_again_with_the_same_parameters():
    user = UserFactory()
    job = jobs.run_now(jobs.enqueue("sample_refused", by=None, label="Bilan 2020"))

    again = jobs.restart(job, by=user)

    assert (again.pk != job.pk, again.kind, again.label, again.requested_by, again.state) == (
        True,
        "sample_refused",
        "Bilan 2020",
        user,
        JobState.QUEUED,
    )


def test_a_job_done_is_not_asked_for_again():
    with pytest.raises(UserError, match="Seul un travail en échec ou abandonné"):
        jobs.restart(jobs.run_now(queued()), by=None)


def test_the_sweeper_removes_what_killed_workers_left_half_written(settings):
    parts = settings.MEDIA_ROOT / results.PARTS
    parts.mkdir(parents=True)
    (parts / "mort-1.part").write_bytes(b"moit")

    sweeping.sweep()
    assert (parts / "mort-1.part").exists()
    assert results.remove_stale_parts(datetime.now(UTC) + timedelta(days=2)) == 1
    assert not (parts / "mort-1.part").exists()
