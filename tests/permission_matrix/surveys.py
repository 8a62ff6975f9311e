"""Rows of the permission matrix for surveys; one table per family of pages."""

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


QUESTIONNAIRES: dict[str, Row] = {}

CAMPAIGNS: dict[str, Row] = {}

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

RESULTS: dict[str, Row] = {}

IMPORTS: dict[str, Row] = {}

MYSTERY: dict[str, Row] = {}

def _closed(world, place):
    return {"code": world.closed_survey(place).code}


def _publication(world, place):
    survey = world.closed_survey(place)
    return {"pk": world.one(survey_factories.PublicationFactory, place, campaign=survey).pk}


def _publication_request(world, place):
    return _closed(world, place) | {"kind": "poster_a4"}


PUBLICATIONS: dict[str, Row] = {
    "surveys:public-results": Row(PUBLIC, _closed),
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
