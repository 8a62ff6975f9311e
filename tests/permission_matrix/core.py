"""Rows of the permission matrix for core."""

from organisations.permissions import P
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row


def _holiday(world, place):
    return {"pk": world.holiday().pk}


EXPECTED: dict[str, Row] = {
    "core:holidays": Row(SIGNED_IN),
    "core:holiday-add": Row(P.CALENDAR_EDIT, at=lambda w, place: {"zone": w.holiday().zone.code}, shared=True),
    "core:holiday-edit": Row(P.CALENDAR_EDIT, at=_holiday, shared=True),
    "core:holiday-remove": Row(P.CALENDAR_EDIT, at=_holiday, shared=True),
    "core:holiday-history": Row(SIGNED_IN, at=_holiday, shared=True),
    "core:accessibility": Row(PUBLIC),
    "core:sitemap": Row(PUBLIC),
    "core:help": Row(PUBLIC),
    "core:legal": Row(PUBLIC),
}
