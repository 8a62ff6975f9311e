"""Forms of tutoring agreements: precise skills are asked for with an example."""

from django import forms

from core.pages.forms import DateField, Form
from organisations.models import Unit
from training.forms.people import units_of, with_unit
from training.models import Agent
from training.rules.skills import HINT


class AgreementForm(Form):
    """Who passes on what to whom, between two days."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Service", empty_label="Choisir")
    tutee = forms.ModelChoiceField(Agent.objects.none(), label="Tutoré", empty_label="Choisir")
    tutor = forms.ModelChoiceField(Agent.objects.none(), label="Tuteur", empty_label="Choisir")
    head = forms.ModelChoiceField(Agent.objects.none(), label="Chef de service", empty_label="Choisir", required=False)
    starts_on = DateField(label="Du")
    ends_on = DateField(label="Au")
    skills = forms.CharField(
        label="Compétences à transmettre", max_length=2_000, widget=forms.Textarea(attrs={"rows": 5}), help_text=HINT
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = units_of(self.user)
        agents = (
            Agent.objects.visible_to(self.user).known().select_related("unit").order_by("last_name", "first_name", "pk")
        )
        for name in ("tutee", "tutor", "head"):
            if name in self.fields:
                self.fields[name].queryset = agents
                self.fields[name].label_from_instance = with_unit


class AgreementChangeForm(AgreementForm):
    """What may change of an agreement: neither its service nor its tutee."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("unit", "tutee"):
            del self.fields[name]


class RenewalForm(Form):
    """The days and skills of a renewal."""

    starts_on = DateField(label="Du")
    ends_on = DateField(label="Au")
    skills = forms.CharField(
        label="Compétences à transmettre", max_length=2_000, widget=forms.Textarea(attrs={"rows": 5}), help_text=HINT
    )


class SignatureForm(Form):
    """One of the three signatures."""

    who = forms.ChoiceField(
        label="Qui a signé", choices=[("head", "le chef de service"), ("tutor", "le tuteur"), ("tutee", "le tutoré")]
    )
    on = DateField(label="Le")


class AssessmentForm(Form):
    """The assessment made at the end of the tutoring."""

    on = DateField(label="Bilan fait le")
    assessment = forms.CharField(
        label="Bilan",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce que le tutoré sait faire, ce qui reste à transmettre. Le texte reste hors de l’historique.",
    )
