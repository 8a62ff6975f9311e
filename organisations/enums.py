"""Kinds of units and roles of people."""

from django.db.models import TextChoices


class UnitKind(TextChoices):
    PREFECTURE = "prefecture", "Préfecture"
    SOUS_PREFECTURE = "sous_prefecture", "Sous-préfecture"
    DIRECTION = "direction", "Direction"
    SERVICE = "service", "Service"
    BUREAU = "bureau", "Bureau"


SITE_KINDS = (UnitKind.PREFECTURE, UnitKind.SOUS_PREFECTURE)


class Role(TextChoices):
    QUALITY_REFERENT = "quality_referent", "Référent qualité"
    DEPUTY_REFERENT = "deputy_referent", "Référent qualité suppléant"
    HEAD_OF_SERVICE = "head_of_service", "Chef de service"
    CONTRIBUTOR = "contributor", "Contributeur"
    RECEPTION_AGENT = "reception_agent", "Agent d’accueil"
    MANAGEMENT = "management", "Direction"
    TRAINING_MANAGER = "training_manager", "Gestionnaire formation"
    AUDITOR = "auditor", "Auditeur"
    TECHNICAL_ADMIN = "technical_admin", "Administrateur technique"
