"""`manage.py training_due --unit 38 --on 2026-12-01`: where each agent stands on a day, and why."""

import json

from core.base.commands import FrenchCommand, parse_date
from organisations.models import Unit
from training.enums import Status
from training.follow_up import FollowedLine, follow_up
from training.management.units import unit_of


class Command(FrenchCommand):
    help = "Dit où en est chaque agent un jour donné : statut, échéance et ce dont elle résulte."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code de l’unité, comme 38")
        parser.add_argument("--on", required=True, help="jour, comme 2026-12-01")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit, on, format, **options):
        day = parse_date(on, "--on")
        lines = follow_up(units=Unit.objects.ids_below(unit_of(unit).pk)).lines(day)
        if format == "json":
            self.stdout.write(json.dumps([as_json(line) for line in lines], ensure_ascii=False, indent=1))
            return
        for line in lines:
            due = f"{line.standing.due_on:%d/%m/%Y}" if line.standing.due_on else "sans objet"
            status = Status(line.standing.status).label
            self.stdout.write(f"{line.agent}, {line.service}, {line.theme} : {status}, {due} ({line.standing.reason})")


def as_json(line: FollowedLine) -> dict[str, str | None]:
    """A line as `--format json` prints it."""
    due = line.standing.due_on
    return {
        "agent": str(line.agent),
        "service": line.service,
        "theme": line.theme.name,
        "status": str(line.standing.status),
        "due_on": due.isoformat() if due else None,
        "reason": line.standing.reason,
    }
