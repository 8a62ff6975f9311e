"""Forms of campaigns, collection points and places. They check what was typed; the services decide."""

from django import forms

from core.pages.forms import CheckedByService, DateField, ModelForm, ModelMultipleChoiceField
from organisations.models import Unit
from organisations.permissions import Permission
from surveys.enums import Kind
from surveys.forms.questionnaires import REASON, editable_sites
from surveys.meetings import meetings_told
from surveys.models import Campaign, CollectionPoint, Place, Questionnaire
from surveys.services.campaigns import ENDS_TOO_EARLY
from surveys.services.points import CHANNELS

GOAL = 250  # returns aimed at, as in the plan of actions of 2019


class CampaignForm(ModelForm):
    """What a campaign asks, when, of whom and how it is read."""

    starts_on = DateField(label="Du")
    ends_on = DateField(label="Au")
    presented_on = DateField(
        label="Présentée en réunion le",
        required=False,
        help_text="Le jour du CLU ou du COPIL qui en verra les résultats.",
    )
    goal = forms.IntegerField(
        label="Retours visés",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Le compteur et les relances se règlent sur lui ; vide : sans objectif.",
    )
    reason = forms.CharField(**REASON)

    class Meta:
        model = Campaign
        fields = (
            "title",
            "questionnaire",
            "starts_on",
            "ends_on",
            "goal",
            "presented_on",
            "terms",
            "investigator",
            "significance_threshold",
            "public_threshold",
        )
        widgets = {"terms": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "investigator": "Qui interroge ou qui appelle : stagiaire, contrôleur de gestion d’une autre préfecture…"
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["questionnaire"]
        field.empty_label = "Choisir"
        field.queryset = self.questionnaires(Questionnaire.objects.visible_to(self.user).select_related("site"))
        if self.instance.pk and (told := meetings_told(self.instance.site, self.instance.starts_on)):
            self["presented_on"].help_text += f" {told}"  # its bound field is already made

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:  # here too: the constraint would speak before the service
            self.add_error("ends_on", ENDS_TOO_EARLY)
        return cleaned

    def questionnaires(self, rows):
        """Those of the same nature, common or of the same site; the present one whatever its version."""
        campaign = self.instance
        fitting = rows.filter(kind=campaign.kind).current() | rows.filter(pk=campaign.questionnaire_id)
        return fitting.filter(site__isnull=True) | fitting.filter(site=campaign.site_id)


class NewCampaignForm(CampaignForm):
    """A campaign of a nature, at one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    also = ModelMultipleChoiceField(
        Unit.objects.none(),
        label="Aussi à",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La même campagne est préparée à chacun de ces sites ; les résultats se compareront « Par site ».",
    )
    reason = None
    field_order = ("site", "also", *CampaignForm.Meta.fields)

    class Meta(CampaignForm.Meta):
        fields = ("site", *CampaignForm.Meta.fields)

    def __init__(self, *args, kind: str, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)
        sites = editable_sites(self.user)
        self.fields["site"].queryset = self.fields["also"].queryset = sites
        if kind == Kind.SATISFACTION:
            self.fields["goal"].initial = GOAL
        else:
            self.fields["goal"].label = "Tests prévus"
        if kind != Kind.SATISFACTION or len(sites) < 2:
            del self.fields["also"]

    def questionnaires(self, rows):
        return rows.filter(kind=self.kind).current()


class PointForm(ModelForm):
    """A way in: its words, its place, its first language, until when."""

    expires_on = DateField(label="Valable jusqu’au", required=False, help_text="Vide : jusqu’à la clôture.")
    reason = forms.CharField(**REASON)

    class Meta:
        model = CollectionPoint
        fields = ("label", "place", "language", "expires_on")
        help_texts = {
            "label": "Pour vous y retrouver : « Affiche du guichet 3 ».",
            "place": "Les retours de ce point sont comptés à ce lieu.",
        }

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        place.queryset = Place.objects.filter(site=campaign.site_id, is_active=True)
        if self.instance.place_id:
            place.queryset |= Place.objects.filter(pk=self.instance.place_id)
        place.empty_label = "Aucun en particulier"


class NewPointForm(PointForm):
    """A way in of a channel."""

    channel = forms.ChoiceField(label="Canal")
    reason = None

    class Meta(PointForm.Meta):
        fields = ("channel", *PointForm.Meta.fields)

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, campaign=campaign, **kwargs)
        offered = CHANNELS[Kind(campaign.kind)]
        self.fields["channel"].choices = [(channel.value, channel.label) for channel in offered]


class PlaceForm(CheckedByService, ModelForm):
    """A hall or a counter."""

    reason = forms.CharField(**REASON)

    class Meta:
        model = Place
        fields = ("name", "name_en", "unit", "position", "is_active")
        help_texts = {
            "name": "Comme l’usager le voit écrit : « Accueil général, bâtiment A ».",
            "is_active": "Décochez quand le lieu ferme ; ses anciens retours restent.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        below = Unit.objects.ids_below(self.instance.site_id) if self.instance.site_id else None
        units = self.user.access.units_with(Permission.SURVEY_EDIT)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units if below is None else below)
        self.fields["unit"].empty_label = "Aucun en particulier"


class NewPlaceForm(PlaceForm):
    """A hall or a counter of one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    reason = None

    class Meta(PlaceForm.Meta):
        fields = ("site", *PlaceForm.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = editable_sites(self.user)
