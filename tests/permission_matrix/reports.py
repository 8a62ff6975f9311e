"""Rows of the permission matrix for reports."""

from organisations.permissions import P, roles_with
from tests.permission_matrix.rows import SIGNED_IN, Row
from tests.reports.factories import PrintedFileFactory

# the history of a report is read by those who may read the report
READERS = set(roles_with(P.HISTORY_VIEW)) & set(roles_with(P.REPORT_VIEW))


def _report(world, place):
    return world.report(place)


def _chapter(world, place):
    return world.chapter(place)


def _edition(world, place):
    return world.edition(place)


def _paper(world, place):
    return world.report(place), {"document": "plaquette"}


def _file(world, place):
    return world.one(PrintedFileFactory, place, report=world.report(place))


EXPECTED: dict[str, Row] = {
    "reports:home": Row(SIGNED_IN),
    "reports:contradictions": Row(P.REPORT_EDIT),
    "reports:reports": Row(P.REPORT_VIEW),
    "reports:report-open": Row(P.REPORT_EDIT),
    "reports:report": Row(P.REPORT_VIEW, at=_report),
    "reports:report-edit": Row(P.REPORT_EDIT, at=_report),
    "reports:report-history": Row(P.HISTORY_VIEW, at=_report, roles=READERS),
    "reports:report-render": Row(P.REPORT_RENDER, at=_report, get=405),
    "reports:chapter-add": Row(P.REPORT_EDIT, at=_report),
    "reports:chapter": Row(P.REPORT_EDIT, at=_chapter),
    "reports:chapter-preview": Row(P.REPORT_VIEW, at=_chapter),
    "reports:chapter-history": Row(P.HISTORY_VIEW, at=_chapter, roles=READERS),
    "reports:chapter-up": Row(P.REPORT_EDIT, at=_chapter, get=405),
    "reports:chapter-down": Row(P.REPORT_EDIT, at=_chapter, get=405),
    "reports:chapter-include": Row(P.REPORT_EDIT, at=_chapter, get=405),
    "reports:chapter-exclude": Row(P.REPORT_EDIT, at=_chapter, get=405),
    "reports:chapter-confirm": Row(P.REPORT_EDIT, at=_chapter, get=405),
    "reports:report-take-last": Row(P.REPORT_EDIT, at=_report, get=405),
    "reports:paper-request": Row(P.REPORT_RENDER, at=_paper, get=405),
    "reports:file-download": Row(P.REPORT_VIEW, at=_file),
    "reports:edition-download": Row(P.REPORT_VIEW, at=_edition),
}
