"""What became of a save sent by script (static/js/saving.js): one answer for every form of the house.

200 saved        done; `url` where one goes next, `fields` what later saves of the same place must carry
409 conflict     somebody else wrote it meanwhile
422 refused, question    `sentence` says why, or what is asked
401 session      not signed in any more: nothing was done, what waits stays on the device
403 token        the protection token is over: a fresh one comes with the answer
429, 503 later   to be sent again
"""

from enum import StrEnum
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

HEADER = "X-Saving"


class SavingOutcome(StrEnum):
    """What became of it."""

    SAVED = "saved"
    QUESTION = "question"
    CONFLICT = "conflict"
    REFUSED = "refused"
    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - the name of an outcome
    LATER = "later"


STATUSES = {
    SavingOutcome.SAVED: HTTPStatus.OK,
    SavingOutcome.QUESTION: HTTPStatus.UNPROCESSABLE_ENTITY,
    SavingOutcome.CONFLICT: HTTPStatus.CONFLICT,
    SavingOutcome.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    SavingOutcome.SESSION: HTTPStatus.UNAUTHORIZED,
    SavingOutcome.TOKEN: HTTPStatus.FORBIDDEN,
    SavingOutcome.LATER: HTTPStatus.SERVICE_UNAVAILABLE,
}
REFUSED = "Rien n’a été enregistré : ouvrez la page pour voir pourquoi."
SESSION_ENDED = "Votre session est terminée : rien n’a été enregistré."


def is_scripted(request: HttpRequest) -> bool:
    """Whether a script of ours saves, and reads the answer."""
    return HEADER in request.headers


def answer(outcome: SavingOutcome, sentence: str = "", **more) -> JsonResponse:
    """The answer, under the status of its outcome."""
    return JsonResponse({"outcome": outcome, "sentence": sentence, **more}, status=STATUSES[outcome])


class SavingMiddleware:
    """Pages answer a script as they answer a browser; a redirect is a success, the form shown again a refusal."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not is_scripted(request) or _is_read_by_scripts(response):
            return response
        return _translated(response)


def _is_read_by_scripts(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _translated(response: HttpResponse) -> HttpResponse:
    if 300 <= response.status_code < 400:
        told = answer(SavingOutcome.SAVED, url=response.headers["Location"])
    elif response.status_code == HTTPStatus.CONFLICT:
        told = answer(SavingOutcome.CONFLICT, "Quelqu’un a enregistré une autre version entre-temps.")
    elif response.status_code == HTTPStatus.OK:
        told = answer(SavingOutcome.REFUSED, REFUSED)
    else:
        return response
    told.cookies = response.cookies
    return told
