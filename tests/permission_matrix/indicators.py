"""Rows of the permission matrix for indicators."""

from organisations.permissions import P
from tests import factories
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

EXPECTED: dict[str, Row] = {**CATALOGUE}
