"""Background work of the committees."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from clu.models import Meeting
from clu.printing import document, documents
from clu.publications import deck_of, file_name
from clu.services.documents import DECKS, JOB_KIND, ODT, kinds
from core.jobs import JobContext, job_kind
from core.pages import decks
from organisations.permissions import Permission

_sees = Meeting.scope.for_job("meeting_id", Permission.COMMITTEE_VIEW)


@job_kind(JOB_KIND, label="Document d’une réunion", visible_to=_sees, may_restart=_sees, may_open=_sees)
def make_document(job: JobContext, *, meeting_id: int, kind: str) -> dict | None:
    """Produce a document or the deck of a meeting, from its data as they stand."""
    meeting = Meeting.objects.for_list().filter(pk=meeting_id).first()
    if meeting is None or kind not in kinds():
        return None
    job.progress(30, "Mise en page")
    job.attach(*produced(meeting, kind, today=timezone.localdate()))
    return {"url": reverse("clu:meeting", args=[meeting.pk]), "message": f"{kinds()[kind]} : le document est prêt."}


def produced(meeting: Meeting, kind: str, *, today: date) -> tuple[str, bytes]:
    """(name, content) of a document."""
    extension = kind.removeprefix("diaporama-")
    if kind.startswith("diaporama-") and extension in DECKS:
        return file_name(meeting, extension), decks.FORMATS[extension](deck_of(meeting, today=today).slides)
    stem = f"{kind.removesuffix('-odt')}-{meeting.kind}-{meeting.held_on:%Y-%m-%d}"
    _label, build = documents.DOCUMENTS[kind.removesuffix("-odt")]
    said = build(meeting, today=today)
    return (f"{stem}.odt", document.odt(said)) if kind == ODT else (f"{stem}.pdf", document.pdf(said))
