"""Import of a survey file: send it, check what it becomes, record it, undo it."""

from django.urls import reverse
from django.utils.functional import cached_property

from core.enums import ImportState
from core.imports import flow
from core.imports.views import ImportChoices, ImportPage, ImportVerb, UploadPage
from core.pages import HistoryPage
from core.pages.detail import ObjectPage
from core.spreadsheets.addresses import column_letters
from organisations.permissions import Permission
from surveys.forms.imports import UploadForm, choices_of
from surveys.imports.headings import TARGET_LABELS
from surveys.imports.plan import Plan
from surveys.imports.planning import plan_of
from surveys.imports.table import Table
from surveys.models import Place, SurveyImport
from surveys.results.reading import questions_of
from surveys.rules.wording import answer_labels
from surveys.services import imports
from surveys.views.campaigns import OfCampaigns
from surveys.views.scope import OfCampaign

JOB_KIND = "read_survey"
LATEST = 10
MOST_SHOWN = 50  # problems told one by one


class SurveyUpload(OfCampaigns, ObjectPage, UploadPage):
    """Send a file for a campaign; the last ones sent stand below."""

    permission = Permission.SURVEY_IMPORT
    template_name = "surveys/imports/upload.html"
    form_class = UploadForm
    job_kind = JOB_KIND
    title = "Importer des réponses"

    def get_tabs(self):
        return []

    def get_breadcrumbs(self):
        here = (str(self.object), reverse("surveys:campaign", args=[self.object.code]))
        return [*OfCampaigns.way(), here, (self.title, "")]

    def new_record(self, form) -> SurveyImport:
        return SurveyImport(campaign=self.object)

    def show(self, form, **context):
        rows = SurveyImport.objects.filter(campaign=self.object).select_related("sent_by")
        latest = list(rows.defer("preview", "changes").order_by("-sent_at", "-pk")[:LATEST])
        return super().show(form, latest=latest, campaign=self.object, **context)


class OneImport(OfCampaign):
    """What the pages of one import share."""

    permission = Permission.SURVEY_IMPORT
    queryset = SurveyImport.objects.select_related("campaign__site", "campaign__questionnaire", "job", "sent_by")
    detail_url_name = "surveys:import"
    history_url_name = "surveys:import-history"
    job_kind = JOB_KIND

    def get_breadcrumbs(self):
        campaign = self.object.campaign
        way = [*OfCampaigns.way(), (str(campaign), reverse("surveys:campaign", args=[campaign.code]))]
        if self.allows(Permission.SURVEY_IMPORT):
            way.append(("Importer des réponses", reverse("surveys:import-upload", args=[campaign.code])))
        return [*way, (self.get_title(), "")]

    @cached_property
    def questions(self):
        return questions_of(self.object.campaign)

    def plan(self) -> Plan:
        record = self.object
        return plan_of(record.campaign, Table.from_json(record.preview["table"]), record.choices)

    def get_choices(self, record: SurveyImport) -> tuple[dict, bool]:
        if record.state != ImportState.PREVIEW:
            return record.choices, False
        data, campaign = self.request.POST, record.campaign
        chosen = choices_of(data, self.plan(), former=record.choices, questions=self.questions, campaign=campaign)
        return chosen, False


class SurveyImportPage(OneImport, ImportPage):
    """The file on the left, what it becomes on the right; only what needs a decision stands out."""

    permission = Permission.HISTORY_VIEW
    act_permission = Permission.SURVEY_IMPORT
    template_name = "surveys/imports/import.html"

    def get_title(self) -> str:
        return f"Réponses – {self.object.name}"

    def get_preview(self, record: SurveyImport) -> dict:
        if record.state != ImportState.PREVIEW:
            return {"done": done_counts(record), "campaign": record.campaign}
        plan = self.plan()
        labels = {question.code: question.label for question in self.questions}
        shown = plan.columns_shown(labels | TARGET_LABELS, column_letters)
        return {
            "campaign": record.campaign,
            "plan": plan,
            "asked": [(plan.columns.index(one.column), one) for one in shown if one.stands_out],
            "settled": [(plan.columns.index(one.column), one) for one in shown if not one.stands_out],
            "targets": list(TARGET_LABELS.items()),
            "questions": self.questions,
            "labels": self.unknown_labels(plan),
            "places": list(enumerate(plan.places)),
            "known_places": self.known_places(plan),
            "errors": plan.errors[:MOST_SHOWN],
            "more_errors": max(0, len(plan.errors) - MOST_SHOWN),
            "warnings": plan.warnings[:MOST_SHOWN],
            "more_warnings": max(0, len(plan.warnings) - MOST_SHOWN),
        }

    def unknown_labels(self, plan: Plan) -> list[dict]:
        """Each unknown label with the answers of its question."""
        by_code = {question.code: question for question in self.questions}
        kind = self.object.campaign.kind
        return [
            {
                "index": index,
                "text": label.text,
                "number": number,
                "question": by_code[label.question].label,
                "answers": [(code, str(text)) for code, text in self.answers(by_code[label.question], kind)],
            }
            for index, (label, number) in enumerate(plan.unknown_labels[:MOST_SHOWN])
        ]

    def answers(self, question, kind):
        return answer_labels(question, kind=kind).items()

    def known_places(self, plan: Plan) -> list[Place]:
        return list(Place.objects.filter(site=self.object.campaign.site_id)) if plan.places else []


class SurveyImportChoices(OneImport, ImportChoices):
    """« Appliquer mes choix »."""


class SurveyImportCommit(OneImport, ImportVerb):
    """« Enregistrer »: the choices on the page, then every form in one transaction."""

    success_message = "Les réponses sont enregistrées."

    def verb(self, record: SurveyImport) -> None:
        choices, _ = self.get_choices(record)
        kept = flow.choose(record, choices, by=self.request.user)
        plan = plan_of(record.campaign, Table.from_json(kept.preview["table"]), choices)
        plan.require_ready()
        imports.commit(kept, plan.to_write(), by=self.request.user)


class SurveyImportUndo(OneImport, ImportVerb):
    """« Annuler cet import »."""

    success_message = "L’import est annulé : ses réponses ne comptent plus."

    def verb(self, record: SurveyImport) -> None:
        imports.undo(record, by=self.request.user)


class SurveyImportAbandon(OneImport, ImportVerb):
    """« Abandonner cet import »: it leaves what is to be checked."""

    success_message = "L’import est abandonné : rien n’a été enregistré."

    def verb(self, record: SurveyImport) -> None:
        flow.abandon(record, by=self.request.user)


class SurveyImportRetry(OneImport, ImportVerb):
    """Read the file again after a failure."""

    success_message = "La lecture est relancée."

    def verb(self, record: SurveyImport) -> None:
        if record.state == ImportState.READING:
            flow.ask_reading(record, by=self.request.user, job_kind=self.job_kind)


class SurveyImportHistory(OneImport, HistoryPage):
    """The history of an import."""

    permission = Permission.HISTORY_VIEW
    hidden_fields = ("changes", "choices", "preview")  # raw data: the page of the import says it in words


def done_counts(record: SurveyImport) -> dict:
    """What a recorded import wrote."""
    counts = next((row["forms"] for row in record.changes if "forms" in row), {})
    places = [row["label"] for row in record.changes if row.get("model") == Place._meta.label]
    return {"created": counts.get("created", 0), "changed": counts.get("changed", 0), "places": places}
