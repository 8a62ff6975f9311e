"""Rows of the permission matrix for reports."""

from organisations.permissions import P, roles_with
from reports.services import editions, proofs
from reports.views.editions import Editions
from reports.views.proofs import Proofs, Remarks
from reports.views.publications import Publications
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Row
from tests.permission_matrix.sections import rows_of
from tests.reports.factories import (
    FigureNoteFactory,
    FrozenChapterFactory,
    PrintedFileFactory,
    ProofCommentFactory,
    ProofreadingFactory,
    PublicationFactory,
    ReportImageFactory,
)

# the history of a report is read by those who may read the report
READERS = set(roles_with(P.HISTORY_VIEW)) & set(roles_with(P.REPORT_VIEW))


def _report(world, place):
    return world.report(place)


def _chapter(world, place):
    return world.chapter(place)


def _figure(world, place):
    chapter = world.chapter(place)
    return chapter, {"figure": world.one(FigureNoteFactory, place, chapter=chapter).figure}


def _edition(world, place):
    return world.edition(place)


def _paper(world, place):
    return world.report(place), {"document": "plaquette"}


def _file(world, place):
    return world.one(PrintedFileFactory, place, report=world.report(place))


def _image(world, place):
    return world.one(ReportImageFactory, place, report=world.report(place))


def _publication(world, place):
    """Published to all who may read one."""
    return world.one(PublicationFactory, place, edition=_edition(world, place), roles=f"|{'|'.join(editions.READERS)}|")


def _shown(world, place):
    """An image that the published edition shows."""
    publication, image = _publication(world, place), _image(world, place)
    body = f'<img src="/bilans/images/{image.pk}/" alt="a">'
    world.one(FrozenChapterFactory, place, edition=publication.edition, position=7, body=body)
    return publication, {"number": image.pk}


def _proof(world, place):
    return world.one(ProofreadingFactory, place, edition=_edition(world, place))


def _remark(world, place):
    chapter = world.one(FrozenChapterFactory, place, edition=_edition(world, place))
    return world.one(ProofCommentFactory, place, proofreading=_proof(world, place), chapter=chapter)


def _link(world, place):
    _remark(world, place)
    return {"token": proofs.link_of(_proof(world, place)).rstrip("/").rpartition("/")[2]}


def _link_of_image(world, place):
    _publication, shown = _shown(world, place)
    return _link(world, place) | shown


EXPECTED: dict[str, Row] = {
    "reports:home": Row(SIGNED_IN),
    "reports:contradictions": Row(P.REPORT_EDIT),
    "reports:comparison": Row(P.REPORT_VIEW),
    "reports:exchange-read": Row(P.REPORT_EDIT),
    "reports:exchange-file": Row(P.REPORT_EDIT, at=_report),
    "reports:year": Row(P.REPORT_VIEW),
    "reports:year-calendar": Row(P.REPORT_VIEW),
    "reports:reports": Row(P.REPORT_VIEW),
    "reports:report-open": Row(P.REPORT_EDIT),
    "reports:report": Row(P.REPORT_VIEW, at=_report),
    "reports:report-edit": Row(P.REPORT_EDIT, at=_report),
    "reports:report-history": Row(P.HISTORY_VIEW, at=_report, roles=READERS),
    "reports:report-render": Row(P.REPORT_RENDER, at=_report, get=405),
    "reports:chapter-add": Row(P.REPORT_EDIT, at=_report),
    "reports:chapter": Row(P.REPORT_EDIT, at=_chapter),
    "reports:chapter-figure": Row(P.REPORT_EDIT, at=_figure),
    "reports:figure-draft": Row(P.REPORT_EDIT, at=_figure, get=405),
    "reports:chapter-draft": Row(P.REPORT_EDIT, at=_chapter, get=405),
    "reports:chapter-image": Row(P.REPORT_EDIT, at=_chapter),
    "reports:image": Row(P.REPORT_VIEW, at=_image),
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
    **rows_of(
        Editions, _edition, P.REPORT_EDIT, read=P.REPORT_VIEW, download=P.REPORT_VIEW, validate=P.REPORT_VALIDATE
    ),
    **rows_of(
        Publications,
        _publication,
        P.REPORT_EDIT,
        read=P.REPORT_READ,
        image=Row(P.REPORT_READ, at=_shown),
        download=Row(P.REPORT_READ, at=lambda world, place: (_publication(world, place), {"format": "pdf"})),
    ),
    **rows_of(Proofs, _proof, P.REPORT_EDIT),
    **rows_of(Remarks, _remark, P.REPORT_EDIT),
    "reports:proof-read": Row(PUBLIC, at=_link, post={404}),
    "reports:proof-image": Row(PUBLIC, at=_link_of_image, post={405}),
}
