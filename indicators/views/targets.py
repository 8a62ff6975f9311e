"""Targets of an indicator: add, change, remove, history."""

from django.core.exceptions import PermissionDenied

from core.figures import format_figure, format_target
from core.pages import FormPage, HistoryPage, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from core.pages.page import link
from indicators.forms.catalogue import TargetEditForm, TargetForm
from indicators.models import Target
from indicators.services import catalogue_rights, targets
from indicators.views.catalogue import EDIT, OnIndicator, here
from organisations.permissions import Permission


class TargetCreate(OnIndicator, ObjectPage, FormPage):
    permission = EDIT
    form_class = TargetForm
    title = "Ajouter une cible"
    button_label = "Ajouter"
    intro = "La cible en vigueur jusque-là prend fin la veille."
    success_message = "La cible est enregistrée et les lectures sont à jour."

    def get_breadcrumbs(self):
        return [*((label, link(url)) for label, url in here(self.object)), (self.title, "")]

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"indicator": self.object}

    def get_initial(self) -> dict:
        return {"direction": self.object.direction}

    def save_verb(self, form):
        return targets.add(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return self.get_object_url()

    def get_cancel_url(self) -> str:
        return self.get_object_url()


class OnTarget:
    """A page about one target; that of a site is its référent's, that of all follows the indicator."""

    queryset = Target.objects.select_related("indicator", "site")
    permission = EDIT
    history_url_name = "indicators:target-history"

    def unit_id_of(self, obj: Target) -> int | None:
        return obj.site_id or obj.indicator.owner_id

    def find_object(self):
        found = super().find_object()
        is_for_all = self.permission == EDIT and found.site_id is None
        if is_for_all and not catalogue_rights.may_edit(self.request.user, found.indicator):
            raise PermissionDenied
        return found

    def get_breadcrumbs(self):
        return [*((label, link(url)) for label, url in here(self.object.indicator)), (self.get_title(), "")]

    def get_object_url(self) -> str:
        return link("indicators:indicator", self.object.indicator.code)

    def get_success_url(self, *saved) -> str:
        return self.get_object_url()

    @property
    def described(self) -> str:
        """« ≥ 95 %, tous les sites, depuis le 01/01/2020 »."""
        row = self.object
        place = row.site or "tous les sites"
        goal = format_target(row.direction, row.value, row.indicator.measure)
        return f"{goal}, {place}, depuis le {row.valid_from:%d/%m/%Y}"


class TargetEdit(OnTarget, UpdatePage):
    form_class = TargetEditForm
    success_message = "La cible est enregistrée et les lectures sont à jour."

    def get_title(self) -> str:
        return f"Modifier la cible : {self.described}"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"indicator": self.object.indicator}

    def get_initial(self) -> dict:
        return {
            name: getattr(self.object, name) for name in ("direction", "value", "valid_from", "valid_until", "source")
        }

    def save_verb(self, form):
        return targets.edit(self.object, by=self.request.user, **form.cleaned_data)


class TargetRemove(OnTarget, VerbPage):
    explanation = "Une cible qui a changé se termine avec une date ; ne supprimez qu’une erreur."
    button_label = "Supprimer"
    reason = "required"
    is_danger = True
    success_message = "La cible est supprimée."

    def get_title(self) -> str:
        return f"Supprimer la cible : {self.described}"

    def verb(self, obj, *, reason: str):
        targets.remove(obj, by=self.request.user, reason=reason)


class TargetHistory(OnTarget, HistoryPage):
    permission = Permission.HISTORY_VIEW

    def get_title(self) -> str:
        return f"Historique de la cible : {self.described}"

    def words(self, field, value, record, names) -> str:
        if field.name == "value":
            return format_figure(value, self.object.indicator.measure)
        return super().words(field, value, record, names)
