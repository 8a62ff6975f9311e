"""The files joined to a convocation, made as the message leaves: the convocation and the event of a calendar."""

from collections.abc import Iterable

from django.utils import timezone

from clu.models import Attendance
from clu.notifications import CONVOCATION, JOINED, answer_address
from clu.printing import documents
from clu.printing.agenda import ics
from clu.printing.document import pdf
from core.jobs import notices
from core.models import Notice


def register() -> None:
    notices.attachers[CONVOCATION] = notices.Attacher(files_of, JOINED)


def files_of(notice: Notice) -> Iterable[notices.File]:
    """Nothing for somebody who is not invited any more."""
    row = Attendance.objects.filter(pk=notice.key).select_related("meeting__committee__site").first()
    if row is None:
        return
    meeting = row.meeting
    stem = f"convocation-{meeting.kind}-{meeting.held_on:%Y-%m-%d}"
    yield f"{stem}.pdf", pdf(documents.convocation(meeting, today=timezone.localdate())), "application/pdf"
    yield f"{stem}.ics", ics(meeting, address=answer_address(row)), "text/calendar"
