"""Minutes: drafted, written, validated. A meeting that has not been held has none."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from clu.models import Meeting
from clu.rules.minutes import Recorded, draft
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked


@transaction.atomic
def write_draft(meeting: Meeting, *, by, reason: str = "") -> Meeting:
    """Draft the minutes again from what was recorded; what a person wrote since is in the history."""
    row = locked(meeting, "committee__site")
    _refuse_before(row)
    row.minutes = draft(recorded(row))
    Deed(by, reason or "Projet rédigé d’après les notes de séance").save(row)
    return brought_up_to_date(meeting, row)


@transaction.atomic
def write(meeting: Meeting, *, minutes: str, by, reason: str = "") -> Meeting:
    """Save the text of the draft."""
    row = locked(meeting)
    _refuse_before(row)
    row.minutes = minutes.replace("\r\n", "\n").strip() + "\n" if minutes.strip() else ""
    Deed(by, reason).save(row)
    return brought_up_to_date(meeting, row)


@transaction.atomic
def validate(meeting: Meeting, *, by, on: date | None = None, reason: str = "") -> Meeting:
    """Make the draft the minutes of the meeting. UserError without a draft, or before the meeting."""
    row = locked(meeting)
    _refuse_before(row)
    day = on or timezone.localdate()
    if day < row.held_on:
        raise UserError(
            f"Le compte rendu ne peut pas être validé le {day:%d/%m/%Y}, avant la réunion du {row.held_on:%d/%m/%Y}.",
            field="on",
        )
    if not row.minutes.strip():
        raise UserError("Rédigez d’abord le projet de compte rendu.", field="minutes")
    row.validated_minutes, row.validated_on, row.validated_by = row.minutes, day, by
    Deed(by, reason or "Compte rendu validé").save(row)
    return brought_up_to_date(meeting, row)


def recorded(meeting: Meeting) -> Recorded:
    """All that was recorded of a meeting, in five queries."""
    return Recorded(
        meeting,
        list(meeting.attendances.select_related("mandate__member")),
        list(meeting.items.all()),
        list(meeting.notes.select_related("item")),
        list(meeting.opinions.all()),
    )


def _refuse_before(meeting: Meeting) -> None:
    if meeting.held_on > timezone.localdate():
        raise UserError(
            f"La réunion se tient le {meeting.held_on:%d/%m/%Y} : son compte rendu s’écrit après.", field="minutes"
        )
