"""The private address of a person's calendar of deadlines: drawn, drawn again, closed. Only its digest is kept."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from actions.models import Action, CalendarFeed
from actions.services.rights import EDIT, reported_units
from organisations.models import User
from organisations.permissions import Permission


@transaction.atomic
def draw(*, by) -> str:
    """A new secret for the person's address; the one before opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=by, defaults={"token_digest": secret_digest(secret), "created_at": timezone.now()}
    )
    return secret


@transaction.atomic
def close(*, by) -> None:
    """The address opens nothing any more."""
    CalendarFeed.objects.filter(user=by).delete()


def owner_of(secret: str) -> User | None:
    """Whose address it is, if it is still open and the person still reads actions."""
    feed = CalendarFeed.objects.select_related("user").filter(token_digest=secret_digest(secret)).first()
    if feed is None or not feed.user.is_active or not feed.user.can(Permission.ACTION_REPORT):
        return None
    return feed.user


def agenda_of(user: User):
    """The deadlines that the person keeps an eye on: one's own, and those of the plans one runs."""
    visible = Action.objects.visible_to(user)
    own = visible.assigned_to(user, reported_units(user))
    steered = visible.filter(finding__plan__site_id__in=user.access.units_with(EDIT))
    return (own | steered).pending().filter(deadline_latest__isnull=False).for_list().by_deadline()


def secret_digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
