"""`manage.py run_job UUID`: runs one waiting job here and now, for the technical administrator."""

import json
import uuid

from django.core.management.base import BaseCommand, CommandError

from core import jobs
from core.base.enums import JobState
from core.models import Job


class Command(BaseCommand):
    help = "Exécute immédiatement un travail en attente et affiche son résultat."

    def add_arguments(self, parser):
        parser.add_argument("uuid", help="identifiant du travail")

    def handle(self, *, uuid, **options):
        job = jobs.run_now(self._find(uuid))
        if job.state == JobState.DONE:
            self.stdout.write(json.dumps(job.result, ensure_ascii=False))
            return
        raise CommandError(job.error or f"Le travail n’a pas été exécuté : il est « {job.get_state_display()} ».")

    def _find(self, text: str) -> Job:
        try:
            return Job.objects.get(uuid=uuid.UUID(text))
        except (ValueError, Job.DoesNotExist):
            raise CommandError(f"Aucun travail n’a l’identifiant {text}.") from None
