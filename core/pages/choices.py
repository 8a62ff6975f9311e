"""Rows offered in a list under headings, so that no two options read alike: units by site…"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField as FilterField

Groups = Callable[[Any], Mapping[str, list[tuple[Any, str]]]]  # of the rows: those of each heading, with their label


class _Grouped(ModelChoiceIterator):
    """The choices of a field that knows its `groups`."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for heading, rows in self.field.groups(self.queryset.all()).items():
            yield heading, [(self.field.prepare_value(row), label) for row, label in rows]


class GroupedField(forms.ModelChoiceField):
    """One row, found under its heading."""

    iterator = _Grouped

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        self.groups = groups
        super().__init__(*args, **kwargs)


class _GroupedFilterField(FilterField):
    iterator = _Grouped

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        self.groups = groups
        super().__init__(*args, **kwargs)


class GroupedFilter(ModelChoiceFilter):
    """The filter of a list by one row, found under its heading: `groups=` says which."""

    field_class = _GroupedFilterField
