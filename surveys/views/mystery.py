"""The tests of a mystery campaign: scenarios, programme, guest links, files of the offline grid."""

from collections import Counter
from dataclasses import asdict

from django.urls import reverse

from core.pages import AddPage, DetailPage, VerbPage
from core.pages.section import Add, Change, Fill, History, Parent, Remove, Section
from surveys.enums import WRITTEN, CampaignState, Channel, Kind
from surveys.forms.mystery import InviteForm, KitForm, PlanForm, ScenarioForm
from surveys.kit import read_tests
from surveys.models import Campaign, CollectionPoint, PlannedTest, Scenario
from surveys.printing.addresses import address_of
from surveys.rules.delays import words
from surveys.rules.scenarios import proposal_for
from surveys.services import mystery
from surveys.views.campaigns import EDIT, way_to

TESTS = "surveys:tests"


class OfMystery:
    """What the pages about the tests of one campaign share."""

    queryset = Campaign.objects.filter(kind=Kind.MYSTERY).select_related("site", "questionnaire")
    lookup_field = "code"
    permission = EDIT
    detail_url_name = TESTS

    def get_breadcrumbs(self):
        return [*way_to(self.object), (self.get_title(), "")]

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


class Invite(OfMystery, AddPage):
    form_class = InviteForm
    takes = "campaign"
    title = "Inviter un enquêteur"
    button_label = "Créer le lien"
    success_message = "Le lien est créé : envoyez-le à l’enquêteur."
    intro = (
        "Le lien ouvre la grille sans compte, jusqu’au jour choisi. Qui l’a peut saisir des tests : ne l’affichez pas."
    )

    def save_verb(self, form):
        return mystery.invite(self.object, by=self.request.user, **form.cleaned_data)


class Absorb(OfMystery, AddPage):
    form_class = KitForm
    title = "Reprendre une grille hors ligne"
    button_label = "Reprendre les tests"
    intro = "Le fichier est lu en entier ou pas du tout ; le reprendre deux fois n’ajoute rien."

    def save_verb(self, form):
        file = form.cleaned_data["file"]
        tests = read_tests(self.object, file.read(1_000_001), name=file.name)
        return mystery.record_all(self.object, tests, by=self.request.user, keep=form.cleaned_data["keep"])

    def get_success_message(self, saved) -> str:
        return absorbed(saved)


class ProposedScenario:
    """The first scenario comes ready for its grid; the next ones keep its channel."""

    def get_initial(self) -> dict:
        proposal = proposal_for(self.object.questionnaire.code)
        if proposal is None:
            return {}
        if self.object.scenarios.exists():
            return {"channel": proposal.channel}
        return asdict(proposal)


class Scenarios(Section):
    name, path, permission = "surveys:scenario", "scenarios/<int:pk>", EDIT
    queryset = Scenario.objects.select_related("campaign__site", "unit")
    parent = Parent("campaign", OfMystery.queryset, TESTS, lookup="code", way=way_to, label=TestList.title)

    create = Add(
        "campagnes/<slug:code>/tests/scenario",
        ScenarioForm,
        mystery.add_scenario,
        page=ProposedScenario,
        takes="campaign",
        title="Ajouter un scénario",
        success_message="Le scénario est ajouté.",
    )
    edit = Change(ScenarioForm, mystery.change_scenario, title="Modifier un scénario")
    remove = Remove(
        mystery.remove_scenario,
        title="Supprimer ce scénario",
        consequences=("Les tests prévus selon ce scénario sont retirés du programme.",),
        success_message="Le scénario est supprimé.",
    )
    plan_tests = Fill(
        "prevoir",
        PlanForm,
        mystery.plan_tests,
        name="surveys:plan-tests",
        takes="campaign",
        title="Prévoir des tests : {0}",
        button_label="Prévoir les tests",
        success_message="Les tests sont prévus.",
        intro="Les tests sont répartis sur les jours ouvrés du site.",
    )
    history = History()


class Unplan(VerbPage):
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
    return reverse(TESTS, args=[campaign.code])


def absorbed(done: mystery.Absorbed) -> str:
    """« 12 tests repris, 1 corrigé, 2 déjà connus. »"""
    words = [f"{done.created} test{'s' if done.created >= 2 else ''} repris"]
    for count, word in ((done.changed, "corrigé"), (done.known, "déjà connu")):
        words += [f"{count} {word}{'s' if count >= 2 else ''}"] if count else []
    return f"{', '.join(words)}."


def _scenarios(campaign: Campaign):
    return campaign.scenarios.select_related("unit").order_by("position", "pk")


def _count(planned: list[PlannedTest], scenario: Scenario) -> int:
    return sum(test.scenario_id == scenario.pk for test in planned)


def _made(campaign: Campaign):
    return campaign.responses.counted().select_related("scenario").order_by("-answered_on", "-pk")


def _guests(campaign: Campaign):
    return CollectionPoint.objects.filter(campaign=campaign, channel=Channel.INVESTIGATOR).order_by("pk")
