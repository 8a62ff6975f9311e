"""Rows of the permission matrix for complaints."""

from complaints.imports.register import ComplaintsFile
from complaints.imports.tally import TallyFile
from complaints.views import cases, steering
from core.record import identities
from organisations.permissions import P
from tests.complaints import factories
from tests.permission_matrix.imports import import_rows
from tests.permission_matrix.rows import PUBLIC, Row
from tests.permission_matrix.sections import rows_of


def _case(world, place):
    person = identities.keep({"email": f"{place}@example.invalid", "text": "Bonjour"}, kind="complainant")
    return world.one(factories.ComplaintFactory, place, site=world.site(place), identity=person)


def _file(world, place):
    case = _case(world, place)
    file = world.one(factories.CaseFileFactory, f"file {place}", complaint=case)
    return case, {"file": file.pk}


def _message(world, place):
    case = _case(world, place)
    message = world.one(factories.CaseMessageFactory, f"message {place}", complaint=case)
    return case, {"message": message.pk}


def _site(world, place):
    return world.site(place)


def _code(world, place):
    return {"code": world.site("own").code}


def _of(factory):
    return lambda world, place: world.one(factory, place, site=world.site(place))


EXPECTED: dict[str, Row] = {
    **rows_of(
        cases.Cases,
        _case,
        P.COMPLAINT_REPLY,
        create=P.COMPLAINT_REGISTER,
        authority=P.COMPLAINT_REGISTER,
        urn=P.COMPLAINT_REGISTER,
        person=Row(P.COMPLAINT_IDENTITY, _case, get=405),
        letter=Row(P.COMPLAINT_REPLY, _case, get=405),
        message=Row(P.COMPLAINT_REPLY, _message, get=405),
        file=Row(P.COMPLAINT_IDENTITY, _file, get=409),
        erase=P.COMPLAINT_EDIT,
    ),
    **rows_of(steering.Rules, _of(factories.DelayRuleFactory), P.COMPLAINT_EDIT),
    **rows_of(steering.Templates, _of(factories.ReplyTemplateFactory), P.COMPLAINT_EDIT),
    **rows_of(steering.Terms, _of(factories.RetentionTermFactory), P.COMPLAINT_EDIT),
    **rows_of(steering.Mailboxes, _of(factories.MailboxFactory), P.COMPLAINT_EDIT),
    "complaints:mails-left": Row(P.COMPLAINT_REGISTER),
    "complaints:erase": Row(P.COMPLAINT_EDIT),
    "complaints:statistics": Row(P.COMPLAINT_VIEW),
    "complaints:tally": Row(P.COMPLAINT_REGISTER),
    "complaints:tally-undo": Row(P.COMPLAINT_REGISTER, get=405),
    "complaints:tallies": Row(P.COMPLAINT_VIEW),
    "complaints:import-home": Row(P.COMPLAINT_IMPORT, get=302),
    "complaints:import-upload": Row(P.COMPLAINT_IMPORT, _site),
    "complaints:tally-import-upload": Row(P.COMPLAINT_IMPORT, _site),
    **import_rows(ComplaintsFile, at=_of(factories.ComplaintImportFactory)),
    **import_rows(TallyFile, at=_of(factories.TallyImportFactory)),
    "complaints:public-form": Row(PUBLIC, _code),
    "complaints:public-thanks": Row(PUBLIC, _code),
    "complaints:public-status": Row(PUBLIC),
}
