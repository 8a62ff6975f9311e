"""A page in words for every refusal, in the layout and language of whoever asks; a script gets a sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from core.base import registries
from core.pages import saving

WORDS = {  # status: title, text
    400: (
        "Demande non comprise",
        "Le lien ou le formulaire envoyé est incomplet. Revenez à la page précédente et recommencez ; rien n’a "
        "été enregistré.",
    ),
    403: (
        "Accès refusé",
        "Votre rôle ne permet pas cette action. Rien n’a été modifié. Si vous en avez besoin, demandez au "
        "référent qualité de votre préfecture.",
    ),
    404: (
        "Page introuvable",
        "La page n’existe pas, a été déplacée, ou ne fait pas partie de votre périmètre.",
    ),
    405: (
        "Rien à lire à cette adresse",
        "C’est l’adresse d’un bouton : ouvrez la page où il se trouve, puis recommencez. Rien n’a été enregistré.",
    ),
    413: (
        "Envoi trop volumineux",
        "Ce qui a été envoyé dépasse la taille acceptée. Revenez à la page précédente et raccourcissez le texte ;"
        " rien n’a été enregistré.",
    ),
    429: (
        "Trop de demandes",
        "Trop de demandes ont été envoyées en peu de temps. Patientez une minute, puis recommencez.",
    ),
    500: (
        "Erreur inattendue",
        "La page n’a pas pu être produite. L’incident est noté dans le journal ; ce qui était enregistré l’est "
        "toujours. Réessayez dans quelques minutes.",
    ),
    503: (
        "Service momentanément interrompu",
        "Rien n’est perdu de ce qui était enregistré. Réessayez dans une minute : revenez à la page précédente, votre "
        "texte y est encore, et envoyez-le de nouveau.",
    ),
}
EXPIRED = (
    "Formulaire expiré",
    "La page est restée ouverte trop longtemps ou la session a changé. Rechargez-la, puis envoyez de nouveau "
    "; rien n’a été enregistré.",
)
TEMPLATE = "core/error.html"
WITHOUT_DATABASE = {500, 503}
SENT_AGAIN = {429, 503}


class ErrorPages:
    """Refusals without a body get their page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in WORDS or response.streaming or response.content or request.method == "HEAD":
            return response
        told = page(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                told[name] = response[name]
        return told


def page(request: HttpRequest, status: int, *, reason: str = "", words: tuple[str, str] | None = None) -> HttpResponse:
    """The page of a status, told in its own words unless others are given; `reason` stands under them."""
    title, text = words or WORDS[status]
    if saving.is_scripted(request):
        outcome = saving.SavingOutcome.LATER if status in SENT_AGAIN else saving.SavingOutcome.REFUSED
        response: HttpResponse = saving.answer(outcome, f"{title}. {text}")
        response.status_code = status
        return response
    for layout in registries.error_layouts:
        if layout.takes(request):
            return layout.render(request, status)
    context = {"status": status, "title": title, "text": text, "reason": reason}
    if status in WITHOUT_DATABASE:
        return HttpResponse(loader.get_template(TEMPLATE).render(context), status=status)
    return render(request, TEMPLATE, context, status=status)
