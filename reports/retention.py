"""How long it is kept who read a proof, and what they remarked."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from core.base.registries import PersonalColumn, RetentionRule, personal_columns, retention_rules
from core.record import history
from reports.models import Proofreading

KEPT = timedelta(days=365)
RULE, TERM = "proof-readers", "un an après la fin du lien"
REASON = "Effacé au terme de sa conservation"


def _due(on: date) -> QuerySet:
    return Proofreading.objects.filter(expires_on__lt=on - KEPT).exclude(reader="")


def _erase(rows: QuerySet, *, by: Any = None) -> int:
    """Take away who read; the remarks stay with the edition."""
    found = list(rows.order_by("pk"))
    for one in found:
        one.reader = one.email = ""
    return history.bulk_update(found, ["reader", "email"], by=by, reason=REASON)


def register() -> None:
    retention_rules.register(RetentionRule(RULE, "Bilan : relecteurs", TERM, _due, _erase))
    for column, label, term, rule in (
        ("reports.Proofreading.reader", "relecteur d’un bilan", TERM, RULE),
        ("reports.Proofreading.email", "adresse d’un relecteur", TERM, RULE),
        ("reports.ProofComment.text", "remarque d’un relecteur", "avec l’édition", ""),
    ):
        personal_columns.register(PersonalColumn(column, label, term, rule))
