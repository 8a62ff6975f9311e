"""What a form of the public sends, read without trusting it; the names of its fields are those of its template."""

from datetime import date
from uuid import UUID

from django.http import QueryDict

from surveys.enums import Language
from surveys.rules.wording import PREFIX
from surveys.services.public import Sent

KEY, LANGUAGE, DAY, TRAP = "cle", "langue", "jour", "site_web"


def read(data: QueryDict) -> Sent:
    """The key, the answers by code of question, the language, the day a tablet tells, and the trap of robots."""
    return Sent(
        key=_key(data.get(KEY, "")),
        answers=answers_in(data),
        language=language_in(data),
        answered_on=_day(data.get(DAY, "")),
        is_trapped=bool(data.get(TRAP)),
    )


def answers_in(data: QueryDict) -> dict[str, str | list[str]]:
    """{code: answer}, or the list of answers where there are several."""
    found = {}
    for name in data:
        if name.startswith(PREFIX):
            given = data.getlist(name)
            found[name.removeprefix(PREFIX)] = given[0] if len(given) == 1 else given
    return found


def language_in(data: QueryDict, default: str = Language.FRENCH) -> Language:
    """The language asked for; the default one when it is not ours."""
    asked = data.get(LANGUAGE, "")
    return Language(asked if asked in Language.values else default)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
