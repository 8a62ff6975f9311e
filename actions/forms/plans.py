"""Forms of plans and findings. They check what was typed; the services decide."""

from django import forms

from actions.enums import FindingKind, Origin
from actions.forms.choices import EngagementsField
from actions.models import Finding, Plan
from actions.services.rights import editable_sites
from core.pages.forms import DateField, ModelForm
from organisations.models import Unit
from referential.enums import Theme
from referential.models import Module, Referential

REASON = {
    "label": "Raison du changement",
    "required": False,
    "max_length": 500,
    "help_text": "Gardée dans l’historique.",
}


class PlanForm(ModelForm):
    """What a plan follows from. That its title is free is told by the service, with the same words everywhere."""

    origin_on = DateField(label="Date de l’origine", required=False, help_text="Le jour de l’audit, du CLU, du COPIL…")
    updated_on = DateField(
        label="Mis à jour le", required=False, help_text="La date « màj » du document, imprimée en tête du plan."
    )

    class Meta:
        model = Plan
        fields = ("title", "origin", "origin_on", "referential", "updated_on", "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"title": "Par exemple « Plan d’actions suite à l’audit interne du 16/10/2015 »."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = [("", "Choisir"), *Origin.choices]
        self.fields["referential"].queryset = Referential.objects.order_by("-in_force_from", "pk")
        self.fields["referential"].empty_label = "Aucun"


class NewPlanForm(PlanForm):
    """A new plan, at one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    field_order = ("site", *PlanForm.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = editable_sites(self.user)


class PlanEditForm(PlanForm):
    """The same plan, at the same site."""

    reason = forms.CharField(**REASON)


class FindingForm(ModelForm):
    """What was found, about which engagements."""

    engagements = EngagementsField()

    class Meta:
        model = Finding
        fields = ("text", "kind", "theme", "section", "module", "engagements", "engagement_words")
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "engagement_words": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "section": "Le titre sous lequel le document range ce constat, par exemple « Module 1 ».",
            "engagement_words": "À remplir quand le document ne suit pas la numérotation du référentiel.",
        }

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = FindingKind.choices
        self.fields["theme"].choices = Theme.choices
        modules = Module.objects.select_related("referential").order_by("referential__in_force_from", "position", "pk")
        if plan.referential_id:
            modules = modules.filter(referential_id=plan.referential_id)
        self.fields["module"].queryset = modules
        self.fields["module"].empty_label = "Aucun"
        self.fields["engagements"].follow(plan.referential_id)


class FindingEditForm(FindingForm):
    """The same finding; its number can be changed too."""

    reason = forms.CharField(**REASON)

    class Meta(FindingForm.Meta):
        fields = ("number", *FindingForm.Meta.fields)
