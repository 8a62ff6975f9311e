"""What is asked of the worker: the poster of a collection point, the paper form of a campaign."""

from core import jobs
from core.base.errors import UserError
from core.models import Job
from organisations.models import User
from surveys.enums import Channel, Language
from surveys.models import Campaign, CollectionPoint

POSTER, PAPER_FORM = "print_survey_poster", "print_survey_form"


def request_poster(point: CollectionPoint, *, by: User) -> Job:
    """Ask for the A4 poster of a QR code; the one already asked for is returned."""
    if point.channel != Channel.QR:
        raise UserError("Seul un QR code a une affiche.")
    return jobs.enqueue(
        POSTER,
        by=by,
        label=f"Affiche du QR code – {point}",
        parameters={"point_id": point.pk},
        key=f"{POSTER}:{point.pk}:{by.pk}",
    )


def request_paper_form(campaign: Campaign, *, language: str, by: User) -> Job:
    """Ask for the A4 form in a language; the one already asked for is returned."""
    if language not in Language.values:
        raise UserError("Cette langue n’est pas proposée.")
    return jobs.enqueue(
        PAPER_FORM,
        by=by,
        label=f"Formulaire papier – {campaign}",
        parameters={"campaign_id": campaign.pk, "language": str(language)},
        key=f"{PAPER_FORM}:{campaign.pk}:{language}:{by.pk}",
    )
