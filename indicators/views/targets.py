"""Targets of an indicator: add, change, remove, history."""

from core.base.figures import format_figure
from core.pages import AddPage, HistoryPage, UpdatePage
from core.pages.section import Add, Change, History, Remove, Section
from indicators.forms.catalogue import TargetEditForm, TargetForm
from indicators.models import Target
from indicators.services import targets
from indicators.views.catalogue import EDIT, OF_INDICATOR

SAVED = "La cible est enregistrée et les lectures sont à jour."


class TargetAdd(AddPage):
    is_held_anywhere = True  # the form offers the sites one decides for

    def get_initial(self) -> dict:
        return {"direction": self.object.direction}


class TargetEdit(UpdatePage):
    def get_initial(self) -> dict:
        return {
            name: getattr(self.object, name) for name in ("direction", "value", "valid_from", "valid_until", "source")
        }


class TargetHistory(HistoryPage):
    def words(self, field, value, record, names) -> str:
        if field.name == "value":
            return format_figure(value, self.object.indicator.measure)
        return super().words(field, value, record, names)


class Targets(Section):
    """That of a site is its référent's, that of all follows the indicator."""

    name, path, permission = "indicators:target", "cibles/<int:pk>/", EDIT
    queryset = Target.objects.select_related("indicator", "site")
    parent = OF_INDICATOR

    create = Add(
        "catalogue/<slug:code>/cibles/ajouter/",
        TargetForm,
        targets.add,
        page=TargetAdd,
        takes="indicator",
        title="Ajouter une cible",
        intro="La cible en vigueur jusque-là prend fin la veille.",
        success_message=SAVED,
    )
    edit = Change(
        TargetEditForm,
        targets.edit,
        page=TargetEdit,
        takes="indicator",
        title="Modifier la cible : {0.described}",
        success_message=SAVED,
    )
    remove = Remove(
        targets.remove,
        reason="required",
        title="Supprimer la cible : {0.described}",
        explanation="Une cible qui a changé se termine avec une date ; ne supprimez qu’une erreur.",
        success_message="La cible est supprimée.",
    )
    history = History(page=TargetHistory, title="Historique de la cible : {0.described}")
