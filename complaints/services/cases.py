"""Verbs of a case: register, sort, acknowledge, transmit, wait, extend, answer, close, look again."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from complaints.enums import ANSWERABLE, MessageKind, Nature, Origin, Outcome
from complaints.models import CaseFinding, Complaint, Suspension
from complaints.services.clocks import settle_one
from core.base.errors import UserError
from core.record import history, identities
from core.record.deeds import brought_up_to_date, locked, set_fields
from indicators.services import collecting
from organisations.models import Unit

KIND = "complainant"  # of the identities
LONGEST_EXTENSION = timedelta(days=366)
COLLECTORS = "complaints_"  # what the codes of ours begin with
PERSON = ("name", "email", "phone", "address")
SAID = ("subject", "text")
SORTED = (
    "kind",
    "in_scope",
    "out_of_scope",
    "channel",
    "theme",
    "theme_words",
    "engagement",
    "service",
    "service_words",
    "origin",
    "is_reachable",
    "received_on",
)
NEED_A_REASON = ("kind", "in_scope", "channel", "received_on", "is_reachable")
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that reads as another


def new_reference(received_on: date) -> str:
    """« R26-7KQ2MD8 »: told to the person, guessed by nobody."""
    return f"R{received_on:%y}-{''.join(secrets.choice(_LETTERS) for _ in range(8))}"


def can_reach(channel: str, person: Mapping[str, str]) -> bool:
    """Whether there is a way to reach who wrote: an e-mail always has one, a slip only when it says so."""
    return channel in ANSWERABLE or any(person.get(name, "").strip() for name in PERSON)


def written(value: str | None, *, is_text: bool = False) -> str:
    """What somebody wrote: nothing, where nobody sees a sign of it; a name or an address stands on one line."""
    said = (value or "").replace("\0", "").replace("\r\n", "\n").strip()
    if not any(sign.isprintable() and not sign.isspace() for sign in said):
        return ""
    return said if is_text else " ".join(said.split())


@transaction.atomic
def register(
    site: Unit,
    *,
    channel: str,
    received_on: date,
    by: Any,
    kind: str = Nature.COMPLAINT,
    person: Mapping[str, str] | None = None,
    is_reachable: bool | None = None,
    reason: str = "",
    **fields: Any,
) -> Complaint:
    """Register a case. `person`: who wrote and what (name, email, phone, address, subject, text), kept encrypted."""
    told = {name: said for name, value in (person or {}).items() if (said := written(value, is_text=name == "text"))}
    case = drawn(
        site,
        channel=channel,
        received_on=received_on,
        by=by,
        kind=kind,
        person=told,
        is_reachable=is_reachable,
        **fields,
    )
    if told:
        case.identity = identities.keep(told, kind=KIND)
    settle_one(case)
    history.save(case, by=by, reason=reason or "Enregistrement")
    return case


def drawn(
    site: Unit,
    *,
    channel: str,
    received_on: date,
    by: Any,
    kind: str,
    person: Mapping[str, str],
    is_reachable: bool | None = None,
    **fields: Any,
) -> Complaint:
    """A new case, checked and under its reference, not stored yet."""
    case = Complaint(site=site, channel=channel, kind=kind, received_on=received_on, entered_by=by)
    set_fields(case, fields, (*SORTED, "language", "second_look_of", "handled_by", "line_key"))
    case.is_reachable = can_reach(channel, person) if is_reachable is None else is_reachable
    case.reference = new_reference(received_on)
    _check(case)
    return case


def register_typed(*, site: Unit, by: Any, **typed: Any) -> Complaint:
    """Register a case from one form, where the person and the case stand together."""
    person = {name: typed.pop(name, "") for name in (*PERSON, *SAID)}
    return register(site, by=by, person=person, **typed)


def register_authority(*, site: Unit, name: str, channel: str, text: str, by: Any) -> Complaint:
    """Register what a local authority reports today; what it is about is sorted afterwards."""
    return register(
        site,
        channel=channel,
        received_on=timezone.localdate(),
        by=by,
        person={"name": name, "text": text},
        origin=Origin.LOCAL_AUTHORITY,
    )


@transaction.atomic
def sort(case: Complaint, *, by: Any, reason: str = "", **fields: Any) -> Complaint:
    """Say what a case is. Its nature, scope, channel or day of receipt change for a reason, and its dates follow."""
    held = _open(case)
    before = {name: getattr(held, name) for name in NEED_A_REASON}
    set_fields(held, fields, SORTED)
    if held.in_scope:
        held.out_of_scope = ""
    if not reason.strip() and any(getattr(held, name) != value for name, value in before.items()):
        raise UserError("Dites pourquoi la nature, le champ, le canal ou la date de réception change.", field="reason")
    sorted_case = _settled(case, held, by=by, reason=reason or "Tri")
    if reason.strip():  # the month may be closed: its figures become corrections
        months = {before["received_on"], held.received_on}
        collecting.correct(held.site, months, of=COLLECTORS, by=by, reason=f"{held.reference} : {reason}")
    return sorted_case


@transaction.atomic
def acknowledge(case: Complaint, *, on: date, by: Any, reason: str = "") -> Complaint:
    """Record the day on which the person was told that the message arrived."""
    held = _open(case)
    if held.acknowledged_on:
        raise UserError(f"L’accusé de réception est déjà parti le {held.acknowledged_on:%d/%m/%Y}.", field="on")
    held.acknowledged_on = on
    return _settled(case, held, by=by, reason=reason or MessageKind.ACKNOWLEDGEMENT.label)


@transaction.atomic
def transmit(
    case: Complaint, *, to: Unit | None = None, words: str = "", on: date | None, by: Any, reason: str = ""
) -> Complaint:
    """Send a case to a service; what it answers is then awaited."""
    held = _open(case)
    if to is None and not words.strip():
        raise UserError("Dites à quel service le dossier est transmis.", field="to")
    held.is_transmitted, held.transmitted_to, held.transmitted_words = True, to, words.strip()
    held.transmitted_on = on
    return _settled(case, held, by=by, reason=reason or f"Transmission : {to or words}")


@transaction.atomic
def suspend(case: Complaint, *, asked_on: date, by: Any, reason: str = "") -> Suspension:
    """Ask the user for something: the delay stops the day after, until the reply."""
    held = _open(case)
    _in_order(held, asked_on, "asked_on", "La demande à l’usager")
    if held.answered_on:
        raise UserError("Ce dossier a sa réponse : il ne peut plus être suspendu.", field="asked_on")
    if held.suspensions.filter(replied_on__isnull=True).exists():
        raise UserError("L’usager est déjà attendu sur ce dossier.", field="asked_on")
    wait = Suspension(complaint=held, asked_on=asked_on)
    history.save(wait, by=by, reason=reason or "En attente de l’usager")
    _settled(case, held, by=by, reason="En attente de l’usager : délai suspendu")
    return wait


@transaction.atomic
def resume(case: Complaint, *, replied_on: date, by: Any, reason: str = "") -> Complaint:
    """The user replied: the delay goes on the day after."""
    held = _open(case)
    wait = held.suspensions.filter(replied_on__isnull=True).order_by("asked_on").first()
    if wait is None:
        raise UserError("L’usager n’est pas attendu sur ce dossier.", field="replied_on")
    if not wait.asked_on <= replied_on <= timezone.localdate():
        raise UserError(
            f"La réponse de l’usager vient entre la demande ({wait.asked_on:%d/%m/%Y}) et aujourd’hui.",
            field="replied_on",
        )
    wait.replied_on = replied_on
    history.save(wait, by=by, reason=reason or "Réponse de l’usager")
    return _settled(case, held, by=by, reason="Réponse de l’usager : le délai reprend")


@transaction.atomic
def extend(case: Complaint, *, to: date, by: Any, reason: str) -> Complaint:
    """Promise another date, once, for a reason that is told to the user."""
    held = _open(case)
    if held.extended_to:
        raise UserError("Ce dossier a déjà été prolongé : une seule prolongation est possible.", field="to")
    if held.answer_by is None or held.answered_on:
        raise UserError("Ce dossier n’attend pas de réponse datée : rien n’est à prolonger.", field="to")
    if not reason.strip():
        raise UserError("Dites pourquoi : l’usager en est informé.", field="reason")
    today = timezone.localdate()
    if held.answer_by < today:
        raise UserError(
            f"La réponse était due le {held.answer_by:%d/%m/%Y} : une prolongation s’annonce avant.", field="to"
        )
    if not held.answer_by < to <= today + LONGEST_EXTENSION:
        raise UserError(
            f"La nouvelle date vient après celle du {held.answer_by:%d/%m/%Y}, et dans l’année.", field="to"
        )
    held.extended_to = to
    return _settled(case, held, by=by, reason=reason)


@transaction.atomic
def answer(case: Complaint, *, on: date, by: Any, reason: str = "") -> Complaint:
    """Record the day of the answer on the substance; it counts as acknowledgement when none came before."""
    held = _open(case)
    if held.answered_on:
        raise UserError(f"La réponse est déjà partie le {held.answered_on:%d/%m/%Y}.", field="on")
    _by_another(held, by)
    held.answered_on, held.handled_by = on, by or held.handled_by
    return _settled(case, held, by=by, reason=reason or MessageKind.ANSWER.label)


@transaction.atomic
def close(case: Complaint, *, outcome: str, by: Any, lesson: str = "", on: date | None = None) -> Complaint:
    """Close a case with its outcome and what is learnt; its dates are then those it was judged by."""
    held = _open(case)
    _by_another(held, by)
    is_waiting = not held.answered_on and held.suspensions.filter(replied_on__isnull=True).exists()
    if is_waiting and outcome != Outcome.NO_FURTHER:
        raise UserError(
            "L’usager est attendu sur ce dossier : notez sa réponse, ou classez-le sans suite.", field="outcome"
        )
    if held.answer_by is not None and not held.answered_on and outcome != Outcome.NO_FURTHER:
        raise UserError("Ce dossier attend une réponse : notez sa date, ou classez-le sans suite.", field="outcome")
    held.outcome, held.lesson = outcome, lesson.strip()
    held.closed_on = on or timezone.localdate()
    _in_order(held, held.closed_on, "on", "La clôture")
    return _settled(case, held, by=by, reason=f"Clôture : {held.get_outcome_display().lower()}")


@transaction.atomic
def look_again(case: Complaint, *, received_on: date, by: Any, reason: str) -> Complaint:
    """Open a second look, asked for by the user once the first answer came; another person will handle it."""
    original = locked(case, "site")
    if not original.answered_on:
        raise UserError("Un second regard se demande après une première réponse.")
    if original.second_looks.exists():
        raise UserError("Ce dossier a déjà son second regard.")
    if received_on < original.answered_on:
        raise UserError(
            f"Un second regard se demande après la première réponse ({original.answered_on:%d/%m/%Y}).",
            field="received_on",
        )
    again = register(
        original.site,
        channel=original.channel,
        kind=original.kind,
        received_on=received_on,
        by=by,
        reason=reason,
        in_scope=original.in_scope,
        theme=original.theme,
        theme_words=original.theme_words,
        service=original.service,
        second_look_of=original,
        is_reachable=original.is_reachable,
    )
    again.identity = original.identity
    history.save(again, by=by, reason="Même personne", fields=["identity"])
    return again


@transaction.atomic
def lead_to(case: Complaint, *, finding: Any, by: Any, reason: str = "") -> CaseFinding:
    """Say which finding of the plan a case led to."""
    held = locked(case, "site")
    link = CaseFinding.objects.filter(complaint=held, finding=finding).first()
    if link is None:
        link = CaseFinding(complaint=held, finding=finding)
        history.save(link, by=by, reason=reason or "Suite donnée au plan d’actions")
    return link


def _open(case: Complaint) -> Complaint:
    held = locked(case, "site__holiday_zone", "second_look_of")
    if held.closed_on:
        raise UserError(closed_since(held))
    return held


def closed_since(case: Complaint) -> str:
    """Why a closed case has no other verb than a second look."""
    return (
        f"Le dossier {case.reference} est clos depuis le {case.closed_on:%d/%m/%Y} : il ne se rouvre pas. "
        "Ouvrez un second regard."
    )


def _by_another(case: Complaint, by: Any) -> None:
    """A second look is another person's than the one who answered first (Complaint Handling Code, stage 2)."""
    original = case.second_look_of
    if original is not None and by is not None and by.pk in (original.handled_by_id, original.entered_by_id):
        raise UserError("Un second regard est porté par une autre personne que la première réponse.")


def _settled(given: Complaint, held: Complaint, *, by: Any, reason: str) -> Complaint:
    _check(held)
    settle_one(held)
    history.save(held, by=by, reason=reason)
    return brought_up_to_date(given, held)


def _check(case: Complaint) -> None:
    today = timezone.localdate()
    if case.received_on > today:
        raise UserError(f"La réception est à venir ({case.received_on:%d/%m/%Y}).", field="received_on")
    if case.origin not in Origin.values:
        raise UserError("Cette origine n’existe pas.", field="origin")
    days = {
        "acknowledged_on": "L’accusé de réception",
        "transmitted_on": "La transmission",
        "answered_on": "La réponse",
    }
    for name, label in days.items():
        if day := getattr(case, name):
            _in_order(case, day, "on", label)
    first = case.suspensions.order_by("asked_on").first() if case.pk else None
    if first is not None:
        _in_order(case, first.asked_on, "received_on", "La demande à l’usager")


def _in_order(case: Complaint, day: date, field: str, label: str) -> None:
    if day < case.received_on:
        raise UserError(f"{label} ({day:%d/%m/%Y}) précède la réception ({case.received_on:%d/%m/%Y}).", field=field)
    if day > timezone.localdate():
        raise UserError(f"{label} est à venir ({day:%d/%m/%Y}).", field=field)
