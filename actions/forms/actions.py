"""Forms of actions: what is decided, by whom and by when."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone

from actions.forms.choices import DeadlineField, PeopleField, UnitsField, people_around, units_around
from actions.forms.plans import REASON
from actions.models import Action
from actions.rules.responsibles import Responsible
from core.pages.forms import ModelForm
from organisations.models import Unit

WORDS_HELP = "Quand le document nomme quelqu’un que l’application ne connaît pas ; séparés par des points-virgules."


class ResponsiblesForm(forms.Form):
    """Who answers: units, people, or words. `responsibles` gives them in the order they had."""

    units = UnitsField(label="Services responsables")
    people = PeopleField(label="Personnes responsables")
    words = forms.CharField(label="Autres responsables", required=False, max_length=500, help_text=WORDS_HELP)

    def offer(self, site: Unit) -> None:
        today = timezone.localdate()
        self.fields["units"].queryset = units_around(site, on=today)
        self.fields["people"].queryset = people_around(site, on=today)

    def keep(self, rows: Sequence) -> None:
        """Start from the responsibles there are; one whose unit was closed since stays a choice."""
        self.fields["units"].queryset |= Unit.objects.filter(pk__in=[row.unit_id for row in rows if row.unit_id])
        self.fields["people"].queryset |= self.fields["people"].queryset.model.objects.filter(
            pk__in=[row.user_id for row in rows if row.user_id]
        )
        self.initial |= initial_of(rows)
        self.before = [Responsible(row.unit, row.user, row.words) for row in rows]

    @property
    def responsibles(self) -> list[Responsible]:
        """Those who stay first, then the new ones: units, people, words."""
        data = self.cleaned_data
        chosen = [Responsible(unit=unit) for unit in data["units"]]
        chosen += [Responsible(user=person) for person in data["people"]]
        chosen += [Responsible(words=words) for words in split_words(data["words"])]
        wanted = {one.key: one for one in chosen}
        stay = [one for one in getattr(self, "before", []) if wanted.pop(one.key, None)]
        return [*stay, *wanted.values()]


class ActionForm(ResponsiblesForm, ModelForm):
    """An action; an empty text means that the finding says it all."""

    class Meta:
        model = Action
        fields = ("text", "comment", "expected_effect")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "comment": forms.Textarea(attrs={"rows": 3}),
            "expected_effect": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "text": "Vide quand le constat dit à lui seul ce qu’il faut faire.",
            "expected_effect": "Ce qui doit changer : un indicateur, un critère d’enquête, une pratique.",
        }

    def __init__(self, *args, site: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(site)


class NewActionForm(ActionForm):
    """A new action, with its first promise."""

    deadline = DeadlineField(required=False)
    field_order = ("text", "deadline", "units", "people", "words", "comment", "expected_effect")


class ActionEditForm(ActionForm):
    """The same action. What was done is told in notes, its status with them; another deadline asks why."""

    deadline = DeadlineField(required=False)
    reason = forms.CharField(
        **REASON | {"help_text": "Obligatoire pour changer une échéance promise. Gardée dans l’historique."}
    )
    field_order = ("text", "deadline", "units", "people", "words", "expected_effect", "reason")

    class Meta(ActionForm.Meta):
        fields = ("text", "expected_effect")

    def __init__(self, *args, responsibles: Sequence, **kwargs):
        super().__init__(*args, **kwargs)
        self.keep(responsibles)
        self.fields["deadline"].current = self.instance.deadline
        self.initial |= {"deadline": self.instance.deadline}


def initial_of(rows: Sequence) -> dict:
    """What the three fields show of these responsibles."""
    return {
        "units": [row.unit_id for row in rows if row.unit_id],
        "people": [row.user_id for row in rows if row.user_id and not row.unit_id],
        "words": " ; ".join(row.words for row in rows if not row.unit_id and not row.user_id),
    }


def split_words(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
