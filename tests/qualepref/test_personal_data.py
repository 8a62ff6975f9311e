"""Every column that may say who somebody is stands in one register, with its term; what is due is erased."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, models

from core.base.registries import personal_columns, retention_rules
from core.models import Notice
from core.record import identities, verification
from core.services import seals
from surveys import results
from surveys.enums import CampaignState, QuestionKind
from surveys.services.results import refresh
from tests.core.factories import NoticeFactory
from tests.surveys.factories import QuestionFactory, QuestionnaireFactory, ResponseFactory, SurveyCampaignFactory

NAMES_OF_PEOPLE = {
    "email", "first_name", "last_name", "recipient", "body", "tester", "investigator", "signatory", "payload", "phone",
    "address", "password",
}  # fmt: skip
HELD = ("core", "organisations", "actions", "indicators", "surveys", "reports", "training")
OF_FIGURES = {"indicators.Snapshot.payload", "surveys.CampaignResult.payload", "reports.FrozenChapter.body"}


def test_each_column_named_after_people_is_in_the_register():
    found = {
        f"{model._meta.label}.{field.name}"
        for app in HELD
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if field.name in NAMES_OF_PEOPLE and not model.__name__.startswith("Historical")
    }
    assert found - OF_FIGURES - {column.code for column in personal_columns} == set()


def test_the_register_names_columns_and_rules_that_exist():
    for column in personal_columns:
        app, model, field = column.code.split(".")
        assert isinstance(apps.get_model(app, model)._meta.get_field(field), models.Field)
        assert not column.rule or column.rule in retention_rules
        assert column.term


def everywhere() -> str:
    """All that every table says, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told += [repr(row) for row in cursor.fetchall()]
    return "\n".join(told)


@pytest.mark.django_db
def test_what_is_past_its_term_is_gone_from_every_table_and_the_figures_stay():
    """Canaries in free texts, testers, messages and identities; the results of the survey are the same after."""
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="accueil", position=1)
    QuestionFactory(questionnaire=questionnaire, code="suggestions", kind=QuestionKind.TEXT, position=2)
    closed_at = datetime(2021, 12, 4, tzinfo=UTC)
    campaign = SurveyCampaignFactory(questionnaire=questionnaire, state=CampaignState.CLOSED, closed_at=closed_at)
    forms = [
        ResponseFactory.build(
            campaign=campaign, answers={"accueil": "satisfied", "suggestions": f"canari-texte-{n}"}, has_text=True,
            tester=f"canari-testeur-{n}",
        )
        for n in range(20)
    ]  # fmt: skip
    type(forms[0]).objects.bulk_create(forms)
    refresh(campaign)
    NoticeFactory(recipient="canari@message.invalid", body="canari-message", sent_on=date(2021, 1, 2))
    person = identities.keep({"name": "canari-nom", "email": "canari@identite.invalid"}, kind="complainant")
    assert everywhere().count("canari") == 20 * 2 + 2
    before = [(row.question, row.satisfied, row.answered) for row in results.leaving(campaign)]
    seals.seal(settled_before=datetime.now(UTC) + timedelta(days=1))

    for rule in retention_rules:
        rule.erase(rule.due(date(2026, 11, 30)))
    identities.erase(person, by=None, reason="Terme")

    assert "canari" not in everywhere()
    assert [(row.question, row.satisfied, row.answered) for row in results.leaving(campaign)] == before
    assert Notice.objects.count() == 0
    assert verification.verify().breaches == []
