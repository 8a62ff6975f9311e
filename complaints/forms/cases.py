"""Forms of a case: registered in half a minute, sorted, answered, closed."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from actions.models import Finding
from complaints.enums import Channel, MessageKind, Nature, Origin, Outcome, OutOfScope, Topic
from complaints.filters import sites_of
from complaints.models import Complaint, ReplyTemplate
from complaints.services import replies
from core.pages.forms import DateField, Form
from organisations.models import Unit
from organisations.permissions import Permission
from referential.models import Engagement

NOBODY = [("", "Non précisé")]


def today() -> str:
    return timezone.localdate().isoformat()


def sites_to_register(user) -> QuerySet[Unit]:
    """The sites for which a person registers cases."""
    sites = Unit.objects.sites().filter(pk__in=user.sites_with(Permission.COMPLAINT_REGISTER))
    return sites.select_related("holiday_zone").order_by("position", "pk")


class SiteField(forms.ModelChoiceField):
    """The site of a case: hidden where a person has one, chosen where they have several."""

    def __init__(self) -> None:
        super().__init__(Unit.objects.none(), label="Site", empty_label="Choisir")


def offer_sites(form: forms.Form, sites: QuerySet[Unit]) -> None:
    """Offer the sites of a `SiteField`: the only one is taken, whatever the person keeps."""
    field = form.fields["site"]
    field.queryset = sites
    if len(sites) == 1:
        form.initial["site"], field.widget = sites[0].pk, forms.HiddenInput()


class UnitsField(forms.ModelChoiceField):
    """A unit of the préfecture of a site."""

    def __init__(self, label: str, **kwargs):
        super().__init__(Unit.objects.none(), label=label, required=False, empty_label="Non précisé", **kwargs)

    def of(self, site: Unit) -> None:
        root = site.ancestors(include_self=True).first() or site
        below = Unit.objects.ids_below(root.pk)
        self.queryset = Unit.objects.filter(pk__in=below).order_by("position", "code")


class NewCaseForm(Form):
    """What the front desk types: how it came, what it is, in a few words; the rest can wait."""

    site = SiteField()
    channel = forms.ChoiceField(label="Canal", choices=Channel.choices, initial=Channel.LETTER)
    kind = forms.ChoiceField(label="Nature", choices=Nature.choices)
    received_on = DateField(label="Reçue le", initial=today)
    theme = forms.ChoiceField(label="Thème", choices=[*NOBODY, *Topic.choices], required=False)
    text = forms.CharField(
        label="Ce qui est dit", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    name = forms.CharField(label="Nom", required=False, max_length=300)
    email = forms.EmailField(
        label="Courriel", required=False, help_text="Pour répondre. Sans nom ni adresse, la demande est anonyme."
    )
    phone = forms.CharField(label="Téléphone", required=False, max_length=60)
    address = forms.CharField(label="Adresse postale", required=False, max_length=500)
    origin = forms.ChoiceField(label="Venant de", choices=Origin.choices, initial=Origin.USER)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_sites(self, sites_to_register(self.user))


class AuthorityForm(Form):
    """What a local authority reports: who, how, what; it is sorted afterwards."""

    name = forms.CharField(label="Collectivité", max_length=300, help_text="Exemple : mairie de Gardanne.")
    channel = forms.ChoiceField(label="Reçu par", choices=Channel.choices, initial=Channel.EMAIL)
    text = forms.CharField(label="Ce qu’elle rapporte", max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    site = SiteField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_sites(self, sites_to_register(self.user))


class UrnForm(Form):
    """What was in an urn: one paragraph a slip."""

    site = SiteField()
    received_on = DateField(label="Urne relevée le", initial=today)
    kind = forms.ChoiceField(label="Nature, sauf indication dans le bulletin", choices=Nature.choices)
    theme = forms.ChoiceField(label="Thème", choices=[*NOBODY, *Topic.choices], required=False)
    slips = forms.CharField(
        label="Bulletins",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Un paragraphe par bulletin, une ligne vide entre deux. « Félicitation : … » en tête d’un bulletin"
        " dit sa nature ; un courriel écrit dans le bulletin permet de répondre à la personne.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_sites(self, sites_to_register(self.user))


class SortForm(Form):
    """What a case is. Its nature, scope, channel or day of receipt change for a reason."""

    kind = forms.ChoiceField(label="Nature", choices=Nature.choices)
    in_scope = forms.TypedChoiceField(
        label="Champ",
        choices=((True, "Dans le champ : accueil et organisation du service"), (False, "Hors champ")),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    out_of_scope = forms.ChoiceField(
        label="Si hors champ, pourquoi", choices=[*NOBODY, *OutOfScope.choices], required=False
    )
    channel = forms.ChoiceField(label="Canal", choices=Channel.choices)
    received_on = DateField(label="Reçue le")
    theme = forms.ChoiceField(label="Thème", choices=[*NOBODY, *Topic.choices], required=False)
    service = UnitsField("Service concerné")
    engagement = forms.ModelChoiceField(
        Engagement.objects.select_related("module"), label="Engagement", required=False, empty_label="Non précisé"
    )
    is_reachable = forms.BooleanField(label="La personne peut être jointe", required=False)
    reason = forms.CharField(
        label="Raison du changement", required=False, max_length=500, help_text="Gardée dans l’historique."
    )

    def __init__(self, *args, case: Complaint, **kwargs):
        initial = {name: getattr(case, name) for name in self.base_fields if name != "reason"}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["service"].of(case.site)


class TransmitForm(Form):
    """To which service a case goes."""

    to = UnitsField("Au service")
    words = forms.CharField(label="Ou, en toutes lettres", required=False, max_length=200)
    on = DateField(label="Le", initial=today)

    def __init__(self, *args, case: Complaint, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].of(case.site)


class MessageForm(Form):
    """A message to the person: from a model, by mail when an address is known, else to print."""

    kind = MessageKind.ANSWER
    subject = forms.CharField(label="Objet", required=False, max_length=300)
    body = forms.CharField(
        label="Texte",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Vide : seule la date est notée.",
    )
    by_mail = forms.BooleanField(label="Envoyer par courriel", required=False)

    def __init__(self, *args, case: Complaint, model: str = "", **kwargs):
        self.models = list(ReplyTemplate.objects.offered(case.site, self.kind))
        own = [one for one in self.models if one.language == case.language]
        asked = [one for one in self.models if str(one.pk) == model]
        self.model = next(iter([*asked, *own, *self.models]), None)
        told = replies.filled(self.model, case) if self.model else {}
        can_mail = bool(case.identity and case.identity.email_digest)
        kwargs["initial"] = told | {"by_mail": can_mail} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not can_mail:
            self.fields["by_mail"].disabled = True
            self.fields["by_mail"].help_text = "Aucune adresse électronique n’est connue : imprimez la réponse."


class AcknowledgeForm(MessageForm):
    kind = MessageKind.ACKNOWLEDGEMENT
    on = DateField(label="Accusé de réception le", initial=today)
    field_order = ("on",)


class AnswerForm(MessageForm):
    on = DateField(label="Réponse sur le fond le", initial=today)
    field_order = ("on",)


class AskForm(MessageForm):
    kind = MessageKind.QUESTION
    asked_on = DateField(label="Demandé à l’usager le", initial=today)
    field_order = ("asked_on",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.required = True
        body.help_text = "Ce qui est demandé. Sans courriel, dites aussi comment : « rappelée ce matin »."


class CaseForm(Form):
    """A form about a case."""

    def __init__(self, *args, case: Complaint, **kwargs):
        self.case = case
        super().__init__(*args, **kwargs)


class ResumeForm(CaseForm):
    replied_on = DateField(label="Réponse de l’usager le", initial=today)


class ExtendForm(MessageForm):
    kind = MessageKind.EXTENSION
    to = DateField(label="Nouvelle date promise")
    reason = forms.CharField(
        label="Pourquoi",
        max_length=500,
        help_text="Gardé au dossier. À dire aussi à l’usager, dans le texte ci-dessous.",
    )
    field_order = ("to", "reason")

    def __init__(self, *args, case: Complaint, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.fields["body"].help_text = "Ce que l’usager lira : la raison, et la nouvelle date."
        self.fields["body"].required = case.is_reachable


class DoneForm(MessageForm):
    kind = MessageKind.DONE

    def __init__(self, *args, case: Complaint, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        self.fields["body"].required = True
        self.fields["body"].help_text = "Ce que la personne avait demandé, et ce qui a été fait."
        if self.model is None:
            self.initial["subject"] = MessageKind.DONE.label
            self.initial["body"] = (
                f"Bonjour,\n\nVous nous avez écrit le {case.received_on:%d/%m/%Y}. Vous l’avez demandé, nous l’avons "
                f"fait : {replies.BLANK}\n\n{case.site.name}"
            )


class RedirectForm(Form):
    """The ready letter that answers or redirects."""

    template = forms.ModelChoiceField(
        ReplyTemplate.objects.none(), label="Lettre type", required=False, empty_label="Sans lettre"
    )

    def __init__(self, *args, case: Complaint, **kwargs):
        super().__init__(*args, **kwargs)
        offered = ReplyTemplate.objects.offered(case.site, MessageKind.REDIRECTION)
        self.fields["template"].queryset = offered
        self.fields["template"].label_from_instance = lambda model: f"{model}, {model.approval}"
        self.fields["template"].initial = offered.first()


class CloseForm(CaseForm):
    outcome = forms.ChoiceField(label="Issue", choices=[("", "Choisir"), *Outcome.choices])
    lesson = forms.CharField(
        label="Ce qui en est appris",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pour le bilan : sans nom ni détail qui désigne une personne.",
    )


class AgainForm(CaseForm):
    received_on = DateField(label="Demandé le", initial=today)
    reason = forms.CharField(label="Pourquoi la première réponse ne suffit pas", max_length=500)


class FindingForm(Form):
    """The finding of the plan to which a case leads; who writes in the plans may open a new one."""

    finding = forms.ModelChoiceField(
        Finding.objects.none(), label="Constat déjà au plan", required=False, empty_label="Aucun : un nouveau constat"
    )
    text = forms.CharField(
        label="Nouveau constat",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce qui est constaté, sans nom ni détail qui désigne une personne. Il est ajouté au plan "
        "« Réclamations et suggestions » de l’année.",
    )

    def __init__(self, *args, case: Complaint, **kwargs):
        super().__init__(*args, **kwargs)
        seen = Finding.objects.visible_to(self.user).filter(plan__site=case.site).select_related("plan")
        self.fields["finding"].queryset = seen.order_by("-plan__origin_on", "number")
        self.fields["finding"].label_from_instance = lambda finding: f"{finding.plan} : {finding}"
        if not self.user.can(Permission.ACTION_EDIT, case.site_id):
            del self.fields["text"]
            self.fields["finding"].required = True
            self.fields["finding"].empty_label = "Choisir"


class EraseForm(Form):
    """A person to erase, by address."""

    site = SiteField()
    email = forms.EmailField(label="Courriel de la personne")
    reason = forms.CharField(label="Raison", max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = self.user.access.units_with(Permission.COMPLAINT_EDIT)
        offer_sites(self, sites_of(self.user).filter(pk__in=units))


class TallyForm(Form):
    """Where strokes are counted."""

    site = SiteField()
    channel = forms.ChoiceField(label="Canal", choices=[(Channel.DESK, "Guichet"), (Channel.PHONE, "Téléphone")])
    theme = forms.ChoiceField(label="Thème", choices=[*NOBODY, *Topic.choices], required=False)
    place = forms.CharField(label="Lieu", required=False, max_length=200)
    key = forms.UUIDField()
    on = DateField(label="Le", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer_sites(self, sites_to_register(self.user))
