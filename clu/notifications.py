"""Mails of the committees: the convocation, with its agenda, its event of a calendar and a link to answer."""

from django.urls import reverse

from clu.models import Attendance, Meeting
from core.jobs import notices
from core.models import Notice

CONVOCATION = "clu_convocation"
JOINED = "La convocation et l’événement d’agenda sont joints à ce message."


def notify_convocation(row: Attendance, *, meeting: Meeting) -> Notice | None:
    """Send the convocation to a person; None when it went already today, or without an address."""
    if not row.email:
        return None
    name = meeting.committee.name_on(meeting.held_on)
    hour = f" à {meeting.starts_at:%H h %M}" if meeting.starts_at else ""
    place = f"\nLieu : {meeting.place}" if meeting.place else ""
    agenda = "\n".join(f"- {item.title}" for item in meeting.items.all())
    return notices.send(
        CONVOCATION,
        to=row.email,
        key=str(row.pk),
        subject=f"Convocation : {meeting.title}",
        body=(
            f"Bonjour,\n\nVous êtes invité(e) à la réunion du {name} de « {meeting.committee.site} », "
            f"le {meeting.held_on:%d/%m/%Y}{hour}.{place}\n\nOrdre du jour :\n{agenda}\n\n"
            f"Pour dire si vous serez présent(e) : {answer_address(row)}\n\n{JOINED}"
        ),
    )


def answer_address(row: Attendance) -> str:
    """Where the person answers, without an account."""
    return notices.absolute(reverse("clu:answer", args=[row.token]))
