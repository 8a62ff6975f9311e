"""The catalogue of indicators: create, copy, edit, stop following. Readings follow in the same transaction."""

from django.db import transaction

from core.base.codes import code_of, free_code
from core.base.errors import UserError
from core.record import history
from indicators.enums import Measure, YearRule
from indicators.models import Indicator
from indicators.services import readings
from organisations.models import Unit

COPIED = (
    "label",
    "family",
    "engagement",
    "measure",
    "direction",
    "year_rule",
    "frequency",
    "numerator_label",
    "denominator_label",
    "responsible_role",
    "definition",
    "source",
    "aliases",
)


@transaction.atomic
def create(*, by, owner: Unit | None, reason: str = "", **fields) -> Indicator:
    """Add an indicator, own to a préfecture or common to all when no owner is given."""
    indicator = Indicator(owner=owner, code=_free_code(fields["label"], owner), **fields)
    indicator.position = (
        max(Indicator.objects.filter(family=indicator.family).values_list("position", flat=True), default=0) + 1
    )
    _check(indicator)
    history.save(indicator, by=by, reason=reason)
    return indicator


@transaction.atomic
def copy(indicator: Indicator, *, owner: Unit, by, reason: str = "") -> Indicator:
    """An indicator of one's own with the same settings and targets for all, to adapt without touching the others'."""
    made = create(
        by=by,
        owner=owner,
        reason=reason or f"Copie de « {indicator.label} »",
        **{name: getattr(indicator, name) for name in COPIED},
    )
    for target in indicator.targets.filter(site__isnull=True):
        target.pk, target.indicator, target._state.adding = None, made, True
        history.save(target, by=by, reason=reason)
    return made


@transaction.atomic
def edit(indicator: Indicator, *, by, reason: str = "", **fields) -> Indicator:
    """Change an indicator; its unit cannot change once it has values, which would no longer mean the same."""
    measure = fields.get("measure", indicator.measure)
    if measure != indicator.measure and indicator.values.exists():
        raise UserError(
            "Des valeurs sont déjà saisies dans cette unité : créez plutôt un autre indicateur.", field="measure"
        )
    for name, value in fields.items():
        setattr(indicator, name, value)
    _check(indicator)
    history.save(indicator, by=by, reason=reason)
    readings.refresh_indicator(indicator.pk)
    return indicator


@transaction.atomic
def stop(indicator: Indicator, *, by, reason: str = "") -> Indicator:
    """Take the indicator out of the entry lists and dashboards to come; its past stays."""
    if not indicator.is_active:
        raise UserError("Cet indicateur n’est déjà plus suivi.")
    return _set_active(indicator, False, by=by, reason=reason)


@transaction.atomic
def resume(indicator: Indicator, *, by, reason: str = "") -> Indicator:
    if indicator.is_active:
        raise UserError("Cet indicateur est déjà suivi.")
    return _set_active(indicator, True, by=by, reason=reason)


def _set_active(indicator: Indicator, is_active: bool, *, by, reason: str) -> Indicator:
    indicator.is_active = is_active
    history.save(indicator, by=by, reason=reason)
    readings.refresh_indicator(indicator.pk)
    return indicator


def _check(indicator: Indicator) -> None:
    if bool(indicator.numerator_label) != bool(indicator.denominator_label):
        field = "denominator_label" if indicator.numerator_label else "numerator_label"
        raise UserError("Donnez le numérateur et le dénominateur, ou aucun des deux.", field=field)
    if indicator.measure == Measure.COUNT and indicator.has_counts:
        raise UserError("Un nombre se saisit tel quel, sans numérateur ni dénominateur.", field="numerator_label")
    if indicator.measure == Measure.RATE and indicator.year_rule == YearRule.SUM:
        raise UserError("La somme de taux mensuels ne veut rien dire : choisissez une autre règle.", field="year_rule")
    if indicator.measure == Measure.COUNT and indicator.year_rule == YearRule.WEIGHTED:
        raise UserError("La lecture pondérée demande un numérateur et un dénominateur.", field="year_rule")


def _free_code(label: str, owner: Unit | None) -> str:
    base = code_of(label, longest=60, otherwise="indicateur")
    if owner:
        base = f"{base[: 78 - len(owner.code)]}-{owner.code}"[:76].strip("-")
    taken = set(Indicator.objects.filter(code__startswith=base).values_list("code", flat=True)) | {"nouveau"}
    return free_code(base, taken)
