"""Fields of the forms of surveys: the choices of a question, the answers on which another one depends."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.text import slugify

from surveys.rules.questions import CHOICE_KEYS

LONGEST_CHOICE = 200
PARTS = CHOICE_KEYS[1:]


class ChoicesField(forms.CharField):
    """One choice a line: in French | easy to read | in English.

    The code of a choice is drawn from its words; it stays when the words change and the number of lines does not.
    """

    widget = forms.Textarea(attrs={"rows": 6})

    def __init__(self, *, current: Sequence[dict] = (), **kwargs):
        self.current = list(current)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, str):
            return value
        rows = [[choice.get(part, "") for part in PARTS] for choice in value or ()]
        return "\n".join(" | ".join(row).rstrip(" |") for row in rows)

    def to_python(self, value):
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)  # the field's own looks at the list made of it, which hides them
        lines = [self._parts(line.strip()) for line in text.splitlines() if line.strip(" |")]
        return self._with_codes(lines)

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "")

    def _parts(self, line: str) -> list[str]:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > len(PARTS) or not parts[0]:
            raise ValidationError(f"« {line[:60]} » ne se lit pas : écrivez « en français | facile à lire | anglais ».")
        if any(len(part) > LONGEST_CHOICE for part in parts):
            raise ValidationError(f"Un choix fait {LONGEST_CHOICE} signes au plus.")
        return [*parts, "", ""][: len(PARTS)]

    def _same_ranks(self, number: int) -> list[str]:
        """The codes at the same places, where there are as many choices: a label may have been written otherwise."""
        return [choice["code"] for choice in self.current] if number == len(self.current) else [""] * number

    def _with_codes(self, lines: list[list[str]]) -> list[dict[str, str]]:
        known = {choice["label"]: choice["code"] for choice in self.current}
        kept = {known[line[0]] for line in lines if line[0] in known}
        codes: list[str] = []
        for rank, (line, same_rank) in enumerate(zip(lines, self._same_ranks(len(lines)), strict=True)):
            former = known.get(line[0], "" if same_rank in kept else same_rank)
            code = former or slugify(line[0])[:40] or "choix"
            codes.append(code if code not in codes else f"{code}-{rank + 1}")
        return [{"code": code} | dict(zip(PARTS, line, strict=True)) for code, line in zip(codes, lines, strict=True)]


class AnswersField(forms.MultipleChoiceField):
    """The answers of another question; those of a question chosen before are forgotten without a word."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        known = {code for code, _words in self.choices}
        return [code for code in super().to_python(value) if code in known]


class AliasesField(forms.CharField):
    """Other headings met in files, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(value or ())

    def to_python(self, value):
        text = super().to_python(value) or ""
        ProhibitNullCharactersValidator()(text)
        return list(dict.fromkeys(line.strip()[:300] for line in text.splitlines() if line.strip()))

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "")
