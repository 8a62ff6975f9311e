"""The verb that ends the sessions of a person, wherever they were opened."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from organisations.models import User


def end(user: User, *, but: str | None = None) -> int:
    """Sign the person out everywhere, `but` that session; how many were ended.

    A session names its person inside only: all those under way are read, which an act so rare can afford.
    """
    running = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    theirs = [one.pk for one in running.iterator() if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]
