"""Background work of the surveys."""

from django.urls import reverse
from django.utils import timezone

from core.jobs import JobContext, job_kind
from organisations.permissions import Permission
from surveys.models import Campaign, CollectionPoint
from surveys.printing import documents
from surveys.publications.files import render
from surveys.publications.years import compared
from surveys.services import printing, public_editions, publications

_runs = Campaign.scope.for_job("campaign_id", Permission.SURVEY_EDIT)
# the address of a point is for those who collect
_collects = Campaign.scope.for_job("campaign_id", Permission.SURVEY_ENTER)
_collects_at = CollectionPoint.scope.for_job("point_id", Permission.SURVEY_ENTER)


@job_kind(publications.JOB_KIND, label="Affiche ou diaporama d’enquête", visible_to=_runs, may_restart=_runs)
def publish_results(job: JobContext, *, campaign_id: int, kind: str) -> dict | None:
    """Produce a poster or a deck; its row is created in the transaction that marks the job done."""
    campaign = Campaign.objects.select_related("site", "questionnaire").filter(pk=campaign_id).first()
    if campaign is None:
        return None
    content = public_editions.shown(campaign)
    job.progress(30, "Mise en page")
    data = render(content, kind, today=timezone.localdate(), years=compared(campaign, content))
    job.attach(publications.file_name(campaign, kind), data)
    job.on_done(
        lambda: publications.keep(
            campaign, kind=kind, data=data, shown_digest=content.digest, by=job.requested_by, job=job.job
        )
    )
    return {"url": reverse("surveys:publications", args=[campaign.code]), "message": "La publication est prête."}


@job_kind(printing.POSTER, label="Affiche d’un QR code", may_open=_collects_at, may_restart=_collects_at)
def print_poster(job: JobContext, *, point_id: int) -> dict | None:
    """The A4 poster of a collection point."""
    points = CollectionPoint.objects.select_related("campaign__site", "place")
    point = points.filter(pk=point_id).first()
    if point is None:
        return None
    job.progress(30, "Mise en page")
    job.attach(f"affiche-qr-{point.campaign.code}-{point.pk}.pdf", documents.poster_pdf(point))
    return {"message": "L’affiche est prête à imprimer."}


@job_kind(printing.PAPER_FORM, label="Formulaire papier", may_open=_collects, may_restart=_collects)
def print_paper_form(job: JobContext, *, campaign_id: int, language: str) -> dict | None:
    """The A4 form of a campaign, in a language."""
    campaign = Campaign.objects.select_related("site", "questionnaire").filter(pk=campaign_id).first()
    if campaign is None:
        return None
    job.progress(30, "Mise en page")
    job.attach(f"formulaire-{campaign.code}-{language}.pdf", documents.paper_form_pdf(campaign, language))
    return {"message": "Le formulaire est prêt à imprimer, recto verso."}
