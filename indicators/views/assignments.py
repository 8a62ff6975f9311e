"""Assignments of an indicator to services: add, change dates, remove, history."""

from core.pages.section import Add, Change, History, Remove, Section
from indicators.forms.catalogue import AssignForm, AssignmentDatesForm
from indicators.models import Assignment
from indicators.services import assignments
from indicators.views.catalogue import EDIT, OF_INDICATOR


class Assignments(Section):
    """The site's référent decides of the service that enters an indicator."""

    name, path, permission = "indicators:assignment", "affectations/<int:pk>/", EDIT
    queryset = Assignment.objects.select_related("indicator", "site", "unit")
    parent = OF_INDICATOR

    create = Add(
        "catalogue/<slug:code>/affecter/",
        AssignForm,
        assignments.assign,
        is_held_anywhere=True,  # the form offers the services one decides for
        title="Affecter à des services",
        button_label="Affecter",
        success_message="Les services choisis saisiront cet indicateur.",
    )
    edit = Change(
        AssignmentDatesForm,
        assignments.change_dates,
        title="Modifier l’affectation à « {0.unit} »",
        success_message="Les dates sont enregistrées.",
    )
    remove = Remove(
        assignments.remove,
        at="retirer",
        title="Retirer l’affectation à « {0.unit} »",
        explanation="Un service qui cesse de saisir reçoit une date de fin ; ne retirez qu’une erreur.",
        button_label="Retirer",
        success_message="L’affectation est retirée.",
    )
    history = History(title="Historique de l’affectation à « {0.unit} »")
