"""Recording the forms of a file, and setting them aside again when its import is undone."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from core.base.errors import UserError
from core.record import history
from surveys.models import Campaign, Place, Response, SurveyImport
from surveys.services import intake, places, results

UNDONE = "Import annulé"
BATCH = 500


def places_of(campaign: Campaign, new: Mapping[str, str], *, by, reason: str) -> dict[str, Place]:
    """The places of the site by their id, and those created for these names, by their words."""
    known = {str(place.pk): place for place in Place.objects.filter(site=campaign.site_id)}
    made = {words: places.create(site=campaign.site, name=name, by=by, reason=reason) for words, name in new.items()}
    return known | made


@transaction.atomic
def record(
    record: SurveyImport,
    created: Sequence[intake.Received],
    rewritten: Sequence[intake.Received],
    *,
    by,
    reason: str,
) -> None:
    """Record new forms, write again those the file says otherwise or takes back; the results are counted anew."""
    campaign = record.campaign
    if not campaign.is_open:
        raise intake.refusal_of(campaign)
    intake.receive_many(campaign, created, entered_by=by, source=record)
    _write_again(record, rewritten, by=by, reason=reason)
    results.refresh(campaign)


def withdraw(record: SurveyImport, *, by, reason: str) -> None:
    """Set aside the forms of an import that is undone; they come back if the file is sent again."""
    campaign = record.campaign
    if not campaign.is_open:
        raise UserError("Impossible d’annuler : la campagne n’est pas ouverte, ses résultats sont arrêtés.")
    rows = list(Response.objects.filter(source=record, withdrawn_at__isnull=True))
    for row in rows:
        row.withdrawn_at, row.withdrawn_reason = timezone.now(), UNDONE
    history.bulk_update(rows, ["withdrawn_at", "withdrawn_reason"], by=by, reason=reason)
    results.refresh(campaign)


def _write_again(record: SurveyImport, forms: Sequence[intake.Received], *, by, reason: str) -> None:
    """The forms as the file now says them; one that an undone import had set aside counts again, as of this import."""
    by_key = {form.key: form for form in forms}
    keys = list(by_key)
    rows = [
        row
        for start in range(0, len(keys), BATCH)
        for row in Response.objects.filter(key__in=keys[start : start + BATCH])
    ]
    for row in rows:
        form = by_key[row.key]
        intake.check_day(record.campaign, form.answered_on)
        row.answers, row.answered_on, row.place, row.number = (
            dict(form.answers),
            form.answered_on,
            form.place,
            form.number,
        )
        if row.withdrawn_at is not None:
            row.source, row.withdrawn_at, row.withdrawn_reason = record, None, ""
    fields = ["answers", "answered_on", "place", "number", "source", "withdrawn_at", "withdrawn_reason"]
    history.bulk_update(rows, fields, by=by, reason=reason)
