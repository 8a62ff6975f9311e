"""Background work: the documents that are printed to collect forms."""

from core.errors import UserError
from core.jobs import JobContext, job_kind
from core.pdf import MissingLibraryError
from organisations.permissions import Permission
from surveys.models import Campaign, CollectionPoint
from surveys.printing import documents
from surveys.services import printing


def _may_print(user, job) -> bool:
    """The address of a point is for those who collect."""
    point = CollectionPoint.objects.filter(pk=job.parameters.get("point_id")).select_related("campaign").first()
    campaign = point.campaign if point else Campaign.objects.filter(pk=job.parameters.get("campaign_id")).first()
    return campaign is not None and campaign.site_id in user.sites_with(Permission.SURVEY_ENTER)


@job_kind(printing.POSTER, label="Affiche d’un QR code", may_open=_may_print, may_restart=_may_print)
def print_poster(job: JobContext, *, point_id: int) -> dict | None:
    """The A4 poster of a collection point."""
    points = CollectionPoint.objects.select_related("campaign__site", "place")
    point = points.filter(pk=point_id).first()
    if point is None:
        return None
    job.progress(30, "Mise en page")
    try:
        job.attach(f"affiche-qr-{point.campaign.code}-{point.pk}.pdf", documents.poster_pdf(point))
    except MissingLibraryError as error:
        raise UserError(str(error)) from error
    return {"message": "L’affiche est prête à imprimer."}


@job_kind(printing.PAPER_FORM, label="Formulaire papier", may_open=_may_print, may_restart=_may_print)
def print_paper_form(job: JobContext, *, campaign_id: int, language: str) -> dict | None:
    """The A4 form of a campaign, in a language."""
    campaign = Campaign.objects.select_related("site", "questionnaire").filter(pk=campaign_id).first()
    if campaign is None:
        return None
    job.progress(30, "Mise en page")
    try:
        pdf = documents.paper_form_pdf(campaign, language)
    except MissingLibraryError as error:
        raise UserError(str(error)) from error
    job.attach(f"formulaire-{campaign.code}-{language}.pdf", pdf)
    return {"message": "Le formulaire est prêt à imprimer, recto verso."}
