"""The people who wrote: exported or erased on request, found without being shown."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from complaints.enums import NOT_ARRIVED, MessageState
from complaints.models import CaseFile, CaseMessage, Complaint, ComplaintImport
from complaints.services import cases
from complaints.services.recording import empty
from core.base.enums import ImportState
from core.base.errors import UserError
from core.models import Identity
from core.record import history, identities
from organisations.models import Unit


def cases_of(unit: Unit, email: str) -> QuerySet[Complaint]:
    """The cases of the person of that address, at a unit."""
    found = identities.find(email=email, kind=cases.KIND)
    return Complaint.objects.of_unit(unit).filter(identity__in=found).order_by("received_on", "pk")


@transaction.atomic
def export(unit: Unit, email: str, *, by: Any) -> dict[str, Any]:
    """All that is kept of a person: what they wrote, what was written to them, the dates."""
    return {"complaints": [_exported(case, by) for case in cases_of(unit, email).select_related("identity", "site")]}


@transaction.atomic
def erase(unit: Unit, email: str, *, by: Any, reason: str) -> int:
    """Erase a person: names, texts, files. The cases stay in the figures; how many there are."""
    if not reason.strip():
        raise UserError("Dites pourquoi la personne est effacée.", field="reason")
    found = list(cases_of(unit, email))
    for record in ComplaintImport.objects.filter(site=unit.site, state=ImportState.PREVIEW):
        if email.casefold() in str(record.preview).casefold():
            empty(record, by=by)
    return erase_cases(Complaint.objects.filter(pk__in=[case.pk for case in found]), by=by, reason=reason)


@transaction.atomic
def erase_cases(rows: QuerySet[Complaint], *, by: Any, reason: str) -> int:
    """Erase who wrote and what, in and out, of some cases; how many there are."""
    pks = list(rows.values_list("pk", flat=True))
    sealed = CaseMessage.objects.filter(complaint__in=pks).values("sealed_id")
    people = Complaint.objects.filter(pk__in=pks).values("identity_id")
    identities.erase_many(Identity.objects.filter(Q(pk__in=sealed) | Q(pk__in=people)), by=by, reason=reason)
    unsent = CaseMessage.objects.filter(complaint__in=pks, state__in=(MessageState.WAITING, *NOT_ARRIVED))
    unsent.update(state=MessageState.SETTLED)  # there is nobody left to write to
    for file in CaseFile.objects.filter(complaint__in=pks).exclude(file=""):
        storage, name = file.file.storage, str(file.file.name)
        file.file, file.name = "", "fichier effacé"
        history.save(file, by=by, reason=reason)
        transaction.on_commit(partial(storage.delete, name), robust=True)
    return len(pks)


def _exported(case: Complaint, by: Any) -> dict[str, Any]:
    person = identities.read(case.identity, by=by, why="Export à la demande de la personne") if case.identity else {}
    return {
        "reference": case.reference,
        "received_on": case.received_on.isoformat(),
        "channel": case.channel,
        "kind": case.kind,
        "person": person,
        "messages": [
            {"on": one.written_on.isoformat(), "kind": one.kind}
            | (identities.read(one.sealed, by=by, why="Export à la demande de la personne") if one.sealed else {})
            for one in case.messages.select_related("sealed")
        ],
        "files": [one.name for one in case.files.all()],
    }


def erase_case(case: Complaint, *, by: Any, reason: str) -> None:
    """Erase who wrote one case, and what."""
    erase_cases(Complaint.objects.filter(pk=case.pk), by=by, reason=reason)
