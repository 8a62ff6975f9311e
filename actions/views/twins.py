"""Twins: the pairs that look like one action side by side, those already merged, those set aside."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from actions.models import Action, TwinRefusal
from actions.resemblances import like, proposals
from actions.services import twins
from actions.views.scope import EDIT, OnAction, short
from actions.views.sites import PlanSitePage, SiteHome
from core.base.errors import UserError
from core.base.figures import RATE, format_figure
from core.pages import VerbPage
from core.pages.detail import ObjectPage

PAGE = "actions:twins"
SETTLED = "reglees"  # ?reglees=1: the pairs both settled too
BACK = "suite"  # posted by the search of one action: come back to that action


class TwinsHome(SiteHome):
    """The twins of one's first site."""

    permission = EDIT
    title = "Actions jumelles"
    site_url_name = PAGE


class TwinsPage(PlanSitePage):
    """What two plans hold twice, offered one pair beside the other."""

    permission = EDIT
    title = "Actions jumelles"
    site_url_name = PAGE
    template_name = "actions/twins/list.html"

    def get(self, request, **kwargs):
        settled = SETTLED in request.GET
        refusals = TwinRefusal.objects.filter(first__finding__plan__site=self.site)
        return self.render(
            pairs=proposals(self.site, settled=settled),
            with_settled=settled,
            settled_url="?" if settled else f"?{SETTLED}=1",
            groups=self.groups(),
            refusals=list(refusals.select_related("first__finding", "second__finding").order_by("-pk")),
        )

    def groups(self) -> list[list[Action]]:
        """Each group already merged, its leader first."""
        rows = Action.objects.for_list().filter(finding__plan__site=self.site)
        groups: dict[int, list[Action]] = {}
        for action in rows.in_twins().order_by("pk"):
            groups.setdefault(action.merged_into_id or action.pk, []).append(action)
        return [sorted(group, key=lambda row: row.merged_into_id is not None) for group in groups.values()]


class TwinSearch(OnAction, ObjectPage):
    """The actions that look most like one, to merge it by hand."""

    permission = EDIT
    template_name = "actions/twins/search.html"
    crumb = title = "Chercher une action jumelle"

    def get(self, request, **kwargs):
        found = [(other, format_figure(score, RATE, 0)) for other, score in like(self.object)]
        return self.render(action=self.object, found=found, group=self.group())

    def group(self) -> list[Action]:
        rows = Action.objects.select_related("finding__plan").together_with(self.object)
        return list(rows.exclude(pk=self.object.pk))


class OnPair(OnAction, VerbPage):
    """A verb about two actions that the person sees, as one button."""

    permission = EDIT
    is_direct = True
    other_name = ""

    @cached_property
    def other(self) -> Action:
        found = Action.objects.visible_to(self.request.user).select_related("finding__plan")
        other = found.filter(pk=self.kwargs[self.other_name]).first()
        if other is None:
            raise Http404
        return other

    def get_object_url(self) -> str:
        if BACK in self.request.POST:
            return super().get_object_url()
        return reverse(PAGE, args=[self.object.finding.plan.site.code])


class TwinMerge(OnPair):
    """The action takes the status of the other one, and shares it from then on."""

    title = "Jumeler"
    other_name = "into"

    def verb(self, obj, *, reason):
        twins.merge(obj, into=self.other, by=self.request.user)

    def get_success_message(self):
        status = self.object.get_status_display().lower()
        return f"Les deux actions sont jumelées : elles partagent le statut « {status} »."


class TwinSetAside(OnPair):
    """They are not the same: not offered again."""

    title = "Écarter"
    other_name = "other"

    def verb(self, obj, *, reason):
        twins.set_aside(obj, self.other, by=self.request.user)

    def get_success_message(self):
        return "Ce rapprochement est écarté : il ne sera plus proposé."


class TwinSeparate(OnAction, VerbPage):
    """Take an action out of its group, with the reason."""

    permission = EDIT
    title = crumb = "Séparer cette action de ses jumelles"
    reason = "required"
    button_label = "Séparer"
    explanation = "Elle garde le statut partagé jusqu’ici, puis suit le sien."
    success_message = "L’action est séparée de ses jumelles."

    def verb(self, obj, *, reason):
        twins.separate(obj, by=self.request.user, reason=reason)

    def get_question(self):
        return f"Séparer « {short(self.object.title)} » de ses jumelles ?"


class TwinBringBack(VerbPage):
    """Offer again a pair set aside."""

    permission = EDIT
    queryset = TwinRefusal.objects.select_related("first__finding__plan__site")
    title = "Proposer de nouveau"
    is_direct = True
    success_message = "Le rapprochement est proposé de nouveau."

    def verb(self, obj, *, reason):
        self.site = obj.first.finding.plan.site
        twins.bring_back(obj, by=self.request.user)

    def get_success_url(self):
        return reverse(PAGE, args=[self.site.code])

    def refuse(self, error: UserError, form):
        messages.error(self.request, error.message)
        return HttpResponseRedirect(reverse(PAGE))
