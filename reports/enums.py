"""What is printed of a report, and the steps of an edition."""

from django.db.models import TextChoices


class Document(TextChoices):
    """The bilan, and the papers around it."""

    BILAN = "bilan", "Bilan"
    PLAQUETTE = "plaquette", "Plaquette"
    TRANSPARENCE = "transparence", "Affiche Transparence du trimestre"
    RESULTS = "resultats", "Affiche des résultats de l’enquête"
    FINAL = "definitif", "Bilan sans la mention de brouillon"


BESIDE = (Document.PLAQUETTE, Document.TRANSPARENCE, Document.RESULTS)


class Step(TextChoices):
    """What is done to an edition once."""

    SUBMITTED = "submitted", "Soumise à la direction"
    VALIDATED = "validated", "Validée par la direction"
    SEALED = "sealed", "Scellée"
