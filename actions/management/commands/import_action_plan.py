"""Import action plans: `manage.py import_action_plan FILE --unit 02 [--sheet NAME] [--effective-on 2016-10-07]`."""

from django.utils import timezone

from actions.imports.kind import PlanFile
from actions.models import PlanImport
from core.base.commands import parse_date
from core.base.errors import UserError
from core.importing.command import ImportCommand
from organisations.models import Unit


class Command(ImportCommand):
    help = "Importe les plans d’actions d’un site (.xlsx, .ods, .xls, .csv, .docx, .odt ou texte)."
    kind = PlanFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--sheet", default="", help="feuille à lire ; toutes, sans ce paramètre")
        parser.add_argument("--effective-on", default="", help="jour d’effet ; la date « màj » du document sinon")

    def record_of(self, options) -> PlanImport:
        site = Unit.objects.sites().filter(code=options["unit"]).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {options['unit']} ».")
        day = parse_date(options["effective_on"], "--effective-on") if options["effective_on"] else None
        if day and day > timezone.localdate():
            raise UserError(f"--effective-on : le {day:%d/%m/%Y} n’est pas encore venu.")
        return PlanImport(site=site, sheet=options["sheet"], effective_on=day)
