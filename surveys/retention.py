"""How long what the public wrote, and who tested, are kept: three years after the closing; the figures stay."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from core.base.registries import PersonalColumn, RetentionRule, personal_columns, retention_rules
from core.record import history
from surveys.enums import CampaignState, QuestionKind
from surveys.models import PlannedTest, Question, Response

KEPT = timedelta(days=3 * 365)
TERM = "trois ans après la clôture"
REASON = "Effacé au terme de sa conservation"
BATCH = 500


def _texts_due(on: date) -> QuerySet:
    closed = Q(campaign__state=CampaignState.CLOSED, campaign__closed_at__date__lt=on - KEPT)
    return Response.objects.filter(closed).filter(Q(has_text=True) | ~Q(tester=""))


def _erase_texts(rows: QuerySet, *, by: Any = None) -> int:
    """Take free texts and names of testers out of the forms; every other answer stays, and so do the figures."""
    texts = set(Question.objects.filter(kind=QuestionKind.TEXT).values_list("questionnaire_id", "code"))
    found = list(rows.select_related("campaign").order_by("pk"))
    for form in found:
        of = form.campaign.questionnaire_id
        form.answers = {code: answer for code, answer in form.answers.items() if (of, code) not in texts}
        form.has_text, form.tester = False, ""
    return history.bulk_update(found, ["answers", "has_text", "tester"], by=by, reason=REASON)


def _testers_due(on: date) -> QuerySet:
    closed = Q(campaign__state=CampaignState.CLOSED, campaign__closed_at__date__lt=on - KEPT)
    return PlannedTest.objects.filter(closed).exclude(tester="")


def _erase_testers(rows: QuerySet, *, by: Any = None) -> int:
    found = list(rows.order_by("pk"))
    for test in found:
        test.tester = ""
    return history.bulk_update(found, ["tester"], by=by, reason=REASON)


def register() -> None:
    for code, label, due, erase in (
        ("survey-texts", "Enquêtes : textes libres et enquêteurs", _texts_due, _erase_texts),
        ("survey-testers", "Enquêtes mystère : enquêteurs prévus", _testers_due, _erase_testers),
    ):
        retention_rules.register(RetentionRule(code, label, TERM, due, erase))
    for column, label, term, rule in (
        ("surveys.Response.answers", "textes libres des usagers", TERM, "survey-texts"),
        ("surveys.Response.tester", "enquêteur d’un test mystère", TERM, "survey-texts"),
        ("surveys.PlannedTest.tester", "enquêteur prévu", TERM, "survey-testers"),
        ("surveys.SurveyImport.file", "fichier de formulaires importé", "90 jours", "imports-survey"),
        ("surveys.SurveyImport.preview", "aperçu d’un fichier de formulaires", "90 jours", "imports-survey"),
        ("surveys.Campaign.investigator", "qui mène l’enquête", "avec la campagne", ""),
        ("surveys.Feedback.request", "demande d’usagers reformulée", "avec la campagne", ""),
        ("surveys.PublicEdition.content", "copie publique, relue sans nom", "avec la campagne", ""),
    ):
        personal_columns.register(PersonalColumn(column, label, term, rule))
