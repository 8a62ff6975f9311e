"""What the forms of the plans offer: engagements by module, units and people of the préfecture of a site."""

from django import forms
from django.forms.models import ModelChoiceIterator
from django.urls import reverse_lazy

from core.pages.forms import FuzzyDateField, ModelMultipleChoiceField
from organisations.models import Membership, Unit, User
from organisations.rules.units import in_tree_order
from referential.models import Engagement

LONGEST_DEADLINE = 200


class EngagementsField(ModelMultipleChoiceField):
    """Several engagements, by module; those of one referential when the plan follows one."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        rows = Engagement.objects.for_list().order_by(
            "module__referential__in_force_from", "module__position", "module", "position", "code"
        )
        super().__init__(rows, **{"label": "Engagements", "required": False} | kwargs)

    def follow(self, referential_id: int | None) -> None:
        if referential_id:
            self.queryset = self.queryset.filter(module__referential_id=referential_id)


class _Indented(ModelChoiceIterator):
    """Units from the top of the tree down, each under its own."""

    def __iter__(self):
        for unit, depth in in_tree_order(self.queryset.all()):
            value, label = self.choice(unit)
            yield value, f"{'– ' * depth}{label}"


class UnitsField(ModelMultipleChoiceField):
    """Several units of a préfecture, in the order of its tree."""

    widget = forms.CheckboxSelectMultiple
    iterator = _Indented

    def __init__(self, **kwargs):
        super().__init__(Unit.objects.none(), **{"required": False} | kwargs)

    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.sigle} – {unit.name}" if unit.sigle and unit.sigle != unit.name else unit.name


class PeopleField(ModelMultipleChoiceField):
    """Several people who have a role in the préfecture."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), **{"required": False} | kwargs)


class DeadlineField(FuzzyDateField):
    """A deadline in words; the line under it says how they are understood while they are typed."""

    UNDERSTOOD = "echeance-comprise"  # the identifier of that line, which the template of the form holds

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Échéance", "max_length": LONGEST_DEADLINE} | kwargs)
        self.widget.attrs |= {
            "hx-get": reverse_lazy("actions:deadline-words"),
            "hx-trigger": "input changed delay:400ms",
        }
        self.tell_in(self.UNDERSTOOD)

    def tell_in(self, line: str) -> None:
        """Say how the words are understood in the line of that identifier."""
        self.UNDERSTOOD = line
        self.widget.attrs["hx-target"] = f"#{line}"


def units_around(site: Unit, *, on):
    """The units of the préfecture of a site that are active on that day."""
    return Unit.objects.filter(pk__in=ids_around(site)).active(on).order_by("position", "code")


def people_around(site: Unit, *, on):
    """The people who have a role that day in the préfecture of a site."""
    there = Membership.objects.in_force(on).filter(unit_id__in=ids_around(site))
    return User.objects.filter(is_active=True, pk__in=there.values("user_id"))


def ids_around(site: Unit) -> set[int]:
    top = site
    while top.parent is not None:
        top = top.parent
    return Unit.objects.ids_below(top.pk)
