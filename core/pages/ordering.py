"""The order of a list is that of what it shows: French letters for words, the declared rank for choices."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Collate

from core.base.french import FRENCH


def in_french(queryset: QuerySet) -> QuerySet:
    """The queryset with its words in French order and its choices by rank; the key settles ties.

    An order given as an expression, or on what is no field of a model, stays as it is.
    """
    ordering = queryset.query.order_by or queryset.query.get_meta().ordering
    terms = [_as_shown(queryset.model, term) if isinstance(term, str) else term for term in ordering]
    return queryset.order_by(*terms) if {"pk", "-pk"} & set(ordering) else queryset.order_by(*terms, "pk")


def _as_shown(model: type[Model], term: str) -> Any:
    path = term.lstrip("-")
    shown = SHOWN.get(type(_field_at(model, path)), _as_it_is)(_field_at(model, path), path)
    if shown is None:
        return term
    return shown.desc() if term.startswith("-") else shown.asc()


def _field_at(model: type[Model], path: str) -> Field | None:
    """The field at the end of a path of relations; None for an annotation or a part of a JSON value."""
    field: Any = None
    for name in path.split("__"):
        if field is not None and not field.is_relation:
            return None
        try:
            field = (field.related_model if field is not None else model)._meta.get_field(name)
        except FieldDoesNotExist:
            return None
    return field


def _as_it_is(field: Field | None, path: str) -> Expression | None:
    return None


def _words(field: Field, path: str) -> Expression:
    if not field.choices:
        return Collate(F(path), FRENCH)
    ranks = [When(**{path: code}, then=rank) for rank, (code, _) in enumerate(field.flatchoices)]
    return Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())


SHOWN: dict[type, Callable[[Any, str], Expression | None]] = {CharField: _words, TextField: _words}
