"""Recording of an imported file: its places, its forms, the columns remembered; and its undoing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import history
from core.errors import UserError
from core.imports import flow, log
from surveys.models import Campaign, HeaderMatch, Place, Response, SurveyImport
from surveys.services import intake, places, results

UNDONE = "Import annulé"
BATCH = 500


@dataclass(frozen=True)
class ToWrite:
    """What a plan asks to record. `forms` name their place by its plain words (`place_of`)."""

    forms: Sequence[intake.Form] = ()
    taken_back: Mapping[UUID, intake.Form] = field(default_factory=dict)
    place_of: Mapping[UUID, str] = field(default_factory=dict)
    known_places: Mapping[str, int] = field(default_factory=dict)
    new_places: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)


def commit(record: SurveyImport, wanted: ToWrite, *, by) -> SurveyImport:
    """Record the forms in one transaction, and count the results of the campaign anew."""
    return flow.commit(record, by=by, apply=lambda locked: _write(locked, wanted, by=by))


def undo(record: SurveyImport, *, by) -> SurveyImport:
    """Undo the whole import: its forms are set aside, and come back if the file is sent again."""
    return flow.undo(record, by=by, revert=lambda locked: _revert(locked, by=by))


def reason_of(record: SurveyImport) -> str:
    return f"Import de « {record.name} »"


@transaction.atomic
def _write(record: SurveyImport, wanted: ToWrite, *, by) -> list[dict]:
    campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=record.campaign_id)
    if not campaign.is_open and (wanted.forms or wanted.taken_back):
        raise intake.refusal_of(campaign)
    entries: list[dict] = []
    found = _with_new_places(campaign, wanted, entries, by=by, reason=reason_of(record))
    rows, known = intake.receive_many(
        campaign, [_placed(form, wanted, found) for form in wanted.forms], entered_by=by, source=record
    )
    taken = _take_back(record, wanted, found, by=by)
    _remember(campaign, wanted.remembered, entries, by=by, reason=reason_of(record))
    results.refresh(campaign)
    return [*entries, {"forms": {"created": len(rows), "changed": taken, "unchanged": known}}]


def _with_new_places(campaign: Campaign, wanted: ToWrite, entries: list[dict], *, by, reason: str) -> dict[str, Place]:
    found = Place.objects.in_bulk(list(wanted.known_places.values()))
    by_words = {words: found[pk] for words, pk in wanted.known_places.items() if pk in found}
    for words, name in wanted.new_places.items():
        place = places.create(site=campaign.site, name=name, by=by, reason=reason)
        entries.append(log.entry(place, before=None, fields=("code", "name")))
        by_words[words] = place
    return by_words


def _placed(form: intake.Form, wanted: ToWrite, found: Mapping[str, Place]) -> intake.Form:
    words = wanted.place_of.get(form.key)
    return form if words is None else intake.Form(**{**vars(form), "place": found.get(words)})


def _take_back(record: SurveyImport, wanted: ToWrite, found: Mapping[str, Place], *, by) -> int:
    """Count again the forms that an undone import had set aside, as the file now says them."""
    rows = []
    for row in _of_keys(list(wanted.taken_back)):
        form = _placed(wanted.taken_back[row.key], wanted, found)
        intake.check_day(record.campaign, form.answered_on)
        row.answers, row.answered_on, row.place = dict(form.answers), form.answered_on, form.place
        row.source, row.number, row.withdrawn_at, row.withdrawn_reason = record, form.number, None, ""
        rows.append(row)
    fields = ["answers", "answered_on", "place", "source", "number", "withdrawn_at", "withdrawn_reason"]
    history.bulk_update(rows, fields, by=by, reason=reason_of(record))
    return len(rows)


def _remember(campaign: Campaign, columns: Mapping[str, str], entries: list[dict], *, by, reason: str) -> None:
    """What each decided column stands for, for the next file of this site."""
    scope = {"site": campaign.site, "questionnaire_code": campaign.questionnaire.code}
    known = {match.key: match for match in HeaderMatch.objects.filter(**scope, key__in=list(columns))}
    for key, target in columns.items():
        match = known.get(key)
        if match and match.target == target:
            continue
        before = log.state_of(match, ("target",)) if match else None
        match = match or HeaderMatch(**scope, key=key)
        match.target = target
        history.save(match, by=by, reason=reason)
        entries.append(log.entry(match, before=before, fields=("target",)))


def _revert(record: SurveyImport, *, by) -> None:
    campaign = record.campaign
    if not campaign.is_open:
        raise UserError("Impossible d’annuler : la campagne n’est pas ouverte, ses résultats sont arrêtés.")
    reason = f"{UNDONE} : « {record.name} »"
    rows = list(Response.objects.filter(source=record, withdrawn_at__isnull=True))
    for row in rows:
        row.withdrawn_at, row.withdrawn_reason = timezone.now(), UNDONE
    history.bulk_update(rows, ["withdrawn_at", "withdrawn_reason"], by=by, reason=reason)
    # The places that the import made stay: the forms set aside still name them.
    matches = [entry for entry in record.changes if entry.get("model") == HeaderMatch._meta.label]
    log.revert(matches, by=by, reason=reason)
    results.refresh(campaign)


def _of_keys(keys: Sequence[UUID]) -> list[Response]:
    return [
        row
        for start in range(0, len(keys), BATCH)
        for row in Response.objects.filter(key__in=keys[start : start + BATCH])
    ]
