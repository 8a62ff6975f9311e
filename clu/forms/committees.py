"""Forms of committees, members and mandates; the services decide."""

from django import forms

from clu.enums import CommitteeKind
from clu.forms.imports import editable_sites
from clu.models import Committee, Mandate, Member
from core.pages.forms import CheckedByService, DateField, Form, ModelForm
from organisations.models import Unit

REASON = {"label": "Raison", "required": False, "max_length": 500, "help_text": "Gardée dans l’historique."}
SHORT = {"max_length": 200, "required": False}


class NewCommitteeForm(Form):
    """A committee of a site."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)
    kind = forms.ChoiceField(label="Instance", choices=CommitteeKind.choices)
    name = forms.CharField(label="Précision", help_text="Si le site en a deux de même nature.", **SHORT)
    quorum = forms.IntegerField(
        label="Quorum", required=False, min_value=1, max_value=500, help_text="Vide si l’arrêté n’en fixe pas."
    )
    chair = forms.CharField(label="Présidence", help_text="Le préfet ou son représentant.", **SHORT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = editable_sites(self.user)


class CommitteeForm(CheckedByService, ModelForm):
    reason = forms.CharField(**REASON)

    class Meta:
        model = Committee
        fields = ("name", "quorum", "chair")


class OrderForm(Form):
    """An arrêté, which may change the kind of the committee."""

    reference = forms.CharField(label="Arrêté", max_length=200, help_text="Exemple : arrêté n° 2022-45.")
    signed_on = DateField(label="Signé le")
    kind = forms.ChoiceField(
        label="L’instance devient",
        choices=[("", "Ne change pas de nature"), *CommitteeKind.choices],
        required=False,
    )
    quorum = forms.IntegerField(
        label="Quorum fixé", required=False, min_value=1, max_value=500, help_text="Vide : inchangé."
    )


class MandateFields(CheckedByService, ModelForm):
    """Who holds a seat, and between which days."""

    appointed_on = DateField(label="Désigné le", required=False)
    starts_on = DateField(label="Du", required=False)
    ends_on = DateField(label="Au", required=False, help_text="Ce jour compte encore ; vide : sans terme.")

    class Meta:
        model = Mandate
        fields = (
            "holder",
            "function",
            "email",
            "deputy",
            "deputy_function",
            "deputy_email",
            "order_words",
            "appointed_on",
            "starts_on",
            "ends_on",
        )


class MandateForm(MandateFields):
    reason = forms.CharField(**REASON)


class MemberForm(CheckedByService, ModelForm):
    """A seat."""

    reason = forms.CharField(**REASON)

    class Meta:
        model = Member
        fields = ("organisation", "college", "public", "structure", "position")
        help_texts = {"structure": "Pour un CLAC : la structure du périmètre que ce membre représente."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["structure"]
        site = self.instance.committee.site_id if self.instance.pk else None
        field.queryset = Unit.objects.filter(pk__in=Unit.objects.ids_below(site)) if site else Unit.objects.none()
        field.empty_label = "Aucune"
        self.fields["position"].required = False

    def clean_position(self):
        return self.cleaned_data["position"] or 0


class NewMemberForm(MandateFields):
    """A seat with its first mandate."""

    organisation = forms.CharField(label="Organisme", max_length=300)
    college = forms.ChoiceField(label="Collège", required=False)
    public = forms.CharField(label="Public représenté", max_length=300, required=False)

    field_order = ("organisation", "college", "public", *MandateFields.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["college"].choices = Member._meta.get_field("college").choices
