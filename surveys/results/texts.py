"""The free texts of a campaign: found by theme, place and words; told with what was said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Contains

from core.base.french import Folded, folded
from referential.enums import Theme
from surveys.models import Campaign, Question, Response, Verbatim
from surveys.rules.people import flags_of

UNTAGGED = "a-classer"


@dataclass(frozen=True)
class FreeText:
    """A free text of a form, its theme, and whether it is hidden."""

    response: Response
    question: Question
    words: str
    theme: str = ""
    is_hidden: bool = False
    has_been_read: bool = False

    @property
    def is_read(self) -> bool:
        """Whether those who serve the public may read it too."""
        return self.has_been_read and not self.is_hidden

    @property
    def flags(self) -> list[str]:
        """What may name somebody: « un numéro de téléphone », « une adresse électronique »."""
        return flags_of(self.words)

    @property
    def theme_label(self) -> str:
        return str(Theme(self.theme).label) if self.theme else ""


def responses_with_text(
    campaign: Campaign,
    questions: Sequence[Question],
    *,
    theme: str = "",
    place: int | None = None,
    words: str = "",
    only_read: bool = False,
) -> QuerySet[Response]:
    """The forms that have a free text, the latest first for who reads them first; the others have those that were read,
    in an order that tells nothing of their arrival."""
    rows = Response.objects.filter(campaign=campaign, has_text=True).counted().select_related("place")
    if only_read:
        rows = rows.filter(pk__in=Verbatim.objects.filter(is_hidden=False).values("response"))
    if theme == UNTAGGED:
        rows = rows.exclude(pk__in=Verbatim.objects.exclude(theme="").values("response"))
    elif theme:
        rows = rows.filter(pk__in=Verbatim.objects.filter(theme=theme).values("response"))
    if place is not None:
        rows = rows.filter(place=place)
    if words:
        wanted = Q()
        for question in questions:
            wanted |= Q(Contains(Folded(KeyTextTransform(question.code, "answers")), Value(folded(words))))
        rows = rows.filter(wanted)
    return rows.order_by("key") if only_read else rows.order_by("-answered_on", "-pk")


def texts_in(responses: Iterable[Response], questions: Sequence[Question], *, with_hidden: bool) -> list[FreeText]:
    """The texts of some forms, in one query; those hidden or not read yet are left out for those who read after."""
    rows = list(responses)
    said = {
        (verbatim.response_id, verbatim.question_id): verbatim
        for verbatim in Verbatim.objects.filter(response__in=rows)
    }
    found = []
    for response in rows:
        for question in questions:
            if words := response.answers.get(question.code):
                verbatim = said.get((response.pk, question.pk))
                theme, hidden = (verbatim.theme, verbatim.is_hidden) if verbatim else ("", False)
                if with_hidden or (verbatim and not hidden):
                    found.append(FreeText(response, question, words, theme, hidden, verbatim is not None))
    return found


def counts_by_theme(campaign: Campaign) -> list[tuple[str, str, int]]:
    """(code, label, texts) of each theme that has some, the commonest first."""
    seen = Verbatim.objects.filter(response__campaign=campaign, response__withdrawn_at__isnull=True)
    rows = seen.exclude(theme="").values_list("theme").annotate(number=Count("pk")).order_by("-number", "theme")
    return [(theme, str(Theme(theme).label), number) for theme, number in rows]
