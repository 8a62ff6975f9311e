"""The kept summary of a campaign: counted anew on closing, after an import, and regularly while many forms come in."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from surveys.models import Campaign, CampaignResult
from surveys.results.reading import count


@transaction.atomic
def refresh(campaign: Campaign) -> CampaignResult:
    """Count the forms of the campaign and keep the summary; two refreshes at once queue on its row."""
    CampaignResult.objects.get_or_create(campaign=campaign, defaults={"digest": digest_of({})})
    kept = CampaignResult.objects.select_for_update(of=("self",)).get(campaign=campaign)
    payload = count(campaign)
    kept.payload = payload
    kept.returns = payload["returns"]
    kept.digest = digest_of(payload)
    kept.computed_at = timezone.now()
    kept.save(update_fields=["payload", "returns", "digest", "computed_at"])
    return kept


def digest_of(payload: dict) -> str:
    """SHA-256 of a summary in its canonical form (sorted keys, no spaces)."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
