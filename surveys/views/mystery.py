"""The tests of a mystery campaign: scenarios, programme, guest links, files of the offline grid."""

from collections import Counter
from dataclasses import asdict

from django.contrib import messages
from django.urls import reverse

from core.pages import DetailPage, FormPage, HistoryPage, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from organisations.permissions import Permission
from surveys.enums import WRITTEN, CampaignState, Channel, Kind
from surveys.forms.mystery import InviteForm, KitForm, PlanForm, ScenarioForm
from surveys.kit import read_tests
from surveys.models import Campaign, CollectionPoint, PlannedTest, Scenario
from surveys.printing.addresses import address_of
from surveys.rules.delays import words
from surveys.rules.scenarios import proposal_for
from surveys.services import mystery
from surveys.views.scope import OfCampaign, OfSite

EDIT = Permission.SURVEY_EDIT


class OfMystery(OfSite):
    """What the pages about the tests of one campaign share."""

    queryset = Campaign.objects.filter(kind=Kind.MYSTERY).select_related("site", "questionnaire")
    lookup_field = "code"
    permission = EDIT
    breadcrumbs = (("Enquêtes", "surveys:campaigns"),)

    def get_breadcrumbs(self):
        campaign = self.object
        return [
            ("Enquêtes", reverse("surveys:campaigns")),
            (str(campaign), reverse("surveys:campaign", args=[campaign.code])),
            (self.get_title(), ""),
        ]

    def get_tabs(self):
        return []


class TestList(OfMystery, DetailPage):
    """Scenarios, programme and guests of a campaign."""

    __test__ = False
    template_name = "surveys/mystery/tests.html"
    title = "Scénarios et tests"

    def get_context_data(self, **context) -> dict:
        campaign = self.object
        scenarios = list(_scenarios(campaign))
        planned = list(campaign.planned_tests.select_related("scenario", "response"))
        made = list(_made(campaign))
        done = Counter(test.scenario_id for test in made)
        return super().get_context_data(
            campaign=campaign,
            is_open=campaign.state != CampaignState.CLOSED,
            scenarios=[(row, _count(planned, row), done[row.pk]) for row in scenarios],
            planned=planned,
            guests=[(point, address_of(point)) for point in _guests(campaign)],
            made=[(test, words(test.delay)) for test in made],
            is_written=any(row.channel in WRITTEN for row in scenarios),
            **context,
        )


class ScenarioCreate(OfMystery, ObjectPage, FormPage):
    form_class = ScenarioForm
    title = "Ajouter un scénario"
    button_label = "Ajouter"
    success_message = "Le scénario est ajouté."

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"campaign": self.object}

    def get_initial(self) -> dict:
        """The first scenario comes ready for its grid; the next ones keep its channel."""
        proposal = proposal_for(self.object.questionnaire.code)
        if proposal is None:
            return {}
        if self.object.scenarios.exists():
            return {"channel": proposal.channel}
        return asdict(proposal)

    def save_verb(self, form):
        return mystery.add_scenario(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return tests_url(self.object)

    def get_cancel_url(self) -> str:
        return tests_url(self.object)


class Invite(ScenarioCreate):
    form_class = InviteForm
    title = "Inviter un enquêteur"
    button_label = "Créer le lien"
    success_message = "Le lien est créé : envoyez-le à l’enquêteur."
    intro = (
        "Le lien ouvre la grille sans compte, jusqu’au jour choisi. Qui l’a peut saisir des tests : ne l’affichez pas."
    )

    def save_verb(self, form):
        return mystery.invite(self.object, by=self.request.user, **form.cleaned_data)


class Absorb(ScenarioCreate):
    form_class = KitForm
    title = "Reprendre une grille hors ligne"
    button_label = "Reprendre les tests"
    success_message = ""
    intro = "Le fichier est lu en entier ou pas du tout ; le reprendre deux fois n’ajoute rien."

    def get_form_kwargs(self) -> dict:
        kwargs = super().get_form_kwargs()
        kwargs.pop("campaign")
        return kwargs

    def save_verb(self, form):
        file = form.cleaned_data["file"]
        tests = read_tests(self.object, file.read(1_000_001), name=file.name)
        return mystery.record_all(self.object, tests, by=self.request.user)

    def get_success_url(self, saved) -> str:
        created, known = saved
        messages.success(self.request, absorbed(created, known))
        return tests_url(self.object)


class OfScenario(OfCampaign):
    """What the pages about one scenario share."""

    queryset = Scenario.objects.select_related("campaign__site", "unit")
    permission = EDIT
    history_url_name = "surveys:scenario-history"
    breadcrumbs = (("Enquêtes", "surveys:campaigns"),)

    def get_object_url(self) -> str:
        return tests_url(self.object.campaign)

    def get_success_url(self, saved=None) -> str:
        return tests_url(self.object.campaign)


class ScenarioEdit(OfScenario, UpdatePage):
    form_class = ScenarioForm
    title = "Modifier un scénario"

    def save_verb(self, form):
        return mystery.change_scenario(self.object, by=self.request.user, **form.cleaned_data)


class ScenarioRemove(OfScenario, VerbPage):
    title = "Supprimer ce scénario"
    button_label = "Supprimer"
    is_danger = True
    consequences = ("Les tests prévus selon ce scénario sont retirés du programme.",)
    success_message = "Le scénario est supprimé."

    def verb(self, obj, *, reason: str):
        mystery.remove_scenario(obj, by=self.request.user)


class ScenarioHistory(OfScenario, HistoryPage):
    permission = Permission.HISTORY_VIEW


class PlanTests(OfScenario, ObjectPage, FormPage):
    form_class = PlanForm
    button_label = "Prévoir les tests"
    success_message = "Les tests sont prévus."
    intro = "Les tests sont répartis sur les jours ouvrés du site."

    def get_title(self) -> str:
        return f"Prévoir des tests : {self.object}"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"campaign": self.object.campaign}

    def save_verb(self, form):
        return mystery.plan_tests(self.object, by=self.request.user, **form.cleaned_data)

    def get_cancel_url(self) -> str:
        return tests_url(self.object.campaign)


class Unplan(OfCampaign, VerbPage):
    """Take a test out of the programme."""

    queryset = PlannedTest.objects.select_related("campaign__site", "scenario")
    permission = EDIT
    is_direct = True
    success_message = "Le test est retiré du programme."

    def verb(self, obj, *, reason: str):
        mystery.unplan(obj, by=self.request.user)

    def get_object_url(self) -> str:
        return tests_url(self.object.campaign)

    def get_success_url(self) -> str:
        return tests_url(self.object.campaign)


def tests_url(campaign: Campaign) -> str:
    return reverse("surveys:tests", args=[campaign.code])


def absorbed(created: int, known: int) -> str:
    """« 12 tests repris, 2 déjà connus. »"""
    words = f"{created} test{'s' if created >= 2 else ''} repris"
    return f"{words}, {known} déjà connu{'s' if known >= 2 else ''}." if known else f"{words}."


def _scenarios(campaign: Campaign):
    return campaign.scenarios.select_related("unit").order_by("position", "pk")


def _count(planned: list[PlannedTest], scenario: Scenario) -> int:
    return sum(test.scenario_id == scenario.pk for test in planned)


def _made(campaign: Campaign):
    return campaign.responses.counted().select_related("scenario").order_by("-answered_on", "-pk")


def _guests(campaign: Campaign):
    return CollectionPoint.objects.filter(campaign=campaign, channel=Channel.INVESTIGATOR).order_by("pk")
