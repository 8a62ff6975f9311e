"""Enumerations of the indicators; their values are those printed by `manage.py dashboard`."""

from django.db.models import TextChoices


class Measure(TextChoices):
    """Unit of measure. A rate is kept as a ratio (0.987), a delay in working days, a count as it is."""

    RATE = "rate", "Taux (%)"
    DAYS = "days", "Délai (jours ouvrés)"
    COUNT = "count", "Nombre"


class Direction(TextChoices):
    AT_LEAST = ">=", "au moins (≥)"
    AT_MOST = "<=", "au plus (≤)"
    BELOW = "<", "moins de (<)"
    NONE = "", "sans cible"


class YearRule(TextChoices):
    """How the year is read from its months."""

    WEIGHTED = "weighted", "Pondérée (somme des numérateurs / somme des dénominateurs)"
    MEAN = "mean", "Moyenne des mois mesurés"
    SUM = "sum", "Somme des mois"
    LAST = "last", "Dernier mois mesuré"


class Frequency(TextChoices):
    MONTHLY = "monthly", "Mensuelle"
    QUARTERLY = "quarterly", "Trimestrielle"
    YEARLY = "yearly", "Annuelle"

    @property
    def due_months(self) -> list[int]:
        """Months in which a figure is due: each one, the last of each quarter, December."""
        step = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}[self]
        return list(range(step, 13, step))

    @classmethod
    def due_in(cls, month: int) -> list["Frequency"]:
        """Frequencies for which a figure is due in the given month."""
        return [frequency for frequency in cls if month in frequency.due_months]


class ValueState(TextChoices):
    MEASURED = "measured", "Mesuré"
    NO_CASE = "no_case", "Aucun cas"
    NOT_APPLICABLE = "not_applicable", "Sans objet"
    SUSPENDED = "suspended", "Suspendu"
    CLOSED = "closed", "Fermé"
    UNAVAILABLE = "unavailable", "Indisponible"
    MISSING = "missing", "Non saisi"


class Source(TextChoices):
    TYPED = "typed", "Saisie"
    IMPORTED = "imported", "Import"
    COLLECTED = "collected", "Calcul automatique"


class CampaignState(TextChoices):
    OPEN = "open", "Ouvert à la saisie"
    VALIDATED = "validated", "Validé"
    CLOSED = "closed", "Clos"
