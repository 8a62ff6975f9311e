"""What everyone reads of a campaign: reviewed in public words, published as a copy, withdrawn in one gesture."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone

from core.base.errors import UserError
from core.record import history
from organisations.models import User
from surveys.models import Campaign, PublicEdition
from surveys.results.content import SurveyContent, content_of
from surveys.services.publications import refuse_unclosed

CHANGED = "Ce que vous alliez publier a changé depuis que vous l’avez lu : relisez-le avant de publier."


def current(campaign: Campaign) -> PublicEdition | None:
    """The edition that everyone reads now, if there is one."""
    return PublicEdition.objects.filter(campaign=campaign, withdrawn_at=None).first()


def shown(campaign: Campaign) -> SurveyContent:
    """What posters and decks show: the edition in force, else what is proposed."""
    edition = current(campaign)
    return SurveyContent.of(edition.content) if edition else content_of(campaign)


def worded(campaign: Campaign, words: Mapping[str, str]) -> SurveyContent:
    """The proposal in public words: « action-0 » and « finding-0 » replace the internal ones; an action without text is
    left out."""
    content = content_of(campaign)
    actions = [
        replace(action, text=words.get(f"action-{n}", "").strip(), finding=words.get(f"finding-{n}", "").strip())
        for n, action in enumerate(content.actions)
    ]
    return replace(content, actions=tuple(action for action in actions if action.text))


@transaction.atomic
def publish(campaign: Campaign, *, words: Mapping[str, str], read: str, by: User, reason: str = "") -> PublicEdition:
    """Publish what was read: `read` is the digest of the preview. The edition in force until then is withdrawn."""
    history.lock(campaign)
    refuse_unclosed(campaign)
    content = worded(campaign, words)
    if content.digest != read:
        raise UserError(CHANGED)
    if former := current(campaign):
        withdraw(former, by=by, reason="Remplacée")
    edition = PublicEdition(campaign=campaign, content=asdict(content), digest=content.digest, published_by=by)
    history.save(edition, by=by, reason=reason or "Relue et publiée")
    return edition


@transaction.atomic
def withdraw(edition: PublicEdition, *, by: User, reason: str = "") -> None:
    """Nobody outside reads it any more; its row and its history stay."""
    if edition.withdrawn_at is None:
        edition.withdrawn_at = timezone.now()
        history.save(edition, by=by, reason=reason, fields=["withdrawn_at"])
