"""The words of tutoring agreements: those shipped, those a préfecture or a site writes, those that were signed."""

from django.db import transaction

from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit
from training.models import AgreementTemplate, TutoringAgreement
from training.rules.agreement_words import PARTS, SHIPPED, UNWRITTEN, AgreementWords, of_template, read


@transaction.atomic
def write(*, unit: Unit, by, reason: str = "", **parts: str) -> AgreementTemplate:
    """The words of the agreements of a préfecture or a site, in place of those shipped."""
    if AgreementTemplate.objects.filter(unit=unit).exists():
        raise UserError(f"« {unit} » a déjà son modèle : modifiez-le.", field="unit")
    template = AgreementTemplate(unit=unit)
    return _save(template, parts, by=by, reason=reason)


@transaction.atomic
def change(template: AgreementTemplate, *, by, reason: str = "", **parts: str) -> AgreementTemplate:
    """Change the words of the agreements to come; one that is signed keeps its own."""
    return _save(locked(template, "unit"), parts, by=by, reason=reason)


@transaction.atomic
def remove(template: AgreementTemplate, *, by, reason: str = "") -> None:
    """Come back to the words of the unit above, else to those shipped."""
    history.delete(template, by=by, reason=reason)


def in_force(unit: Unit) -> AgreementWords:
    """The words of the agreements that a unit signs today."""
    template = AgreementTemplate.objects.nearest(unit)
    return of_template(template) if template else SHIPPED


def words_of(agreement: TutoringAgreement) -> AgreementWords:
    """The words of an agreement: those it was signed with; until then, those in force."""
    if agreement.words:
        return read(agreement.words)
    return UNWRITTEN if agreement.signatures else in_force(agreement.unit)


def _save(template: AgreementTemplate, parts: dict[str, str], *, by, reason: str) -> AgreementTemplate:
    set_fields(template, {name: text.strip() for name, text in parts.items()}, PARTS)
    if not any(of_template(template).as_json().values()):
        raise UserError("Écrivez au moins une partie, ou supprimez le modèle pour revenir au texte livré.")
    history.save(template, by=by, reason=reason)
    return template
