"""Audits, the rows of their grid, the access of auditors, compliance."""

from django import forms
from django.utils import timezone

from audits.enums import AuditKind, Method
from audits.forms.choices import (
    REASON,
    engagements_in_force,
    named_with_referential,
    sites_with,
    units_of,
)
from audits.models import Audit, AuditRow, Compliance, Document, Label
from core.importing.forms import UploadForm
from core.pages.forms import CheckedByService, DateField, Form, ModelForm
from organisations.models import Unit
from organisations.permissions import Permission


class AuditForm(CheckedByService, ModelForm):
    """Its days, who audits, its plan, its conclusion."""

    starts_on = DateField(label="Premier jour")
    ends_on = DateField(label="Dernier jour", required=False, help_text="Vide : un seul jour.")
    reason = forms.CharField(**REASON)

    class Meta:
        model = Audit
        fields = (
            "kind",
            "starts_on",
            "ends_on",
            "referential",
            "label",
            "body",
            "auditors",
            "schedule",
            "score_scale",
            "conclusion",
        )
        widgets = {"schedule": forms.Textarea(attrs={"rows": 5}), "conclusion": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"score_scale": "D’un autodiagnostic : la note la plus haute."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = Label.objects.visible_to(self.user).select_related("referential").order_by("site", "obtained_on")
        self.fields["label"].queryset = labels.filter(site=self.instance.site) if self.instance.pk else labels

    def clean(self):
        cleaned = super().clean()
        cleaned["ends_on"] = cleaned.get("ends_on") or cleaned.get("starts_on")
        return cleaned


class NewAuditForm(AuditForm):
    """An audit at one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    reason = None
    field_order = ("site", *AuditForm.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_with(self.user)


class RowForm(CheckedByService, ModelForm):
    """What is looked at, how, and what was found."""

    methods = forms.MultipleChoiceField(
        label="Méthodes", choices=Method.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AuditRow
        fields = (
            "section",
            "engagement",
            "requirement",
            "methods",
            "evidence_expected",
            "structure",
            "result",
            "score",
            "comment",
            "document",
        )
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("requirement", "evidence_expected", "comment")}

    def __init__(self, *args, audit: Audit | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.audit = audit or self.instance.audit
        self.instance.audit = self.audit
        site = self.audit.site
        self.fields["engagement"].queryset = engagements_in_force()
        self.fields["engagement"].label_from_instance = named_with_referential
        self.fields["structure"].queryset = units_of(site)
        self.fields["document"].queryset = Document.objects.filter(site=site, withdrawn_on=None).order_by("title")
        if self.audit.kind != AuditKind.SELF_DIAGNOSIS:
            del self.fields["structure"], self.fields["score"]


class InviteForm(Form):
    """An auditor, with or without account, for the days of the audit."""

    email = forms.EmailField(label="Adresse électronique")
    first_name = forms.CharField(label="Prénom", max_length=100)
    last_name = forms.CharField(label="Nom", max_length=100)
    valid_from = DateField(label="Accès à partir du", help_text="L’accès prend fin avec l’audit.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", timezone.localdate())


class ComplianceForm(CheckedByService, ModelForm):
    """What is said of an engagement on a day, why, and who answers for it."""

    stated_on = DateField(label="Constatée le")

    class Meta:
        model = Compliance
        fields = ("engagement", "state", "stated_on", "reason", "unit")
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("stated_on", timezone.localdate())
        self.fields["engagement"].queryset = engagements_in_force()
        self.fields["engagement"].label_from_instance = named_with_referential
        if self.instance.pk:
            self.fields["unit"].queryset = units_of(self.instance.site)


class NewComplianceForm(ComplianceForm):
    """At one of the sites the person runs."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    field_order = ("site", *ComplianceForm.Meta.fields)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_with(self.user)


class SiteUploadForm(UploadForm):
    """A file for one of the sites where the person imports."""

    leading: tuple[str, ...] = ("site",)
    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_with(self.user, Permission.AUDIT_IMPORT)


class AuditUploadForm(SiteUploadForm):
    """The grid or the report of an audit: its site, its nature, its day."""

    leading = ("site", "kind", "audit_on")
    kind = forms.ChoiceField(label="Nature", choices=AuditKind.choices)
    audit_on = DateField(
        label="Jour de l’audit", help_text="L’audit de ce jour est complété ; il est créé s’il manque."
    )


class BinderForm(Form):
    """A binder for a site, as it stood on a day."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)
    state_on = DateField(label="État au", help_text="Le plan, les indicateurs et les labels sont ceux de ce jour.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_with(self.user)
        self.initial.setdefault("state_on", timezone.localdate())
