"""Assignments of an indicator to services: add, change dates, remove, history."""

from core.pages import FormPage, HistoryPage, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from core.pages.page import link
from indicators.forms.catalogue import AssignForm, AssignmentDatesForm
from indicators.models import Assignment
from indicators.services import assignments
from indicators.views.catalogue import EDIT, OnIndicator, here
from organisations.permissions import Permission


class AssignmentCreate(OnIndicator, ObjectPage, FormPage):
    permission = EDIT
    form_class = AssignForm
    title = "Affecter à des services"
    button_label = "Affecter"
    success_message = "Les services choisis saisiront cet indicateur."

    def get_breadcrumbs(self):
        return [*((label, link(url)) for label, url in here(self.object)), (self.title, "")]

    def save_verb(self, form):
        return assignments.assign(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return self.get_object_url()

    def get_cancel_url(self) -> str:
        return self.get_object_url()


class OnAssignment:
    """A page about one assignment: the site's référent decides."""

    queryset = Assignment.objects.select_related("indicator", "site", "unit")
    permission = EDIT
    history_url_name = "indicators:assignment-history"

    def unit_id_of(self, obj: Assignment) -> int | None:
        return obj.site_id

    def get_breadcrumbs(self):
        return [*((label, link(url)) for label, url in here(self.object.indicator)), (self.get_title(), "")]

    def get_object_url(self) -> str:
        return link("indicators:indicator", self.object.indicator.code)

    def get_success_url(self, *saved) -> str:
        return self.get_object_url()


class AssignmentEdit(OnAssignment, UpdatePage):
    form_class = AssignmentDatesForm
    success_message = "Les dates sont enregistrées."

    def get_title(self) -> str:
        return f"Modifier l’affectation à « {self.object.unit} »"

    def save_verb(self, form):
        return assignments.change_dates(self.object, by=self.request.user, **form.cleaned_data)


class AssignmentRemove(OnAssignment, VerbPage):
    explanation = "Un service qui cesse de saisir reçoit une date de fin ; ne retirez qu’une erreur."
    button_label = "Retirer"
    is_danger = True
    success_message = "L’affectation est retirée."

    def get_title(self) -> str:
        return f"Retirer l’affectation à « {self.object.unit} »"

    def verb(self, obj, *, reason: str):
        assignments.remove(obj, by=self.request.user, reason=reason)


class AssignmentHistory(OnAssignment, HistoryPage):
    permission = Permission.HISTORY_VIEW

    def unit_id_of(self, obj: Assignment) -> int:
        return obj.unit_id  # who sees the assignment of a service reads its history

    def get_title(self) -> str:
        return f"Historique de l’affectation à « {self.object.unit} »"
