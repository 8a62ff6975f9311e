"""Replies to a person: the dates of the case and the message that goes with them, in one act."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from actions.enums import Status
from actions.models import Action
from complaints.enums import JUDGED, MessageKind, Outcome
from complaints.models import Complaint, ReplyTemplate
from complaints.services import cases, messages
from core.base.errors import UserError

BLANK = "[…]"  # of a model: what each reply says for itself
DAYS: dict[str, str] = {MessageKind.QUESTION: "asked_on"}  # the field of the day, where it is not « on »


@transaction.atomic
def acknowledge(
    case: Complaint, *, on: date, by: Any, subject: str = "", body: str = "", by_mail: bool = False
) -> Complaint:
    """Tell the person that the message arrived, and record it."""
    cases.acknowledge(case, on=on, by=by)
    _say(case, MessageKind.ACKNOWLEDGEMENT, subject, body, on=on, by=by, by_mail=by_mail)
    return case


@transaction.atomic
def answer(
    case: Complaint, *, on: date, by: Any, subject: str = "", body: str = "", by_mail: bool = False
) -> Complaint:
    """Answer on the substance."""
    cases.answer(case, on=on, by=by)
    _say(case, MessageKind.ANSWER, subject, body, on=on, by=by, by_mail=by_mail)
    return case


@transaction.atomic
def ask(
    case: Complaint, *, asked_on: date, by: Any, subject: str = "", body: str = "", by_mail: bool = False
) -> Complaint:
    """Ask the person for something: the delay stops until the reply. `body`: what was asked, and how."""
    if not body.strip():
        raise UserError("Dites ce qui est demandé, et comment : c’est ce qui suspend le délai.", field="body")
    cases.suspend(case, asked_on=asked_on, by=by)
    _say(case, MessageKind.QUESTION, subject, body, on=asked_on, by=by, by_mail=by_mail)
    return case


@transaction.atomic
def extend(
    case: Complaint, *, to: date, reason: str, by: Any, subject: str = "", body: str = "", by_mail: bool = False
) -> Complaint:
    """Promise another date, and say it to the person with its reason."""
    if case.is_reachable and not body.strip():
        raise UserError(
            "Écrivez à l’usager la raison et la nouvelle date : une prolongation lui est dite.", field="body"
        )
    cases.extend(case, to=to, reason=reason, by=by)
    _say(case, MessageKind.EXTENSION, subject, body, by=by, by_mail=by_mail)
    return case


@transaction.atomic
def redirect(case: Complaint, *, by: Any, template: ReplyTemplate | None = None) -> Complaint:
    """Answer or redirect what is out of scope or a request for information with its ready letter, and close it."""
    today = timezone.localdate()
    if case.in_scope and case.kind in JUDGED:
        raise UserError("Ce dossier est dans le champ : répondez-y, ou triez-le hors champ avant de le rediriger.")
    if template is not None:
        by_mail = bool(case.identity and case.identity.email_digest)
        told = filled(template, case)
        _say(case, MessageKind.REDIRECTION, told["subject"], told["body"], by=by, by_mail=by_mail)
        if not case.acknowledged_on:
            cases.acknowledge(case, on=today, by=by)
    return cases.close(case, outcome=Outcome.REDIRECTED, by=by)


@transaction.atomic
def tell_done(case: Complaint, *, by: Any, subject: str = "", body: str = "", by_mail: bool = False) -> Complaint:
    """« Vous l’avez demandé, nous l’avons fait » : said once the action born of the case is done."""
    done = Action.objects.filter(finding__in=case.findings.values("finding_id"), status=Status.DONE)
    if not done.exists():
        raise UserError("Aucune action née de ce dossier n’est encore réalisée.")
    if case.messages.filter(kind=MessageKind.DONE).exists():
        raise UserError("Cela a déjà été dit à la personne.")
    if not body.strip():
        raise UserError("Écrivez ce qui a été fait.", field="body")
    _say(case, MessageKind.DONE, subject, body, by=by, by_mail=by_mail)
    return case


def filled(template: ReplyTemplate, case: Complaint) -> dict[str, str]:
    """The subject and the text of a model, with what it says of the case."""
    values = {
        "reference": case.reference,
        "received_on": f"{case.received_on:%d/%m/%Y}",
        "answer_by": f"{case.answer_by:%d/%m/%Y}" if case.answer_by else "",
        "service": case.transmitted_label or case.service_label,
        "site": case.site.name,
    }
    return {name: _filled(getattr(template, name), values) for name in ("subject", "body")}


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _say(
    case: Complaint, kind: str, subject: str, body: str, *, by: Any, by_mail: bool, on: date | None = None
) -> None:
    if by_mail and on is not None and on != timezone.localdate():
        raise UserError("Un courriel part aujourd’hui : sa date est celle de ce jour.", field=DAYS.get(kind, "on"))
    if by_mail and not body.strip():
        raise UserError("Écrivez le texte du courriel.", field="body")
    if BLANK in body:
        raise UserError(f"Complétez le texte à la place de « {BLANK} ».", field="body")
    if body.strip():
        messages.write(case, kind=kind, subject=subject, body=body, by=by, on=on, by_mail=by_mail)
