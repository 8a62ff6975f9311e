"""The results of a campaign: criteria with their base and interval, earlier years, places, channels, months, sites."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.errors import UserError
from core.pages import VerbPage
from core.pages.access import OnObject
from core.pages.detail import ObjectPage
from core.pages.page import link
from organisations.permissions import Permission
from surveys.enums import CampaignState
from surveys.exports import book
from surveys.exports.book import OF_PEOPLE, PARTS
from surveys.models import CriterionFinding, Question
from surveys.results import Results, leaving, other_sites, with_earlier_years
from surveys.results import words as say
from surveys.results.delays import delays_of
from surveys.results.reading import questions_of, texts_of
from surveys.services import findings
from surveys.tables import results as tables
from surveys.tables.campaigns import state_of
from surveys.views.campaigns import OfCampaigns

WHOLE, SITE = "", "site"
AXES = {"lieu": "place", "canal": "channel", "mois": "month", "site": SITE}
SWITCHES = {WHOLE: "Ensemble", "lieu": "Par lieu", "canal": "Par canal", "mois": "Par mois", "site": "Par site"}
TITLES = {"lieu": "par lieu", "canal": "par canal", "mois": "par mois", "site": "par site"}


class OfResults(OfCampaigns):
    """What the pages about what came out of a campaign share: its tabs, its questions."""

    detail_url_name = "surveys:results"

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.object)

    def get_breadcrumbs(self):
        *way, last = super().get_breadcrumbs()
        return [*way, (str(self.object), reverse("surveys:campaign", args=[self.object.code])), last]

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        code = self.object.code
        tabs = [("Résultats", reverse("surveys:results", args=[code]))]
        if texts_of(self.questions):
            tabs.append(("Commentaires", reverse("surveys:verbatims", args=[code])))
        if not self.object.is_mystery:
            tabs.append(("Réponses aux usagers", reverse("surveys:feedbacks", args=[code])))
        tabs.append(("Affiches et diaporamas", reverse("surveys:publications", args=[code])))
        here = self.request.path
        return [(label, url, here == url or here.startswith(f"{url}/")) for label, url in tabs]

    def get_context_data(self, **context) -> dict:
        campaign = self.object
        return super().get_context_data(
            campaign=campaign,
            state=state_of(campaign, timezone.localdate()),
            is_provisional=campaign.state != CampaignState.CLOSED,
            may_edit=self.allows(Permission.SURVEY_EDIT),
            **context,
        )


class ResultsPage(OfResults, ObjectPage):
    """Every criterion with its base and interval, beside the years before."""

    template_name = "surveys/results/results.html"
    cut = WHOLE

    @cached_property
    def results(self) -> Results:
        return leaving(self.object)

    @cached_property
    def others(self) -> list[Results]:
        """The campaigns of the other sites: looked for once, to know whether there is such a tab."""
        return other_sites(self.results, self.request.user, self.questions)

    def get_title(self) -> str:
        return f"Résultats – {self.object.title}"

    @property
    def is_waiting(self) -> bool:
        """Whether the person sees counts only: the campaign runs, and it is not theirs to run."""
        return self.object.is_running and not self.allows(Permission.SURVEY_EDIT)

    def get(self, request, *args, **kwargs):
        if self.is_waiting or not self.results.returns:
            return self.render(results=self.results, is_waiting=self.is_waiting)
        comparison = with_earlier_years(self.results, self.questions)
        may_act = self.allows(Permission.ACTION_EDIT) and self.object.state == CampaignState.CLOSED
        return self.render(
            results=self.results,
            is_waiting=False,
            comparison=comparison,
            band=tables.headline(comparison),
            lines=tables.lines_of(comparison, findings=self.findings(), may_open=may_act),
            may_act=may_act,
            choices=tables.choices_of(self.results),
            delays=delays_of(self.object),
            **self.frame(),
        )

    def frame(self) -> dict:
        """What the whole and its cuts share."""
        return {
            "switches": self.switches(),
            "returns": say.returns(self.results, is_mystery=self.object.is_mystery),
            "period": say.period(self.results),
            "computed_at": self.results.computed_at,
        }

    def switches(self) -> list[tuple[str, str, bool]]:
        code = self.object.code
        shown = [
            (key, label)
            for key, label in SWITCHES.items()
            if key == WHOLE or (self.others if key == SITE else len(self.results.cuts(AXES[key])) > 1)
        ]
        names = {WHOLE: reverse("surveys:results", args=[code])}
        return [
            (label, names.get(key) or reverse("surveys:results-cut", args=[code, key]), key == self.cut)
            for key, label in shown
        ]

    def findings(self) -> dict[str, str]:
        """The address of the finding that each criterion has opened, for those who read the plans."""
        if not self.allows(Permission.ACTION_VIEW):
            return {}
        rows = CriterionFinding.objects.filter(campaign=self.object).values_list("question__code", "finding_id")
        return {code: link("actions:finding", pk) for code, pk in rows}


class ResultsCut(ResultsPage):
    """The criteria by place, channel, month, or beside the other sites of the year."""

    template_name = "surveys/results/cut.html"

    def get_title(self) -> str:
        return f"Résultats {TITLES[self.cut]} – {self.object.title}"

    def get(self, request, *args, **kwargs):
        self.cut = kwargs["cut"]
        if self.cut not in TITLES:
            raise Http404
        results, campaign = self.results, self.object
        cuts = [] if self.is_waiting else self.labelled_cuts()
        if len(cuts) < (1 if self.cut == SITE else 2):
            raise Http404
        return self.render(
            whole=tables.heads_of([(campaign.site.name if self.cut == SITE else "Ensemble", results)], campaign)[0],
            heads=tables.heads_of(cuts, campaign),
            matrix=tables.matrix_of(
                results, [cut for _label, cut in cuts], whole="ce site" if self.cut == SITE else "l’ensemble"
            ),
            axis=TITLES[self.cut],
            **self.frame(),
        )

    def labelled_cuts(self) -> list:
        if self.cut == SITE:
            return [(found.campaign.site.name, found) for found in self.others]
        return [(cut.label, cut) for cut in self.results.cuts(AXES[self.cut])]


class OpenFinding(OfResults, VerbPage):
    """« Ouvrir un constat »: a weak criterion goes to the action plan in one click, and one is taken there."""

    permission = Permission.ACTION_EDIT
    is_direct = True

    def post(self, request, *args, **kwargs):
        question = get_object_or_404(Question, questionnaire=self.object.questionnaire_id, code=kwargs["question"])
        try:
            finding, is_new = findings.open_finding(self.object, question, by=request.user)
        except UserError as error:
            return self.refuse(error, None)
        told = "Le constat est ouvert : ajoutez-lui une action." if is_new else "Ce constat était déjà ouvert."
        messages.success(request, told)
        return HttpResponseRedirect(link("actions:finding", finding.pk))


class ResultsExport(OfResults, OnObject, View):
    """The campaign as a workbook with its codebook, or one part as a CSV; forms for those who run the survey."""

    def get(self, request, *args, **kwargs):
        part, extension = kwargs["part"], kwargs["extension"]
        with_forms = self.allows(Permission.SURVEY_EDIT) and not self.object.is_running
        is_waiting = self.object.is_running and not self.allows(Permission.SURVEY_EDIT)
        if is_waiting or (part in OF_PEOPLE and not with_forms):
            raise PermissionDenied
        results = leaving(self.object)
        if (part, extension) == ("tout", "xlsx"):
            return book.xlsx(results, self.questions, with_forms=with_forms)
        if part in PARTS and extension == "csv":
            return book.csv(part, results, self.questions)
        raise Http404
