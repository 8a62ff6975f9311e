"""Labels, audits and documents: their kinds, levels, states; the values are those that the commands print."""

from django.db.models import TextChoices


class LabelLevel(TextChoices):
    """The level of a label that has some (Services Publics +)."""

    BRONZE = "bronze", "Bronze"
    SILVER = "argent", "Argent"
    GOLD = "or", "Or"


class LabelState(TextChoices):
    """Where a site stands with a label, on a day."""

    NONE = "none", "Sans label"
    PREPARING = "preparing", "En préparation"
    VALID = "valid", "En cours de validité"
    FOLLOW_UP_OVERDUE = "follow_up_overdue", "Audit de suivi en retard"
    EXPIRED = "expired", "Expiré"


LABELLED = (LabelState.VALID, LabelState.FOLLOW_UP_OVERDUE)  # the label still holds


class LabelStep(TextChoices):
    """The application for a label, in its order."""

    SELF_ASSESSMENT = "self_assessment", "Auto-évaluation ou audit interne réalisé"
    FINDINGS_TREATED = "findings_treated", "Constats de l’audit interne traités"
    FILE_READY = "file_ready", "Dossier de candidature constitué"
    SENT_TO_REGION = "sent_to_region", "Dossier transmis à la préfecture de région"
    SENT_TO_DMAT = "sent_to_dmat", "Dossier transmis à la DMAT"
    EXTERNAL_AUDIT = "external_audit", "Audit externe réalisé"
    DECISION = "decision", "Décision de labellisation reçue"


class AuditKind(TextChoices):
    INTERNAL = "internal", "Audit interne"
    EXTERNAL = "external", "Audit externe"
    FOLLOW_UP = "follow_up", "Audit de suivi"
    SELF_ASSESSMENT = "self_assessment", "Auto-évaluation"
    SELF_DIAGNOSIS = "self_diagnosis", "Autodiagnostic Services Publics +"


class Method(TextChoices):
    """How a requirement is looked at."""

    DOCUMENT = "document", "Document"
    INTERVIEW = "interview", "Entretien"
    OBSERVATION = "observation", "Observation"


class Result(TextChoices):
    """What an audit says of a requirement."""

    COMPLIANT = "compliant", "Conforme"
    STRENGTH = "strength", "Point fort"
    WEAKNESS = "weakness", "Point sensible"
    IMPROVEMENT = "improvement", "Piste de progrès"
    NONCONFORMITY = "nonconformity", "Écart"
    NOT_APPLICABLE = "not_applicable", "Sans objet"
    NOT_ASSESSED = "not_assessed", "Non vu"


FINDINGS = (Result.STRENGTH, Result.WEAKNESS, Result.IMPROVEMENT, Result.NONCONFORMITY)
GAPS = (Result.NONCONFORMITY, Result.WEAKNESS, Result.IMPROVEMENT)  # those that call for an action


class ComplianceState(TextChoices):
    COMPLIANT = "compliant", "Conforme"
    PARTIAL = "partial", "Partiellement conforme"
    NON_COMPLIANT = "non_compliant", "Non conforme"
    NOT_APPLICABLE = "not_applicable", "Sans objet"


class DocumentKind(TextChoices):
    PROCEDURE = "procedure", "Fiche de procédure"
    GUIDE = "guide", "Guide"
    POSTER = "poster", "Affiche"
    ACCESSIBILITY = "accessibility", "Registre d’accessibilité"
    NEWSLETTER = "newsletter", "Lettre interne"
    MEMO = "memo", "Mémo quali-réflexes"
    QUALI_AUDIT = "quali_audit", "Quali-audit"
    WEB_PAGE = "web_page", "Page du site internet"
    FORM = "form", "Formulaire ou modèle"
    CHARTER = "charter", "Charte"
    OTHER = "other", "Autre document"


INTERNAL_COMMUNICATION = (DocumentKind.NEWSLETTER, DocumentKind.MEMO, DocumentKind.QUALI_AUDIT)


class DueState(TextChoices):
    """Whether a document is to be checked, on a day."""

    UP_TO_DATE = "up_to_date", "À jour"
    DUE = "due", "À vérifier"
    OVERDUE = "overdue", "En retard"
    UNDATED = "undated", "Sans date"


class CheckOutcome(TextChoices):
    UP_TO_DATE = "up_to_date", "Vu, à jour"
    TO_CHANGE = "to_change", "À modifier"
    GONE = "gone", "Introuvable : lien mort, document enlevé"
