"""Kinds of plans and findings, statuses of actions; the values are those printed by `manage.py plan_as_of`."""

from django.db.models import TextChoices


class Origin(TextChoices):
    """What a plan was born of."""

    INTERNAL_AUDIT = "internal_audit", "Audit interne"
    EXTERNAL_AUDIT = "external_audit", "Audit externe"
    CLU = "clu", "CLU"
    SATISFACTION_SURVEY = "satisfaction_survey", "Enquête de satisfaction"
    MYSTERY_SURVEY = "mystery_survey", "Enquête mystère"
    FEEDBACK = "feedback", "Retour d’expérience"
    COMPLAINT = "complaint", "Réclamation"
    COPIL = "copil", "COPIL"
    OTHER = "other", "Autre"


class FindingKind(TextChoices):
    OBSERVATION = "observation", "Constat"
    NONCONFORMITY = "nonconformity", "Écart"
    WEAKNESS = "weakness", "Point sensible"
    IMPROVEMENT = "improvement", "Piste de progrès"
    STRENGTH = "strength", "Point fort"


class Status(TextChoices):
    """Where an action stands; (C) and (R) are the letters of the plan of 2019."""

    TODO = "todo", "À faire"
    ONGOING = "ongoing", "En cours"
    DONE = "done", "Réalisée"
    POSTPONED = "postponed", "Reportée"
    ABANDONED = "abandoned", "Abandonnée"


SETTLED = (Status.DONE, Status.ABANDONED)
STALE_KEY = "en-souffrance"  # the value of the list's filter: late for more than a year
PENDING = (Status.TODO, Status.ONGOING, Status.POSTPONED)


class Effectiveness(TextChoices):
    """What the review made some months after an action found."""

    EFFECTIVE = "effective", "Efficace"
    INEFFECTIVE = "ineffective", "Sans effet"


class ExtractFormat(TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Classeur (XLSX)"
