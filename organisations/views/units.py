"""Units: the tree, a unit with its tabs, create, edit, close, reopen."""

from django.db.models import Q
from django.utils import timezone
from django.views import View

from core.pages import (
    AddPage,
    CreatePage,
    DetailPage,
    HistoryPage,
    Page,
    PageAction,
    PermissionRequired,
    UpdatePage,
    VerbPage,
)
from core.pages.detail import ObjectPage
from core.pages.page import link
from organisations.forms.units import UnitCloseForm, UnitEditForm, UnitForm
from organisations.models import Membership, Unit
from organisations.permissions import Permission
from organisations.rules.units import in_tree_order
from organisations.services import units

LIST = [("Unités", "organisations:units")]
ALL = "toutes"
IMPORT = PageAction(
    "Importer services et personnes", "organisations:directory-import-upload", Permission.ACCOUNT_EDIT, kind="secondary"
)


class UnitTree(PermissionRequired, Page, View):
    """The units one may see, as a tree; closed ones on demand."""

    permission = Permission.UNIT_VIEW
    template_name = "organisations/unit_tree.html"
    title = "Unités"

    def get(self, request):
        seen = Unit.objects.visible_to(request.user).select_related("holiday_zone")
        shows_all = ALL in request.GET
        shown = seen if shows_all else seen.filter(_not_closed(timezone.localdate()))
        tree = in_tree_order(shown.order_by("position", "code"))
        may_create = request.user.can(Permission.UNIT_EDIT)
        actions = [PageAction("Ajouter une unité", "organisations:unit-create", kind="").shown()] if may_create else []
        heads = [unit for unit, depth in tree if not depth and unit.is_site]
        actions += [IMPORT.shown(one.code) for one in heads[:1] if request.user.can(IMPORT.permission, one.pk)]
        return self.render(tree=tree, shows_all=shows_all, today=timezone.localdate(), actions=actions)


class OnUnit(ObjectPage):
    """A page about a unit, with the tabs of its file."""

    queryset = Unit.objects.select_related("parent__parent", "holiday_zone")
    lookup_field = "code"
    detail_url_name = "organisations:unit"
    history_url_name = "organisations:unit-history"
    breadcrumbs = LIST

    def get_tabs(self):
        code, tabs = self.object.code, [("Fiche", "organisations:unit", "")]
        tabs += [("Personnes", "organisations:unit-people", Permission.ACCOUNT_VIEW)]
        if self.object.is_site:
            tabs += [("Jours de fermeture", "organisations:closed-days", Permission.UNIT_VIEW)]
        tabs += [("Historique", "organisations:unit-history", Permission.HISTORY_VIEW)]
        shown = [(label, link(url, code)) for label, url, permission in tabs if self.allows(permission)]
        return [(label, url, url == self.request.path) for label, url in shown]


class UnitDetail(OnUnit, DetailPage):
    permission = Permission.UNIT_VIEW
    template_name = "organisations/unit_detail.html"
    facts = ("kind", "code", "sigle", "parent", "holiday_zone", "active_from", "active_until")

    def get_facts(self):
        return [(label, text) for label, text in super().get_facts() if text]

    @property
    def actions(self):
        edit = Permission.UNIT_EDIT
        closing = (
            PageAction("Rouvrir", "organisations:unit-reopen", edit, kind="tertiary")
            if self.object.active_until
            else PageAction("Fermer l’unité", "organisations:unit-close", edit, kind="tertiary")
        )
        return (PageAction("Modifier", "organisations:unit-edit", edit), closing)

    def get_context_data(self, **context):
        children = Unit.objects.visible_to(self.request.user).filter(parent=self.object).order_by("position", "code")
        return super().get_context_data(children=children, **context)


class UnitPeople(OnUnit):
    """Who has which role here, today or later."""

    permission = Permission.ACCOUNT_VIEW
    template_name = "organisations/unit_people.html"

    def get(self, request, *args, **kwargs):
        roles = Membership.objects.not_over(timezone.localdate()).filter(unit=self.object)
        roles = roles.select_related("user", "delegated_from__user").order_by("role", "user__last_name", "valid_from")
        may_add = self.allows(Permission.ACCOUNT_EDIT)
        add = PageAction("Ajouter une personne", "organisations:account-create", kind="").shown()
        actions = [add | {"url": f"{add['url']}?unite={self.object.code}"}] if may_add else []
        actions += [IMPORT.shown(self.object.code)] if may_add and self.object.is_site else []
        return self.render(memberships=roles, actions=actions)


class UnitHistory(OnUnit, HistoryPage):
    permission = Permission.HISTORY_VIEW


class UnitCreate(CreatePage):
    permission = Permission.UNIT_EDIT
    form_class = UnitForm
    title = "Ajouter une unité"
    breadcrumbs = LIST
    list_url_name = "organisations:units"
    detail_url_name = "organisations:unit"
    lookup_field = "code"

    def get_initial(self):
        return {"active_from": timezone.localdate(), "parent": self.request.GET.get("sous", "")}

    def save_verb(self, form):
        return units.create(by=self.request.user, **form.cleaned_data)


class UnitEdit(OnUnit, UpdatePage):
    permission = Permission.UNIT_EDIT
    form_class = UnitEditForm

    def save_verb(self, form):
        return units.edit(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return link("organisations:unit", saved.code)


class UnitClose(OnUnit, AddPage):
    permission = Permission.UNIT_EDIT
    form_class = UnitCloseForm
    button_label = "Fermer l’unité"
    intro = "L’unité reste dans l’historique et dans les bilans passés ; plus rien ne s’y saisit après ce jour."
    success_message = "La date de fermeture est enregistrée."

    def get_title(self):
        return f"Fermer « {self.object} »"

    def save_verb(self, form):
        return units.close(self.object, by=self.request.user, **form.cleaned_data)


class UnitReopen(OnUnit, VerbPage):
    permission = Permission.UNIT_EDIT
    reason = "optional"
    button_label = "Rouvrir"
    success_message = "L’unité est rouverte."

    def get_question(self):
        return f"Rouvrir « {self.object} » ?"

    def verb(self, obj, *, reason):
        units.reopen(obj, by=self.request.user, reason=reason)


def _not_closed(today):
    return Q(active_until__isnull=True) | Q(active_until__gte=today)
