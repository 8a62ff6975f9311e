"""Courses, sessions and enrolments: who is enrolled, selected, present or absent, and what shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from actions.rules import proof_files
from core.base.digests import digest_of_file
from core.base.errors import UserError
from core.base.words import counted
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit
from training import notifications
from training.enums import AWAITED, HELD, Attendance
from training.models import Agent, Course, Enrolment, Session, SessionTheme, TrainingTheme
from training.rules.names import name_key

MEGABYTE = 1024 * 1024
COURSE_FIELDS = ("name", "provider", "checked_on", "comment")
SESSION_FIELDS = ("starts_on", "ends_on", "place", "seats", "comment")


@transaction.atomic
def add_course(
    *,
    unit: Unit,
    name: str,
    by,
    provider: str = "",
    checked_on: date | None = None,
    comment: str = "",
    reason: str = "",
) -> Course:
    """A course of the catalogue of a site."""
    if not name.strip():
        raise UserError("Donnez l’intitulé de la formation.", field="name")
    if Course.objects.filter(unit=unit, name__iexact=name.strip()).exists():
        raise UserError(f"« {name.strip()} » est déjà au catalogue.", field="name")
    course = Course(unit=unit, name=name.strip(), provider=provider, checked_on=checked_on, comment=comment)
    history.save(course, by=by, reason=reason)
    return course


@transaction.atomic
def change_course(course: Course, *, by, reason: str = "", **fields) -> Course:
    """Correct a course, or say that its entry was checked."""
    course = locked(course)
    set_fields(course, fields, COURSE_FIELDS)
    history.save(course, by=by, reason=reason)
    return course


@transaction.atomic
def plan(
    course: Course,
    *,
    starts_on: date,
    themes: Iterable[TrainingTheme],
    by,
    ends_on: date | None = None,
    place: str = "",
    seats: int | None = None,
    comment: str = "",
    reason: str = "",
) -> Session:
    """A session of a course, with the themes for which it counts."""
    session = Session(
        unit=course.unit,
        course=course,
        starts_on=starts_on,
        ends_on=ends_on or starts_on,
        place=place,
        seats=seats,
        comment=comment,
    )
    _check(session)
    history.save(session, by=by, reason=reason)
    history.bulk_create([SessionTheme(session=session, theme=theme) for theme in themes], by=by, reason=reason)
    return session


@transaction.atomic
def change(session: Session, *, by, themes: Iterable[TrainingTheme] | None = None, reason: str = "", **fields):
    """Move a session, change its seats or the themes for which it counts."""
    session = locked(session, "course")
    set_fields(session, fields, SESSION_FIELDS)
    _check(session)
    history.save(session, by=by, reason=reason)
    if themes is not None:
        wanted = {theme.pk: theme for theme in themes}
        held = {row.theme_id: row for row in session.covered.all()}
        history.bulk_delete([row for key, row in held.items() if key not in wanted], by=by, reason=reason)
        new = [SessionTheme(session=session, theme=theme) for key, theme in wanted.items() if key not in held]
        history.bulk_create(new, by=by, reason=reason)
    return session


@transaction.atomic
def enrol(session: Session, *, agents: Iterable[Agent], by, reason: str = "") -> list[Enrolment]:
    """Enrol agents; those already in the session are left as they are."""
    session = locked(session, "course")
    known = set(session.enrolments.values_list("agent_id", flat=True))
    new = [Enrolment(session=session, agent=agent) for agent in agents if agent.pk not in known]
    _check_seats(session, more=len(new))
    return history.bulk_create(new, by=by, reason=reason or "Inscription")


@transaction.atomic
def mark(enrolment: Enrolment, *, state: str, by, reason: str = "") -> Enrolment:
    """Say where an enrolment stands. Presence counts for every theme of the session; undone, it counts no more."""
    session = locked(enrolment.session, "course")
    enrolment = locked(enrolment, "agent")
    if state in (Attendance.PRESENT, Attendance.ABSENT) and session.starts_on > timezone.localdate():
        raise UserError(
            f"La session commence le {session.starts_on:%d/%m/%Y} : la présence se dit une fois qu’elle a lieu.",
            field="state",
        )
    if state in HELD and enrolment.state not in HELD:
        _check_seats(session, more=1)
    enrolment.state = state
    history.save(enrolment, by=by, reason=reason)
    return enrolment


def undo_presence(enrolment: Enrolment, *, by, reason: str = "") -> Enrolment:
    """Take a presence back: the enrolment stands where it last stood before."""
    before = history.records_of(enrolment).filter(state__in=AWAITED).values_list("state", flat=True).first()
    return mark(enrolment, state=before or Attendance.SELECTED, by=by, reason=reason)


@dataclass(frozen=True)
class Convened:
    """How many agents are awaited at a session, and how many of them have an address."""

    awaited: int
    written_to: int

    @property
    def words(self) -> str:
        told = f"{counted(self.written_to, 'agent convoqué', 'agents convoqués')} par courriel"
        without = self.awaited - self.written_to
        return f"{told} ; {without} sans adresse : prévenez leur chef de service." if without else f"{told}."


@transaction.atomic
def convene(session: Session, *, by, reason: str = "") -> Convened:
    """Write to those enrolled or selected, once a day at most each; those enrolled are selected by it."""
    session = locked(session, "course")
    if session.starts_on < timezone.localdate():
        raise UserError("Cette session a commencé : il n’y a plus à y convoquer.")
    rows = list(session.enrolments.filter(state__in=AWAITED).select_related("agent").order_by("pk"))
    if not rows:
        raise UserError("Personne n’est à convoquer : inscrivez d’abord des agents.")
    registered = [row for row in rows if row.state == Attendance.REGISTERED]
    for row in registered:
        row.state = Attendance.SELECTED
    history.bulk_update(registered, ["state"], by=by, reason=reason or "Convocation")
    for row in rows:
        notifications.notify_convocation(row, session=session)
    return Convened(len(rows), sum(1 for row in rows if row.agent.email))


@transaction.atomic
def sign_sheet(session: Session, *, present: Iterable[Enrolment], by, reason: str = "Feuille d’émargement") -> int:
    """Turn the sign-in sheet into presences in one act: those enrolled who did not sign were absent."""
    session = locked(session, "course")
    if session.starts_on > timezone.localdate():
        raise UserError(f"La session commence le {session.starts_on:%d/%m/%Y} : la feuille se signe ce jour-là.")
    signed = {row.pk for row in present}
    rows = list(session.enrolments.filter(state__in=(*HELD, Attendance.ABSENT)).order_by("pk"))
    moved = []
    for row in rows:
        state = Attendance.PRESENT if row.pk in signed else Attendance.ABSENT
        if row.state != state:
            row.state = state
            moved.append(row)
    history.bulk_update(moved, ["state"], by=by, reason=reason)
    return len(signed)


@transaction.atomic
def attach_certificate(enrolment: Enrolment, *, certificate, by, name: str = "", reason: str = "") -> Enrolment:
    """Keep the certificate of somebody present. `name` is the one written on it, when it is known."""
    enrolment = locked(enrolment, "agent", "session__course")
    if enrolment.state != Attendance.PRESENT:
        raise UserError("Une attestation se joint à une présence : marquez d’abord l’agent présent.")
    agent = enrolment.agent
    if name.strip() and name_key(name) != agent.name_key:
        raise UserError(f"Cette attestation est au nom de « {name.strip()} », pas de « {agent} ».", field="name")
    _refuse_unsafe(certificate)
    digest = digest_of_file(certificate)
    other = Enrolment.objects.filter(certificate_digest=digest).exclude(agent=agent).first()
    if other is not None:
        raise UserError("Ce fichier est déjà l’attestation d’un autre agent.", field="certificate")
    enrolment.certificate_digest = digest
    enrolment.certificate_name = proof_files.safe_name(str(certificate.name))
    suffix = PurePath(enrolment.certificate_name).suffix
    enrolment.certificate = File(certificate, name=f"{digest[:20]}{suffix}")  # the history keeps it: it names nobody
    history.save(enrolment, by=by, reason=reason or "Attestation jointe")
    return enrolment


def _refuse_unsafe(certificate) -> None:
    """UserError on a file too big, or of a kind that is not kept, as for the proofs of an action."""
    file_name = proof_files.safe_name(certificate.name or "")
    if certificate.size > settings.UPLOAD_MAX_BYTES:
        raise UserError(f"« {file_name} » dépasse {settings.UPLOAD_MAX_BYTES // MEGABYTE} Mo.", field="certificate")
    try:
        proof_files.refuse_unsafe(file_name, certificate)
    except UserError as error:
        raise UserError(error.message, field="certificate") from error


def _check(session: Session) -> None:
    if session.ends_on < session.starts_on:
        raise UserError(
            f"La fin ({session.ends_on:%d/%m/%Y}) précède le début ({session.starts_on:%d/%m/%Y}).", field="ends_on"
        )
    if session.pk:
        _check_seats(session)


def _check_seats(session: Session, *, more: int = 0) -> None:
    taken = session.enrolments.filter(state__in=HELD).count() if session.pk else 0
    if session.seats is not None and taken + more > session.seats:
        raise UserError(
            f"« {session} » a {counted(session.seats, 'place')} : {taken + more} agents seraient inscrits.",
            field="seats",
        )
