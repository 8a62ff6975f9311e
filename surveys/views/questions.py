"""The questions of a questionnaire: added, changed, moved, removed."""

from functools import partial

from core.pages import HistoryPage, UpdatePage
from core.pages.section import Add, Change, History, Parent, Press, Remove, Section
from core.record import history
from surveys.forms.questionnaires import NewQuestionForm, QuestionForm
from surveys.models import Question, QuestionEngagement
from surveys.services import questions
from surveys.views.questionnaires import EDIT, WAY, OfQuestionnaires

FORM = "surveys/questionnaires/question_form.html"


class QuestionEdit(UpdatePage):
    """Its engagements are changed with it: they count in its version."""

    def get_initial(self) -> dict:
        return {"engagements": [link.engagement_id for link in self.object.engagement_links.all()]}

    def get_version(self) -> str:
        links = QuestionEngagement.history.filter(question=self.object).order_by("-history_id")
        last = links.values_list("history_id", flat=True).first() or 0
        return f"{history.version_of(self.object)}.{last}"


class QuestionHistory(HistoryPage):
    """The choices are read by their labels."""

    def words(self, field, value, record, names) -> str:
        if field.name == "choices":
            return " ; ".join(choice["label"] for choice in value or ())
        return super().words(field, value, record, names)


def move(question: Question, *, step: int, by) -> None:
    """One rank up or down."""
    ranks = list(question.questionnaire.questions.order_by("position", "pk").values_list("pk", flat=True))
    to = ranks.index(question.pk) + 1 + step
    if 1 <= to <= len(ranks):
        questions.move(question, to=to, by=by)


class Questions(Section):
    name, path, permission = "surveys:question", "questions/<int:pk>", EDIT
    queryset = Question.objects.select_related("questionnaire__site", "shown_if")
    parent = Parent("questionnaire", OfQuestionnaires.queryset, "surveys:questionnaire", way=WAY)
    anchor = "#question-{0.pk}"

    create = Add(
        "questionnaires/<int:pk>/questions/nouvelle",
        NewQuestionForm,
        questions.add,
        takes="questionnaire",
        template_name=FORM,
        title="Ajouter une question",
        success_message="La question est ajoutée à la fin : « Monter » la met à sa place.",
    )
    edit = Change(
        QuestionForm,
        questions.change,
        page=QuestionEdit,
        takes="questionnaire",
        template_name=FORM,
        title="Modifier une question",
    )
    up = Press("monter", partial(move, step=-1))
    down = Press("descendre", partial(move, step=1))
    remove = Remove(
        questions.remove,
        reason="optional",
        title="Supprimer la question « {0} »",
        consequences=("Elle ne sera plus posée ; l’historique reste.",),
        success_message="La question est supprimée.",
    )
    history = History(page=QuestionHistory)
