"""Forms of the catalogue: indicators, dated targets, assignments to services."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from core.pages.forms import DateField, FigureField, Form, ModelForm, ModelMultipleChoiceField
from indicators.collectors import collectors
from indicators.enums import Direction
from indicators.models import Assignment, Indicator
from indicators.services import catalogue_rights
from organisations.models import Unit
from referential.models import Engagement

ALIAS_PARTS = ("label", "family", "engagement", "target", "after")
REASON = {
    "label": "Raison du changement",
    "required": False,
    "max_length": 500,
    "help_text": "Gardée dans l’historique.",
}


class AliasesField(forms.CharField):
    """Other labels of the indicator, one a line: intitulé | famille | engagement | cible | ligne du dessus."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        if isinstance(value, str):
            return value
        rows = [[alias.get(part, "") for part in ALIAS_PARTS] for alias in value or ()]
        return "\n".join(" | ".join(row).rstrip(" |") for row in rows)

    def to_python(self, value):
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)  # the field's own looks at the list made of it, which hides them
        lines = [line.strip() for line in text.splitlines()]
        return [self._alias(line) for line in lines if line]

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != data

    def _alias(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > len(ALIAS_PARTS) or not parts[0]:
            raise ValidationError(
                f"« {line} » ne se lit pas : écrivez l’intitulé, puis la famille et l’engagement séparés par « | »."
            )
        return {name: part for name, part in zip(ALIAS_PARTS, parts, strict=False) if part}


class IndicatorForm(ModelForm):
    """What an indicator says, how it is counted and how its year is read."""

    aliases = AliasesField(
        label="Autres intitulés",
        required=False,
        help_text="Un par ligne, pour reconnaître ses lignes à l’import : intitulé | famille | engagement.",
    )
    collector = forms.ChoiceField(
        label="Calcul automatique",
        required=False,
        choices=collectors.choices,
        help_text="Calculé par l’application dans les mois ouverts, l’indicateur n’est plus demandé aux services.",
    )
    reason = forms.CharField(**REASON)

    class Meta:
        model = Indicator
        fields = (
            "label",
            "family",
            "engagement",
            "measure",
            "direction",
            "numerator_label",
            "denominator_label",
            "year_rule",
            "source",
            "frequency",
            "responsible_role",
            "collector",
            "definition",
            "aliases",
        )
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 4}),
            "source": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "numerator_label": "Pour un taux saisi par ses comptes : ce qui est compté (« Courriels répondus »).",
            "denominator_label": "Ce à quoi il est rapporté (« Courriels reçus »).",
            "direction": "Dans quel sens la cible se lit.",
            "source": "Où cette règle a été lue, ou pourquoi elle a été choisie.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["engagement"].queryset = Engagement.objects.for_list()
        self.fields["engagement"].label_from_instance = lambda row: f"{row.module.referential} – {row}"
        self.fields["engagement"].empty_label = "Aucun"


class NewIndicatorForm(IndicatorForm):
    """A new indicator, own to a préfecture or a sous-préfecture."""

    owner = forms.ModelChoiceField(
        Unit.objects.none(), label="Propre à", help_text="Elle et ses services seront seuls à le voir et à le suivre."
    )
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choose_owner(self.fields["owner"], self.user)

    class Meta(IndicatorForm.Meta):
        fields = ("owner", *IndicatorForm.Meta.fields)


class CopyForm(Form):
    """For whom a common indicator is copied."""

    owner = forms.ModelChoiceField(Unit.objects.none(), label="Pour")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = catalogue_rights.editable_sites(self.user)


class TargetForm(Form):
    """A target between two days, at one site or at all."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site")
    direction = forms.ChoiceField(label="Sens", choices=[choice for choice in Direction.choices if choice[0]])
    valid_from = DateField(label="Depuis le")
    valid_until = DateField(label="Jusqu’au", required=False, help_text="Vide : jusqu’à la cible suivante.")
    source = forms.CharField(
        label="Source",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Référentiel, décision locale, COPIL du…",
    )
    reason = forms.CharField(**REASON)
    field_order = ("site", "direction", "value", "valid_from", "valid_until", "source", "reason")

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"] = FigureField(label="Valeur", measure=indicator.measure)
        self.order_fields(self.field_order)
        site = self.fields["site"]
        site.queryset = catalogue_rights.editable_sites(self.user)
        if indicator.scope.allows(self.user, catalogue_rights.EDIT, indicator):
            site.required, site.empty_label = False, "Tous les sites"


class TargetEditForm(TargetForm):
    """The same target, at the same site."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["site"]


class AssignForm(Form):
    """Which services enter the indicator, and since when."""

    units = ModelMultipleChoiceField(
        Unit.objects.none(),
        label="Services qui saisissent",
        widget=forms.CheckboxSelectMultiple,
        help_text="Plusieurs services se partagent l’indicateur : chacun saisit sa part, le site en lit la somme.",
    )
    valid_from = DateField(label="Depuis le")
    valid_until = DateField(label="Jusqu’au", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.with_tree_fields().filter(pk__in=self.user.access.units_with(catalogue_rights.EDIT))
        self.fields["units"].queryset = units
        self.fields["units"].label_from_instance = lambda row: f"{'– ' * row.tree_depth}{row}"


class StartForm(Form):
    """The day from which services enter what is ticked."""

    valid_from = DateField(label="Depuis le")


class AssignmentDatesForm(ModelForm):
    """Between which days a service enters the indicator."""

    valid_from = DateField(label="Depuis le")
    valid_until = DateField(label="Jusqu’au", required=False)
    reason = forms.CharField(**REASON)

    class Meta:
        model = Assignment
        fields = ("valid_from", "valid_until")


def choose_owner(field: forms.ModelChoiceField, user) -> None:
    """The sites the person decides for; and nobody in particular, for who answers for the whole installation."""
    field.queryset = catalogue_rights.editable_sites(user)
    if catalogue_rights.may_edit_everything(user):
        field.required, field.empty_label = False, "Tous (catalogue commun)"
        field.help_text = "Vide : l’indicateur entre dans le catalogue commun."
