"""Posters and decks: produced by a job, kept with the digest of what they show, told out of date when it changes."""

import hashlib
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.errors import UserError
from core.jobs import JobContext
from core.models import Job
from organisations.models import User
from surveys.enums import CampaignState, PublicationKind
from surveys.models import Campaign, Publication
from surveys.publications import Content, content_of, posters, slides

JOB_KIND = "publish_results"
EXTENSIONS = {
    PublicationKind.POSTER_A3: "pdf",
    PublicationKind.POSTER_A4: "pdf",
    PublicationKind.SLIDES_PPTX: "pptx",
    PublicationKind.SLIDES_ODP: "odp",
}


@transaction.atomic
def request(campaign: Campaign, *, kind: str, by: User) -> Job:
    """Ask for a poster or a deck; the same one twice is asked for once. UserError while the campaign is not closed."""
    refuse_unclosed(campaign)
    label = PublicationKind(kind).label
    return jobs.enqueue(
        JOB_KIND,
        by=by,
        label=f"{label} – {campaign.title}"[:200],
        parameters={"campaign_id": campaign.pk, "kind": str(kind)},
        key=f"{JOB_KIND}:{campaign.pk}:{kind}",
    )


def refuse_unclosed(campaign: Campaign) -> None:
    """Nothing is published of a campaign that still takes forms."""
    if campaign.state != CampaignState.CLOSED:
        raise UserError("Clôturez la campagne avant d’en publier les résultats.")


def render(content: Content, kind: str, *, today: date) -> bytes:
    """The file of that kind."""
    match PublicationKind(kind):
        case PublicationKind.SLIDES_PPTX:
            return slides.pptx(slides.outline(content, today=today))
        case PublicationKind.SLIDES_ODP:
            return slides.odp(slides.outline(content, today=today))
        case _:
            return posters.poster_pdf(content, kind, today=today)[0]


def file_name(campaign: Campaign, kind: str) -> str:
    """« affiche-a4-enquete-2021.pdf »."""
    stem = PublicationKind(kind).value.replace("poster", "affiche").replace("slides", "diaporama").replace("_", "-")
    return f"{stem}-{campaign.code}.{EXTENSIONS[PublicationKind(kind)]}"


def produce(campaign: Campaign, *, kind: str, job: JobContext) -> None:
    """Render, and keep the publication in the transaction that marks the job done."""
    content = content_of(campaign)
    job.progress(30, "Mise en page")
    data = render(content, kind, today=timezone.localdate())
    job.attach(file_name(campaign, kind), data)
    job.on_done(lambda: keep(campaign, kind=kind, content=content, data=data, by=job.requested_by, job=job.job))


@transaction.atomic
def keep(
    campaign: Campaign, *, kind: str, content: Content, data: bytes, by: User | None, job: Job | None = None
) -> Publication:
    """Keep a publication as it was produced; its row is sealed."""
    name = file_name(campaign, kind)
    return Publication.objects.create(
        campaign=campaign,
        kind=kind,
        file=ContentFile(data, name=name),
        name=name,
        shown_digest=content.digest,
        file_digest=hashlib.sha256(data).hexdigest(),
        created_by=by,
        job=job,
    )


def latest(campaign: Campaign) -> dict[str, Publication]:
    """The newest publication of each kind, in one query."""
    found: dict[str, Publication] = {}
    for row in Publication.objects.filter(campaign=campaign).select_related("created_by").order_by("created_at", "pk"):
        found[row.kind] = row
    return found
