"""« Vos réponses »: what becomes of what the public answers, for everyone, without a cookie."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from surveys.enums import LEAST, Language
from surveys.retention import TERM
from surveys.rules.phrases import phrases_in


@method_decorator(login_not_required, name="dispatch")
class Information(View):
    """Purpose, basis, term, readers, and whom to ask."""

    def get(self, request):
        context = {
            "words": phrases_in(Language.FRENCH),
            "point": None,
            "term": TERM,
            "least": LEAST,
            "contact": settings.DATA_PROTECTION_CONTACT,
        }
        return render(request, "surveys/public/information.html", context)
