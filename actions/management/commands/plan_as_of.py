"""Print the plans as they stood on a day: `manage.py plan_as_of --unit 02 --date 2016-10-07 --format json`."""

import json

from django.core.management.base import CommandError

from actions import as_of
from actions.as_of import ActionState, PlanState
from actions.enums import Status
from core.base.commands import FrenchCommand, parse_date
from organisations.models import Unit


class Command(FrenchCommand):
    help = (
        "Imprime les plans d’actions d’un site, ou d’une préfecture et de ses sites, tels qu’ils étaient un jour donné."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site ou de la préfecture")
        parser.add_argument("--date", required=True, help="jour, comme 2016-10-07 ; l’état est celui de la fin du jour")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, date: str, format: str, **options):
        day = parse_date(date, "--date")
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise CommandError(f"Aucun site n’a le code « {unit} ».")
        state = as_of.plan_state(site, day)
        if format == "json":
            self.stdout.write(json.dumps(as_of.printed(state), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"État au {day:%d/%m/%Y} – {site} – empreinte {as_of.digest(state)}")
        if not state.plans:
            self.stdout.write("Aucun plan d’actions ce jour-là.")
        for plan in state.plans:
            self._print(plan)

    def _print(self, plan: PlanState) -> None:
        self.stdout.write(f"\n{plan.title}")
        for finding in plan.findings:
            self.stdout.write(f"{finding.number:4} {finding.text}")
            for action in finding.actions:
                self.stdout.write(f"     – {self._line(action)}")

    def _line(self, action: ActionState) -> str:
        done = f" le {action.done_on:%d/%m/%Y}" if action.done_on else ""
        told = [
            action.text,
            ", ".join(action.responsibles),
            action.deadline.text,
            Status(action.status).label.lower() + done,
            action.comment,
        ]
        return " · ".join(part for part in told if part)
