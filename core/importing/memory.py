"""What was answered about files of the same headings at the same place: shown as such, and forgotten on demand."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core.importing.asks import Settled
from core.importing.kind import FileImport
from core.importing.plan import Plan
from core.models import AbstractImport, ImportMemory

MOST_KEPT = 2_000  # answers of one memory
LONGEST_ANSWER = 300


def recall(kind: type[FileImport], record: AbstractImport) -> dict[str, str]:
    """The answers remembered for the headings of the record, none where nobody answered yet."""
    kept = ImportMemory.objects.filter(**_key(kind, record)).values_list("answers", flat=True).first()
    return kept or {}


@transaction.atomic
def remember(kind: type[FileImport], record: AbstractImport, plan: Plan) -> None:
    """Keep what was chosen, over what was remembered; an answer for one file alone is not kept."""
    chosen = {
        ask.code: ask.value
        for ask in plan.all_asks
        if ask.source in (Settled.CHOSEN, Settled.REMEMBERED) and ask.is_remembered and len(ask.value) <= LONGEST_ANSWER
    }
    if not record.signature or not chosen:
        return
    answers = recall(kind, record) | chosen
    kept = dict(list(answers.items())[-MOST_KEPT:])
    values = {"answers": kept, "used_at": timezone.now()}
    ImportMemory.objects.update_or_create(**_key(kind, record), defaults=values)


@transaction.atomic
def forget(kind: type[FileImport], record: AbstractImport) -> bool:
    """Remove what is remembered for the headings of the record; False when there was nothing."""
    return bool(ImportMemory.objects.filter(**_key(kind, record)).delete()[0])


def _key(kind: type[FileImport], record: AbstractImport) -> dict[str, Any]:
    return {"kind": kind.code, "scope": kind.scope_key(record)[:200], "signature": record.signature}
