"""Sending a survey file, and what a person decides on its preview."""

from collections.abc import Mapping, Sequence

from django import forms

from core.errors import UserError
from core.forms import Form
from core.imports.words import plain
from surveys.imports.headings import LEFT_OUT, TARGET_LABELS, key_of
from surveys.imports.plan import Plan
from surveys.models import Campaign, Question
from surveys.rules.answers import item_of
from surveys.services.intake import check_day

LEAVE = "-"  # of a select: leave out
LONGEST_ID = 12


class UploadForm(Form):
    """A file of answers."""

    file = forms.FileField(
        label="Fichier des réponses",
        help_text="Export de Sphinx, LimeSurvey ou d’un tableur : .csv, .xlsx, .ods ou .xls, de 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods,.xls"}),
        error_messages={"empty": "Le fichier est vide : vérifiez que vous avez choisi le bon."},
    )


def choices_of(data, plan: Plan, *, former: Mapping, questions: Sequence[Question], campaign: Campaign) -> dict:
    """The choices posted, over the former ones; what does not exist is left as it was. UserError on a wrong day."""
    return {
        "columns": former.get("columns", {}) | _columns(data, plan, questions),
        "labels": former.get("labels", {}) | _labels(data, plan, questions),
        "places": former.get("places", {}) | _places(data, plan),
        "reversed": data.get("reversed") == "1",
        "ignore_errors": data.get("ignore_errors") == "1",
        "day": _day(data.get("day", former.get("day", "")), campaign),
    }


def _columns(data, plan: Plan, questions: Sequence[Question]) -> dict[str, str]:
    """Headings whose select says something else than what they are: an untouched proposal stays a proposal."""
    targets = {question.code for question in questions} | set(TARGET_LABELS)
    chosen = {}
    for index, column in enumerate(plan.columns):
        asked = data.get(f"colonne-{index}", "")
        if asked == LEAVE:
            if column.needs_decision or column.target:
                chosen[key_of(column.heading.text)] = LEFT_OUT
        elif asked in targets and asked != column.target:
            chosen[key_of(column.heading.text)] = asked
    return chosen


def _labels(data, plan: Plan, questions: Sequence[Question]) -> dict[str, str]:
    accepted = {question.code: item_of(question).accepted for question in questions}
    chosen = {}
    for index, (label, _number) in enumerate(plan.unknown_labels):
        asked = data.get(f"libelle-{index}", "")
        if asked == LEAVE:
            chosen[label.key] = ""
        elif asked in accepted[label.question]:
            chosen[label.key] = asked
    return chosen


def _places(data, plan: Plan) -> dict[str, int]:
    """Places of the file put together with known ones; the plan checks that they exist."""
    chosen = {}
    for index, place in enumerate(plan.places):
        asked = data.get(f"lieu-{index}", "")
        if asked.isdecimal() and len(asked) < LONGEST_ID:
            chosen[plain(place.text)] = int(asked)
    return chosen


def _day(text: str, campaign: Campaign) -> str:
    if not text:
        return ""
    try:
        day = forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"]).clean(text)
    except forms.ValidationError as error:
        raise UserError("Écrivez la date des formulaires comme 08/08/2021.") from error
    check_day(campaign, day)
    return day.isoformat()
