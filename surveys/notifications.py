"""Mails of the surveys, in plain French text."""

from datetime import date

from django.urls import reverse

from core.jobs import notices
from organisations.models import User
from surveys.models import Campaign
from surveys.rules.pace import Pace

BEHIND = "survey_behind"


def notify_behind(person: User, campaign: Campaign, pace: Pace, *, week: date) -> bool:
    """Tell who runs a campaign that its forms come in too slowly; False if it already left that week."""
    lines = [
        "Bonjour,",
        "",
        f"« {campaign.title} » ({campaign.site}) a reçu {pace.count}.",
        pace.sentence,
        "",
        "Ce qui aide d’ordinaire : rapprocher la tablette de la sortie, proposer le formulaire papier au guichet,",
        "afficher le QR code dans la salle d’attente, mettre le lien sur le site internet.",
        "",
        f"La campagne : {notices.absolute(reverse('surveys:campaign', args=[campaign.code]))}",
    ]
    subject = f"{campaign.title} : {pace.count}"
    notice = notices.send(BEHIND, to=person.email, subject=subject, body="\n".join(lines), key=campaign.code, on=week)
    return notice is not None
