"""Posters and decks: produced by a job, kept with the digest of what they show, told out of date when it changes."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from core import jobs
from core.base.errors import UserError
from core.models import Job
from organisations.models import User
from surveys.enums import CampaignState, PublicationKind
from surveys.models import Campaign, Publication

JOB_KIND = "publish_results"
EXTENSIONS = {
    PublicationKind.POSTER_A3: "pdf",
    PublicationKind.POSTER_A4: "pdf",
    PublicationKind.SLIDES_PPTX: "pptx",
    PublicationKind.SLIDES_ODP: "odp",
    PublicationKind.SLIDES_PDF: "pdf",
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


def file_name(campaign: Campaign, kind: str) -> str:
    """« affiche-a4-enquete-2021.pdf »."""
    stem = PublicationKind(kind).value.replace("poster", "affiche").replace("slides", "diaporama").replace("_", "-")
    return f"{stem}-{campaign.code}.{EXTENSIONS[PublicationKind(kind)]}"


@transaction.atomic
def keep(
    campaign: Campaign, *, kind: str, data: bytes, shown_digest: str, by: User | None, job: Job | None = None
) -> Publication:
    """Keep a publication as it was produced, with the digest of what it shows; its row is sealed."""
    name = file_name(campaign, kind)
    return Publication.objects.create(
        campaign=campaign,
        kind=kind,
        file=ContentFile(data, name=name),
        name=name,
        shown_digest=shown_digest,
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
