"""Documents: what the register says, a check, a file."""

from django import forms
from django.utils import timezone

from actions.rules.proof_files import ACCEPT, ACCEPTED
from audits.enums import CheckOutcome
from audits.forms.choices import (
    REASON,
    engagements_in_force,
    named_with_referential,
    sites_with,
    units_of,
)
from audits.models import Document
from audits.terms.documents import ON_CHANGE, CheckPeriod
from core.pages.forms import CheckedByService, DateField, Form, ModelForm, ModelMultipleChoiceField
from organisations.models import Unit
from referential.models import Engagement

PERIODS = [("", "Non précisée"), ("change", ON_CHANGE)]
PERIODS += [(str(months), str(CheckPeriod(months))) for months in (1, 2, 3, 4, 6, 12, 18, 24, 36)]


class DocumentForm(CheckedByService, ModelForm):
    """Its title, who keeps it, its version, how often it is checked, where it is."""

    version_on = DateField(label="Date de la version", required=False)
    checked_on = DateField(label="Dernière vérification", required=False)
    link = forms.URLField(label="Adresse internet", required=False, max_length=500, assume_scheme="https")
    period = forms.ChoiceField(label="Périodicité des vérifications", choices=PERIODS, required=False)
    engagements = ModelMultipleChoiceField(
        Engagement.objects.none(),
        label="Engagements",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ceux que ce document sert à tenir ou à prouver.",
    )
    reason = forms.CharField(**REASON)

    class Meta:
        model = Document
        fields = ("title", "kind", "owner", "version", "version_on", "checked_on", "link", "place", "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}

    field_order = (
        "site",
        "title",
        "kind",
        "owner",
        "version",
        "version_on",
        "checked_on",
        "period",
        "link",
        "place",
        "engagements",
        "comment",
        "reason",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        document = self.instance
        self.fields["engagements"].queryset = engagements_in_force()
        self.fields["engagements"].label_from_instance = named_with_referential
        if document.pk:
            self.fields["owner"].queryset = units_of(document.site)
            self.initial["engagements"] = list(document.engagements.all())
            self.initial["period"] = _code_of(document.period)
            if document.period and self.initial["period"] not in dict(PERIODS):
                self.fields["period"].choices = [*PERIODS, (self.initial["period"], str(document.period))]

    def clean_period(self) -> CheckPeriod:
        code = self.cleaned_data["period"]
        if code == "change":
            return CheckPeriod(on_change=True)
        months, _, days = code.partition("/")
        return CheckPeriod(int(months or 0), int(days or 0))


class NewDocumentForm(DocumentForm):
    """A document of one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_with(self.user)


class CheckForm(Form):
    """What somebody saw of a document."""

    outcome = forms.ChoiceField(label="Ce que vous avez vu", choices=CheckOutcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Remarque", max_length=300, required=False, help_text="Obligatoire si le document est à modifier."
    )
    on = DateField(label="Vérifié le")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
        self.initial.setdefault("outcome", CheckOutcome.UP_TO_DATE)


class EvidenceForm(Form):
    """A file of the document: this version, or what proves that it was shown or sent."""

    file = forms.FileField(
        label="Fichier", max_length=200, widget=forms.FileInput(attrs={"accept": ACCEPT}), help_text=ACCEPTED
    )
    version = forms.CharField(label="Version", required=False, max_length=60)
    fact_on = DateField(label="Jour du fait", required=False, help_text="Le jour que montre le fichier.")
    received_on = DateField(label="Reçu le")
    note = forms.CharField(label="Ce qu’il montre", required=False, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", timezone.localdate())


def _code_of(period: CheckPeriod) -> str:
    if period.on_change:
        return "change"
    if period.days:
        return f"{period.months}/{period.days}"
    return str(period.months) if period.months else ""
