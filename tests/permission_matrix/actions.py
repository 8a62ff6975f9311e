"""Rows of the permission matrix for actions; one table per family of pages."""

from actions.imports.kind import PlanFile
from actions.services.feeds import secret_digest
from actions.views.proofs import Proofs
from organisations.enums import Role
from organisations.permissions import P
from tests.actions import factories as action_factories
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401
from tests.permission_matrix.sections import rows_of

SECRET = "secret-d-un-agenda"


def _plan(world, place):
    return world.plan(place)


def _finding(world, place):
    return world.finding(place)


def _action(world, place):
    return world.action(place)


def _proof(world, place):
    return world.one(action_factories.ProofFactory, place, action=world.action(place))


def _feed(world, place):
    """Whoever knows the secret reads the calendar of its owner."""
    world.shared(
        action_factories.CalendarFeedFactory,
        user=world.users[Role.QUALITY_REFERENT],
        token_digest=secret_digest(SECRET),
    )
    return {"secret": SECRET}


PLANS: dict[str, Row] = {
    "actions:plans": Row(P.ACTION_VIEW),
    "actions:plan-create": Row(P.ACTION_EDIT),
    "actions:plan": Row(P.ACTION_VIEW, at=_plan),
    "actions:plan-edit": Row(P.ACTION_EDIT, at=_plan),
    "actions:plan-remove": Row(P.ACTION_EDIT, at=_plan),
    "actions:plan-row": Row(P.ACTION_EDIT, at=_plan),
    "actions:finding-create": Row(P.ACTION_EDIT, at=_plan),
    "actions:finding": Row(P.ACTION_VIEW, at=_finding),
    "actions:finding-edit": Row(P.ACTION_EDIT, at=_finding),
    "actions:finding-remove": Row(P.ACTION_EDIT, at=_finding),
    "actions:action-create": Row(P.ACTION_EDIT, at=_finding),
}

ACTIONS: dict[str, Row] = {
    "actions:mine": Row(P.ACTION_REPORT),
    "actions:feed-settings": Row(P.ACTION_REPORT),
    "actions:feed-close": Row(P.ACTION_REPORT, get=405),
    "actions:feed": Row(PUBLIC, at=_feed, shared=True),
    "actions:actions": Row(P.ACTION_VIEW),
    "actions:board": Row(P.ACTION_VIEW),
    "actions:calendar()": Row(P.ACTION_VIEW),
    "actions:calendar(year,month)": Row(
        P.ACTION_VIEW, at=lambda world, place: {"year": 2026, "month": 11}, shared=True
    ),
    "actions:actions-bulk": Row(P.ACTION_EDIT, query="?changement=en-cours", get=302),
    "actions:deadline-words": Row(P.ACTION_VIEW),
    "actions:action": Row(P.ACTION_VIEW, at=_action),
    "actions:action-edit": Row(P.ACTION_EDIT, at=_action),
    "actions:action-remove": Row(P.ACTION_EDIT, at=_action),
    "actions:action-point": Row(P.ACTION_REPORT, at=_action),
    "actions:action-deadline": Row(P.ACTION_EDIT, at=_action),
    "actions:action-responsibles": Row(P.ACTION_EDIT, at=_action),
    "actions:action-review-ask": Row(P.ACTION_EDIT, at=_action),
    "actions:action-review": Row(P.ACTION_EDIT, at=_action),
    **rows_of(
        Proofs, _proof, P.ACTION_REPORT, file=P.ACTION_VIEW, remove=P.ACTION_EDIT
    ),  # or whoever added it: tests/actions/views/test_proof_pages.py
}


def _import(world, place):
    return world.one(action_factories.PlanImportFactory, place, site=world.site(place))


IMPORTS: dict[str, Row] = {
    "actions:import-upload()": Row(P.ACTION_IMPORT, get=302),
    "actions:import-upload(site)": Row(P.ACTION_IMPORT, at=lambda world, place: {"site": world.site(place).code}),
    **import_rows(PlanFile, at=_import),
}


def _site(world, place):
    return {"site": world.site(place).code}


HISTORY: dict[str, Row] = {
    "actions:plan-history": Row(P.HISTORY_VIEW, at=_plan),
    "actions:finding-history": Row(P.HISTORY_VIEW, at=_finding),
    "actions:action-history": Row(P.HISTORY_VIEW, at=_action),
    "actions:as-of()": Row(P.HISTORY_VIEW, get=302),
    "actions:as-of(site)": Row(P.HISTORY_VIEW, at=_site),
    "actions:difference()": Row(P.HISTORY_VIEW, get=302),
    "actions:difference(site)": Row(P.HISTORY_VIEW, at=_site),
    "actions:extract": Row(P.HISTORY_VIEW, at=_site, get=405),
    "actions:extracts": Row(P.HISTORY_VIEW),
    "actions:verify": Row(P.HISTORY_VIEW),
}


def _of_site(world, place):
    return {"site": world.site(place).code}


def _of_action(world, place):
    return world.action(place)


def _pair(name):
    """Two actions of the place, the second one under that name."""

    def at(world, place):
        other = world.one(action_factories.ActionFactory, f"other {place}", finding=world.finding(place))
        return world.action(place), {name: other.pk}

    return at


def _refusal(world, place):
    action, other = _pair("other")(world, place)
    first, second = sorted((action.pk, other["other"]))
    keys = {"first": None, "second": None, "first_id": first, "second_id": second}
    return world.one(action_factories.TwinRefusalFactory, place, **keys)


def _of_year(world, place):
    world.action(place)
    return _of_site(world, place) | {"year": 2020}


SYNTHESIS: dict[str, Row] = {
    "actions:synthesis()": Row(P.ACTION_VIEW, get=302),
    "actions:synthesis(site,year)": Row(P.ACTION_VIEW, at=_of_year),
    "actions:synthesis-export": Row(P.ACTION_VIEW, at=lambda world, place: _of_year(world, place) | {"format": "csv"}),
    "actions:twins()": Row(P.ACTION_EDIT, get=302),
    "actions:twins(site)": Row(P.ACTION_EDIT, at=_of_site),
    "actions:twin-search": Row(P.ACTION_EDIT, at=_of_action),
    "actions:twin-merge": Row(P.ACTION_EDIT, at=_pair("into"), get=405),
    "actions:twin-set-aside": Row(P.ACTION_EDIT, at=_pair("other"), get=405),
    "actions:twin-separate": Row(P.ACTION_EDIT, at=_of_action),
    "actions:twin-bring-back": Row(P.ACTION_EDIT, at=_refusal, get=405),
}


def _settings(world, place):
    world.one(action_factories.ReminderSettingsFactory, place, site=world.site(place))
    return {"site__code": world.site(place).code}


REMINDERS: dict[str, Row] = {
    "actions:reminders()": Row(P.ACTION_EDIT, get=302),
    "actions:reminders(site)": Row(P.ACTION_EDIT, at=_of_site),
    "actions:reminders-send": Row(P.ACTION_EDIT, at=_of_site, get=405),
    "actions:reminders-edit": Row(P.ACTION_EDIT, at=_of_site),
    "actions:reminders-history": Row(P.HISTORY_VIEW, at=_settings),
}

EXPECTED: dict[str, Row] = {
    **PLANS,
    **ACTIONS,
    **IMPORTS,
    **HISTORY,
    **SYNTHESIS,
    **REMINDERS,
}
