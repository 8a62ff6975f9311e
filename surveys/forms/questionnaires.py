"""Forms of questionnaires and of their questions. They check what was typed; the services decide."""

from itertools import groupby

from django import forms

from actions.forms.choices import EngagementsField
from core.pages.forms import Form, ModelForm
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import holds_every_root
from surveys.enums import Kind, QuestionKind
from surveys.forms.fields import AliasesField, AnswersField, ChoicesField
from surveys.models import Question, Questionnaire
from surveys.rules.questions import answers_of

REASON = {
    "label": "Raison du changement",
    "required": False,
    "max_length": 500,
    "help_text": "Gardée dans l’historique.",
}


def editable_sites(user):
    """The sites whose surveys the person runs."""
    return Unit.objects.sites().filter(pk__in=user.access.units_with(Permission.SURVEY_EDIT))


class QuestionnaireForm(ModelForm):
    """What a questionnaire says before its questions, in each language, and where it comes from."""

    reason = forms.CharField(**REASON)

    class Meta:
        model = Questionnaire
        fields = ("title", "introduction", "introduction_easy", "introduction_en", "source")
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 3}),
            "introduction_easy": forms.Textarea(attrs={"rows": 3}),
            "introduction_en": forms.Textarea(attrs={"rows": 3}),
            "source": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "introduction_easy": "Des phrases courtes, des mots de tous les jours.",
            "source": "D’où viennent les questions : un modèle, un CLU, vous-même. Dites-le tel que c’est.",
        }


class NewQuestionnaireForm(QuestionnaireForm):
    """An empty questionnaire of a site."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Propre à", empty_label="Choisir")
    kind = forms.ChoiceField(label="Nature", choices=[("", "Choisir"), *Kind.choices])
    reason = None

    class Meta(QuestionnaireForm.Meta):
        fields = ("site", "title", "kind", *QuestionnaireForm.Meta.fields[1:])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        site = self.fields["site"]
        site.queryset = editable_sites(self.user)
        if holds_every_root(self.user, Permission.SURVEY_EDIT):
            site.required, site.empty_label = False, "Tous les sites (modèle commun)"


class CopyForm(Form):
    """The site for which a questionnaire is adapted."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Pour", empty_label="Choisir")
    title = forms.CharField(label="Intitulé", max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = editable_sites(self.user)


class QuestionForm(ModelForm):
    """A question: its words, its answers, when it is asked, its other languages, the engagements it serves."""

    choices = ChoicesField(
        label="Choix",
        required=False,
        help_text="Pour un choix unique ou multiple. Un par ligne : « en français | facile à lire | en anglais ».",
    )
    shown_if = forms.ModelChoiceField(
        Question.objects.none(), label="Posée selon la réponse à", required=False, empty_label="Toujours posée"
    )
    shown_if_answers = AnswersField(label="Réponses qui la font poser", required=False)
    aliases = AliasesField(
        label="Autres intitulés rencontrés",
        required=False,
        help_text="Un par ligne, pour reconnaître la colonne d’un fichier à l’import.",
    )
    engagements = EngagementsField()
    reason = forms.CharField(**REASON)

    class Meta:
        model = Question
        fields = (
            "label",
            "help_text",
            "kind",
            "choices",
            "allows_not_concerned",
            "is_required",
            "shown_if",
            "shown_if_answers",
            "label_easy",
            "help_text_easy",
            "label_en",
            "help_text_en",
            "engagements",
            "aliases",
        )
        help_texts = {
            "label": "Un critère se lit après « Êtes-vous satisfait de » : « la courtoisie des agents ».",
            "kind": "Les deux premiers sont des critères : ils ont une base et un pourcentage.",
            "allows_not_concerned": "Pour un critère. Cette réponse reste hors du pourcentage.",
            "is_required": "À éviter : une question qu’on peut passer donne plus de retours.",
        }

    SECTIONS = (
        ("La question", ("label", "help_text")),
        ("Les réponses", ("kind", "choices", "allows_not_concerned", "is_required")),
        ("Quand la poser", ("shown_if", "shown_if_answers")),
        ("En facile à lire et en anglais", ("label_easy", "help_text_easy", "label_en", "help_text_en")),
        ("Ce qu’elle sert", ("engagements", "aliases", "reason")),
    )

    def __init__(self, *args, questionnaire: Questionnaire, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choisir"), *QuestionKind.choices]
        self.fields["choices"].current = self.instance.choices
        self._offer_conditions(questionnaire)

    @property
    def sections(self):
        """(title, fields) of each part of the form, as the page lays them out."""
        hidden = set() if self.fields["shown_if_answers"].choices else {"shown_if_answers"}
        shown = self.fields.keys() - hidden
        return [(title, [self[name] for name in names if name in shown]) for title, names in self.SECTIONS]

    @property
    def engagement_groups(self):
        """(module, its choices, how many are chosen) of each module, in the order of the field."""
        by_module = groupby(self["engagements"], key=lambda option: option.data["value"].instance.module)
        groups = [(f"{module.referential} – {module}", list(options)) for module, options in by_module]
        return [(title, rows, sum(bool(row.data["selected"]) for row in rows)) for title, rows in groups]

    def _offer_conditions(self, questionnaire: Questionnaire) -> None:
        """Questions asked before this one, and the answers of the one chosen."""
        before = [row for row in questionnaire.questions.order_by("position", "pk") if answers_of(row)]
        if self.instance.pk:
            mine = (self.instance.position, self.instance.pk)
            before = [row for row in before if (row.position, row.pk) < mine]
        field = self.fields["shown_if"]
        field.queryset = Question.objects.filter(pk__in=[row.pk for row in before]).order_by("position", "pk")
        field.label_from_instance = lambda row: row.label[:1].upper() + row.label[1:]
        chosen = str(self.data.get("shown_if", "") if self.is_bound else self.instance.shown_if_id or "")
        parent = next((row for row in before if str(row.pk) == chosen), None)
        self.fields["shown_if_answers"].choices = answers_of(parent) if parent else []
        if parent is None:
            field.help_text = "Choisissez une question, puis enregistrez : ses réponses s’affichent, à cocher."


class NewQuestionForm(QuestionForm):
    """A question at the end of the questionnaire."""

    reason = None
