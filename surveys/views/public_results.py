"""The results of a closed campaign for everyone: the text alternative of its poster, where its QR code leads."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from surveys.enums import Language
from surveys.models import Campaign
from surveys.rules.phrases import phrases_in
from surveys.services import public_editions


@method_decorator(login_not_required, name="dispatch")
class PublicResults(View):
    """The edition in force, as it was reviewed; nothing is said of any other campaign."""

    def get(self, request, code):
        campaign = Campaign.objects.published().select_related("site").filter(code=code).first()
        if campaign is None:
            raise Http404
        context = {
            "content": public_editions.shown(campaign),
            "campaign": campaign,
            "is_preview": False,
            "words": phrases_in(Language.FRENCH),
            "point": None,
        }
        return render(request, "surveys/public/results.html", context)
