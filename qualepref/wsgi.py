"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualepref.settings")
application = get_wsgi_application()

from core.record import guards  # noqa: E402 - once the applications are loaded

guards.warn_at_start()
