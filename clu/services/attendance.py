"""Attendance: who is invited, who answered, who came, typed or read from a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from clu.enums import Answer, Presence
from clu.models import Attendance, Mandate, Meeting
from core.base.errors import UserError
from core.importing.words import plain
from core.record import history
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

FIELDS = ("person", "organisation", "function", "email", "is_deputy", "answer", "presence", "comment")


@dataclass(frozen=True)
class Seen:
    """A person as a sheet tells it; `row` is the attendance it is about, None for a new one."""

    person: str
    organisation: str
    function: str
    presence: str
    comment: str = ""
    email: str = ""
    row: Attendance | None = None


def mandates_on(meeting: Meeting) -> list[Mandate]:
    """The mandates of the committee on the day of the meeting, in the order of the seats; those vacant left out."""
    found = []
    for member in meeting.committee.members.with_mandates():
        mandate = member.mandate_on(meeting.held_on)
        if mandate and (mandate.holder or mandate.deputy) and (mandate.ends_on or meeting.held_on) >= meeting.held_on:
            mandate.member = member
            found.append(mandate)
    return found


def mandate_for(mandates: Sequence[Mandate], person: str, organisation: str) -> tuple[Mandate | None, bool]:
    """(the mandate a person holds, whether as deputy): by name first, then nobody: a colleague is a guest."""
    name = bare_name(person)
    for mandate in mandates:
        if name and name == bare_name(mandate.holder):
            return mandate, False
        if name and name == bare_name(mandate.deputy):
            return mandate, True
    return None, False


def bare_name(name: str) -> str:
    """« Mme Martin (présidente) » and « MARTIN » are not one person, « Mme Anne MARTIN » and « Martin Anne » are."""
    words = plain(name.split("(", maxsplit=1)[0]).split()
    return " ".join(sorted(word for word in words if word not in CIVILITIES))


CIVILITIES = frozenset(["m", "mr", "mme", "mlle", "monsieur", "madame", "dr", "me", "maitre", "docteur", "mm", "mmes"])


@transaction.atomic
def invite_members(meeting: Meeting, *, by, reason: str = "") -> list[Attendance]:
    """Put every holder in office on the list of those expected; those already there stay as they are."""
    meeting = locked(meeting)
    known = set(meeting.attendances.exclude(mandate=None).values_list("mandate_id", flat=True))
    rows = list(meeting.attendances.all())
    names = {(plain(row.person), plain(row.organisation)) for row in rows}
    added: list[Attendance] = []
    for mandate in mandates_on(meeting):
        person = mandate.holder or mandate.deputy
        if mandate.pk in known or (plain(person), plain(mandate.member.organisation)) in names:
            continue
        added.append(
            Attendance(
                meeting=meeting,
                mandate=mandate,
                person=person,
                organisation=mandate.member.organisation,
                function=mandate.function,
                email=mandate.email if mandate.holder else mandate.deputy_email,
                is_deputy=not mandate.holder,
                position=len(rows) + len(added) + 1,
            )
        )
    return history.bulk_create(added, by=by, reason=reason)


@transaction.atomic
def add_guest(
    meeting: Meeting, *, by, person: str = "", organisation: str = "", reason: str = "", **fields
) -> Attendance:
    """Somebody without mandate, or a second person of an organisation."""
    row = Attendance(meeting=meeting, person=person.strip(), organisation=organisation.strip())
    set_fields(row, fields, FIELDS)
    row.position = meeting.attendances.count() + 1
    row.mandate, row.is_deputy = mandate_for(mandates_on(meeting), row.person, row.organisation)
    _check(row)
    history.save(row, by=by, reason=reason)
    return row


@transaction.atomic
def change(row: Attendance, *, by, reason: str = "", **fields) -> Attendance:
    fresh = locked(row)
    set_fields(fresh, fields, FIELDS)
    _check(fresh)
    Deed(by, reason).save(fresh)
    return brought_up_to_date(row, fresh)


def note(row: Attendance, *, presence: str, by) -> Attendance:
    """Say that a person is present, excused or absent."""
    if presence not in Presence.values:
        raise UserError("Choisissez présent, excusé ou absent.", field="presence")
    return change(row, presence=presence, by=by)


@transaction.atomic
def sign(row: Attendance, *, by) -> Attendance:
    """A person signs on the tablet: present, at that instant."""
    fresh = locked(row)
    if fresh.signed_at is None:
        fresh.presence, fresh.signed_at = Presence.PRESENT, timezone.now()
        Deed(by, "Signature sur la tablette").save(fresh)
    return brought_up_to_date(row, fresh)


@transaction.atomic
def answer(row: Attendance, *, answer: str, by=None) -> Attendance:
    """What a person invited says before the meeting, by the link of the convocation or by telephone."""
    if answer not in (Answer.COMING, Answer.EXCUSED):
        raise UserError("Choisissez « Je serai présent » ou « Je vous prie de m’excuser ».", field="answer")
    fresh = locked(row)
    fresh.answer, fresh.answered_at = answer, timezone.now()
    Deed(by, "Réponse à la convocation").save(fresh)
    return brought_up_to_date(row, fresh)


@transaction.atomic
def remove(row: Attendance, *, by, reason: str = "") -> None:
    history.delete(row, by=by, reason=reason)


@transaction.atomic
def record(meeting: Meeting, seen: Sequence[Seen], *, by, reason: str = "") -> None:
    """Write a sheet: the persons it names are created or brought up to date, the others stay as they are."""
    mandates = mandates_on(meeting)
    last = meeting.attendances.count()
    created: list[Attendance] = []
    changed: list[Attendance] = []
    for one in seen:
        row = one.row or Attendance(meeting=meeting, person=one.person, organisation=one.organisation)
        row.presence = one.presence
        row.function, row.comment = one.function or row.function, one.comment or row.comment
        row.email = one.email or row.email
        if one.row:
            changed.append(row)
            continue
        row.mandate, row.is_deputy = mandate_for(mandates, row.person, row.organisation)
        row.position = last + len(created) + 1
        created.append(row)
    history.bulk_create(created, by=by, reason=reason)
    history.bulk_update(changed, ["presence", "function", "comment", "email"], by=by, reason=reason)


def _check(row: Attendance) -> None:
    if not row.person and not row.organisation:
        raise UserError("Écrivez le nom de la personne, ou au moins son organisme.", field="person")
    same = Attendance.objects.filter(meeting=row.meeting_id, person=row.person, organisation=row.organisation)
    if row.person and same.exclude(pk=row.pk).exists():
        raise UserError("Cette personne est déjà sur la liste.", field="person")
