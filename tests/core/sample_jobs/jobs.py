"""The sample kinds. `trace` is a file to which each execution appends one line: a write that nothing undoes."""

import os
import signal
import time
from datetime import timedelta

from django.db import OperationalError, transaction

from core.base.errors import UserError
from core.jobs import JobContext, job_kind
from core.models import HolidayZone

MINE = "alice@demo.invalid"


def leave_trace(path: str, line: str) -> None:
    descriptor = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


@job_kind("sample_trace", label="Écrire une ligne")
def trace(job: JobContext, *, path: str) -> dict:
    leave_trace(path, str(job.job.pk))
    return {"written": 1}


@job_kind("sample_report", label="Bilan", visible_to=lambda user, job: user.email == MINE)
def report(job: JobContext, *, text: str = "contenu", url: str = "/travaux/") -> dict:
    job.progress(40, "Mise en page")
    job.attach("bilan 2020 – Aix.pdf", text.encode())
    return {"url": url, "message": "Le bilan est prêt."}


@job_kind("sample_step", label="Lecture", leads_on=True)
def step(job: JobContext, *, url: str = "/travaux/") -> dict:
    return {"url": url}


@job_kind("sample_slow", label="Long travail")
def slow(job: JobContext, *, path: str, seconds: float, zone: str = "") -> dict:
    """Leaves a trace at once, then works; what must exist once is written at the end."""
    leave_trace(path, f"{job.job.pk} essai {job.job.attempt}")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job.progress(50, "À mi-chemin")
        time.sleep(0.05)
    job.attach("resultat.txt", b"entier")
    if zone:
        job.on_done(lambda: HolidayZone.objects.create(code=zone, name=zone))
    return {"zone": zone}


@job_kind("sample_deaf", label="Travail sourd", time_limit=timedelta(seconds=2))
def deaf(job: JobContext, *, path: str) -> None:
    """Never looks whether it was stopped."""
    leave_trace(path, str(os.getpid()))
    time.sleep(60)


@job_kind("sample_refused", label="Travail refusé")
def refused(job: JobContext) -> None:
    raise UserError("Le site n’a aucune valeur pour 2020.")


@job_kind("sample_broken", label="Travail cassé")
def broken(job: JobContext) -> None:
    raise ZeroDivisionError("an internal detail")


@job_kind("sample_away", label="Base absente")
def away(job: JobContext) -> None:
    raise OperationalError("database is locked")


@job_kind("sample_crash", label="Travail qui tue son processus")
def crash(job: JobContext, *, path: str) -> None:
    leave_trace(path, str(job.job.attempt))
    os.kill(os.getpid(), signal.SIGSEGV)


@job_kind("sample_refused_at_end", label="Refus à la fin")
def refused_at_end(job: JobContext) -> None:
    job.attach("resultat.txt", b"entier")
    job.on_done(lambda: HolidayZone.objects.create(code="perdue", name="Perdue"))
    job.on_done(_refuse)


@job_kind("sample_stopped", label="Travail arrêté par un autre")
def stopped(job: JobContext) -> dict:
    from core.jobs import cancel

    cancel(job.job, by=None)
    job.progress(80, "Trop tard")
    return {"reached": True}


@job_kind("sample_long_transaction", label="Longue transaction")
def long_transaction(job: JobContext, *, seconds: float, zone: str) -> None:
    """Holds the only writer of SQLite longer than its lease."""
    with transaction.atomic():
        HolidayZone.objects.filter(code="absente").delete()
        time.sleep(seconds)
    job.on_done(lambda: HolidayZone.objects.create(code=zone, name=zone))


def _refuse() -> None:
    raise UserError("Cette édition existe déjà.")
