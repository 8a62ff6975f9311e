"""The references of the intake: a bare Django view that inserts one JSON row per form, and the same one guarded.

Bare: the same database settings as the application; no session, no protection token, no limit, no check of the answers.
Guarded (BARE_GUARDED=1): with Django's protection token, the token of a collection point looked up, and one counter
per point and network held under a limit, in the transaction of the form.
"""

import json
import os

from django.conf import settings

from qualepref import settings as ours

GUARDED = os.environ.get("BARE_GUARDED") == "1"
LIMIT = 1_000_000
if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES=ours.DATABASES,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[],
        MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"] if GUARDED else [],
        ROOT_URLCONF=__name__,
        SECRET_KEY="bare",
        USE_TZ=True,
    )

import django  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.http import Http404, HttpResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.urls import path  # noqa: E402


class Bare(models.Model):
    """One form, as it came."""

    answers = models.JSONField()

    class Meta:
        app_label = "bare"
        db_table = "bare"

    def __str__(self):
        return str(self.pk)


class Door(models.Model):
    """A collection point, known by its token."""

    token = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "bare"
        db_table = "bare_door"

    def __str__(self):
        return self.token


class Counter(models.Model):
    """How many forms came from a network to a point."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "bare"
        db_table = "bare_counter"

    def __str__(self):
        return self.key


def receive(request):
    Bare.objects.create(answers=request.POST.dict())
    return HttpResponse(status=302, headers={"Location": "/merci"})


def receive_guarded(request, token):
    door = Door.objects.filter(token=token).first()
    if door is None:
        raise Http404
    key = f"{door.pk}|{request.META['HTTP_X_FORWARDED_FOR']}"
    with transaction.atomic():
        if not Counter.objects.filter(key=key, count__lt=LIMIT).update(count=models.F("count") + 1):
            Counter.objects.bulk_create([Counter(key=key, count=1)], ignore_conflicts=True)
        Bare.objects.create(answers=request.POST.dict())
    return HttpResponse(status=302, headers={"Location": "/merci"})


def ready(request):
    rows = {"rows": Bare.objects.count()}
    body = json.dumps(rows | {"token": get_token(request)} if GUARDED else rows)
    return HttpResponse(body, headers={"Content-Length": len(body)})


def create_tables() -> None:
    with connection.schema_editor() as editor:
        for model in (Bare, Door, Counter):
            editor.create_model(model)
    Door.objects.bulk_create(Door(token=f"porte-{number}") for number in range(DOORS))


DOORS = 40
urlpatterns = [path("", receive), path("porte/<slug:token>/", receive_guarded), path("pret", ready)]
application = get_wsgi_application()

if __name__ == "__main__":
    create_tables()
