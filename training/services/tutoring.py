"""Tutoring agreements: agreed, renewed, signed by three, assessed at their end."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit
from training.models import Agent, TutoringAgreement
from training.rules.names import is_named
from training.rules.skills import why_vague
from training.services import templates

FIELDS = ("service", "tutor", "head", "starts_on", "ends_on", "skills")
SIGNERS = {"head": "head_signed_on", "tutor": "tutor_signed_on", "tutee": "tutee_signed_on"}


@transaction.atomic
def agree(
    *,
    unit: Unit,
    tutor: Agent,
    tutee: Agent,
    starts_on: date,
    ends_on: date,
    skills: str,
    by,
    head: Agent | None = None,
    service: str = "",
    renews: TutoringAgreement | None = None,
    reason: str = "",
) -> TutoringAgreement:
    """An agreement with precise skills; UserError where the page must be mended."""
    agreement = TutoringAgreement(
        unit=unit,
        service=service.strip() or unit.name,
        tutor=tutor,
        tutee=tutee,
        head=head,
        starts_on=starts_on,
        ends_on=ends_on,
        skills=skills.strip(),
        renews=renews,
    )
    check(agreement)
    history.save(agreement, by=by, reason=reason)
    return agreement


@transaction.atomic
def change(agreement: TutoringAgreement, *, by, reason: str = "", **fields) -> TutoringAgreement:
    """Change an agreement; the signatures of what was signed before fall, with the words they were given to."""
    agreement = locked(agreement, "tutor", "tutee")
    before = (agreement.skills, agreement.starts_on, agreement.ends_on, agreement.tutor_id)
    set_fields(agreement, fields, FIELDS)
    check(agreement)
    if before != (agreement.skills, agreement.starts_on, agreement.ends_on, agreement.tutor_id):
        for field in SIGNERS.values():
            setattr(agreement, field, None)
        agreement.words = {}
    history.save(agreement, by=by, reason=reason)
    return agreement


@transaction.atomic
def renew(
    agreement: TutoringAgreement, *, starts_on: date, ends_on: date, skills: str, by, reason: str = ""
) -> TutoringAgreement:
    """Go on with the same people after an agreement, for skills that may be others."""
    return agree(
        unit=agreement.unit,
        service=agreement.service,
        tutor=agreement.tutor,
        tutee=agreement.tutee,
        head=agreement.head,
        starts_on=starts_on,
        ends_on=ends_on,
        skills=skills,
        renews=agreement,
        by=by,
        reason=reason or "Renouvellement",
    )


@transaction.atomic
def sign(agreement: TutoringAgreement, *, who: str, on: date, by, reason: str = "") -> TutoringAgreement:
    """Record that one of the three signed on a day; from the first on, the agreement keeps the words they sign."""
    if on > timezone.localdate():
        raise UserError("Une signature ne peut pas être à venir.", field="on")
    agreement = locked(agreement, "unit")
    if not agreement.signatures:
        agreement.words = templates.in_force(agreement.unit).as_json()
    setattr(agreement, SIGNERS[who], on)
    history.save(agreement, by=by, reason=reason or "Signature")
    return agreement


@transaction.atomic
def assess(agreement: TutoringAgreement, *, assessment: str, on: date, by, reason: str = "") -> TutoringAgreement:
    """Record the assessment made at the end."""
    if on < agreement.starts_on:
        raise UserError("Le bilan ne peut pas précéder le tutorat.", field="on")
    agreement = locked(agreement)
    agreement.assessment, agreement.assessed_on = assessment.strip(), on
    history.save(agreement, by=by, reason=reason or "Bilan de fin de tutorat")
    return agreement


def check(agreement: TutoringAgreement) -> None:
    """What an agreement typed in a page must hold."""
    if agreement.ends_on < agreement.starts_on:
        raise UserError(
            f"La fin ({agreement.ends_on:%d/%m/%Y}) précède le début ({agreement.starts_on:%d/%m/%Y}).",
            field="ends_on",
        )
    if agreement.tutor_id == agreement.tutee_id:
        raise UserError("Un agent ne peut pas être son propre tuteur.", field="tutor")
    if why := why_vague(agreement.skills):
        raise UserError(why, field="skills")
    people = (agreement.tutee, agreement.tutor)
    if named := next((one for one in people if is_named(one.last_name, agreement.skills)), None):
        raise UserError(
            f"Dites les compétences sans nommer {named} : leur texte reste dans l’historique.", field="skills"
        )
    if why := why_overlapping(agreement):
        raise UserError(why, field="starts_on")


def why_overlapping(agreement: TutoringAgreement) -> str:
    """The sentence that names the other agreement of the tutee on the same days, and its dates."""
    others = TutoringAgreement.objects.filter(tutee=agreement.tutee_id).exclude(pk=agreement.pk)
    other = others.overlapping(agreement.starts_on, agreement.ends_on).select_related("tutor").first()
    if other is None:
        return ""
    return (
        f"Cet agent a déjà une convention sur ces jours : avec {other.tutor}, du {other.starts_on:%d/%m/%Y} "
        f"au {other.ends_on:%d/%m/%Y}."
    )
