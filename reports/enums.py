"""What is printed of a report."""

from django.db.models import TextChoices


class Document(TextChoices):
    """The bilan, and the papers around it."""

    BILAN = "bilan", "Bilan"
    PLAQUETTE = "plaquette", "Plaquette de deux pages"
    TRANSPARENCE = "transparence", "Affiche Transparence du trimestre"
    RESULTS = "resultats", "Affiche des résultats de l’enquête"


BESIDE = (Document.PLAQUETTE, Document.TRANSPARENCE, Document.RESULTS)
