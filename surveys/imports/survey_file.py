"""The import of a survey file: Sphinx, LimeSurvey, Google and Microsoft Forms, Framaforms, our own grids and lists."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from core.importing.kind import FileImport, Noun
from core.importing.lines import Fate
from core.importing.plan import Plan
from core.importing.words import plain
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission
from surveys.enums import Channel
from surveys.imports.fates import PlannedForm
from surveys.imports.planning import NEW, SurveyPlanner
from surveys.models import Place, Scenario, SurveyImport
from surveys.services import intake, recording


class SurveyFile(FileImport[SurveyImport]):
    """Forms of a campaign, one line each, sent as often as one likes."""

    code = "survey"
    namespace = "surveys"
    title = "Importer des réponses"
    noun = Noun("formulaire", "formulaires")
    permission = Permission.SURVEY_IMPORT
    model = SurveyImport
    related = ("campaign__site", "campaign__questionnaire")
    line_template = "surveys/imports/_line.html"
    keeps = (Place,)  # forms set aside still name theirs

    @classmethod
    def scope_key(cls, record: SurveyImport) -> str:
        return f"{record.campaign.site.code}/{record.campaign.questionnaire.code}"

    @classmethod
    def place(cls, record: SurveyImport) -> str:
        return str(record.campaign)

    @classmethod
    def way(cls, record: SurveyImport) -> list[tuple[str, str]]:
        campaign = record.campaign
        return [
            ("Campagnes", reverse("surveys:campaigns")),
            (str(campaign), reverse("surveys:campaign", args=[campaign.code])),
        ]

    @classmethod
    def upload_url(cls, record: SurveyImport) -> str:
        return reverse("surveys:import-upload", args=[record.campaign.code])

    @classmethod
    def leads_to(cls, record: SurveyImport) -> tuple[str, str]:
        return "Voir les résultats", reverse("surveys:results", args=[record.campaign.code])

    def plan(self, book: Workbook) -> Plan:
        return SurveyPlanner(self.record.campaign, self.given).plan(book)

    def hold(self) -> None:
        history.lock(self.record.campaign)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        kept = [line for line in plan.kept if line.fate in (Fate.CREATED, Fate.CHANGED)]
        new = {plain(line.content.read.place): line.content.read.place for line in kept if line.content.place == NEW}
        places = recording.places_of(self.record.campaign, new, by=by, reason=reason)
        scenarios = {str(row.pk): row for row in Scenario.objects.filter(campaign=self.record.campaign)}
        forms: dict[Fate, list[intake.Received]] = {Fate.CREATED: [], Fate.CHANGED: []}
        for line in kept:
            form = line.content
            place = places.get(plain(form.read.place) if form.place == NEW else form.place)
            forms[line.fate].append(replace(_form(form), place=place, scenario=scenarios.get(form.scenario)))
        recording.record(self.record, forms[Fate.CREATED], forms[Fate.CHANGED], by=by, reason=reason)

    def after_undo(self, touched: Any, *, by: Any, reason: str) -> None:
        recording.withdraw(self.record, by=by, reason=reason)


def _form(form: PlannedForm) -> intake.Received:
    read = form.read
    return intake.Received(
        key=form.match.key,
        answers=read.answers,
        channel=Channel.FILE,
        answered_on=read.day or date.min,
        language=read.language,
        tester=read.tester,
        duration=read.duration,
        number=read.number,
    )
