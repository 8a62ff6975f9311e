"""How long it is kept who read a proof, what they remarked, and what was typed without being saved."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from core.base.registries import PersonalColumn, RetentionRule, personal_columns, retention_rules
from core.record import history
from reports.models import Proofreading, WrittenDraft

KEPT = timedelta(days=365)
DRAFTS_KEPT = timedelta(days=30)
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


def _old_drafts(on: date) -> QuerySet:
    return WrittenDraft.objects.filter(typed_at__date__lt=on - DRAFTS_KEPT)


def _forget_drafts(rows: QuerySet, *, by: Any = None) -> int:
    """What was typed and never saved is forgotten."""
    return rows.delete()[0]


def register() -> None:
    retention_rules.register(
        RetentionRule("report-drafts", "Bilan : brouillons", "un mois après la frappe", _old_drafts, _forget_drafts)
    )
    retention_rules.register(RetentionRule(RULE, "Bilan : relecteurs", TERM, _due, _erase))
    for column, label, term, rule in (
        ("reports.Proofreading.reader", "relecteur d’un bilan", TERM, RULE),
        ("reports.Proofreading.email", "adresse d’un relecteur", TERM, RULE),
        ("reports.ProofComment.text", "remarque d’un relecteur", "avec l’édition", ""),
    ):
        personal_columns.register(PersonalColumn(column, label, term, rule))
