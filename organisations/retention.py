"""How long traces of sign-ins are kept: they hold names and addresses of machines."""

from datetime import date, timedelta

from axes.models import AccessFailureLog, AccessLog

from core.registries import RetentionRule, retention_rules

KEPT = timedelta(days=365)


def _older_than_a_year(model):
    def due(on: date):
        return model.objects.filter(attempt_time__date__lt=on - KEPT)

    return due


def _erase(rows, *, by=None) -> int:
    return rows.delete()[0]


for _code, _label, _model in (
    ("sign-ins", "Connexions réussies", AccessLog),
    ("failed-sign-ins", "Connexions refusées", AccessFailureLog),
):
    retention_rules.register(
        RetentionRule(code=_code, label=_label, term="un an", due=_older_than_a_year(_model), erase=_erase)
    )
