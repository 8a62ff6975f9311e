"""Completing the referentials in the application: dates, modules, engagements, correspondences."""

from django.db import transaction
from django.utils.text import slugify

from core.base.errors import UserError
from core.record import history
from referential.models import Correspondence, Engagement, Module, Referential


@transaction.atomic
def add_referential(*, name: str, by, reason: str = "", **fields) -> Referential:
    """Add a version the day its text appears; its code follows from its name."""
    code = slugify(name)[:50]
    if not code:
        raise UserError("Écrivez le nom du référentiel.", field="name")
    if Referential.objects.filter(code=code).exists():
        raise UserError(f"« {name} » existe déjà.", field="name")
    return edit_referential(Referential(code=code), by=by, reason=reason, name=name.strip(), **fields)


@transaction.atomic
def edit_referential(referential: Referential, *, by, reason: str = "", **fields) -> Referential:
    start, end = fields.get("in_force_from"), fields.get("in_force_until")
    if start and end and end < start:
        raise UserError("La fin ne peut pas précéder le début.", field="in_force_until")
    return _save(referential, fields, by=by, reason=reason)


@transaction.atomic
def add_module(referential: Referential, *, by, reason: str = "", **fields) -> Module:
    if referential.modules.filter(code=fields["code"]).exists():
        raise UserError(f"Ce référentiel a déjà un module « {fields['code']} ».", field="code")
    module = Module(referential=referential, position=_last_position(referential.modules) + 1)
    return _save(module, fields, by=by, reason=reason)


@transaction.atomic
def edit_module(module: Module, *, by, reason: str = "", **fields) -> Module:
    return _save(module, fields, by=by, reason=reason)


@transaction.atomic
def add_engagement(module: Module, *, by, reason: str = "", **fields) -> Engagement:
    if module.engagements.filter(code=fields["code"]).exists():
        raise UserError(f"Ce module a déjà un engagement « {fields['code']} ».", field="code")
    engagement = Engagement(module=module, position=_last_position(module.engagements) + 1)
    return _save(engagement, fields, by=by, reason=reason)


@transaction.atomic
def edit_engagement(engagement: Engagement, *, by, reason: str = "", **fields) -> Engagement:
    return _save(engagement, fields, by=by, reason=reason)


@transaction.atomic
def relate(*, old: Engagement, new: Engagement, note: str = "", by, reason: str = "") -> Correspondence:
    """Say that an engagement of another version takes up the subject of an older one."""
    if old.module.referential_id == new.module.referential_id:
        raise UserError("Une correspondance relie deux référentiels différents.", field="new")
    if Correspondence.objects.filter(old=old, new=new).exists():
        raise UserError("Cette correspondance existe déjà.", field="new")
    return _save(Correspondence(old=old, new=new), {"note": note}, by=by, reason=reason)


@transaction.atomic
def unrelate(correspondence: Correspondence, *, by, reason: str = "") -> None:
    history.delete(correspondence, by=by, reason=reason)


def _save(instance, fields: dict, *, by, reason: str):
    for name, value in fields.items():
        setattr(instance, name, value)
    history.save(instance, by=by, reason=reason)
    return instance


def _last_position(rows) -> int:
    return max(rows.values_list("position", flat=True), default=0)
