"""The free texts of a campaign: found by theme, place and words; told with what was said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from actions.enums import Theme
from surveys.models import Campaign, Question, Response, Verbatim

UNTAGGED = "a-classer"


@dataclass(frozen=True)
class Text:
    """A free text of a form, its theme, and whether it is hidden."""

    response: Response
    question: Question
    words: str
    theme: str = ""
    is_hidden: bool = False

    @property
    def theme_label(self) -> str:
        return str(Theme(self.theme).label) if self.theme else ""


def responses_with_text(
    campaign: Campaign, questions: Sequence[Question], *, theme: str = "", place: int | None = None, words: str = ""
) -> QuerySet[Response]:
    """The forms that have a free text, the latest first."""
    rows = Response.objects.filter(campaign=campaign, has_text=True).counted().select_related("place")
    if theme == UNTAGGED:
        rows = rows.exclude(pk__in=Verbatim.objects.exclude(theme="").values("response"))
    elif theme:
        rows = rows.filter(pk__in=Verbatim.objects.filter(theme=theme).values("response"))
    if place is not None:
        rows = rows.filter(place=place)
    if words:
        wanted = Q()
        for question in questions:
            wanted |= Q(**{f"answers__{question.code}__icontains": words})
        rows = rows.filter(wanted)
    return rows.order_by("-answered_on", "-pk")


def texts_in(responses: Iterable[Response], questions: Sequence[Question], *, with_hidden: bool) -> list[Text]:
    """The texts of some forms, in one query; hidden ones are left out for those who must not read them."""
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
                if with_hidden or not hidden:
                    found.append(Text(response, question, words, theme, hidden))
    return found


def counts_by_theme(campaign: Campaign) -> list[tuple[str, str, int]]:
    """(code, label, texts) of each theme that has some, the commonest first."""
    seen = Verbatim.objects.filter(response__campaign=campaign, response__withdrawn_at__isnull=True)
    rows = seen.exclude(theme="").values_list("theme").annotate(number=Count("pk")).order_by("-number", "theme")
    return [(theme, str(Theme(theme).label), number) for theme, number in rows]
