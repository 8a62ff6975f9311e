"""Filters of list pages: the base set, and a search over several fields."""

import django_filters
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat
from django.utils.choices import flatten_choices

from core.base.french import folded
from core.base.words import in_words
from core.pages.forms import DateField, FilterForm


class FilterSet(django_filters.FilterSet):
    """Filters in the State design system; a filter that is wrong shows its error and an empty list."""

    class Meta:
        form = FilterForm

    def get_form_class(self):
        return type("FilterForm", (FilterForm,), {name: filter_.field for name, filter_ in self.filters.items()})

    @property
    def is_active(self) -> bool:
        """Whether the person asked for something."""
        return any(self.data.get(name) for name in self.get_names()) if self.is_bound else False

    def chips(self, url_without) -> list[tuple[str, str, str]]:
        """(parameter, words, address of the list without it) of each filter that is set."""
        if not (self.is_bound and self.form.is_valid()):
            return []
        names = [name for name in self.get_names() if self.data.get(name)]
        return [(name, self._words(name), url_without(name)) for name in names]

    def _words(self, name: str) -> str:
        """« Statut : En retard »."""
        field, value = self.form.fields[name], self.form.cleaned_data[name]
        if hasattr(field, "label_from_instance"):
            shown = field.label_from_instance(value)
        elif hasattr(field, "choices"):
            shown = dict(flatten_choices(field.choices)).get(str(value), value)
        else:
            shown = in_words(value)
        return f"{field.label} : {shown}"

    def get_names(self) -> list[str]:
        return [self.form.add_prefix(name) for name in self.filters]


class SearchFilter(django_filters.CharFilter):
    """Every word typed must be found in one of the fields, accents aside: `SearchFilter(fields=["name", "code"])`.

    The fields of the rows themselves are compared as one text: folding is what a search costs, row by row.
    """

    def __init__(self, *, fields: list[str], label: str = "Rechercher", **kwargs):
        self.searched = fields
        kwargs.setdefault("validators", [ProhibitNullCharactersValidator()])
        kwargs.setdefault("max_length", 100)
        super().__init__(label=label, **kwargs)

    def filter(self, qs, value):
        if not (words := (value or "").split()):
            return qs
        own = [name for name in self.searched if "__" not in name]
        paths = [name for name in self.searched if name not in own]
        if len(own) > 1:
            qs, own = qs.alias(searched=_joined(own)), ["searched"]
        for word in sorted(words, key=_how_rare, reverse=True):  # most rows are then compared with one word
            found = Q()
            for name in (*own, *paths):
                found |= Q(**{f"{name}__folded__contains": folded(word)})
            qs = qs.filter(found)
        return qs


def _how_rare(word: str) -> tuple[bool, int]:
    """A number, then a long word, is found in fewer rows."""
    return any(map(str.isdecimal, word)), len(word)


def _joined(names: list[str]) -> Concat:
    """The fields in one text, a line each: no word is found across two of them."""
    first, *others = names
    return Concat(first, *(part for name in others for part in (Value("\n"), name)), output_field=TextField())


class DayFilter(django_filters.Filter):
    """A day typed or chosen: `DayFilter(field_name="date", lookup_expr="gte", label="Depuis le")`."""

    field_class = DateField
