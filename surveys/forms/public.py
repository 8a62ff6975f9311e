"""What a form of the public sends, read without trusting it; the names of its fields are those of its template.

No cookie: a token signed by us says which point drew the form, and when.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from surveys.enums import Language
from surveys.models import CollectionPoint
from surveys.rules.wording import PREFIX
from surveys.services.public import Sent

KEY, LANGUAGE, DAY, TRAP, TOKEN = "cle", "langue", "jour", "site_web", "jeton"
TOKEN_HEADER, CLOCK_HEADER = "X-Form-Token", "X-Device-Clock"
FILLED = "rempli"  # milliseconds of the tablet's clock when the form was finished
LONGEST = timedelta(days=1)
LONGEST_TEXT_SENT_BACK = 6_000
_signer = signing.TimestampSigner(salt="surveys.form")


def token_of(point: CollectionPoint) -> str:
    """For the form drawn now at a point."""
    return _signer.sign(str(point.pk))


def opened_at(point: CollectionPoint, token: str) -> datetime | None:
    """When the form was drawn; None for a token that is not of that point, or is over."""
    try:
        drawn_for = _signer.unsign(token, max_age=LONGEST)
    except signing.BadSignature:
        return None
    if drawn_for != str(point.pk):
        return None
    seconds = signing.b62_decode(token.rsplit(":", 2)[1])
    return datetime.fromtimestamp(seconds, UTC)


def read(request: HttpRequest, point: CollectionPoint) -> Sent:
    """The key, the answers by code of question, the language, the day a tablet tells, and the trap of robots."""
    data = request.POST
    return Sent(
        key=_key(data.get(KEY, "")),
        answers=answers_in(data),
        language=language_in(data),
        answered_on=_day_filled(request) or _day(data.get(DAY, "")),
        is_trapped=bool(data.get(TRAP)),
        opened_at=opened_at(point, request.headers.get(TOKEN_HEADER) or data.get(TOKEN, "")),
    )


def answers_in(data: QueryDict) -> dict[str, str | list[str]]:
    """{code: answer}, or the list of answers where there are several."""
    found = {}
    for name in data:
        if name.startswith(PREFIX):
            given = data.getlist(name)
            found[name.removeprefix(PREFIX)] = given[0] if len(given) == 1 else given
    return found


def cut(answers: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Answers to draw again: a text far beyond what is taken is not sent back whole."""
    longest = LONGEST_TEXT_SENT_BACK
    return {code: given[:longest] if isinstance(given, str) else given for code, given in answers.items()}


def key_in(data: QueryDict) -> UUID | None:
    return _key(data.get(KEY, ""))


def language_in(data: QueryDict, default: str = Language.FRENCH) -> Language:
    """The language asked for; the default one when it is not ours."""
    asked = data.get(LANGUAGE, "")
    return Language(asked if asked in Language.values else default)


def _day_filled(request: HttpRequest) -> date | None:
    """The day of the form of a tablet, whose clock may be wrong: counted back from now by its own clock."""
    try:
        elapsed = float(request.headers[CLOCK_HEADER]) - float(request.POST[FILLED])
        return timezone.localdate(timezone.now() - timedelta(milliseconds=max(0.0, elapsed)))
    except (KeyError, ValueError, OverflowError):
        return None


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
