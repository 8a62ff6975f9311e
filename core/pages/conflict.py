"""Two people changed the same file: what differs, and the version the person chooses for each field."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.base.words import in_words

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class FieldDifference:
    """A field on which the two versions differ, in words."""

    name: str
    label: str
    mine: str
    theirs: str
    choice_name: str
    is_mine_proposed: bool


def compare(submitted: forms.BaseForm, current: forms.BaseForm, base: forms.BaseForm | None) -> list[FieldDifference]:
    """The fields whose submitted value is not the one saved in between.

    `base` is the form as the person found it: a field left alone is proposed as the other person saved it.
    """
    visible = [name for name in submitted.fields if not submitted[name].is_hidden]
    differing = [name for name in visible if _as_posted(submitted, name) != _as_posted(current, name)]
    return [
        FieldDifference(
            name=name,
            label=submitted[name].label,
            mine=_in_words(submitted, name),
            theirs=_in_words(current, name),
            choice_name=_choice_name(name),
            is_mine_proposed=base is None or _as_posted(submitted, name) != _as_posted(base, name),
        )
        for name in differing
    ]


def keep_chosen(data: QueryDict, current: forms.BaseForm) -> QueryDict:
    """The posted data, with the saved value put back in each field where the person chose it."""
    chosen = [name for name in current.fields if data.get(_choice_name(name)) == THEIRS]
    if not chosen:
        return data
    data = data.copy()
    for name in chosen:
        data.setlist(current.add_prefix(name), _as_posted(current, name))
    return data


def _choice_name(name: str) -> str:
    return f"_keep_{name}"


def _as_posted(form: forms.BaseForm, name: str) -> list[str]:
    """The value of a field as a browser would post it."""
    bound = form[name]
    value = bound.value()
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    formatted = bound.field.widget.format_value(value)
    values = formatted if isinstance(formatted, (list, tuple)) else [formatted]
    return [str(item).replace("\r\n", "\n") for item in values if item not in (None, "")]


def _in_words(form: forms.BaseForm, name: str) -> str:
    field, value = form.fields[name], form[name].value()
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        labels = {str(key): label for key, label in _flat(field.choices)}
        values = value if isinstance(value, (list, tuple)) else [value]
        return in_words([labels.get(str(item), item) for item in values])
    try:
        cleaned = field.clean(value)
    except ValidationError:
        cleaned = value
    return in_words(list(cleaned) if isinstance(field, forms.ModelMultipleChoiceField) else cleaned)


def _flat(choices):
    for key, label in choices:
        yield from label if isinstance(label, (list, tuple)) else [(key, label)]
