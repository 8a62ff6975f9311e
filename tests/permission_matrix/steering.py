"""Rows of the permission matrix for the entry, grid, dashboards, imports and months of the indicators."""

from organisations.permissions import P
from tests.permission_matrix.rows import Row


def _year(world, place):
    return {"site": world.site(place).code, "year": 2020}


def _month(world, place):
    return _year(world, place) | {"month": 1}


def _why(world, place):
    world.reading(place)
    return _year(world, place) | {"indicator": world.indicator().code}


def _campaign(world, place):
    return {"pk": world.campaign(place).pk}


def _import(world, place):
    return {"pk": world.grid_import(place).pk}


EXPECTED: dict[str, Row] = {
    "indicators:entry()": Row(P.VALUE_ENTER, get=302),
    "indicators:entry(year,month)": Row(P.VALUE_ENTER, at=lambda w, place: {"year": 2020, "month": 1}, shared=True),
    "indicators:cell": Row(
        P.VALUE_ENTER, at=lambda w, place: {"year": 2020, "month": 1, "assignment": w.assignment(place).pk}
    ),
    "indicators:grid()": Row(P.INDICATOR_VIEW, get=302),
    "indicators:grid(site,year)": Row(P.INDICATOR_VIEW, at=_year),
    "indicators:grid-export": Row(P.INDICATOR_VIEW, at=lambda w, place: _year(w, place) | {"format": "xlsx"}),
    "indicators:dashboard()": Row(P.INDICATOR_VIEW, get=302),
    "indicators:dashboard(site,year,month)": Row(P.INDICATOR_VIEW, at=_month),
    "indicators:dashboard-compute": Row(P.DASHBOARD_COMPUTE, at=_month, get=405),
    "indicators:snapshot": Row(P.INDICATOR_VIEW, at=lambda w, place: {"pk": w.snapshot(place).pk}),
    "indicators:why(indicator,site,year)": Row(P.INDICATOR_VIEW, at=_why),
    "indicators:why(indicator,site,year,month)": Row(
        P.INDICATOR_VIEW, at=lambda w, place: _why(w, place) | {"month": 1}
    ),
    "indicators:campaigns()": Row(P.CAMPAIGN_STEER, get=302),
    "indicators:campaigns(site,year)": Row(P.CAMPAIGN_STEER, at=_year),
    "indicators:campaign-open": Row(P.CAMPAIGN_STEER, at=_month, get=405),
    "indicators:campaign": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-history": Row(P.HISTORY_VIEW, at=_campaign),
    "indicators:campaign-chase": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-validate": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-close": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:campaign-reopen": Row(P.CAMPAIGN_STEER, at=_campaign),
    "indicators:import-upload()": Row(P.VALUE_IMPORT, get=302),
    "indicators:import-upload(site,year)": Row(P.VALUE_IMPORT, at=_year),
    "indicators:import": Row(P.VALUE_IMPORT, at=_import),
    "indicators:import-history": Row(P.HISTORY_VIEW, at=_import),
    "indicators:import-commit": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-retry": Row(P.VALUE_IMPORT, at=_import, get=405),
    "indicators:import-undo": Row(P.VALUE_IMPORT, at=_import),
}
