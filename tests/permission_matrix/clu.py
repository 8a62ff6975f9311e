"""Rows of the permission matrix for the committees."""

from clu.imports.attendance import AttendanceFile
from clu.imports.members import MembersFile
from clu.views import committees, meetings
from organisations.permissions import P
from tests.clu import factories
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import PUBLIC, Row
from tests.permission_matrix.sections import rows_of


def _committee(world, place):
    return world.one(factories.CommitteeFactory, place, site=world.site(place))


def _member(world, place):
    return world.one(factories.MemberFactory, place, committee=_committee(world, place))


def _mandate(world, place):
    return world.one(factories.MandateFactory, place, member=_member(world, place))


def _meeting(world, place):
    return world.one(factories.MeetingFactory, place, committee=_committee(world, place))


def _item(world, place):
    return world.one(factories.AgendaItemFactory, place, meeting=_meeting(world, place))


def _attendance(world, place):
    return world.one(factories.AttendanceFactory, place, meeting=_meeting(world, place), token=f"jeton-{place:_<24}")


def _note(world, place):
    return world.one(factories.NoteFactory, place, meeting=_meeting(world, place), kind="request")


def _opinion(world, place):
    return world.one(factories.OpinionFactory, place, meeting=_meeting(world, place))


def _document(world, place):
    return _meeting(world, place), {"kind": "convocation"}


def _members_import(world, place):
    return world.one(factories.MembersImportFactory, place, site=world.site(place))


def _attendance_import(world, place):
    return world.one(factories.AttendanceImportFactory, place, site=world.site(place))


EXPECTED: dict[str, Row] = {
    **rows_of(
        committees.Committees,
        _committee,
        P.COMMITTEE_EDIT,
        members=P.COMMITTEE_VIEW,
        order_pdf=P.COMMITTEE_VIEW,
        order_odt=P.COMMITTEE_VIEW,
    ),
    **rows_of(committees.Members, _member, P.COMMITTEE_EDIT),
    **rows_of(committees.Mandates, _mandate, P.COMMITTEE_EDIT),
    **rows_of(meetings.Meetings, _meeting, P.COMMITTEE_EDIT, report=P.COMMITTEE_VIEW),
    **rows_of(meetings.Items, _item, P.COMMITTEE_EDIT),
    **rows_of(meetings.Attendances, _attendance, P.COMMITTEE_EDIT),
    **rows_of(meetings.Notes, _note, P.COMMITTEE_EDIT, open_finding=Row(P.ACTION_EDIT, _note, get=405)),
    **rows_of(meetings.Opinions, _opinion, P.COMMITTEE_EDIT),
    "clu:meeting-document": Row(P.COMMITTEE_VIEW, _document, get=405),
    "clu:answer": Row(PUBLIC, _attendance),
    "clu:answer-calendar": Row(PUBLIC, _attendance, post={404}),
    "clu:members-import-upload": Row(P.COMMITTEE_EDIT),
    **import_rows(MembersFile, _members_import),
    "clu:attendance-import-upload": Row(P.COMMITTEE_EDIT),
    **import_rows(AttendanceFile, _attendance_import),
}
