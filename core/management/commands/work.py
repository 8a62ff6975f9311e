"""`manage.py work`: the worker of the embedded mode (no Redis)."""

from importlib import import_module

from django.core.management.base import BaseCommand
from django.urls import reverse

from core.jobs.worker import GRACE_SECONDS, POLL_SECONDS, Worker
from core.pages import pdf

LIBRARIES = ("core.pages.pdf_joining", "lxml.html", "odfdo.templates")  # of the documents that jobs make


def get_ready() -> None:
    """Load what the process of each job would load again: the renderer, libraries, the pages that reports name."""
    pdf.warm_up()
    for name in LIBRARIES:
        import_module(name)
    reverse("core:jobs")  # the addresses, and with them every page: two seconds


class Command(BaseCommand):
    help = "Exécute les travaux en attente et les tâches programmées (mode embarqué, sans Redis)."
    requires_system_checks = ()  # a worker imports no page before it is asked to be ready

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="s’arrêter dès que la file est vide")
        parser.add_argument("--poll", type=float, default=POLL_SECONDS, help="secondes entre deux regards à la file")
        parser.add_argument(
            "--grace", type=float, default=GRACE_SECONDS, help="secondes laissées au travail en cours à l’arrêt"
        )

    def handle(self, *, once, poll, grace, **options):
        worker = Worker(poll=poll, grace=grace, warm_up=get_ready)
        worker.stop_on_signals()
        worker.run(once=once)
