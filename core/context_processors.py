"""What every template may read."""

from django.conf import settings


def site(request):
    """The demonstration flag, printed in the header of a demo instance."""
    return {"is_demo": settings.DEMO}
