"""The questions of a questionnaire: added, changed, moved, removed."""

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from core import history
from core.pages import FormPage, HistoryPage, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from organisations.permissions import Permission
from surveys.forms.questionnaires import NewQuestionForm, QuestionForm
from surveys.models import Question, QuestionEngagement, Questionnaire
from surveys.services import questions
from surveys.views.questionnaires import EditsQuestionnaire, OfQuestionnaires, way_to

FORM = "surveys/questionnaires/question_form.html"


class QuestionCreate(EditsQuestionnaire, ObjectPage, FormPage):
    """A question at the end of a questionnaire."""

    template_name = FORM
    form_class = NewQuestionForm
    button_label = "Ajouter"
    success_message = "La question est ajoutée à la fin : « Monter » la met à sa place."
    title = "Ajouter une question"

    def get_breadcrumbs(self):
        return [*way_to(self.object), (self.title, "")]

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"questionnaire": self.object}

    def save_verb(self, form):
        return questions.add(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return f"{self.get_object_url()}#question-{saved.pk}"

    def get_cancel_url(self) -> str:
        return self.get_object_url()


class OfQuestions(OfQuestionnaires):
    """What the pages about one question share."""

    queryset = Question.objects.select_related("questionnaire__site", "shown_if")
    detail_url_name = ""
    history_url_name = "surveys:question-history"

    def unit_id_of(self, obj: Question) -> int | None:
        try:
            return obj.questionnaire.site_id
        except ObjectDoesNotExist:  # deleted with its questionnaire
            return None

    def questionnaire_of(self, obj) -> Questionnaire:
        return obj.questionnaire

    def get_object_url(self) -> str:
        question = self.object
        return f"{reverse('surveys:questionnaire', args=[question.questionnaire_id])}#question-{question.pk}"

    def get_tabs(self):
        return []

    def get_breadcrumbs(self):
        return [*way_to(self.object.questionnaire), (self.get_title(), "")]


class EditsQuestion(EditsQuestionnaire, OfQuestions):
    """A page that changes a question: 403 for who does not decide of its questionnaire."""


class QuestionEdit(EditsQuestion, UpdatePage):
    template_name = FORM
    form_class = QuestionForm
    title = "Modifier une question"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"questionnaire": self.object.questionnaire}

    def get_initial(self) -> dict:
        return {"engagements": [link.engagement_id for link in self.object.engagement_links.all()]}

    def get_version(self) -> str:
        links = QuestionEngagement.history.filter(question=self.object).order_by("-history_id")
        last = links.values_list("history_id", flat=True).first() or 0
        return f"{history.version_of(self.object)}.{last}"

    def save_verb(self, form):
        return questions.change(self.object, by=self.request.user, **form.cleaned_data)


class QuestionMove(EditsQuestion, VerbPage):
    """One rank up or down."""

    is_direct = True
    step = 0

    def verb(self, obj, *, reason: str):
        ranks = list(obj.questionnaire.questions.order_by("position", "pk").values_list("pk", flat=True))
        to = ranks.index(obj.pk) + 1 + self.step
        if 1 <= to <= len(ranks):
            questions.move(obj, to=to, by=self.request.user)


class QuestionRemove(EditsQuestion, VerbPage):
    reason = "optional"
    is_danger = True
    button_label = "Supprimer"
    consequences = ("Elle ne sera plus posée ; l’historique reste.",)
    success_message = "La question est supprimée."

    def get_title(self) -> str:
        return f"Supprimer la question « {self.object} »"

    def verb(self, obj, *, reason: str):
        questions.remove(obj, by=self.request.user, reason=reason)

    def get_success_url(self) -> str:
        return reverse("surveys:questionnaire", args=[self.object.questionnaire_id])


class QuestionHistory(OfQuestions, HistoryPage):
    permission = Permission.HISTORY_VIEW

    def words(self, field, value, record, names) -> str:
        if field.name == "choices":
            return " ; ".join(choice["label"] for choice in value or ())
        return super().words(field, value, record, names)
