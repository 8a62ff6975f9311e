"""Rows of the permission matrix for surveys; one table per family of pages."""

from organisations.enums import Role
from organisations.permissions import P
from tests import survey_factories
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401


def _point(world, place):
    return {"token": world.collection_point(place).token}


def _survey(world, place):
    return {"code": world.survey(place).code}


def _paper_form(world, place):
    return {"pk": world.paper_form(place).pk}


def _tablet(world, place):
    return {"token": world.collection_point(place, "tablet").token}


def _qr_point(world, place):
    return {"pk": world.collection_point(place, "qr").pk}


def _paper_language(world, place):
    return _survey(world, place) | {"language": "fr"}


def _place(world, place):
    return {"pk": world.one(survey_factories.PlaceFactory, place, site=world.site(place)).pk}


def _questionnaire(world, place):
    """A questionnaire own to the site: the common ones are seen by all."""
    return {"pk": world.one(survey_factories.QuestionnaireFactory, place, site=world.site(place)).pk}


def _question(world, place):
    questionnaire = world.one(survey_factories.QuestionnaireFactory, place, site=world.site(place))
    return {"pk": world.one(survey_factories.QuestionFactory, place, questionnaire=questionnaire).pk}


QUESTIONNAIRES: dict[str, Row] = {
    "surveys:questionnaires": Row(P.SURVEY_VIEW),
    "surveys:questionnaire-create": Row(P.SURVEY_EDIT),
    "surveys:questionnaire": Row(P.SURVEY_VIEW, _questionnaire),
    "surveys:questionnaire-preview": Row(P.SURVEY_VIEW, _questionnaire),
    "surveys:questionnaire-edit": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-copy": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-new-version": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-remove": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-history": Row(P.HISTORY_VIEW, _questionnaire),
    "surveys:question-create": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:question-edit": Row(P.SURVEY_EDIT, _question),
    "surveys:question-up": Row(P.SURVEY_EDIT, _question, get=405),
    "surveys:question-down": Row(P.SURVEY_EDIT, _question, get=405),
    "surveys:question-remove": Row(P.SURVEY_EDIT, _question),
    "surveys:question-history": Row(P.HISTORY_VIEW, _question),
}

CAMPAIGNS: dict[str, Row] = {
    "surveys:campaigns": Row(P.SURVEY_VIEW),
    "surveys:campaign-create-satisfaction": Row(P.SURVEY_EDIT),
    "surveys:campaign-create-mystery": Row(P.SURVEY_EDIT),
    "surveys:campaign": Row(P.SURVEY_VIEW, _survey),
    "surveys:campaign-counter": Row(P.SURVEY_VIEW, _survey),
    "surveys:campaign-edit": Row(P.SURVEY_EDIT, _survey),
    "surveys:campaign-open": Row(P.SURVEY_EDIT, _survey),
    "surveys:campaign-close": Row(P.SURVEY_EDIT, _survey),
    "surveys:campaign-reopen": Row(P.SURVEY_EDIT, _survey),
    "surveys:campaign-remove": Row(P.SURVEY_EDIT, _survey),
    "surveys:campaign-history": Row(P.HISTORY_VIEW, _survey),
    "surveys:paper-form": Row(P.SURVEY_ENTER, _paper_language, get=405),
    "surveys:point-create": Row(P.SURVEY_EDIT, _survey),
    "surveys:point-edit": Row(P.SURVEY_EDIT, _qr_point),
    "surveys:point-disable": Row(P.SURVEY_EDIT, _qr_point),
    "surveys:point-enable": Row(P.SURVEY_EDIT, _qr_point, get=405),
    "surveys:point-history": Row(P.HISTORY_VIEW, _qr_point),
    "surveys:point-poster": Row(P.SURVEY_ENTER, _qr_point, get=405),
    "surveys:point-qr": Row(P.SURVEY_ENTER, _qr_point),
    "surveys:places": Row(P.SURVEY_VIEW),
    "surveys:place-create": Row(P.SURVEY_EDIT),
    "surveys:place": Row(P.SURVEY_VIEW, _place),
    "surveys:place-edit": Row(P.SURVEY_EDIT, _place),
    "surveys:place-history": Row(P.HISTORY_VIEW, _place),
}

INTAKE: dict[str, Row] = {
    "surveys:respond": Row(PUBLIC, _point),
    "surveys:thanks": Row(PUBLIC, _point),
    "surveys:kiosk": Row(PUBLIC, _tablet),
    "surveys:kiosk-state": Row(PUBLIC, _tablet),
    "surveys:kiosk-worker": Row(PUBLIC),
    "surveys:paper": Row(P.SURVEY_ENTER, _survey),
    "surveys:response-correct": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:responses": Row(P.SURVEY_EDIT, _survey),
    "surveys:response": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:response-set-aside": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:response-take-back": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:response-history": Row(P.HISTORY_VIEW, _paper_form, without={403, 404}),
}


def _results_cut(world, place):
    """A cut by site: the other site of the world has a closed survey with the same questionnaire."""
    campaign = world.survey(place)
    for channel in ("web", "paper"):
        world.one(survey_factories.ResponseFactory, f"{channel} cut {place}", campaign=campaign, channel=channel)
    return {"code": campaign.code, "cut": "canal"}


def _results_export(world, place):
    return _survey(world, place) | {"part": "resultats", "extension": "csv"}


def _criterion(world, place):
    campaign = world.closed_survey(place)
    question = world.one(survey_factories.QuestionFactory, f"criterion {place}", questionnaire=campaign.questionnaire)
    return {"code": campaign.code, "question": question.code}


def _text(world, place):
    campaign = world.survey(place)
    question = world.one(
        survey_factories.QuestionFactory, f"text {place}", questionnaire=campaign.questionnaire, kind="text"
    )
    response = world.one(
        survey_factories.ResponseFactory, f"text {place}", campaign=campaign, has_text=True,
        answers={question.code: "Des sièges"},
    )  # fmt: skip
    return {"code": campaign.code, "pk": response.pk, "question": question.code}


def _feedback(world, place):
    return {"pk": world.one(survey_factories.FeedbackFactory, place, campaign=world.survey(place)).pk}


RESULTS: dict[str, Row] = {
    "surveys:results": Row(P.SURVEY_VIEW, _survey),
    "surveys:results-cut": Row(P.SURVEY_VIEW, _results_cut),
    "surveys:results-export": Row(P.SURVEY_VIEW, _results_export),
    "surveys:open-finding": Row(P.ACTION_EDIT, _criterion, get=405),
    "surveys:verbatims": Row(P.SURVEY_VIEW, _survey),
    "surveys:verbatim-tag": Row(P.SURVEY_EDIT, _text, get=405),
    "surveys:verbatim-hide": Row(P.SURVEY_EDIT, _text),
    "surveys:verbatim-show": Row(P.SURVEY_EDIT, _text, get=405),
    "surveys:feedbacks": Row(P.SURVEY_VIEW, _survey),
    "surveys:feedback-create": Row(P.SURVEY_EDIT, _survey),
    "surveys:feedback-edit": Row(P.SURVEY_EDIT, _feedback),
    "surveys:feedback-remove": Row(P.SURVEY_EDIT, _feedback),
    "surveys:feedback-history": Row(P.HISTORY_VIEW, _feedback),
}


def _import(world, place):
    record = world.one(
        survey_factories.SurveyImportFactory, place, campaign=world.survey(place), state="preview",
        preview={"table": {"sheet": "", "header_row": 1, "headings": [], "lines": [], "other_sheets": []}},
    )  # fmt: skip
    return {"pk": record.pk}


IMPORTS: dict[str, Row] = {
    "surveys:import-upload": Row(P.SURVEY_IMPORT, _survey),
    "surveys:import": Row(P.HISTORY_VIEW, _import, without={403, 404}),
    "surveys:import-history": Row(P.HISTORY_VIEW, _import, without={403, 404}),
    "surveys:import-choices": Row(P.SURVEY_IMPORT, _import, get=405),
    "surveys:import-commit": Row(P.SURVEY_IMPORT, _import, get=405),
    "surveys:import-undo": Row(P.SURVEY_IMPORT, _import, get=405),
    "surveys:import-abandon": Row(P.SURVEY_IMPORT, _import, get=405),
    "surveys:import-retry": Row(P.SURVEY_IMPORT, _import, get=405),
}


def _mystery(world, place):
    return {"code": world.mystery(place).code}


def _scenario(world, place):
    return {"pk": world.scenario(place).pk}


def _planned(world, place):
    planned = world.one(
        survey_factories.PlannedTestFactory, place, scenario=world.scenario(place), campaign=world.mystery(place)
    )
    return {"pk": planned.pk}


def _guest(world, place):
    point = world.one(
        survey_factories.CollectionPointFactory, f"guest {place}", campaign=world.mystery(place), channel="investigator"
    )
    return {"token": point.token}


REFERENTS = {Role.QUALITY_REFERENT, Role.DEPUTY_REFERENT}
HIDDEN = {403, 404}  # those who do not run a mystery campaign do not even see it before it is closed
MYSTERY: dict[str, Row] = {
    "surveys:tests": Row(P.SURVEY_EDIT, _mystery, without=HIDDEN),
    "surveys:scenario-create": Row(P.SURVEY_EDIT, _mystery, without=HIDDEN),
    "surveys:invite": Row(P.SURVEY_EDIT, _mystery, without=HIDDEN),
    "surveys:absorb": Row(P.SURVEY_EDIT, _mystery, without=HIDDEN),
    "surveys:scenario-edit": Row(P.SURVEY_EDIT, _scenario, without=HIDDEN),
    "surveys:scenario-remove": Row(P.SURVEY_EDIT, _scenario, without=HIDDEN),
    "surveys:scenario-history": Row(P.HISTORY_VIEW, _scenario, roles=REFERENTS, without=HIDDEN | {405}),
    "surveys:plan-tests": Row(P.SURVEY_EDIT, _scenario, without=HIDDEN),
    "surveys:unplan": Row(P.SURVEY_EDIT, _planned, get=405, without=HIDDEN),
    "surveys:guest": Row(PUBLIC, _guest),
    "surveys:guest-test": Row(PUBLIC, _guest),
    "surveys:guest-kit": Row(PUBLIC, _guest),
}


def _closed(world, place):
    return {"code": world.closed_survey(place).code}


def _publication(world, place):
    survey = world.closed_survey(place)
    return {"pk": world.one(survey_factories.PublicationFactory, place, campaign=survey).pk}


def _published(world, place):
    _publication(world, place)
    return _closed(world, place)


def _publication_request(world, place):
    return _closed(world, place) | {"kind": "poster_a4"}


PUBLICATIONS: dict[str, Row] = {
    "surveys:public-results": Row(PUBLIC, _published),
    "surveys:publications": Row(P.SURVEY_VIEW, _closed),
    "surveys:publication": Row(P.SURVEY_VIEW, _publication),
    "surveys:publication-request": Row(P.SURVEY_EDIT, _publication_request, get=405),
}

EXPECTED: dict[str, Row] = {
    **QUESTIONNAIRES,
    **CAMPAIGNS,
    **INTAKE,
    **RESULTS,
    **IMPORTS,
    **MYSTERY,
    **PUBLICATIONS,
}
