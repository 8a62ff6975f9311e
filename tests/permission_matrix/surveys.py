"""Rows of the permission matrix for surveys; one table per family of pages."""

from organisations.permissions import P
from surveys.imports.survey_file import SurveyFile
from surveys.views import feedbacks, mystery, places, points, questions
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401
from tests.permission_matrix.sections import rows_of
from tests.surveys import factories as survey_factories


def _point(world, place):
    return world.collection_point(place)


def _survey(world, place):
    return world.survey(place)


def _burst(world, place):
    return world.survey(place), {"burst": "1-0"}


def _paper_form(world, place):
    return world.paper_form(place)


def _tablet(world, place):
    return world.collection_point(place, "tablet")


def _qr_point(world, place):
    return world.collection_point(place, "qr")


def _paper_language(world, place):
    return world.survey(place), {"language": "fr"}


def _place(world, place):
    return world.one(survey_factories.PlaceFactory, place, site=world.site(place))


def _questionnaire(world, place):
    """A questionnaire own to the site: the common ones are seen by all."""
    return world.one(survey_factories.QuestionnaireFactory, place, site=world.site(place))


def _question(world, place):
    questionnaire = world.one(survey_factories.QuestionnaireFactory, place, site=world.site(place))
    return world.one(survey_factories.QuestionFactory, place, questionnaire=questionnaire)


QUESTIONNAIRES: dict[str, Row] = {
    **rows_of(questions.Questions, _question, P.SURVEY_EDIT),
    "surveys:questionnaires": Row(P.SURVEY_VIEW),
    "surveys:questionnaire-create": Row(P.SURVEY_EDIT),
    "surveys:questionnaire": Row(P.SURVEY_VIEW, _questionnaire),
    "surveys:questionnaire-preview": Row(P.SURVEY_VIEW, _questionnaire),
    "surveys:questionnaire-edit": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-copy": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-new-version": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-remove": Row(P.SURVEY_EDIT, _questionnaire),
    "surveys:questionnaire-history": Row(P.HISTORY_VIEW, _questionnaire),
}

CAMPAIGNS: dict[str, Row] = {
    **rows_of(places.Places, _place, P.SURVEY_EDIT),
    **rows_of(
        points.Points, _qr_point, P.SURVEY_EDIT, poster=Row(P.SURVEY_ENTER, _qr_point, get=405), qr=P.SURVEY_ENTER
    ),
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
    "surveys:burst-set-aside": Row(P.SURVEY_EDIT, _burst, get=405),
    "surveys:campaign-history": Row(P.HISTORY_VIEW, _survey),
    "surveys:paper-form": Row(P.SURVEY_ENTER, _paper_language, get=405),
}

INTAKE: dict[str, Row] = {
    "surveys:respond": Row(PUBLIC, _point),
    "surveys:thanks": Row(PUBLIC, _point, get=302),
    "surveys:kiosk": Row(PUBLIC, _tablet),
    "surveys-code": Row(PUBLIC),
    "surveys-short": Row(PUBLIC, lambda world, place: {"code": "bcd-fgh"}, get=404, post={405}),
    "surveys:kiosk-prepare": Row(PUBLIC, _tablet, get=405),
    "surveys:kiosk-state": Row(PUBLIC, _tablet),
    "surveys:kiosk-worker": Row(PUBLIC),
    "surveys:paper": Row(P.SURVEY_ENTER, _survey),
    "surveys:response-correct": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:responses": Row(P.SURVEY_EDIT, _survey),
    "surveys:response": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:response-set-aside": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:response-take-back": Row(P.SURVEY_EDIT, _paper_form),
    "surveys:response-history": Row(P.HISTORY_VIEW, _paper_form),
}


def _results_cut(world, place):
    """A cut by site: the other site of the world has a closed survey with the same questionnaire."""
    campaign = world.survey(place)
    for channel in ("web", "paper"):
        world.one(survey_factories.ResponseFactory, f"{channel} cut {place}", campaign=campaign, channel=channel)
    return campaign, {"cut": "canal"}


def _results_export(world, place):
    return world.survey(place), {"part": "resultats", "extension": "csv"}


def _criterion(world, place):
    campaign = world.closed_survey(place)
    question = world.one(survey_factories.QuestionFactory, f"criterion {place}", questionnaire=campaign.questionnaire)
    return campaign, {"question": question.code}


def _text(world, place):
    campaign = world.survey(place)
    question = world.one(
        survey_factories.QuestionFactory, f"text {place}", questionnaire=campaign.questionnaire, kind="text"
    )
    response = world.one(
        survey_factories.ResponseFactory, f"text {place}", campaign=campaign, has_text=True,
        answers={question.code: "Des sièges"},
    )  # fmt: skip
    return campaign, {"pk": response.pk, "question": question.code}


def _feedback(world, place):
    return world.one(survey_factories.FeedbackFactory, place, campaign=world.survey(place))


RESULTS: dict[str, Row] = {
    **rows_of(feedbacks.FeedbackPages, _feedback, P.SURVEY_EDIT),
    "surveys:results": Row(P.SURVEY_VIEW, _survey),
    "surveys:results-cut": Row(P.SURVEY_VIEW, _results_cut, get=404),  # too few forms for a cut
    "surveys:results-export": Row(P.SURVEY_VIEW, _results_export),
    "surveys:open-finding": Row(P.ACTION_EDIT, _criterion, get=405),
    "surveys:verbatims": Row(P.SURVEY_VIEW, _survey),
    "surveys:verbatims-shown": Row(P.SURVEY_EDIT, _survey, get=405),
    "surveys:verbatim-tag": Row(P.SURVEY_EDIT, _text, get=405),
    "surveys:verbatim-hide": Row(P.SURVEY_EDIT, _text),
    "surveys:verbatim-show": Row(P.SURVEY_EDIT, _text, get=405),
    "surveys:feedbacks": Row(P.SURVEY_VIEW, _survey),
}


def _import(world, place):
    return world.one(survey_factories.SurveyImportFactory, place, campaign=world.survey(place))


IMPORTS: dict[str, Row] = {
    "surveys:import-upload": Row(P.SURVEY_IMPORT, _survey),
    **import_rows(SurveyFile, at=_import),
}


def _mystery(world, place):
    return world.mystery(place)


def _scenario(world, place):
    return world.scenario(place)


def _planned(world, place):
    planned = world.one(
        survey_factories.PlannedTestFactory, place, scenario=world.scenario(place), campaign=world.mystery(place)
    )
    return planned


def _guest(world, place):
    point = world.one(
        survey_factories.CollectionPointFactory, f"guest {place}", campaign=world.mystery(place), channel="investigator"
    )
    return point


MYSTERY: dict[str, Row] = {
    **rows_of(mystery.Scenarios, _scenario, P.SURVEY_EDIT, is_hidden=True),
    "surveys:tests": Row(P.SURVEY_EDIT, _mystery, is_hidden=True),
    "surveys:invite": Row(P.SURVEY_EDIT, _mystery, is_hidden=True),
    "surveys:absorb": Row(P.SURVEY_EDIT, _mystery, is_hidden=True),
    "surveys:unplan": Row(P.SURVEY_EDIT, _planned, get=405, is_hidden=True),
    "surveys:guest": Row(PUBLIC, _guest),
    "surveys:guest-test": Row(PUBLIC, _guest),
    "surveys:guest-kit": Row(PUBLIC, _guest),
}


def _closed(world, place):
    return world.closed_survey(place)


def _publication(world, place):
    survey = world.closed_survey(place)
    return world.one(survey_factories.PublicationFactory, place, campaign=survey)


def _published(world, place):
    survey = world.closed_survey(place)
    world.one(survey_factories.PublicEditionFactory, place, campaign=survey)
    return survey


def _publication_request(world, place):
    return world.closed_survey(place), {"kind": "poster_a4"}


PUBLICATIONS: dict[str, Row] = {
    "surveys:information": Row(PUBLIC),
    "surveys:public-results": Row(PUBLIC, _published),
    "surveys:public-review": Row(P.SURVEY_EDIT, _closed),
    "surveys:public-withdraw": Row(P.SURVEY_EDIT, _published, get=405),
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
