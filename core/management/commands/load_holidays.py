"""`manage.py load_holidays`: the public holidays of every zone."""

from core.base.commands import FrenchCommand
from core.services import calendars
from core.time.holidays import FIRST_YEAR, LAST_YEAR, ZONES


class Command(FrenchCommand):
    help = "Charge les jours fériés des zones ; une année qui a déjà des jours fériés est laissée telle quelle."

    def add_arguments(self, parser):
        parser.add_argument("--from-year", type=int, default=FIRST_YEAR, help=f"première année ({FIRST_YEAR})")
        parser.add_argument("--to-year", type=int, default=LAST_YEAR, help=f"dernière année ({LAST_YEAR})")

    def handle(self, *, from_year, to_year, **options):
        count = calendars.load(first_year=from_year, last_year=to_year)
        self.stdout.write(f"{count} jours fériés chargés, {len(ZONES)} zones.")
