"""Plans: the list, a plan as the services know it, create, change, remove, history."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils import timezone

from actions.filters import PlanFilter
from actions.forms.plans import NewPlanForm, PlanEditForm
from actions.models import Action, Finding, FindingEngagement, Plan
from actions.services import plans
from actions.services.rights import editable_sites
from actions.tables.plan_sheet import GROUPINGS, SECTION, bands_of
from actions.tables.plans import PlanTable
from actions.views.rows import row_form_of
from actions.views.scope import EDIT, PLANS, VIEW, OnPlan
from core.pages import CreatePage, DetailPage, ListPage, PageAction, UpdatePage, VerbPage, link, once
from organisations.permissions import Permission
from referential.models import Referential

FINDINGS_PER_PAGE = 100


class PlanList(ListPage):
    """The plans of one's sites, by origin, and what is left to do in each."""

    permission = VIEW
    queryset = Plan.objects.all()
    table_class = PlanTable
    filterset_class = PlanFilter
    template_name = "actions/plan/list.html"
    title = "Plans d’actions"
    create_url_name = "actions:plan-create"
    create_permission = EDIT
    create_label = "Ouvrir un plan"
    actions = (PageAction("Importer un plan", "actions:import-upload", Permission.ACTION_IMPORT),)
    empty_title = "Aucun plan d’actions n’est ouvert."
    export_name = "plans-d-actions"

    def get_queryset(self):
        return Plan.objects.for_list(self.request.user, timezone.localdate())

    @property
    def empty_text(self) -> str:
        if self.may(EDIT):
            return "Importez le tableau que vous tenez déjà, ou ouvrez un plan après un audit, un CLU, une enquête."
        return "Le référent qualité ouvre un plan après un audit, un CLU ou une enquête."


class PlanPage(OnPlan, DetailPage):
    """The plan in the columns the services know, by section, engagement or responsible."""

    permission = VIEW
    template_name = "actions/plan/detail.html"
    actions = (
        PageAction("Ajouter un constat", "actions:finding-create", EDIT, kind=""),
        PageAction("Modifier", "actions:plan-edit", EDIT),
        PageAction("Retirer", "actions:plan-remove", EDIT, kind="tertiary"),
    )

    def get(self, request, *args, **kwargs):
        grouping = request.GET.get("par", SECTION)
        grouping = grouping if grouping in GROUPINGS else SECTION
        page = Paginator(self.findings(), FINDINGS_PER_PAGE).get_page(request.GET.get("page"))
        findings = list(page.object_list)
        return self.render(
            bands=bands_of(findings, by=grouping),
            page=page,
            grouping=grouping,
            groupings=[(f"?par={code}", label, code == grouping) for code, label in GROUPINGS.items()],
            has_texts=any(action.text for finding in findings for action in finding.actions.all()),
            actions=self.get_actions(),
            plan=Plan.objects.for_list(request.user, timezone.localdate()).get(pk=self.object.pk),
            row_form=row_form_of(self.object) if self.allows(EDIT) else None,
            row_url=link("actions:plan-row", self.object.pk),
            once=once.new_key(),
            is_partial=not request.user.can(VIEW, self.object.site_id),
        )

    def get_title(self) -> str:
        return self.object.title

    def findings(self):
        """What the person sees of the plan, with all that a line shows."""
        user = self.request.user
        actions = Action.objects.visible_to(user).order_by("position", "pk")
        actions = actions.prefetch_related("responsibles__unit", "responsibles__user")
        links = FindingEngagement.objects.select_related("engagement")
        rows = Finding.objects.visible_to(user).filter(plan=self.object).order_by("number")
        return rows.select_related("module__referential", "plan").prefetch_related(
            Prefetch("actions", queryset=actions), Prefetch("engagement_links", queryset=links)
        )


class PlanCreate(CreatePage):
    """A plan for what was just found."""

    permission = EDIT
    form_class = NewPlanForm
    title = "Ouvrir un plan d’actions"
    breadcrumbs = (PLANS,)
    list_url_name = "actions:plans"
    detail_url_name = "actions:plan"
    button_label = "Ouvrir le plan"
    success_message = "Le plan est ouvert : ajoutez ses constats."

    def get_initial(self):
        sites = list(editable_sites(self.request.user)[:2])
        today = timezone.localdate()
        known = Referential.objects.filter(in_force_from__lte=today, in_force_until=None).order_by("-in_force_from")
        return {"site": sites[0] if len(sites) == 1 else None, "referential": known.first()}

    def save_verb(self, form):
        return plans.create_plan(by=self.request.user, **form.cleaned_data)


class PlanEdit(OnPlan, UpdatePage):
    """What the plan says of itself."""

    permission = EDIT
    form_class = PlanEditForm
    crumb = "Modifier"

    def save_verb(self, form):
        return plans.change_plan(self.object, by=self.request.user, **form.cleaned_data)


class PlanRemove(OnPlan, VerbPage):
    """Remove the plan and all it holds."""

    permission = EDIT
    title = crumb = "Retirer ce plan"
    reason = "required"
    is_danger = True
    button_label = "Retirer le plan"
    explanation = (
        "Ses constats, ses actions et leurs preuves sont retirés avec lui. L’historique les garde : le plan reste "
        "lisible tel qu’il était à chaque date passée."
    )
    success_url_name = "actions:plans"
    success_message = "Le plan est retiré ; l’historique le garde."

    def verb(self, obj, *, reason):
        plans.remove_plan(obj, by=self.request.user, reason=reason)
