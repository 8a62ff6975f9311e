"""Rows of the permission matrix for indicators."""

from indicators.imports.gridfile import GridFile
from indicators.views.assignments import Assignments
from indicators.views.effects import Effects
from indicators.views.targets import Targets
from organisations.permissions import P
from tests.indicators.factories import AssignmentFactory, ExpectedEffectFactory, IndicatorFactory, TargetFactory
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row  # noqa: F401
from tests.permission_matrix.sections import rows_of


def _own_indicator(world, place):
    """An indicator own to the site: the common ones follow who follows them (docs/adr)."""
    return world.one(IndicatorFactory, place, owner=world.site(place))


def _target(world, place):
    return world.one(TargetFactory, place, site=world.site(place))


def _assignment(world, place):
    return world.one(AssignmentFactory, place, unit=world.service(place))


CATALOGUE: dict[str, Row] = {
    **rows_of(Targets, _target, P.INDICATOR_EDIT, create=Row(P.INDICATOR_EDIT, at=_own_indicator)),
    **rows_of(Assignments, _assignment, P.INDICATOR_EDIT, create=Row(P.INDICATOR_EDIT, at=_own_indicator)),
    "indicators:catalogue": Row(P.INDICATOR_VIEW),
    "indicators:indicator-create": Row(P.INDICATOR_EDIT),
    "indicators:indicator": Row(P.INDICATOR_VIEW, at=_own_indicator),
    "indicators:indicator-edit": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-copy": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-stop": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-resume": Row(P.INDICATOR_EDIT, at=_own_indicator),
    "indicators:indicator-history": Row(P.HISTORY_VIEW, at=_own_indicator),
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


def _table(world, place):
    return {"site": _year(world, place)["site"]}


def _export(world, place):
    return _year(world, place) | {"format": "csv"}


def _snapshot(world, place):
    return world.snapshot(place)


def _campaign(world, place):
    return world.campaign(place)


def _import(world, place):
    return world.grid_import(place)


PAGES: dict[str, Row] = {
    "indicators:entry()": Row(P.VALUE_ENTER),
    "indicators:entry(year,month)": Row(P.VALUE_ENTER, at=lambda world, place: MONTH, shared=True),
    "indicators:cell": Row(P.VALUE_ENTER, at=_cell),
    "indicators:grid()": Row(P.INDICATOR_VIEW, get=302),
    "indicators:grid(site,year)": Row(P.INDICATOR_VIEW, at=_year),
    "indicators:grid-cells": Row(P.VALUE_ENTER, at=_year, get=405),
    "indicators:year-copy": Row(P.INDICATOR_EDIT, at=_year),
    "indicators:grid-export": Row(P.INDICATOR_VIEW, at=_export),
    "indicators:dashboard()": Row(P.INDICATOR_VIEW, get=302),
    "indicators:dashboard(site,year,month)": Row(P.INDICATOR_VIEW, at=_month),
    "indicators:dashboard-compute": Row(P.DASHBOARD_COMPUTE, at=_month, get=405),
    "indicators:snapshot": Row(P.INDICATOR_VIEW, at=_snapshot),
    "indicators:snapshot-pdf": Row(P.INDICATOR_VIEW, at=_snapshot),
    "indicators:why(indicator,site,year)": Row(P.INDICATOR_VIEW, at=_why),
    "indicators:why(indicator,site,year,month)": Row(P.INDICATOR_VIEW, at=_why_month),
    "indicators:campaigns()": Row(P.CAMPAIGN_STEER, get=302),
    "indicators:campaigns(site,year)": Row(P.CAMPAIGN_STEER, at=_year),
    "indicators:assignment-table()": Row(P.INDICATOR_EDIT, get=302),
    "indicators:assignment-table(site)": Row(P.INDICATOR_EDIT, at=_table),
    "indicators:campaigns-sites": Row(P.CAMPAIGN_STEER, at=lambda world, place: {"year": 2020}, shared=True),
    "indicators:dashboard-sites": Row(P.INDICATOR_VIEW, at=lambda world, place: MONTH, shared=True),
    "indicators:campaign-open": Row(P.CAMPAIGN_STEER, at=_month, get=405),
    "indicators:campaign": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-history": Row(P.HISTORY_VIEW, at=_campaign),
    "indicators:campaign-chase": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-explain": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-collect": Row(P.CAMPAIGN_STEER, at=_campaign, get=405),
    "indicators:campaign-validate": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-close": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-reopen": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:import-upload()": Row(P.VALUE_IMPORT, get=302),
    "indicators:import-upload(site,year)": Row(P.VALUE_IMPORT, at=_year),
    **import_rows(GridFile, at=_import),
}


def _effect(world, place):
    keys = {"action": world.action(place), "indicator": world.indicator()}
    return world.one(ExpectedEffectFactory, place, **keys)


EFFECTS: dict[str, Row] = {
    **rows_of(Effects, _effect, P.ACTION_EDIT),
}

EXPECTED: dict[str, Row] = {**CATALOGUE, **PAGES, **EFFECTS}
