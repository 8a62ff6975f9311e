"""Import a survey file: `manage.py import_survey FILE --campaign CODE [--dry-run] [--format json]`."""

from typing import Any

from core.base.commands import parse_date
from core.base.errors import UserError
from core.importing.command import ImportCommand
from core.importing.words import plain
from surveys.imports.columns import OF_FORM
from surveys.imports.planning import COLUMN
from surveys.imports.survey_file import SurveyFile
from surveys.models import Campaign, Question, SurveyImport


class Command(ImportCommand):
    help = "Importe les formulaires d’une campagne d’enquête, de Sphinx, LimeSurvey, Google ou Microsoft Forms…"
    kind = SurveyFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--campaign", required=True, help="code de la campagne")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="EN-TÊTE=CODE",
            help="ce que contient une colonne : code d’une question, @number, @date, @place… ou rien pour la laisser",
        )
        parser.add_argument("--reversed", action="store_true", help="le code 1 est le moins satisfait")
        parser.add_argument("--day", default="", help="date des formulaires, si le fichier ne la donne pas")

    def record_of(self, options: dict[str, Any]) -> SurveyImport:
        rows = Campaign.objects.select_related("site", "questionnaire")
        campaign = rows.filter(code=options["campaign"]).first()
        if campaign is None:
            raise UserError(f"Aucune campagne d’enquête n’a le code « {options['campaign']} ».")
        return SurveyImport(campaign=campaign)

    def answers_of(self, options: dict[str, Any]) -> dict[str, str]:
        """Answers by the words of a heading (`column:…`): the letter of the column is known once the file is read."""
        answers = {"file:day": parse_date(options["day"], "--day").isoformat()} if options["day"] else {}
        if options["reversed"]:
            answers |= {f"scale:{family}": "1-4+" for family in ("échelle de notes", "échelle de codes")}
        return answers | (_columns_of(options["column"]) if options["column"] else {})


def _columns_of(texts: list[str]) -> dict[str, str]:
    """`--column EN-TÊTE=CODE`: the role of a column by the words of its heading; without a code it is left unread."""
    codes = {*Question.objects.values_list("code", flat=True), *OF_FORM}
    answers = {}
    for text in texts:
        heading, sign, target = text.rpartition("=")
        if not sign or (target and target not in codes):
            raise UserError(f"--column : « {text} » ne se lit pas comme EN-TÊTE=CODE, le code d’une question.")
        answers[f"{COLUMN}{plain(heading) or heading}"] = target or "-"
    return answers
