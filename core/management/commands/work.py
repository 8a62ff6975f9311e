"""`manage.py work`: the worker of the embedded mode (no Redis)."""

from django.core.management.base import BaseCommand

from core.jobs.worker import GRACE_SECONDS, POLL_SECONDS, Worker
from core.pages import pdf


class Command(BaseCommand):
    help = "Exécute les travaux en attente et les tâches programmées (mode embarqué, sans Redis)."
    requires_system_checks = ()  # a worker imports no page

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="s’arrêter dès que la file est vide")
        parser.add_argument("--poll", type=float, default=POLL_SECONDS, help="secondes entre deux regards à la file")
        parser.add_argument(
            "--grace", type=float, default=GRACE_SECONDS, help="secondes laissées au travail en cours à l’arrêt"
        )

    def handle(self, *, once, poll, grace, **options):
        worker = Worker(poll=poll, grace=grace, warm_up=pdf.warm_up)
        worker.stop_on_signals()
        worker.run(once=once)
