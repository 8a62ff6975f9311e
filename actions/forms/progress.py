"""What each verb of an action asks for: a day, a comment, a proof, another deadline, a reason, other responsibles."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone

from actions.enums import Effectiveness, Status
from actions.forms.actions import ResponsiblesForm
from actions.forms.choices import DeadlineField
from actions.models import Action
from actions.rules import workflow
from actions.rules.deadlines import is_promise
from actions.rules.proof_files import ACCEPT, ACCEPTED
from core.pages.forms import DateField, Form, ReasonForm
from core.time.fuzzy_dates import FuzzyDate
from organisations.models import Unit

REASON = {
    "label": "Raison",
    "max_length": 500,
    "widget": forms.Textarea(attrs={"rows": 3}),
    "help_text": "Gardée dans l’historique et imprimée avec l’action.",
}
MONTHS = [(3, "3 mois"), (6, "6 mois"), (12, "un an"), (24, "deux ans")]


class DoneForm(Form):
    """The day it was done, and what was done."""

    done_on = DateField(label="Réalisée le")
    comment = forms.CharField(
        label="Ce qui a été fait", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("done_on", timezone.localdate())


class ProofFields(forms.Form):
    """A document that shows it."""

    file = forms.FileField(
        label="Preuve",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=ACCEPTED,
    )
    note = forms.CharField(label="Ce qu’elle montre", required=False, max_length=300)


class ProofForm(ProofFields, Form):
    """A proof alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True


class ActionPointForm(ProofFields, Form):
    """Where an action stands: its status, the day, one more note, a proof; another deadline and why where one is due.

    What each status asks for, the verbs of `services.progress` say.
    """

    status = forms.ChoiceField(label="Où en est-elle ?", widget=forms.RadioSelect)
    done_on = DateField(label="Réalisée le", required=False)
    comment = forms.CharField(
        label="Ce qui a été fait",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une note de plus : celles d’avant restent sur la fiche, avec leur date et leur auteur.",
    )
    deadline = DeadlineField(label="Nouvelle échéance", required=False)
    reason = forms.CharField(**REASON | {"required": False})
    field_order = ("status", "done_on", "deadline", "reason", "comment", "file", "note")

    def __init__(self, *args, action: Action, steers: bool, asked: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        offered = workflow.reachable(action.status, steers=steers)
        self.fields["status"].choices = [(status.value, status.label) for status in offered]
        known = action.done_on if action.status == Status.DONE else timezone.localdate()
        self.initial = {"status": asked if asked in offered else action.status, "done_on": known} | self.initial

    def clean(self):
        """A day that is known is not emptied."""
        data = super().clean()
        is_lacking = not data.get("done_on") and "done_on" not in self.errors and self.initial["done_on"]
        if data.get("status") == Status.DONE and is_lacking:
            self.add_error("done_on", "Indiquez le jour où l’action a été réalisée.")
        return data


class PostponeForm(Form):
    """A later deadline, and why."""

    deadline = DeadlineField(label="Nouvelle échéance")
    reason = forms.CharField(**REASON)


class DeadlineForm(PostponeForm):
    """Another deadline, the status staying as it is; the first one needs no reason."""

    def __init__(self, *args, current: FuzzyDate | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deadline"].current = current
        self.fields["reason"].required = current is None or is_promise(current)


class WhyForm(ReasonForm):
    """A reason alone."""


class MaybeWhyForm(ReasonForm):
    """A reason if there is something to say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"required": False})


class AssignForm(ResponsiblesForm, Form):
    """Responsibles, to add or to put instead of those there are."""

    reason = forms.CharField(**REASON | {"required": False})

    def __init__(self, *args, site: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(site)

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in ("units", "people", "words")):
            raise forms.ValidationError("Choisissez au moins un responsable.")
        return data


class OwnResponsiblesForm(AssignForm):
    """Those of one action, as they are."""

    reason = None

    def __init__(self, *args, responsibles: Sequence, **kwargs):
        super().__init__(*args, **kwargs)
        self.keep(responsibles)


class ReviewAskForm(Form):
    """In how many months the effect is looked at."""

    months = forms.TypedChoiceField(label="Vérifier dans", choices=MONTHS, coerce=int, initial=6)


class ReviewForm(Form):
    """What the review found."""

    result = forms.ChoiceField(
        label="L’action a-t-elle eu l’effet attendu ?", choices=Effectiveness.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label="Ce que vous constatez",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Le chiffre de l’indicateur, un résultat d’enquête, ce que vous avez vu sur place.",
    )
