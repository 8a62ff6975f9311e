"""Verbs of what a site decides: delays, model replies, terms, mailboxes; and the tally of what is said aloud."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from complaints.enums import ORAL, Channel
from complaints.models import DelayRule, Mailbox, ReplyTemplate, RetentionTerm, Tally
from complaints.services.clocks import recompute
from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit

LONGEST_WAIT = timedelta(days=7)  # of a stroke tapped without network
ALREADY = "Il y en a déjà une pour cette date : modifiez-la."


@transaction.atomic
def add_rule(*, by: Any, **fields: Any) -> DelayRule:
    """Add the delays of a site from a day on; its open cases are computed again."""
    rule = _added(DelayRule(**fields), by)
    recompute(rule.site, by=by, reason=f"Nouvelle règle de délai ({rule})")
    return rule


@transaction.atomic
def remove_rule(rule: DelayRule, *, by: Any) -> None:
    """Remove the delays of a site; its open cases are computed again."""
    site = rule.site
    history.delete(rule, by=by)
    recompute(site, by=by, reason="Règle de délai retirée")


@transaction.atomic
def add_template(*, by: Any, **fields: Any) -> ReplyTemplate:
    return _added(ReplyTemplate(**fields), by)


@transaction.atomic
def change_template(template: ReplyTemplate, *, by: Any, **fields: Any) -> ReplyTemplate:
    """Change a model. The opinion of the CLU was given on a text: another text asks for its day again, or for none."""
    names = ("kind", "title", "language", "subject", "body", "approved_on", "is_active")
    is_reworded = any(
        fields.get(name, getattr(template, name)) != getattr(template, name) for name in ("subject", "body")
    )
    approved_on = fields.get("approved_on", template.approved_on)
    if is_reworded and approved_on and approved_on == template.approved_on:
        raise UserError(
            f"Le texte change : l’avis du CLU du {approved_on:%d/%m/%Y} portait sur l’ancien. "
            "Dites la date du nouvel avis, ou videz-la.",
            field="approved_on",
        )
    return _changed(template, by, fields, names)


@transaction.atomic
def add_term(*, by: Any, **fields: Any) -> RetentionTerm:
    return _added(RetentionTerm(**fields), by)


@transaction.atomic
def add_mailbox(*, by: Any, **fields: Any) -> Mailbox:
    return _added(Mailbox(**fields), by)


@transaction.atomic
def change_mailbox(mailbox: Mailbox, *, by: Any, **fields: Any) -> Mailbox:
    names = ("label", "host", "port", "is_encrypted", "username", "secret", "folder", "is_active")
    return _changed(mailbox, by, fields, names)


@transaction.atomic
def tap(
    *,
    site: Unit,
    by: Any,
    key: uuid.UUID,
    channel: str = Channel.DESK,
    theme: str = "",
    place: str = "",
    on: date | None = None,
) -> Tally:
    """One stroke; the same tap sent twice is one. `on`: its day, when it waited for the network."""
    if channel not in ORAL:
        raise UserError("Un trait se compte au guichet ou au téléphone.", field="channel")
    known = Tally.objects.filter(key=key).first()
    if known:
        return known
    today = timezone.localdate()
    if on and not today - LONGEST_WAIT <= on <= today:
        raise UserError(f"Le jour de ce trait ({on:%d/%m/%Y}) est à venir ou trop ancien.", field="on")
    stroke = Tally(site=site, on=on or today, channel=channel, theme=theme, place=place.strip())
    stroke.key, stroke.entered_by = key, by
    history.save(stroke, by=by, reason="Remarque orale")
    return stroke


@transaction.atomic
def take_back(stroke: Tally, *, by: Any) -> None:
    """Take back a stroke tapped by mistake."""
    history.delete(stroke, by=by, reason="Trait retiré")


def _added(row: Any, by: Any) -> Any:
    try:
        with transaction.atomic():
            history.save(row, by=by)
    except IntegrityError as double:
        raise UserError(ALREADY, field="valid_from") from double
    return row


def _changed(row: models.Model, by: Any, fields: dict[str, Any], names: tuple[str, ...]) -> Any:
    held = locked(row, "site")
    fields.pop("site", None)
    fields.pop("reason", None)
    set_fields(held, fields, names)
    history.save(held, by=by)
    return held
