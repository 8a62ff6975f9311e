"""The catalogue: list, file of an indicator, create, copy, edit, stop following."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from core.pages import AddPage, CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from core.pages.page import link
from core.pages.section import Parent
from indicators.collectors import collectors
from indicators.effects import everywhere
from indicators.filters.catalogue import IndicatorFilter
from indicators.forms.catalogue import CopyForm, IndicatorForm, NewIndicatorForm
from indicators.models import Assignment, Indicator, Target
from indicators.services import catalogue
from indicators.tables.catalogue import IndicatorTable
from organisations.permissions import Permission

CATALOGUE = "indicators:catalogue"
EDIT = Permission.INDICATOR_EDIT


class CatalogueList(ListPage):
    permission = Permission.INDICATOR_VIEW
    table_class = IndicatorTable
    filterset_class = IndicatorFilter
    title = "Catalogue des indicateurs"
    noun = ("indicateur", "indicateurs")
    create_url_name = "indicators:indicator-create"
    create_permission = EDIT
    create_label = "Ajouter un indicateur"
    empty_text = "Le catalogue fourni se charge par la commande load_catalogue."
    actions = (PageAction("Qui saisit quoi", "indicators:assignment-table", EDIT),)

    def get_queryset(self):
        user, today = self.request.user, timezone.localdate()
        targets = Target.objects.visible_to(user).in_force(today).select_related("site", "indicator")
        assignments = Assignment.objects.visible_to(user).in_force(today).select_related("unit")
        return Indicator.objects.for_list().prefetch_related(
            Prefetch("targets", targets, to_attr="targets_now"),
            Prefetch("assignments", assignments, to_attr="followed_now"),
        )


class OnIndicator:
    """A page about one indicator; who may change it depends on who follows it."""

    permission = Permission.INDICATOR_VIEW
    queryset = Indicator.objects.select_related("family", "engagement__module__referential", "owner")
    lookup_field = "code"
    breadcrumbs = [("Catalogue", CATALOGUE)]
    detail_url_name = "indicators:indicator"
    history_url_name = "indicators:indicator-history"

    @cached_property
    def may_edit(self) -> bool:
        return self.allows(EDIT)


class IndicatorDetail(OnIndicator, DetailPage):
    template_name = "indicators/catalogue/detail.html"
    facts = (
        "family",
        "engagement",
        "measure",
        "direction",
        "numerator_label",
        "denominator_label",
        "year_rule",
        "source",
        "frequency",
        "responsible_role",
        "definition",
    )

    def get_facts(self):
        indicator = self.object
        owner = str(indicator.owner) if self.object.owner else "Catalogue commun"
        aliases = " ; ".join(dict.fromkeys(indicator.alias_labels))
        facts = dict(super().get_facts())
        if indicator.engagement:
            referential = indicator.engagement.module.referential
            url = link("referential:engagement", indicator.engagement_id)
            facts["Engagement"] = format_html(
                '<a class="fr-link" href="{}">{}</a> ({})', url, facts["Engagement"], referential
            )
        if indicator.collector in collectors:
            facts["Saisi par"] = f"Calcul automatique : {collectors.get(indicator.collector).label.lower()}"
        return [*facts.items(), ("Propre à", owner), ("Autres intitulés rencontrés", aliases)]

    def get_actions(self):
        stop_or_resume = (
            PageAction("Ne plus suivre", "indicators:indicator-stop", kind="tertiary")
            if self.object.is_active
            else PageAction("Reprendre le suivi", "indicators:indicator-resume", kind="tertiary")
        )
        wanted = [
            (PageAction("Modifier", "indicators:indicator-edit"), self.may_edit),
            (PageAction("En faire une copie", "indicators:indicator-copy", kind="tertiary"), self.may_copy),
            (stop_or_resume, self.may_edit),
        ]
        return [action.shown(self.object.code) for action, is_allowed in wanted if is_allowed]

    @property
    def may_copy(self) -> bool:
        return self.object.owner_id is None and self.request.user.can(EDIT)

    def get_context_data(self, **context) -> dict:
        user = self.request.user
        editable = user.access.units_with(EDIT)
        targets = self.object.targets.visible_to(user).select_related("site").order_by("site__position", "-valid_from")
        assignments = self.object.assignments.visible_to(user).select_related("site", "unit")
        return super().get_context_data(
            targets=[(row, row.site_id in editable if row.site_id else self.may_edit) for row in targets],
            assignments=[(row, row.site_id in editable) for row in assignments.order_by("site", "unit", "valid_from")],
            effects=everywhere(user, self.object),
            may_edit=self.may_edit,
            may_edit_locally=user.can(EDIT),
            **context,
        )


class IndicatorCreate(CreatePage):
    permission = EDIT
    queryset = Indicator.objects.all()
    form_class = NewIndicatorForm
    title = "Ajouter un indicateur"
    breadcrumbs = [("Catalogue", CATALOGUE)]
    list_url_name = CATALOGUE
    detail_url_name = "indicators:indicator"
    lookup_field = "code"

    def save_verb(self, form):
        return catalogue.create(by=self.request.user, **form.cleaned_data)


class IndicatorEdit(OnIndicator, UpdatePage):
    permission = EDIT
    form_class = IndicatorForm

    def save_verb(self, form):
        return catalogue.edit(self.object, by=self.request.user, **form.cleaned_data)


class IndicatorCopy(OnIndicator, AddPage):
    """A common indicator adapted to one's own préfecture."""

    permission = EDIT
    is_held_anywhere = True  # the copy goes to a site of one's own
    form_class = CopyForm
    button_label = "Copier"
    intro = (
        "La copie vous appartient : vous en changez les règles sans toucher à l’indicateur des autres préfectures. "
        "Elle n’est suivie par personne tant que vous ne l’affectez pas à un service."
    )
    success_message = "La copie est faite : adaptez-la, puis affectez-la à un service."

    def get_title(self) -> str:
        return f"Faire une copie de « {self.object} »"

    def save_verb(self, form):
        return catalogue.copy(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return link(self.detail_url_name, saved.code)


class IndicatorStop(OnIndicator, VerbPage):
    permission = EDIT
    consequences = (
        "Il ne sera plus demandé aux services.",
        "Ses valeurs, ses lectures et son historique restent.",
    )
    reason = "required"
    button_label = "Ne plus suivre"
    success_message = "L’indicateur n’est plus suivi."

    def get_title(self) -> str:
        return f"Ne plus suivre « {self.object} »"

    def verb(self, obj, *, reason: str):
        catalogue.stop(obj, by=self.request.user, reason=reason)


class IndicatorResume(OnIndicator, VerbPage):
    permission = EDIT
    button_label = "Reprendre le suivi"
    success_message = "L’indicateur est suivi à nouveau."

    def get_title(self) -> str:
        return f"Reprendre le suivi de « {self.object} »"

    def verb(self, obj, *, reason: str):
        catalogue.resume(obj, by=self.request.user, reason=reason)


class IndicatorHistory(OnIndicator, HistoryPage):
    permission = Permission.HISTORY_VIEW

    def words(self, field, value, record, names) -> str:
        if field.name == "aliases":
            return " ; ".join(dict.fromkeys(alias["label"] for alias in value))
        return super().words(field, value, record, names)


OF_INDICATOR = Parent(
    "indicator", OnIndicator.queryset, OnIndicator.detail_url_name, lookup="code", way=OnIndicator.breadcrumbs
)
