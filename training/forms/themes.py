"""A theme of a préfecture, and the delays of a theme from a day on."""

from django import forms

from core.pages.forms import DateField, Form, ModelForm
from organisations.models import Unit
from organisations.permissions import Permission
from training.models import TrainingTheme


class ThemeForm(ModelForm):
    """A theme of a site and those below, with the usual delays until others are given."""

    class Meta:
        model = TrainingTheme
        fields = ("site", "name", "aliases", "module")
        widgets = {"aliases": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": "Comme il s’écrira en tête de colonne. Exemple : Accueil des publics fragiles.",
            "module": "Vide : suivi partout. Sinon, aux seuls sites qui ont retenu ce module.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sites = Unit.objects.sites().filter(pk__in=self.user.sites_with(Permission.TRAINING_MANAGE))
        site = self.fields["site"]
        site.queryset, site.required, site.empty_label = sites.order_by("position", "code"), True, "Choisir"
        self.fields["module"].empty_label = "Tous"

    def clean_aliases(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]

    def validate_unique(self) -> None:
        """The verb says it, with words of its own."""


class DelaysForm(Form):
    """Delays in months; those of the days before stay as they were."""

    in_force_from = DateField(label="En vigueur depuis le")
    first_months = forms.IntegerField(label="Mois après la prise de poste", min_value=1, max_value=120)
    renewal_months = forms.IntegerField(label="Mois après la dernière formation", min_value=1, max_value=240)
    window_months = forms.IntegerField(
        label="Mois avant l’échéance où le renouvellement s’ouvre", min_value=0, max_value=60
    )
    counts_before_post = forms.BooleanField(label="Une formation suivie avant le poste compte", required=False)
    source = forms.CharField(label="Source", max_length=300, required=False)
