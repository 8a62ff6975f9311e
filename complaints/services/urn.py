"""Slips of the urn, registered by batch: one paragraph a slip, all received on the day the urn was opened."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from complaints.calendars import rules_of
from complaints.enums import Channel, Nature
from complaints.models import Complaint
from complaints.services import cases
from complaints.services.clocks import settle
from core.base.errors import UserError
from core.base.french import folded
from core.record import history, identities
from organisations.calendars import calendar_of
from organisations.models import Unit

MOST = 200  # slips of one batch
_LEAD = re.compile(r"([^:\n]{3,25}):\s*")
_ADDRESS = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+")


@transaction.atomic
def register_slips(
    *, site: Unit, received_on: date, slips: str, by: Any, kind: str = Nature.COMPLAINT, theme: str = ""
) -> list[Complaint]:
    """Register the slips of an urn. « Félicitation : … » says its nature; an e-mail in a slip makes it answerable."""
    read = list(read_slips(slips, kind))
    if not read:
        raise UserError("Aucun bulletin : écrivez un paragraphe par bulletin.", field="slips")
    if len(read) > MOST:
        raise UserError(f"{len(read)} bulletins : enregistrez-les par {MOST} au plus.", field="slips")
    people = identities.keep_many([person for _nature, person in read], kind=cases.KIND)
    found = [
        cases.drawn(site, channel=Channel.URN, received_on=received_on, by=by, kind=nature, person=person, theme=theme)
        for nature, person in read
    ]
    for case, identity in zip(found, people, strict=True):
        case.identity = identity
    settle(found, calendar=calendar_of(site), rules=rules_of(site))
    history.bulk_create(found, by=by, reason=f"Urne relevée le {received_on:%d/%m/%Y}")
    return found


def read_slips(text: str, kind: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(nature, person) of each paragraph."""
    natures = {folded(nature.label): nature.value for nature in Nature}
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        said, nature = paragraph.strip(), kind
        if not said:
            continue
        lead = _LEAD.match(said)
        told = natures.get(folded(lead[1].strip()).removesuffix("s")) if lead else None
        if lead and told:
            nature, said = told, said[lead.end() :]
        yield nature, {"text": said} | _reach(said)


def _reach(said: str) -> dict[str, str]:
    for found in _ADDRESS.findall(said):
        address = found.strip(".")
        try:
            validate_email(address)
        except ValidationError:
            continue
        return {"email": address}
    return {}
