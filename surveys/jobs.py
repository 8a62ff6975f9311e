"""Background work of the surveys."""

from django.urls import reverse

from core.errors import UserError
from core.imports import flow
from core.jobs import JobContext, job_kind
from core.pdf import MissingLibraryError
from core.spreadsheets.model import Workbook
from organisations.permissions import Permission
from surveys.imports.planning import table_of
from surveys.models import Campaign, CollectionPoint, SurveyImport
from surveys.printing import documents
from surveys.services import printing, publications


def _campaign_of(job) -> Campaign | None:
    return Campaign.objects.filter(pk=job.parameters["campaign_id"]).first()


def _may_publish(user, job) -> bool:
    campaign = _campaign_of(job)
    return campaign is not None and user.can(Permission.SURVEY_EDIT, campaign.site_id)


@job_kind(
    publications.JOB_KIND, label="Affiche ou diaporama d’enquête", visible_to=_may_publish, may_restart=_may_publish
)
def publish_results(job: JobContext, *, campaign_id: int, kind: str) -> dict | None:
    """Produce a poster or a deck; its row is created in the transaction that marks the job done."""
    campaign = Campaign.objects.select_related("site").filter(pk=campaign_id).first()
    if campaign is None:
        return None
    try:
        publications.produce(campaign, kind=kind, job=job)
    except MissingLibraryError as error:
        raise UserError(str(error)) from error
    return {"url": reverse("surveys:publications", args=[campaign.code]), "message": "La publication est prête."}


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


def _may_read(user, job) -> bool:
    record = SurveyImport.objects.select_related("campaign").filter(pk=job.parameters["pk"]).first()
    return record is not None and user.can(Permission.SURVEY_IMPORT, record.campaign.site_id)


@job_kind("read_survey", label="Lecture d’un fichier d’enquête", leads_on=True, may_restart=_may_read)
def read_survey(job: JobContext, *, pk: int) -> dict | None:
    """Read a file of answers sent by a person and keep its preview."""
    records = SurveyImport.objects.select_related("campaign__site", "campaign__questionnaire")
    record = records.filter(pk=pk).first()
    if record is None:
        return None
    flow.read_file(record, job=job, preview=_preview)
    return {"url": reverse("surveys:import", args=[pk])}


def _preview(record: SurveyImport, workbook: Workbook) -> dict:
    return {"table": table_of(record.campaign, workbook).to_json()}
