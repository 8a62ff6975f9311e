"""Real worker processes, killed at bad moments: no job lost, no result doubled."""

import os
import signal
from collections import Counter

from django.utils import timezone

from core import jobs
from core.base.enums import JobState
from core.jobs.errors import EXHAUSTED
from core.models import HolidayZone, Job, WorkerBeat
from tests.core.sample_jobs import jobs as sample

assert sample  # declares the kinds


def lines(path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def state_of(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def test_200_jobs_and_3_workers_run_each_job_once(work, wait_for, tmp_path):
    trace = tmp_path / "trace"
    asked = [jobs.enqueue("sample_trace", by=None, parameters={"path": str(trace)}) for _ in range(200)]

    for process in [work("--once") for _ in range(3)]:
        assert process.wait(timeout=120) == 0

    assert Counter(lines(trace)) == Counter({str(job.pk): 1 for job in asked})
    assert Counter(Job.objects.values_list("state", "attempt")) == Counter({(JobState.DONE, 1): 200})


def test_a_worker_killed_in_the_middle_has_its_job_taken_up_and_the_result_appears_once(work, wait_for, tmp_path):
    trace = tmp_path / "trace"
    job = jobs.enqueue("sample_slow", by=None, parameters={"path": str(trace), "seconds": 1.5, "zone": "ecrite"})
    first = work()
    wait_for(lambda: lines(trace))

    first.kill()
    killed_at = timezone.now()
    work()
    wait_for(lambda: state_of(job) == JobState.DONE)

    job.refresh_from_db()
    assert lines(trace) == [f"{job.pk} essai 1", f"{job.pk} essai 2"]
    assert (job.attempt, job.result) == (2, {"zone": "ecrite"})
    assert (job.started_at - killed_at).total_seconds() < 15  # a worker of ours starts, on a busy machine
    assert HolidayZone.objects.filter(code="ecrite").count() == 1
    with job.result_file.open("rb") as file:
        assert file.read() == b"entier"


def test_a_child_dies_with_its_worker(work, wait_for, tmp_path):
    trace = tmp_path / "trace"
    jobs.enqueue("sample_deaf", by=None, parameters={"path": str(trace)})
    worker = work()
    child = int(wait_for(lambda: lines(trace))[0])

    worker.kill()
    worker.wait()

    wait_for(lambda: not _is_alive(child), seconds=5)


def test_a_child_that_crashes_is_tried_three_times_at_once_then_fails(work, tmp_path):
    trace = tmp_path / "trace"
    job = jobs.enqueue("sample_crash", by=None, parameters={"path": str(trace)})

    assert work("--once").wait(timeout=60) == 0

    job.refresh_from_db()
    assert lines(trace) == ["1", "2", "3"]
    assert (job.state, job.error) == (JobState.FAILED, EXHAUSTED.format(attempts=3))


def test_a_worker_asked_to_stop_ends_its_job_first(work, wait_for, tmp_path):
    trace = tmp_path / "trace"
    job = jobs.enqueue("sample_slow", by=None, parameters={"path": str(trace), "seconds": 1})
    other = jobs.enqueue("sample_slow", by=None, parameters={"path": str(trace), "seconds": 1})
    worker = work()
    wait_for(lambda: lines(trace))

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=20) == 0
    assert (state_of(job), state_of(other)) == (JobState.DONE, JobState.QUEUED)


def test_a_worker_asked_to_stop_hands_back_a_job_too_long_for_the_grace(work, wait_for, tmp_path):
    trace = tmp_path / "trace"
    job = jobs.enqueue("sample_slow", by=None, parameters={"path": str(trace), "seconds": 30})
    worker = work("--grace", "0.2")
    wait_for(lambda: lines(trace))

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=10) == 0
    assert state_of(job) == JobState.QUEUED


def test_a_job_past_its_time_limit_is_stopped_with_a_sentence(work, wait_for, tmp_path):
    job = jobs.enqueue("sample_deaf", by=None, parameters={"path": str(tmp_path / "trace")})

    work()
    wait_for(lambda: state_of(job) == JobState.FAILED)

    job.refresh_from_db()
    assert job.error == "Le travail a dépassé le temps permis (2 secondes) et a été arrêté."


def test_progress_is_seen_and_a_cancel_is_heard_from_another_process(work, wait_for, tmp_path):
    trace = tmp_path / "trace"
    job = jobs.enqueue("sample_slow", by=None, parameters={"path": str(trace), "seconds": 60})
    after = jobs.enqueue("sample_trace", by=None, parameters={"path": str(trace)})
    work()
    wait_for(lambda: Job.objects.filter(pk=job.pk, progress=50, step="À mi-chemin").exists())

    assert jobs.cancel(job, by=None) is True

    wait_for(lambda: state_of(after) == JobState.DONE, seconds=10)
    job.refresh_from_db()
    assert (job.state, job.result, bool(job.result_file)) == (JobState.CANCELLED, {}, False)


def test_a_transaction_longer_than_the_lease_still_gives_one_result(work, wait_for):
    job = jobs.enqueue("sample_long_transaction", by=None, parameters={"seconds": 5, "zone": "longue"})
    work()
    work()

    wait_for(lambda: state_of(job) == JobState.DONE, seconds=40)

    assert HolidayZone.objects.filter(code="longue").count() == 1


def test_a_worker_gives_a_sign_of_life(work, wait_for):
    worker = work()

    wait_for(lambda: WorkerBeat.objects.filter(name__endswith=f":{worker.pid}").exists())


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"
