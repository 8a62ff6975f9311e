"""Which indicator an action should move."""

from django import forms
from django.db.models import Q

from actions.models import Action
from core.pages.forms import Form
from indicators.models import Indicator
from indicators.services.effects import site_and_above


class ExpectForm(Form):
    """An indicator followed where the action is conducted, and what is expected."""

    indicator = forms.ModelChoiceField(Indicator.objects.none(), label="Indicateur")
    comment = forms.CharField(
        label="Effet attendu",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple : « repasser au-dessus de la cible d’ici juin ».",
    )

    def __init__(self, *args, action: Action, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        own = Q(owner__isnull=True) | Q(owner_id__in=site_and_above(action))
        rows = Indicator.objects.filter(own, is_active=True).exclude(effects__action=action)
        field.queryset = rows.select_related("family").order_by("family__position", "position", "pk")
        field.label_from_instance = lambda row: f"{row.family} – {row.label}"
