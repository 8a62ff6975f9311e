"""How long messages sent, and what the core keeps of people, stay; and the register of the personal columns of core."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from core.base.registries import PersonalColumn, RetentionRule, personal_columns, retention_rules
from core.models import Notice

KEPT = timedelta(days=365)
TERM = "un an"
UNTIL_ERASED = "selon la nature de la personne ; clé détruite"


def _due(on: date) -> QuerySet:
    return Notice.objects.filter(sent_on__lt=on - KEPT)


def _erase(rows: QuerySet, *, by: Any = None) -> int:
    return rows.delete()[0]


def register() -> None:
    retention_rules.register(RetentionRule("notices", "Messages envoyés", TERM, _due, _erase))
    for column, label, term, rule in (
        ("core.Notice.recipient", "adresse du destinataire d’un message", TERM, "notices"),
        ("core.Notice.subject", "objet d’un message", TERM, "notices"),
        ("core.Notice.body", "texte d’un message", TERM, "notices"),
        ("core.Identity.payload", "identité d’une personne extérieure", UNTIL_ERASED, ""),
        ("core.Identity.email_digest", "empreinte de son adresse", UNTIL_ERASED, ""),
        ("core.Identity.name_digest", "empreinte de son nom", UNTIL_ERASED, ""),
        ("core.RateLimit.key", "empreinte d’un réseau, sans l’adresse", "une heure", ""),
    ):
        personal_columns.register(PersonalColumn(column, label, term, rule))
