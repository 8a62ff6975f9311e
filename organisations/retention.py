"""How long traces of sign-ins are kept: they hold names and addresses of machines."""

from datetime import date, timedelta

from axes.models import AccessFailureLog, AccessLog

from core.base.registries import PersonalColumn, RetentionRule, personal_columns, retention_rules

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

for _column, _label, _term in (
    ("organisations.User.email", "adresse de connexion d’un agent", "avec le compte"),
    ("organisations.User.first_name", "prénom d’un agent", "avec le compte"),
    ("organisations.User.last_name", "nom d’un agent", "avec le compte"),
    ("organisations.User.password", "mot de passe, illisible", "avec le compte"),
    ("actions.ActionResponsible.words", "agent ou service nommé responsable dans un plan", "avec le plan, acte public"),
    ("reports.AnnualReport.signatory", "signataire d’un bilan", "avec le bilan, acte public"),
):
    personal_columns.register(PersonalColumn(_column, _label, _term))
