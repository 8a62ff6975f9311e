"""The reference of the intake: a bare Django view that inserts one JSON row per form, nothing else in the way.

The same database settings as the application; no session, no protection token, no limit, no check of the answers.
"""

import json

from django.conf import settings

from qualepref import settings as ours

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES=ours.DATABASES,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[],
        MIDDLEWARE=[],
        ROOT_URLCONF=__name__,
        SECRET_KEY="bare",
        USE_TZ=True,
    )

import django
from django.core.wsgi import get_wsgi_application

django.setup()

from django.db import connection, models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Bare(models.Model):
    """One form, as it came."""

    answers = models.JSONField()

    class Meta:
        app_label = "bare"
        db_table = "bare"

    def __str__(self):
        return str(self.pk)


def receive(request):
    Bare.objects.create(answers=request.POST.dict())
    return HttpResponse(status=302, headers={"Location": "/merci"})


def ready(request):
    return HttpResponse(json.dumps({"rows": Bare.objects.count()}))


def create_table() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Bare)


urlpatterns = [path("", receive), path("pret", ready)]
application = get_wsgi_application()

if __name__ == "__main__":
    create_table()
