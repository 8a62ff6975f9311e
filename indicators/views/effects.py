"""The figures that an action should move: said from its page, read on the curve."""

from actions.views.scope import EDIT, OF_ACTION
from core.pages.section import Add, History, Remove, Section
from indicators.forms.effects import ExpectForm
from indicators.models import ExpectedEffect
from indicators.services import effects


class Effects(Section):
    name, path, permission = "indicators:effect", "effets/<int:pk>/", EDIT
    queryset = ExpectedEffect.objects.select_related("indicator", "action__finding__plan__site")
    parent = OF_ACTION

    expect = Add(
        "effets/action/<int:pk>/ajouter/",
        ExpectForm,
        effects.expect,
        takes="action",
        title="Indicateur visé par l’action",
        crumb="Indicateur visé",
        button_label="Enregistrer",
        intro="L’action sera placée sur la courbe de cet indicateur, avec ce qui est lu avant et après.",
        success_message="L’action est placée sur la courbe de l’indicateur.",
    )
    withdraw = Remove(
        effects.withdraw,
        at="retirer",
        reason="optional",
        is_danger=False,
        title="Retirer l’indicateur visé",
        question="Ne plus viser « {0.indicator} » par cette action ?",
        button_label="Retirer",
        success_message="L’indicateur n’est plus visé par cette action ; l’historique le garde.",
    )
    history = History()
