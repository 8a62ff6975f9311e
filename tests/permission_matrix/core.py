"""Rows of the permission matrix for core."""

from core.pages.views.holidays import Holidays
from organisations.permissions import P
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row
from tests.permission_matrix.sections import rows_of


def _holiday(world, place):
    return world.holiday()


def _job(world, place):
    return world.job(place)


EXPECTED: dict[str, Row] = {
    "core:holidays": Row(SIGNED_IN),
    **rows_of(Holidays, _holiday, P.CALENDAR_EDIT, history=SIGNED_IN),
    "core:accessibility": Row(PUBLIC),
    "core:search": Row(SIGNED_IN, query="?q=accueil"),
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
