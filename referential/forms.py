"""Forms of the referentials and of the perimeters."""

from django import forms

from core.pages.forms import DateField, Form, ModelForm, ModelMultipleChoiceField
from organisations.models import Unit
from organisations.permissions import Permission
from referential.models import Engagement, Module, Perimeter, Referential

REASON = {
    "label": "Raison du changement",
    "required": False,
    "max_length": 500,
    "help_text": "Gardée dans l’historique.",
}


class ReferentialForm(ModelForm):
    """Name, dates and source of a version."""

    in_force_from = DateField(label="En vigueur depuis", required=False)
    in_force_until = DateField(label="En vigueur jusqu’au", required=False)
    reason = forms.CharField(**REASON)

    class Meta:
        model = Referential
        fields = ("name", "in_force_from", "in_force_until", "source")


class NewReferentialForm(ReferentialForm):
    """A version to come, or one that appeared today."""

    reason = None


class ModuleForm(ModelForm):
    """A module of a referential; its code is given once."""

    class Meta:
        model = Module
        fields = ("code", "title", "is_compulsory", "certainty")
        help_texts = {"code": "Un numéro, ou un mot pour un titre à numérotation propre (« pilotage »)."}


class ModuleEditForm(ModelForm):
    """Title and source of a module."""

    reason = forms.CharField(**REASON)

    class Meta:
        model = Module
        fields = ("title", "is_compulsory", "certainty")


class EngagementEditForm(ModelForm):
    """What is known of an engagement; an unknown title stays empty."""

    compulsory_from = DateField(label="Obligatoire depuis", required=False)
    reason = forms.CharField(**REASON)

    class Meta:
        model = Engagement
        fields = ("title", "subject", "compulsory_from", "expected_evidence", "certainty")
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "expected_evidence": forms.Textarea(attrs={"rows": 3}),
            "certainty": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": "Tel qu’il est imprimé dans le référentiel. Laissez vide tant qu’il n’est pas connu.",
            "certainty": "Où l’intitulé a été lu, ou pourquoi il n’est pas sûr.",
        }


class EngagementForm(EngagementEditForm):
    """A new engagement of a module, or a sub-engagement."""

    reason = None

    class Meta(EngagementEditForm.Meta):
        fields = ("code", "parent", *EngagementEditForm.Meta.fields)
        help_texts = EngagementEditForm.Meta.help_texts | {"code": "Comme dans le référentiel : 14, 14.3…"}

    def __init__(self, *args, module: Module, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = module.engagements.filter(parent__isnull=True)
        self.fields["parent"].empty_label = "Aucun"


class CorrespondenceForm(Form):
    """Which engagement of another version takes up an older one."""

    old = forms.ModelChoiceField(Engagement.objects.none(), label="Ancien engagement")
    new = forms.ModelChoiceField(Engagement.objects.none(), label="Nouvel engagement")
    note = forms.CharField(label="Remarque", max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name].queryset = Engagement.objects.for_list()
            self.fields[name].label_from_instance = lambda row: f"{row.module.referential} – {row}"


class RetainForm(Form):
    """Modules retained by a site from a day on."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site")
    modules = ModelMultipleChoiceField(
        Module.objects.none(), label="Modules retenus", widget=forms.CheckboxSelectMultiple
    )
    valid_from = DateField(label="Depuis le")
    valid_until = DateField(label="Jusqu’au", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sites = self.user.access.units_with(Permission.REFERENTIAL_EDIT)
        self.fields["site"].queryset = Unit.objects.sites().filter(pk__in=sites)
        self.fields["modules"].queryset = Module.objects.select_related("referential")
        self.fields["modules"].label_from_instance = lambda row: f"{row.referential} – {row}"


class PerimeterDatesForm(ModelForm):
    """Between which days a module is retained."""

    valid_from = DateField(label="Depuis le")
    valid_until = DateField(label="Jusqu’au", required=False)
    reason = forms.CharField(**REASON)

    class Meta:
        model = Perimeter
        fields = ("valid_from", "valid_until")
