"""Forms around the results: filters of the free texts, answers to the public."""

from django import forms

from actions.models import Action
from core.pages.forms import FilterForm, ModelForm
from referential.enums import Theme
from surveys.models import Campaign, Feedback, Place
from surveys.results.texts import UNTAGGED

LONGEST_SEARCH = 100


class TextFilter(FilterForm):
    """Which free texts to read."""

    q = forms.CharField(label="Mots", max_length=LONGEST_SEARCH, required=False)
    theme = forms.ChoiceField(
        label="Thème", required=False, choices=[("", "Tous"), (UNTAGGED, "À classer"), *Theme.choices]
    )
    lieu = forms.ModelChoiceField(label="Lieu", required=False, queryset=Place.objects.none(), empty_label="Tous")

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lieu"].queryset = Place.objects.filter(site=campaign.site_id)


class FeedbackForm(ModelForm):
    """What the public asked for, what was done, and the action that did it."""

    class Meta:
        model = Feedback
        fields = ("theme", "request", "reply", "action", "is_published")
        widgets = {"request": forms.Textarea(attrs={"rows": 2}), "reply": forms.Textarea(attrs={"rows": 2})}
        labels = {"is_published": "Publier sur l’affiche, le diaporama et la page des résultats"}
        help_texts = {
            "request": "En une phrase, sans rien qui désigne une personne.",
            "reply": "Ce qui a été fait, avec sa date si elle est connue.",
        }

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["action"]
        field.queryset = Action.objects.filter(finding__plan__site=campaign.site_id).visible_to(self.user)
        field.queryset = field.queryset.select_related("finding").order_by("-pk")
        field.empty_label = "Aucune"
