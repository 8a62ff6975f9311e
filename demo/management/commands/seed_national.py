"""Fill an empty PostgreSQL database with a country of plausible values, for measuring."""

import time

from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from core.base.commands import FrenchCommand
from core.services import calendars
from demo import national
from indicators.services import catalogue_loading
from organisations.models import Unit
from referential.services import loading as referential_loading


class Command(FrenchCommand):
    help = "Peuple une base PostgreSQL vide : 101 départements, 330 sites, 1 500 services, 15 millions de valeurs."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=national.SCALES, default="small")

    def handle(self, *, scale, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Ce peuplement demande PostgreSQL (DATABASE_URL).")
        if Unit.objects.exists():
            raise CommandError("La base contient déjà des unités : rien n’a été écrit.")
        started = time.monotonic()

        def tell(line: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:6.1f} s  {line}")
            self.stdout.flush()

        calendars.load()
        referential_loading.load_all(referential_loading.SHIPPED)
        catalogue_loading.load()
        national.load(national.SCALES[scale], today=timezone.localdate(), tell=tell)
