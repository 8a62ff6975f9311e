"""Forms of mystery tests: scenarios, programme, guest links, what a guest says of a test, the file of a grid."""

from datetime import date

from django import forms
from django.utils import timezone

from core.pages.forms import DateField, Form, InstantField, ModelForm
from organisations.models import Unit
from surveys.enums import WRITTEN
from surveys.models import Campaign, PlannedTest, Scenario
from surveys.services.mystery import Keep

LONGEST_TEST = 24 * 3600


class ScenarioForm(ModelForm):
    """What the investigator asks, of whom, by which channel."""

    class Meta:
        model = Scenario
        fields = ("title", "channel", "instructions", "contact", "unit")
        widgets = {"instructions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": "Par exemple « Demander les horaires du service des étrangers ».",
            "contact": "Le numéro à appeler, l’adresse à écrire, la boîte à tester (un scénario par boîte).",
            "unit": "Il ne verra rien de l’enquête avant sa clôture.",
        }

    def __init__(self, *args, campaign: Campaign | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        site = (campaign or self.instance.campaign).site_id
        field = self.fields["unit"]
        field.empty_label = "Aucun en particulier"
        field.queryset = Unit.objects.filter(pk__in=Unit.objects.ids_below(site)).order_by("position", "name")


class PlanForm(Form):
    """How many tests of a scenario, between which days, by whom."""

    count = forms.IntegerField(label="Nombre de tests", min_value=1, max_value=200, initial=5)
    starts_on = DateField(label="Du")
    ends_on = DateField(label="Au")
    tester = forms.CharField(label="Enquêteur", required=False, max_length=200, help_text="Vide : à désigner.")

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial, self.fields["ends_on"].initial = campaign.starts_on, campaign.ends_on


class InviteForm(Form):
    """A guest and the last day of the link."""

    label = forms.CharField(
        label="Invité", max_length=200, help_text="Par exemple « Contrôleur de gestion, préfecture de l’Ain »."
    )
    expires_on = DateField(label="Lien valable jusqu’au")

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = campaign.ends_on


class KitForm(Form):
    """The file sent back by whoever tested without network."""

    file = forms.FileField(
        label="Fichier renvoyé", help_text="Le fichier « tests-….json » que produit la grille hors ligne, 1 Mo au plus."
    )
    keep = forms.ChoiceField(
        label="Quand un test déjà repris revient avec d’autres réponses, garder", choices=Keep, required=False
    )


class TestForm(Form):
    """What a guest says of a test besides its grid."""

    __test__ = False  # not a test of pytest

    planned = forms.ModelChoiceField(
        PlannedTest.objects.none(),
        label="Test prévu",
        required=False,
        empty_label="Hors programme",
        help_text="Le scénario est celui du test prévu.",
    )
    scenario = forms.ModelChoiceField(
        Scenario.objects.none(),
        label="Scénario suivi",
        required=False,
        empty_label="Choisir",
        help_text="Pour un test hors programme.",
    )
    made_on = DateField(label="Fait le", initial=timezone.localdate)
    tester = forms.CharField(label="Enquêteur", required=False, max_length=200)
    duration = forms.IntegerField(
        label="Durée (secondes)",
        required=False,
        min_value=0,
        max_value=LONGEST_TEST,
        widget=forms.NumberInput(attrs={"data-timer-field": ""}),
    )

    sent_at = InstantField(
        label="Envoyé le", required=False, help_text="Jour et heure de l’envoi, pour un message ou un courrier."
    )
    replied_at = InstantField(
        label="Réponse ou accusé reçu le", required=False, help_text="Vide si rien n’est arrivé avant la fin du test."
    )

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        planned = PlannedTest.objects.filter(campaign=campaign, response__isnull=True).select_related("scenario")
        if not campaign.scenarios.filter(channel__in=WRITTEN).exists():
            del self.fields["sent_at"], self.fields["replied_at"]
        self.fields["planned"].queryset = planned
        self.fields["scenario"].queryset = Scenario.objects.filter(campaign=campaign)

    def clean_made_on(self) -> date:
        day = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour est à venir : vérifiez la date.")
        return day

    def clean(self):
        cleaned = super().clean()
        if "scenario" in cleaned and not cleaned.get("planned") and not cleaned["scenario"]:
            self.add_error("scenario", "Choisissez le test prévu, ou le scénario suivi.")
        return cleaned
