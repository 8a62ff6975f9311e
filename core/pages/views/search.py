"""The page of search, and the answers that the field of the header shows as one types."""

from django.http import HttpResponse, JsonResponse
from django.views import View

from core.pages.access import SIGNED_IN, PermissionRequired
from core.pages.page import Page
from core.pages.search import LEAST, best, search

EACH, SHOWN = 10, 8  # of a kind on the page, of all kinds under the field


class SearchPage(PermissionRequired, Page, View):
    """What was typed in the header, by kind; without script the field leads here."""

    permission = SIGNED_IN
    template_name = "core/search.html"
    title = "Recherche"

    def get(self, request) -> HttpResponse:
        words = request.GET.get("q", "").strip()
        if "propositions" in request.GET:
            found = best(search(request.user, words, most=SHOWN), SHOWN)
            return JsonResponse({"found": [one.as_data() for one in found]})
        groups = search(request.user, words, most=EACH)
        return self.render(
            words=words, groups=groups, is_short=len(words) < LEAST, total=sum(len(g.found) for g in groups)
        )
