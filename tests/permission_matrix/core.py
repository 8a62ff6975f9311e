"""Rows of the permission matrix for core."""

from organisations.permissions import P
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row


def _holiday(world, place):
    return {"pk": world.holiday().pk}


def _job(world, place):
    return {"uuid": world.job(place).uuid}


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
    "core:jobs": Row(P.JOB_VIEW),
    "core:job": Row(P.JOB_VIEW, at=_job),
    "core:job-state": Row(P.JOB_VIEW, at=_job),
    "core:job-file": Row(P.JOB_VIEW, at=_job),
    "core:job-cancel": Row(P.JOB_VIEW, at=_job, get=405),
    "core:job-restart": Row(P.JOB_VIEW, at=_job, get=405),
    "core:gallery": Row(SIGNED_IN),
    "core:health": Row(PUBLIC),
    "core:seals": Row(P.HISTORY_VIEW),
    "core:seals-verify": Row(P.HISTORY_VIEW, get=405),
}
