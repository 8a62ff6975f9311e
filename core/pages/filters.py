"""Filters of list pages: the base set, and a search over several fields."""

import django_filters
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
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
    """Every word typed must be found in one of the fields, accents aside: `SearchFilter(fields=["name", "code"])`."""

    def __init__(self, *, fields: list[str], label: str = "Rechercher", **kwargs):
        self.searched = fields
        kwargs.setdefault("validators", [ProhibitNullCharactersValidator()])
        kwargs.setdefault("max_length", 100)
        super().__init__(label=label, **kwargs)

    def filter(self, qs, value):
        for word in (value or "").split():
            found = Q()
            for name in self.searched:
                found |= Q(**{f"{name}__folded__contains": folded(word)})
            qs = qs.filter(found)
        return qs


class DayFilter(django_filters.Filter):
    """A day typed or chosen: `DayFilter(field_name="date", lookup_expr="gte", label="Depuis le")`."""

    field_class = DateField
