"""Questionnaires: list, file with its questions, preview, versions, adaptation to a site."""

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property

from core.pages import AddPage, CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from organisations.permissions import Permission
from surveys.enums import Language
from surveys.filters.questionnaires import QuestionnaireFilter
from surveys.forms.public import language_in
from surveys.forms.questionnaires import CopyForm, NewQuestionnaireForm, QuestionnaireForm
from surveys.models import Campaign, Question, Questionnaire
from surveys.rules import wording
from surveys.rules.phrases import PHRASES, phrases_in
from surveys.services import intake, questionnaires
from surveys.tables.questionnaires import QuestionnaireTable

QUESTIONNAIRES = "surveys:questionnaires"
EDIT = Permission.SURVEY_EDIT
WAY = [("Questionnaires", QUESTIONNAIRES)]


class QuestionnaireList(ListPage):
    permission = Permission.SURVEY_VIEW
    queryset = Questionnaire.objects.for_list()
    table_class = QuestionnaireTable
    filterset_class = QuestionnaireFilter
    title = "Questionnaires"
    noun = ("questionnaire", "questionnaires")
    create_url_name = "surveys:questionnaire-create"
    create_permission = EDIT
    create_label = "Écrire un questionnaire"
    intro = (
        "Les modèles prêts à l’emploi s’adaptent à votre site. Une version se fige quand une campagne ouvre avec elle."
    )
    empty_title = "Aucun questionnaire n’est enregistré."
    empty_text = "Les questionnaires fournis se chargent par la commande load_questionnaires."


class OfQuestionnaires:
    """What the pages about one questionnaire share."""

    permission = Permission.SURVEY_VIEW
    queryset = Questionnaire.objects.select_related("site")
    breadcrumbs = WAY
    detail_url_name = "surveys:questionnaire"
    history_url_name = "surveys:questionnaire-history"

    @cached_property
    def may_edit(self) -> bool:
        return self.allows(EDIT)


class QuestionnaireDetail(OfQuestionnaires, DetailPage):
    """What it asks, in order, and what its version allows."""

    template_name = "surveys/questionnaires/detail.html"
    facts = ("kind", "introduction", "source")

    def get_facts(self):
        questionnaire = self.object
        owner = str(questionnaire.site) if questionnaire.site else "Modèle commun à tous les sites"
        return [*super().get_facts(), ("Propre à", owner), ("Langues", self.languages())]

    def get_actions(self):
        frozen = bool(self.object.frozen_at)
        wanted = [
            (PageAction("Ajouter une question", "surveys:question-create", kind=""), self.may_edit and not frozen),
            (PageAction("Créer la version suivante", "surveys:questionnaire-new-version", kind=""), self.may_follow),
            (PageAction("Aperçu", "surveys:questionnaire-preview"), True),
            (PageAction("Modifier", "surveys:questionnaire-edit"), self.may_edit and not frozen),
            (PageAction("Adapter à un site", "surveys:questionnaire-copy"), self.request.user.can(EDIT)),
            (
                PageAction("Supprimer", "surveys:questionnaire-remove", kind="tertiary"),
                self.may_edit and not frozen and not self.campaign_count,
            ),
        ]
        return [action.shown(self.object.pk) for action, is_allowed in wanted if is_allowed]

    @cached_property
    def may_follow(self) -> bool:
        return self.may_edit and bool(self.object.frozen_at) and self.draft is None

    @cached_property
    def draft(self) -> Questionnaire | None:
        """The version in preparation after this one, if somebody began it."""
        if not self.object.frozen_at:
            return None
        later = Questionnaire.objects.visible_to(self.request.user).filter(code=self.object.code)
        return later.filter(frozen_at__isnull=True).order_by("-version").first()

    @cached_property
    def campaign_count(self) -> int:
        return self.object.campaigns.count()

    @cached_property
    def questions(self) -> list[Question]:
        rows = self.object.questions.select_related("shown_if").order_by("position", "pk")
        return list(rows.prefetch_related("engagement_links__engagement__module__referential"))

    def languages(self) -> str:
        return ", ".join(language.label for language in wording.languages_of(self.questions))

    def get_context_data(self, **context) -> dict:
        shown = wording.sheet(self.questions, kind=self.object.kind)
        campaigns = Campaign.objects.visible_to(self.request.user).filter(questionnaire=self.object)
        return super().get_context_data(
            rows=list(zip(self.questions, shown, strict=True)),
            campaigns=campaigns.annotate(returns=Count("responses")).order_by("-starts_on", "pk"),
            draft=self.draft,
            may_edit=self.may_edit and not self.object.frozen_at,
            is_lent=not self.may_edit and not self.object.site_id and self.request.user.can(EDIT),
            **context,
        )


class QuestionnairePreview(OfQuestionnaires, ObjectPage):
    """The form as the public will see it, in each of its languages; nothing is recorded."""

    template_name = "surveys/questionnaires/preview.html"

    def get(self, request, **kwargs):
        questions = intake.questions_of(self.object)
        languages = wording.languages_of(questions)
        asked = language_in(request.GET)
        language = asked if asked in languages else Language.FRENCH
        return self.render(
            words=phrases_in(language),
            language=language.value,
            languages=[(code.value, PHRASES[code]) for code in languages] if len(languages) > 1 else [],
            introduction=wording.text_of(self.object, "introduction", language),
            questions=wording.sheet(questions, language, kind=self.object.kind),
            point=None,
        )


class QuestionnaireCreate(CreatePage):
    permission = EDIT
    form_class = NewQuestionnaireForm
    title = "Écrire un questionnaire"
    breadcrumbs = WAY
    list_url_name = QUESTIONNAIRES
    detail_url_name = "surveys:questionnaire"
    intro = "Pour partir d’un modèle, ouvrez-le plutôt et choisissez « Adapter à un site »."
    success_message = "Le questionnaire est créé : ajoutez ses questions."

    def save_verb(self, form):
        return questionnaires.create(by=self.request.user, **form.cleaned_data)


class QuestionnaireEdit(OfQuestionnaires, UpdatePage):
    permission = EDIT
    form_class = QuestionnaireForm

    def save_verb(self, form):
        return questionnaires.change(self.object, by=self.request.user, **form.cleaned_data)


class QuestionnaireCopy(OfQuestionnaires, AddPage):
    """A model adapted to one's own site."""

    permission = EDIT
    is_held_anywhere = True  # the right is held where the copy goes
    form_class = CopyForm
    button_label = "Adapter"
    intro = "La copie vous appartient : vous en changez les questions sans toucher à celles des autres sites."
    success_message = "La copie est faite : changez ses questions, puis choisissez-la dans une campagne."

    def get_title(self) -> str:
        return f"Adapter « {self.object.title} » à un site"

    def get_initial(self) -> dict:
        return {"title": self.object.title}

    def save_verb(self, form):
        return questionnaires.copy(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return reverse("surveys:questionnaire", args=[saved.pk])


class QuestionnaireNewVersion(OfQuestionnaires, VerbPage):
    permission = EDIT
    reason = "optional"
    button_label = "Créer la version suivante"
    explanation = "Une copie de ce questionnaire, à modifier librement jusqu’à l’ouverture d’une campagne."
    consequences = (
        "Les campagnes ouvertes ou closes gardent leur version et leurs résultats.",
        "Une question gardée reste comparable d’une version à l’autre.",
    )

    def get_title(self) -> str:
        return f"Créer la version suivante de « {self.object.title} »"

    def get_success_message(self) -> str:
        return f"La version {self.made.version} est prête à être modifiée."

    def verb(self, obj, *, reason: str):
        self.made = questionnaires.new_version(obj, by=self.request.user, reason=reason)

    def get_success_url(self) -> str:
        return reverse("surveys:questionnaire", args=[self.made.pk])


class QuestionnaireRemove(OfQuestionnaires, VerbPage):
    permission = EDIT
    reason = "optional"
    is_danger = True
    button_label = "Supprimer"
    consequences = ("Ses questions sont supprimées avec lui ; l’historique reste.",)
    success_message = "Le questionnaire est supprimé."
    success_url_name = QUESTIONNAIRES

    def get_title(self) -> str:
        return f"Supprimer « {self.object} »"

    def verb(self, obj, *, reason: str):
        questionnaires.remove(obj, by=self.request.user, reason=reason)


class QuestionnaireHistory(OfQuestionnaires, HistoryPage):
    permission = Permission.HISTORY_VIEW
