"""Labels and the steps of their application."""

from django import forms

from audits.forms.choices import REASON, sites_with
from audits.models import ApplicationStep, Label
from core.pages.forms import CheckedByService, DateField, FuzzyDateField, ModelForm
from organisations.models import Unit


class LabelForm(CheckedByService, ModelForm):
    """Its dates, its level, its follow-up planned (in words) and done."""

    prepared_from = DateField(label="Préparé depuis", required=False)
    obtained_on = DateField(
        label="Obtenu le",
        required=False,
        help_text="Vide tant que la décision n’est pas reçue. Sa fin et son audit de suivi en découlent.",
    )
    follow_up_planned = FuzzyDateField(label="Audit de suivi prévu", required=False)
    follow_up_done_on = DateField(label="Audit de suivi réalisé le", required=False)
    reason = forms.CharField(**REASON)

    class Meta:
        model = Label
        fields = ("referential", "level", "prepared_from", "obtained_on", "follow_up_done_on", "body", "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"level": "Pour un label qui en a : Services Publics +.", "body": "Qui l’a décerné ou audité."}

    field_order = (
        "site",
        "referential",
        "level",
        "prepared_from",
        "obtained_on",
        "follow_up_planned",
        "follow_up_done_on",
        "body",
        "comment",
        "reason",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["follow_up_planned"] = self.instance.follow_up_planned_text
            self.fields["follow_up_planned"].current = self.instance.follow_up_planned
            self.fields["follow_up_planned"].written_on = self.instance.obtained_on


class NewLabelForm(LabelForm):
    """A label at one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_with(self.user)


class StepForm(ModelForm):
    """A step of an application."""

    planned_on = DateField(label="Prévue le", required=False)
    done_on = DateField(label="Faite le", required=False)

    class Meta:
        model = ApplicationStep
        fields = ("planned_on", "done_on", "comment")
