"""Forms received, for those who run the survey: list, page of one, set aside with a reason, taken back."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst

from core.pages import DetailPage, HistoryPage, ListPage, PageAction, VerbPage
from organisations.permissions import Permission
from surveys.enums import Channel
from surveys.filters.responses import ResponseFilter
from surveys.models import Campaign, Response
from surveys.rules import wording
from surveys.services import intake
from surveys.tables.responses import ResponseTable
from surveys.views.campaigns import way_to

EDIT = Permission.SURVEY_EDIT
SPECIAL = (
    "scenario",
    "tester",
    "duration",
    "sent_at",
    "replied_at",
    "entered_by",
    "withdrawn_at",
    "withdrawn_reason",
)


class ResponseList(ListPage):
    """The forms of a campaign, those set aside included."""

    permission = EDIT
    table_class = ResponseTable
    filterset_class = ResponseFilter
    title = "Formulaires reçus"
    noun = ("formulaire", "formulaires")
    empty_title = "Aucun formulaire n’est arrivé."
    empty_text = "Ouvrez la campagne et mettez en place ses points de collecte ; chaque formulaire reçu paraît ici."

    @cached_property
    def campaign(self) -> Campaign:
        found = Campaign.objects.visible_to(self.request.user).filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    def get_scope_unit_id(self):
        return self.campaign.site_id

    def get_queryset(self):
        return Response.objects.filter(campaign=self.campaign).for_list().order_by("-received_at", "-pk")

    def get_breadcrumbs(self):
        return [*way_to(self.campaign), (self.get_title(), "")]


class OfResponses:
    """What the pages about one form share."""

    permission = EDIT
    queryset = Response.objects.select_related("campaign__questionnaire", "place", "entered_by", "scenario", "source")
    detail_url_name = "surveys:response"
    history_url_name = "surveys:response-history"

    def get_title(self):
        return self.title or f"Formulaire {f'n° {self.object.number}' if self.object.number else 'reçu'}"

    def get_breadcrumbs(self):
        campaign = self.object.campaign
        forms = ("Formulaires reçus", reverse("surveys:responses", args=[campaign.code]))
        return [*way_to(campaign), forms, (self.get_title(), "")]


class ResponseDetail(OfResponses, DetailPage):
    """A form as it was filled in; nothing tells who answered."""

    template_name = "surveys/responses/detail.html"
    facts = ("answered_on", "received_at", "channel", "place", "language")

    def get_facts(self):
        """What only some forms have is told only of these."""
        special = [name for name in SPECIAL if getattr(self.object, name)]
        self.facts = (*type(self).facts, *special)
        return super().get_facts()

    def get_actions(self):
        row = self.object
        verbs = [
            (PageAction("Corriger", "surveys:response-correct", EDIT), row.channel == Channel.PAPER),
            (PageAction("Écarter des résultats", "surveys:response-set-aside", EDIT), row.withdrawn_at is None),
            (PageAction("Reprendre dans les résultats", "surveys:response-take-back", EDIT), row.withdrawn_at),
        ]
        return [verb.shown(row.pk) for verb, is_open in verbs if is_open and row.campaign.is_open]

    def get_context_data(self, **context):
        return super().get_context_data(answers=self.answers(), **context)

    def answers(self) -> list[tuple[str, str]]:
        """(question, answer in words), in the order of the questionnaire, blanks included."""
        campaign = self.object.campaign
        shown = wording.sheet(
            intake.questions_of(campaign.questionnaire), values=self.object.answers, kind=campaign.kind
        )
        return [(f"{one.number}. {capfirst(one.label.words)}", one.answer) for one in shown]


class ResponseSetAside(OfResponses, VerbPage):
    """Leaves a form out of the results."""

    title = "Écarter ce formulaire"
    reason = "required"
    explanation = "Il reste lisible et peut être repris ; il ne compte plus dans les résultats."
    button_label = "Écarter"
    success_message = "Le formulaire est écarté des résultats."

    def verb(self, obj, *, reason):
        intake.set_aside(obj, by=self.request.user, reason=reason)


class ResponseTakeBack(OfResponses, VerbPage):
    """Counts it again."""

    title = "Reprendre ce formulaire"
    reason = "optional"
    explanation = "Il compte de nouveau dans les résultats."
    button_label = "Reprendre"
    success_message = "Le formulaire compte de nouveau."

    def verb(self, obj, *, reason):
        intake.take_back(obj, by=self.request.user, reason=reason)


class ResponseHistory(OfResponses, HistoryPage):
    """What was corrected, set aside, taken back."""

    permission = Permission.HISTORY_VIEW
    hidden_fields = ("key",)
