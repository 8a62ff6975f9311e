"""What the public sends without an account: a case once per key, limited per network, of which nothing is kept."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from complaints.enums import Channel, MessageKind, Nature
from complaints.models import Complaint, ReplyTemplate
from complaints.services import cases, files, messages, replies
from core.base.errors import UserError
from core.record import identities, limits
from organisations.models import Unit

PERIOD = timedelta(hours=1)
LIMIT = 20  # messages an hour from one network to one site
LOOKS = 30  # looks at the status of a case an hour from one network


class TooMany(UserError):
    """The network asked for more than the limit."""


@transaction.atomic
def receive(
    site: Unit,
    *,
    key: UUID,
    kind: str,
    person: Mapping[str, str],
    documents: Sequence[tuple[str, bytes]],
    language: str,
    network: str,
) -> Complaint:
    """Register a message of the public, once per key, with its documents; an acknowledgement leaves at once."""
    known = Complaint.objects.filter(site=site, line_key=_digest(key)).first()
    if known:
        return known
    if not limits.take(f"complaint|{site.pk}|{_network(network)}", limit=LIMIT, period=PERIOD):
        raise TooMany("Trop de messages : réessayez dans une heure.")
    for name, content in documents:
        if why := files.why_refused(name, content):
            raise UserError(why, field="files")
    nature = kind if kind in Nature.values else Nature.COMPLAINT
    today = timezone.localdate()
    case = cases.register(
        site,
        channel=Channel.WEB_FORM,
        received_on=today,
        by=None,
        kind=nature,
        person=person,
        is_reachable=bool(person.get("email") or person.get("phone") or person.get("address")),
        language=language,
        line_key=_digest(key),
        reason="Formulaire public",
    )
    for name, content in documents:
        files.join(case, name, content, by=None)
    if person.get("email"):
        _acknowledge(case)
    return case


def status(reference: str, email: str, *, network: str) -> Complaint | None:
    """The case of that reference and that address; None for a pair that is none."""
    if not limits.take(f"complaint-status|{_network(network)}", limit=LOOKS, period=PERIOD):
        raise TooMany("Trop de demandes : réessayez dans une heure.")
    people = identities.find(email=email, kind=cases.KIND)
    found = Complaint.objects.filter(reference__iexact=reference.strip(), identity__in=people)
    return found.select_related("site", "transmitted_to").first()


def _acknowledge(case: Complaint) -> None:
    """Tell the reference by mail: the acknowledgement of the site, or a plain one."""
    model = ReplyTemplate.objects.filter(
        site=case.site, kind=MessageKind.ACKNOWLEDGEMENT, is_active=True, language=case.language
    ).first()
    told = replies.filled(model, case) if model else _plain(case)
    if case.kind in (Nature.COMPLAINT, Nature.SUGGESTION):
        cases.acknowledge(case, on=case.received_on, by=None, reason="Accusé de réception automatique")
    messages.write(case, kind=MessageKind.ACKNOWLEDGEMENT, by=None, by_mail=True, **told)


def _plain(case: Complaint) -> dict[str, Any]:
    day = f"{case.received_on:%d/%m/%Y}"
    if case.language == "en":
        return {
            "subject": f"Your message {case.reference}",
            "body": f"Hello,\n\nWe received your message on {day}. Its reference is {case.reference}.\n\n"
            f"{case.site.name}",
        }
    return {
        "subject": f"Votre message {case.reference}",
        "body": f"Bonjour,\n\nNous avons bien reçu votre message le {day}. Sa référence est {case.reference} : "
        f"gardez-la pour suivre votre demande.\n\n{case.site.name}",
    }


def _digest(key: UUID) -> str:
    return salted_hmac("complaints.form", str(key), algorithm="sha256").hexdigest()


def _network(network: str) -> str:
    return salted_hmac("complaints.network", network).hexdigest()
