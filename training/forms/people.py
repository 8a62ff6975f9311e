"""Forms of agents, their posts and what they followed before. They check what was typed; the services decide."""

from collections.abc import Collection

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from core.pages.forms import DateField, Form, ModelMultipleChoiceField
from organisations.models import Unit
from organisations.permissions import Permission
from training.enums import Contract, PastKind
from training.follow_up.site_themes import followed_in
from training.models import TrainingTheme

TODAY_AT_MOST = "Le jour où la formation s’est terminée, ou celui du document."


def units_of(user) -> QuerySet[Unit]:
    """The units on which the person keeps agents."""
    units = (
        Unit.objects.filter(pk__in=user.access.units_with(Permission.TRAINING_EDIT)) if user else Unit.objects.none()
    )
    return units.order_by("position", "name")


def themes_of(user, units: Collection[int]) -> QuerySet[TrainingTheme]:
    """The themes that one of some units follows today."""
    seen = TrainingTheme.objects.visible_to(user).order_by("position", "name")
    found = followed_in(units, timezone.localdate(), among=seen)
    return seen.filter(pk__in=[theme.pk for theme in found])


def with_unit(agent) -> str:
    """« FONTAINE Marc, Accueil général »: two people may bear one name."""
    return f"{agent}, {agent.unit}"


class AgentForm(Form):
    """Who the agent is, and where they work."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Service", empty_label="Choisir")
    last_name = forms.CharField(label="Nom", max_length=100)
    first_name = forms.CharField(label="Prénom", max_length=100, required=False)
    number = forms.CharField(
        label="Matricule", max_length=40, required=False, help_text="Utile quand deux agents portent le même nom."
    )
    email = forms.EmailField(label="Adresse électronique", required=False, help_text="Pour les convocations.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(self.user)


class PostForm(Form):
    """A post taken in a service, with its reception themes."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Service", empty_label="Choisir")
    themes = ModelMultipleChoiceField(
        TrainingTheme.objects.none(), label="Thèmes d’accueil", widget=forms.CheckboxSelectMultiple
    )
    taken_on = DateField(label="Prise de poste")
    contract = forms.ChoiceField(label="Contrat", choices=Contract.choices)
    contract_ends_on = DateField(label="Fin du contrat", required=False, help_text="Pour un CDD : son dernier jour.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(self.user)
        held = self.user.access.units_with(Permission.TRAINING_EDIT) if self.user else ()
        self.fields["themes"].queryset = themes_of(self.user, held)


class PostDatesForm(Form):
    """The dates of a post, its contract, its dispensation."""

    taken_on = DateField(label="Prise de poste")
    ended_on = DateField(label="Dernier jour du poste", required=False)
    contract = forms.ChoiceField(label="Contrat", choices=Contract.choices)
    contract_ends_on = DateField(label="Fin du contrat", required=False)
    exempt_from = DateField(label="Dispensé depuis le", required=False)
    exempt_reason = forms.CharField(
        label="Pourquoi", required=False, max_length=200, help_text="Le document qui le montre, avec sa date."
    )


class PastForm(Form):
    """A training followed before sessions were kept here, or experience shown by a document."""

    theme = forms.ModelChoiceField(TrainingTheme.objects.none(), label="Thème", empty_label="Choisir")
    on = DateField(label="Date", help_text=TODAY_AT_MOST)
    kind = forms.ChoiceField(label="Nature", choices=PastKind.choices)
    label = forms.CharField(label="Formation ou justificatif", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.user.access.units_with(Permission.TRAINING_EDIT) if self.user else ()
        self.fields["theme"].queryset = themes_of(self.user, held)
