"""Forms of what a site decides: delays, model replies, terms, mailboxes."""

from django import forms

from complaints.enums import MessageKind
from complaints.models import DelayRule, Mailbox, ReplyTemplate, RetentionTerm
from core.pages.forms import DateField, ModelForm
from organisations.models import Unit
from organisations.permissions import Permission

WRITTEN = [
    choice for choice in MessageKind.choices if choice[0] not in (MessageKind.RECEIVED, MessageKind.TRANSMISSION)
]


class OfSiteForm(ModelForm):
    """A form about something of one of the sites that the person steers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "site" in self.fields:
            units = self.user.access.units_with(Permission.COMPLAINT_EDIT)
            self.fields["site"].queryset = Unit.objects.sites().filter(pk__in=units).order_by("position", "pk")
            self.fields["site"].empty_label = None


class DelayRuleForm(OfSiteForm):
    valid_from = DateField(label="Demandes reçues depuis le")

    class Meta:
        model = DelayRule
        fields = ("site", "medium", "valid_from", "acknowledge_days", "answer_days", "source")


class ReplyTemplateForm(OfSiteForm):
    kind = forms.ChoiceField(label="Pour", choices=WRITTEN)
    language = forms.ChoiceField(label="Langue", choices=(("fr", "Français"), ("en", "Anglais")))
    approved_on = DateField(label="Avis du CLU le", required=False, help_text="Engagement 16.3.")

    class Meta:
        model = ReplyTemplate
        fields = ("site", "kind", "title", "language", "subject", "body", "approved_on", "is_active")
        widgets = {"body": forms.Textarea(attrs={"rows": 10})}
        help_texts = {"body": "Se remplissent : {reference}, {received_on}, {answer_by}, {service}, {site}."}


class RetentionTermForm(OfSiteForm):
    valid_from = DateField(label="Depuis le")

    class Meta:
        model = RetentionTerm
        fields = ("site", "kind", "valid_from", "months", "is_confirmed", "source")


class MailboxForm(OfSiteForm):
    class Meta:
        model = Mailbox
        fields = ("site", "label", "host", "port", "is_encrypted", "username", "secret", "folder", "is_active")
        help_texts = {
            "secret": "Le mot de passe se lit dans cette variable d’environnement, dont le nom commence par "
            "COMPLAINTS_IMAP_ ; il n’est pas gardé ici."
        }
