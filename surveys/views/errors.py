"""Errors of the public: in their layout and their language, leading back to the form, not to the sign-in page."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from core.base.registries import ErrorLayout, error_layouts
from surveys.enums import Language
from surveys.forms import public as forms
from surveys.rules.phrases import phrases_in

PREFIXES = ("/enquetes/r/", "/enquetes/borne/", "/enquetes/mystere/", "/enquetes/resultats/", "/avis/")


def is_public(request: HttpRequest) -> bool:
    return request.path.startswith(PREFIXES)


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """A page of two sentences, drawn without the database."""
    words = phrases_in(_language(request, status))
    title, text = words.error_titles[status]
    context = {"words": words, "title": title, "text": text, "point": None, "status": status, "back": _back(request)}
    return HttpResponse(loader.render_to_string("surveys/public/error.html", context), status=status)


def _language(request: HttpRequest, status: int) -> Language:
    """That of the address, or of what was sent; what is too big, or was not understood, is not read again."""
    sent = request.POST if request.method == "POST" and status not in (400, 413) else request.GET
    return forms.language_in(sent, forms.language_in(request.GET))


def _back(request: HttpRequest) -> str:
    return request.path if request.method == "POST" else ""


def register() -> None:
    error_layouts.register(ErrorLayout("surveys-public", takes=is_public, render=error_page))
