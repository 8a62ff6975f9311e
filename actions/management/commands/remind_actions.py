"""`manage.py remind_actions [--date D] [--dry-run] [--format json]`: the weekly digests, where it is their day."""

import json

from django.utils import timezone

from actions import notifications
from actions.services import reminders
from core.base.commands import FrenchCommand, parse_date


class Command(FrenchCommand):
    help = "Envoie les rappels d’échéance de la semaine, une fois par personne."

    def add_arguments(self, parser):
        parser.add_argument("--date", default="", help="jour de l’envoi, 2026-05-04 (aujourd’hui par défaut)")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait envoyé, quel que soit le jour")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args, **options):
        on = parse_date(options["date"], "--date") if options["date"] else timezone.localdate()
        digests = reminders.compose(on) if options["dry_run"] else reminders.send_due(on)
        rows = [{"recipient": one.person.email, "subject": notifications.subject(one)} for one in digests]
        if options["format"] == "json":
            self.stdout.write(json.dumps({"date": on.isoformat(), "digests": rows}, ensure_ascii=False, indent=2))
            return
        verb = "à envoyer" if options["dry_run"] else "envoyé"
        plural = "s" if len(rows) > 1 and not options["dry_run"] else ""
        self.stdout.write(f"{len(rows)} message{'s' if len(rows) > 1 else ''} {verb}{plural}.")
        for row in rows:
            self.stdout.write(f"- {row['recipient']} : {row['subject']}")
