"""Load the demonstration préfecture; `--accounts` prints its accounts and does nothing else."""

from datetime import date

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from core.base.commands import FrenchCommand
from demo import loading, organisation


class Command(FrenchCommand):
    help = "Charge la préfecture de démonstration ; la relancer ne change rien à ce qui est déjà là."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="ne fait rien si des unités existent déjà")
        parser.add_argument("--accounts", action="store_true", help="affiche les comptes, sans rien charger")
        parser.add_argument("--today", type=date.fromisoformat, help="jour de la démonstration (AAAA-MM-JJ)")
        parser.add_argument("--seed", type=int, default=loading.SEED, help="graine des valeurs plausibles")

    def handle(self, *, if_empty, accounts, today, seed, **options):
        if accounts:
            self._print_accounts()
            return
        if not (settings.DEMO or settings.DEBUG or settings.TESTING or self._is_new_and_embedded()):
            raise CommandError("La démonstration a des mots de passe publics : elle se charge avec DEMO=1 seulement.")
        if if_empty and loading.is_loaded():
            return
        tell = self.stdout.write if options["verbosity"] > 0 else lambda line: None
        loading.load(today=today or timezone.localdate(), seed=seed, tell=tell)
        settings.DEMONSTRATION_MARK.touch()

    def _is_new_and_embedded(self) -> bool:
        """An empty SQLite installation: nobody works there yet."""
        return settings.IS_SQLITE and not loading.is_loaded()

    def _print_accounts(self):
        self.stdout.write(f"  Comptes de démonstration, mot de passe « {organisation.PASSWORD} » :")
        for address, roles in organisation.accounts():
            self.stdout.write(f"    {address:<28} {roles}")
