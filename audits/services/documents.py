"""Documents: registered, changed, checked, withdrawn; each check is kept, and moves the next one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.enums import CheckOutcome, DocumentKind
from audits.models import Document, DocumentCheck, DocumentEngagement
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

FIELDS = (
    "title",
    "kind",
    "owner",
    "owner_words",
    "version",
    "version_on",
    "checked_on",
    "period",
    "planned_check_on",
    "link",
    "place",
    "comment",
)


@transaction.atomic
def register(*, site, title: str, by, engagements: Iterable = (), reason: str = "", **fields: Any) -> Document:
    """Add a document to the register of a site. UserError on a title already there."""
    document = Document(site=site, title=title.strip())
    set_fields(document, fields, FIELDS)
    _check(document)
    deed = Deed(by, reason)
    document = deed.create([document])[0]
    deed.create(DocumentEngagement(document=document, engagement=one) for one in dict.fromkeys(engagements))
    return document


@transaction.atomic
def change(document: Document, *, by, engagements: Iterable | None = None, reason: str = "", **fields: Any) -> Document:
    """Change what the register says of a document."""
    row = locked(document)
    set_fields(row, fields, FIELDS)
    _check(row)
    deed = Deed(by, reason)
    deed.save(row)
    if engagements is not None:
        _relink(row, list(dict.fromkeys(engagements)), deed)
    return brought_up_to_date(document, row)


@transaction.atomic
def check(
    document: Document,
    *,
    by,
    outcome: str = CheckOutcome.UP_TO_DATE,
    on: date | None = None,
    note: str = "",
    reason: str = "",
) -> DocumentCheck:
    """Somebody looked at it: « vu, à jour » moves the next check; « à modifier » leaves it due."""
    row, day = locked(document), on or timezone.localdate()
    if row.withdrawn_on is not None:
        raise UserError(f"« {row} » est retiré depuis le {row.withdrawn_on:%d/%m/%Y} : il n’est plus à vérifier.")
    if day > timezone.localdate():
        raise UserError("Cette date est à venir.", field="on")
    if outcome == CheckOutcome.TO_CHANGE and not note.strip():
        raise UserError("Dites ce qui est à modifier.", field="note")
    deed = Deed(by, reason or CheckOutcome(outcome).label)
    found = deed.create(
        [DocumentCheck(document=row, checked_on=day, outcome=outcome, note=note.strip(), checked_by=by)]
    )[0]
    if outcome == CheckOutcome.UP_TO_DATE and (row.checked_on is None or row.checked_on < day):
        row.checked_on = day
        deed.save(row)
    brought_up_to_date(document, row)
    return found


@transaction.atomic
def withdraw(document: Document, *, by, reason: str, on: date | None = None) -> Document:
    """The document is no longer used; the register keeps it."""
    if not reason.strip():
        raise UserError("Indiquez pourquoi il est retiré.", field="reason")
    row = locked(document)
    row.withdrawn_on = on or timezone.localdate()
    Deed(by, reason).save(row)
    return brought_up_to_date(document, row)


@transaction.atomic
def put_back(document: Document, *, by, reason: str = "") -> Document:
    row = locked(document)
    row.withdrawn_on = None
    _check(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(document, row)


def _relink(document: Document, wanted: list, deed: Deed) -> None:
    links = {link.engagement_id: link for link in document.engagement_links.order_by("pk")}
    kept = {one.pk for one in wanted}
    for pk, link in links.items():
        if pk not in kept:
            deed.delete(link)
    deed.create(DocumentEngagement(document=document, engagement=one) for one in wanted if one.pk not in links)


def _check(document: Document) -> None:
    if not document.site.is_site:
        raise UserError("Un registre documentaire est celui d’une préfecture ou d’une sous-préfecture.", field="site")
    if not document.title:
        raise UserError("Donnez l’intitulé du document.", field="title")
    if document.kind not in DocumentKind.values:
        raise UserError("Choisissez la nature du document.", field="kind")
    same = Document.objects.filter(site=document.site_id, title=document.title, withdrawn_on=None)
    if document.withdrawn_on is None and same.exclude(pk=document.pk).exists():
        raise UserError(f"« {document.title} » est déjà au registre de « {document.site} ».", field="title")
