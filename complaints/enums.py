"""Choices of complaints and suggestions: how they come, what they are, why some are out of scope, how they end."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """How it came; the delays depend on it."""

    LETTER = "letter", "Courrier"
    EMAIL = "email", "Courriel"
    WEB_FORM = "web_form", "Formulaire en ligne"
    URN = "urn", "Urne"
    DESK = "desk", "Guichet"
    PHONE = "phone", "Téléphone"
    SOCIAL_NETWORK = "social_network", "Réseau social"
    SP_PLUS = "sp_plus", "Services Publics +"
    OTHER = "other", "Autre"

    @property
    def how(self) -> str:
        """« par courriel », « au guichet »: how it came, in a sentence."""
        return _HOW.get(self.value) or f"par {self.label.lower()}"

    @property
    def many(self) -> str:
        """« courriels », « demandes au guichet »: what came that way, counted."""
        return _MANY.get(self.value) or f"demandes {self.how}"


_HOW = {
    "web_form": "par le formulaire en ligne",
    "urn": "dans l’urne",
    "desk": "au guichet",
    "social_network": "par un réseau social",
    "sp_plus": "par Services Publics +",
    "other": "par une autre voie",
}
_MANY = {
    "letter": "courriers",
    "email": "courriels",
    "web_form": "formulaires",
    "urn": "fiches de l’urne",
    "phone": "appels",
    "social_network": "messages de réseaux sociaux",
    "sp_plus": "expériences Services Publics +",
    "other": "autres demandes",
}
ELECTRONIC = (Channel.EMAIL, Channel.WEB_FORM, Channel.SOCIAL_NETWORK, Channel.SP_PLUS)
ORAL = (Channel.DESK, Channel.PHONE)
ANSWERABLE = (Channel.EMAIL, Channel.SOCIAL_NETWORK, Channel.SP_PLUS)  # who wrote is reached the way it came


class Medium(TextChoices):
    """Channels that share one rule of delays; an oral case has none."""

    ELECTRONIC = "electronic", "Voies électroniques"
    PAPER = "paper", "Courrier et urne"


class Nature(TextChoices):
    """What it is (`kind`): a request for information is no complaint, and is counted apart."""

    COMPLAINT = "complaint", "Réclamation"
    SUGGESTION = "suggestion", "Suggestion"
    COMPLIMENT = "compliment", "Félicitation"
    INFORMATION_REQUEST = "information_request", "Demande d’information"


JUDGED = (Nature.COMPLAINT, Nature.SUGGESTION)


class OutOfScope(TextChoices):
    """Why a case is not about reception and the organisation of the service."""

    ISSUING_DELAY = "issuing_delay", "Délai de délivrance d’un titre"
    INDIVIDUAL_FILE = "individual_file", "Dossier individuel"
    APPEAL = "appeal", "Recours gracieux ou contestation d’une décision"
    OTHER_ADMINISTRATION = "other_administration", "Autre administration"
    OTHER = "other", "Autre raison"


class Topic(TextChoices):
    """What it is about (`theme`), in the words of the services."""

    APPOINTMENT = "appointment", "Prise de rendez-vous"
    COURTESY = "courtesy", "Courtoisie"
    WAITING = "waiting", "Attente à l’accueil"
    PHONE = "phone", "Accueil téléphonique"
    WEBSITE = "website", "Site internet et téléprocédures"
    INFORMATION = "information", "Information et orientation"
    SIGNAGE = "signage", "Signalétique"
    PREMISES = "premises", "Locaux et confort"
    HOURS = "hours", "Horaires d’ouverture"
    ACCESSIBILITY = "accessibility", "Accessibilité et handicap"
    CONFIDENTIALITY = "confidentiality", "Confidentialité"
    ANSWERS = "answers", "Réponse aux courriers et courriels"
    OTHER = "other", "Autre"


class Origin(TextChoices):
    """Who speaks."""

    USER = "user", "Usager"
    LOCAL_AUTHORITY = "local_authority", "Collectivité"


class Outcome(TextChoices):
    """How a case ended."""

    FOUNDED = "founded", "Fondée"
    PARTLY = "partly", "Fondée en partie"
    UNFOUNDED = "unfounded", "Non fondée"
    REDIRECTED = "redirected", "Redirigée (hors champ ou renseignement)"
    SETTLED_AT_DESK = "settled_at_desk", "Résolue à l’accueil"
    NO_FURTHER = "no_further", "Sans suite"


class Punctuality(TextChoices):
    """How an answer stands against its dates; never stored."""

    IN_TIME = "in_time", "dans le délai ✓"
    AFTER_EXTENSION = "after_extension", "dans le délai prolongé ✓"
    LATE = "late", "hors délai ✗"


class MessageKind(TextChoices):
    """What a message of a case is for."""

    RECEIVED = "received", "Message reçu"
    ACKNOWLEDGEMENT = "acknowledgement", "Accusé de réception"
    ANSWER = "answer", "Réponse sur le fond"
    QUESTION = "question", "Demande de précisions"
    EXTENSION = "extension", "Annonce d’un nouveau délai"
    REDIRECTION = "redirection", "Réorientation"
    TRANSMISSION = "transmission", "Transmission à un service"
    DONE = "done", "Vous l’avez demandé, nous l’avons fait"


class MessageState(TextChoices):
    """What became of a message that left by mail; a letter is printed."""

    NONE = "", "Sans envoi"
    WAITING = "waiting", "En attente d’envoi"
    SENT = "sent", "Envoyé"
    IN_DOUBT = "in_doubt", "Envoi incertain"
    RETURNED = "returned", "Revenu : adresse refusée"
    SETTLED = "settled", "Non arrivé, réglé autrement"


NOT_ARRIVED = (MessageState.IN_DOUBT, MessageState.RETURNED)  # a person decides: once more, or settled otherwise


class MailState(TextChoices):
    """What became of a message found in a mailbox."""

    TAKEN = "taken", "Repris"
    JOINED = "joined", "Joint à un dossier"
    LEFT = "left", "Laissé dans la boîte"
