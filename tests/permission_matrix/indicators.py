"""Rows of the permission matrix for indicators."""

from organisations.permissions import P
from tests import action_factories, factories
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401


def _own_indicator(world, place):
    """An indicator own to the site: the common ones follow who follows them (docs/adr)."""
    return {"code": world.one(factories.IndicatorFactory, place, owner=world.site(place)).code}


def _target(world, place):
    return {"pk": world.one(factories.TargetFactory, place, site=world.site(place)).pk}


def _assignment(world, place):
    return {"pk": world.one(factories.AssignmentFactory, place, unit=world.service(place)).pk}


CATALOGUE: dict[str, Row] = {
    "indicators:catalogue": Row(P.INDICATOR_VIEW),
    "indicators:indicator-create": Row(P.INDICATOR_EDIT),
    "indicators:indicator": Row(P.INDICATOR_VIEW, at=_own_indicator),
    "indicators:indicator-edit": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-copy": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-stop": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-resume": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-history": Row(P.HISTORY_VIEW, at=_own_indicator),
    "indicators:target-create": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:target-edit": Row(P.INDICATOR_EDIT, at=_target),
    "indicators:target-remove": Row(P.INDICATOR_EDIT, at=_target),
    "indicators:target-history": Row(P.HISTORY_VIEW, at=_target),
    "indicators:assignment-create": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:assignment-edit": Row(P.INDICATOR_EDIT, at=_assignment),
    "indicators:assignment-remove": Row(P.INDICATOR_EDIT, at=_assignment),
    "indicators:assignment-history": Row(P.HISTORY_VIEW, at=_assignment),
}

MONTH = {"year": 2020, "month": 1}


def _year(world, place):
    return {"site": world.site(place).code, "year": 2020}


def _month(world, place):
    return _year(world, place) | {"month": 1}


def _cell(world, place):
    return MONTH | {"assignment": world.assignment(place).pk}


def _why(world, place):
    return _year(world, place) | {"indicator": world.reading(place).indicator.code}


def _why_month(world, place):
    return _why(world, place) | {"month": 1}


def _export(world, place):
    return _year(world, place) | {"format": "csv"}


def _snapshot(world, place):
    return {"pk": world.snapshot(place).pk}


def _campaign(world, place):
    return {"pk": world.campaign(place).pk}


def _import(world, place):
    return {"pk": world.grid_import(place).pk}


PAGES: dict[str, Row] = {
    "indicators:entry()": Row(P.VALUE_ENTER),
    "indicators:entry(year,month)": Row(P.VALUE_ENTER, at=lambda world, place: MONTH, shared=True),
    "indicators:cell": Row(P.VALUE_ENTER, at=_cell),
    "indicators:grid()": Row(P.INDICATOR_VIEW, get=302),
    "indicators:grid(site,year)": Row(P.INDICATOR_VIEW, at=_year),
    "indicators:grid-export": Row(P.INDICATOR_VIEW, at=_export),
    "indicators:dashboard()": Row(P.INDICATOR_VIEW, get=302),
    "indicators:dashboard(site,year,month)": Row(P.INDICATOR_VIEW, at=_month),
    "indicators:dashboard-compute": Row(P.DASHBOARD_COMPUTE, at=_month, get=405),
    "indicators:snapshot": Row(P.INDICATOR_VIEW, at=_snapshot),
    "indicators:why(indicator,site,year)": Row(P.INDICATOR_VIEW, at=_why),
    "indicators:why(indicator,site,year,month)": Row(P.INDICATOR_VIEW, at=_why_month),
    "indicators:campaigns()": Row(P.CAMPAIGN_STEER, get=302),
    "indicators:campaigns(site,year)": Row(P.CAMPAIGN_STEER, at=_year),
    "indicators:campaign-open": Row(P.CAMPAIGN_STEER, at=_month, get=405),
    "indicators:campaign": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-history": Row(P.HISTORY_VIEW, at=_campaign),
    "indicators:campaign-chase": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-collect": Row(P.CAMPAIGN_STEER, at=_campaign, get=405),
    "indicators:campaign-validate": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-close": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-reopen": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:import-upload()": Row(P.VALUE_IMPORT, get=302),
    "indicators:import-upload(site,year)": Row(P.VALUE_IMPORT, at=_year),
    "indicators:import": Row(P.HISTORY_VIEW, at=_import),
    "indicators:import-history": Row(P.HISTORY_VIEW, at=_import),
    "indicators:import-choices": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-abandon": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-commit": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-other-year": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-retry": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-undo": Row(P.VALUE_IMPORT, at=_import, get=405),
}


def _action(world, place):
    return {"pk": world.action(place).pk}


def _effect(world, place):
    keys = {"action": world.action(place), "indicator": world.indicator()}
    return {"pk": world.one(action_factories.ExpectedEffectFactory, place, **keys).pk}


EFFECTS: dict[str, Row] = {
    "indicators:effect-expect": Row(P.ACTION_EDIT, at=_action),
    "indicators:effect-withdraw": Row(P.ACTION_EDIT, at=_effect),
    "indicators:effect-history": Row(P.HISTORY_VIEW, at=_effect),
}

EXPECTED: dict[str, Row] = {**CATALOGUE, **PAGES, **EFFECTS}
