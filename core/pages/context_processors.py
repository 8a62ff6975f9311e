"""What every template may read."""

from functools import partial

from django.conf import settings

from core.pages import sessions


def site(request):
    """The demonstration flag, printed in the header of a demo instance, and the seconds left of the session."""
    return {"is_demo": settings.DEMO, "session_left": partial(sessions.left, request)}
