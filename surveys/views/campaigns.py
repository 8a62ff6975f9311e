"""Campaigns: list, creation, changes, and the verbs of a campaign; its own page is in `campaign_page`."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core.pages import CreatePage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from organisations.permissions import Permission
from surveys.enums import Kind, Language
from surveys.filters.campaigns import CampaignFilter
from surveys.forms.campaigns import CampaignForm, NewCampaignForm
from surveys.forms.questionnaires import editable_sites
from surveys.models import Campaign
from surveys.services import bursts, campaigns, printing
from surveys.tables.campaigns import CampaignTable

CAMPAIGNS, CAMPAIGN = "surveys:campaigns", "surveys:campaign"
EDIT = Permission.SURVEY_EDIT
WAY = [("Campagnes d’enquête", CAMPAIGNS)]


class CampaignList(ListPage):
    """Satisfaction and mystery campaigns one may read."""

    permission = Permission.SURVEY_VIEW
    queryset = Campaign.objects.for_list().with_returns()
    table_class = CampaignTable
    filterset_class = CampaignFilter
    title = "Campagnes d’enquête"
    noun = ("campagne", "campagnes")
    actions = (
        PageAction("Préparer une enquête de satisfaction", "surveys:campaign-create-satisfaction", EDIT, kind=""),
        PageAction("Préparer une enquête mystère", "surveys:campaign-create-mystery", EDIT),
    )
    empty_title = "Aucune campagne pour le moment."
    empty_text = "Une campagne pose un questionnaire dans un site, entre deux dates, avec un objectif de retours."

    def get_table_kwargs(self) -> dict:
        return {"on": timezone.localdate()}


class AtTheOnlySite:
    """A form that proposes the site of the person who runs the surveys of one alone."""

    def get_initial(self) -> dict:
        sites = list(editable_sites(self.request.user)[:2])
        return {"site": sites[0].pk} if len(sites) == 1 else {}


class CampaignCreate(AtTheOnlySite, CreatePage):
    """A campaign in preparation."""

    permission = EDIT
    form_class = NewCampaignForm
    kind = Kind.SATISFACTION
    breadcrumbs = WAY
    list_url_name = CAMPAIGNS
    detail_url_name = "surveys:campaign"
    lookup_field = "code"
    success_message = "La campagne est en préparation : vérifiez ses points de collecte, puis ouvrez-la."

    def get_title(self) -> str:
        return f"Préparer une {self.kind.label[:1].lower()}{self.kind.label[1:]}"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"kind": self.kind}

    def save_verb(self, form):
        fields = dict(form.cleaned_data)
        sites = [fields.pop("site"), *fields.pop("also", ())]
        first, *others = campaigns.create_at(sites, kind=self.kind, by=self.request.user, **fields)
        if others:
            names = ", ".join(str(campaign.site) for campaign in others)
            messages.info(self.request, f"La même campagne est en préparation ici aussi : {names}.")
        return first


class OfCampaigns:
    """What the pages about one campaign share."""

    permission = Permission.SURVEY_VIEW
    queryset = Campaign.objects.select_related("site", "questionnaire", "closed_by")
    lookup_field = "code"
    breadcrumbs = WAY
    detail_url_name = "surveys:campaign"
    history_url_name = "surveys:campaign-history"


def way_to(campaign: Campaign) -> list[tuple[str, str]]:
    """The steps to the pages under a campaign."""
    return [*((label, reverse(name)) for label, name in WAY), (str(campaign), reverse(CAMPAIGN, args=[campaign.code]))]


class CampaignEdit(OfCampaigns, UpdatePage):
    permission = EDIT
    form_class = CampaignForm

    def save_verb(self, form):
        return campaigns.change(self.object, by=self.request.user, **form.cleaned_data)


class CampaignVerb(OfCampaigns, VerbPage):
    """A verb of a campaign, for those who run it."""

    permission = EDIT

    def get_breadcrumbs(self):
        *way, last = super().get_breadcrumbs()
        return [*way, (str(self.object), self.get_object_url()), last]


class CampaignOpen(CampaignVerb):
    button_label = "Ouvrir la campagne"
    success_message = "La campagne est ouverte : elle reçoit des formulaires."

    def get_title(self) -> str:
        return f"Ouvrir « {self.object} »"

    @property
    def consequences(self):
        questionnaire = self.object.questionnaire
        frozen = (
            f"« {questionnaire} » est déjà figé : il est posé tel quel."
            if questionnaire.frozen_at
            else f"« {questionnaire} » se fige : ses questions ne changeront plus."
        )
        if self.object.is_mystery:
            return (frozen, "Les services testés ne verront rien avant la clôture.")
        past = "Ses dates sont passées : seuls des formulaires remplis entre elles pourront être saisis ou importés."
        link = "Un lien internet est créé s’il n’y en a pas encore."
        return (frozen, link, past) if self.object.ends_on < timezone.localdate() else (frozen, link)

    def verb(self, obj, *, reason: str):
        campaigns.open(obj, by=self.request.user)


class CampaignClose(CampaignVerb):
    button_label = "Clore la campagne"
    success_message = "La campagne est close : ses résultats sont définitifs."
    consequences = (
        "Elle ne reçoit plus de formulaire : liens, QR codes et tablettes disent qu’elle est terminée.",
        "Ses résultats sont calculés et gardés ; ils peuvent être publiés.",
        "Elle peut se rouvrir, avec une raison.",
    )

    def get_title(self) -> str:
        return f"Clore « {self.object} »"

    def verb(self, obj, *, reason: str):
        campaigns.close(obj, by=self.request.user)


class CampaignReopen(CampaignVerb):
    reason = "required"
    button_label = "Rouvrir la campagne"
    success_message = "La campagne est ouverte à nouveau."
    consequences = ("Ses résultats changeront avec les formulaires qui arrivent : ce qui a été publié sera périmé.",)

    def get_title(self) -> str:
        return f"Rouvrir « {self.object} »"

    def verb(self, obj, *, reason: str):
        campaigns.reopen(obj, by=self.request.user, reason=reason)


class CampaignRemove(CampaignVerb):
    reason = "optional"
    is_danger = True
    button_label = "Supprimer la campagne"
    success_message = "La campagne est supprimée."
    success_url_name = CAMPAIGNS
    consequences = ("Ses points de collecte et ses tests prévus sont supprimés avec elle ; l’historique reste.",)

    def get_title(self) -> str:
        return f"Supprimer « {self.object} »"

    def verb(self, obj, *, reason: str):
        campaigns.remove(obj, by=self.request.user, reason=reason)


class BurstSetAside(OfCampaigns, VerbPage):
    """Leave out of the results the forms that a loop sent."""

    permission = Permission.SURVEY_EDIT
    is_direct = True

    def verb(self, obj, *, reason: str):
        self.count = bursts.set_aside(obj, self.kwargs["burst"], by=self.request.user)

    def get_success_message(self) -> str:
        return f"{self.count} formulaires sont écartés : chacun se reprend depuis « Formulaires reçus »."


class CampaignHistory(OfCampaigns, HistoryPage):
    permission = Permission.HISTORY_VIEW


class PaperForm(OfCampaigns, VerbPage):
    """Ask for the paper form in a language, and go to the page that shows how far it is."""

    permission = Permission.SURVEY_ENTER
    is_direct = True

    def post(self, request, *args, **kwargs):
        if kwargs["language"] not in Language.values:
            raise Http404
        job = printing.request_paper_form(self.object, language=kwargs["language"], by=request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))
