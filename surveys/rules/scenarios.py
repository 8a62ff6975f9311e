"""A ready scenario for each ready grid of mystery tests, to adapt: what to ask, through what, with what care."""

from dataclasses import dataclass

from surveys.enums import TestChannel


@dataclass(frozen=True)
class Proposal:
    """The first scenario offered for a grid."""

    channel: str
    title: str
    instructions: str


PROPOSALS = {
    "mystere-appels": Proposal(
        TestChannel.CALL,
        "Demander les horaires d’accueil et les pièces à apporter",
        "Appelez à des heures différentes. Comptez les sonneries, démarrez le chronomètre au décroché. "
        "Ne donnez pas de vrai numéro de dossier.",
    ),
    "mystere-courriels": Proposal(
        TestChannel.EMAIL,
        "Demander comment obtenir une carte d’identité pour un mineur",
        "Écrivez depuis une adresse qui ne dit pas qui vous êtes. Notez l’heure d’envoi, puis celle de la réponse.",
    ),
    "mystere-courriers": Proposal(
        TestChannel.LETTER,
        "Demander par courrier où en est une demande d’association",
        "Postez un jour ouvré, notez le jour du dépôt, puis celui de la réponse. Gardez l’enveloppe.",
    ),
    "mystere-visites": Proposal(
        TestChannel.VISIT,
        "Venir se renseigner sur un changement d’adresse de carte grise",
        "Venez sans rendez-vous, à une heure d’affluence puis à une heure creuse. Remplissez la grille à la sortie.",
    ),
    "mystere-reseaux-sociaux": Proposal(
        TestChannel.SOCIAL,
        "Demander par message privé les horaires d’ouverture",
        "Écrivez un jour ouvré, depuis un compte ordinaire. Notez l’heure du message, puis celle de la réponse.",
    ),
    "mystere-accuses": Proposal(
        TestChannel.ACKNOWLEDGEMENT,
        "Écrire à une boîte fonctionnelle et attendre son accusé de réception",
        "Écrivez un message simple, un jour ouvré. Notez l’heure d’envoi, puis celle de l’accusé ; laissez vide si "
        "rien n’est arrivé le lendemain.",
    ),
}


def proposal_for(questionnaire_code: str) -> Proposal | None:
    """The scenario offered for a grid, or for the grid of a site made from it (`mystere-appels-13`)."""
    codes = sorted(PROPOSALS, key=len, reverse=True)
    return next((PROPOSALS[code] for code in codes if questionnaire_code.startswith(code)), None)
