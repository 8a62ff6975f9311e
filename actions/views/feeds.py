"""The calendar that a person subscribes to: its secret address, and the calendar itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from actions.exports.agenda import agenda
from actions.models import CalendarFeed
from actions.services import feeds
from actions.views.scope import EDIT, REPORT
from core.jobs import notices
from core.pages import Page, PermissionRequired


class FeedPage(PermissionRequired, Page, View):
    """Whether the person has an address, since when; draw one, draw another, close it."""

    permission = REPORT
    title = "Mon agenda des échéances"
    breadcrumbs = (("Mes actions", "actions:mine"),)
    template_name = "actions/action/feed.html"

    def get(self, request):
        return self.render(feed=self.feed(), address="", is_steering=request.user.can(EDIT))

    def post(self, request):
        """The secret is shown once, on this answer: nothing keeps it."""
        secret = feeds.draw(by=request.user)
        address = notices.absolute(reverse("actions:feed", args=[secret]))
        response = self.render(feed=self.feed(), address=address, is_steering=request.user.can(EDIT))
        response["Cache-Control"] = "no-store"
        return response

    def feed(self) -> CalendarFeed | None:
        return CalendarFeed.objects.visible_to(self.request.user).first()


class FeedClose(PermissionRequired, View):
    """Close the address."""

    permission = REPORT
    http_method_names = ("post", "options")

    def post(self, request):
        feeds.close(by=request.user)
        messages.success(request, "L’adresse est fermée : les agendas abonnés ne se mettent plus à jour.")
        return HttpResponseRedirect(reverse("actions:feed-settings"))


@method_decorator(login_not_required, name="dispatch")
class Feed(View):
    """The calendar, for a program that knows the secret: no account, no cookie, nothing written."""

    def get(self, request, secret: str):
        user = feeds.owner_of(secret)
        if user is None:
            raise Http404
        content = agenda(feeds.agenda_of(user), name="Échéances du plan d’actions")
        return HttpResponse(
            content,
            content_type="text/calendar; charset=utf-8",
            headers={
                "Content-Disposition": 'inline; filename="echeances.ics"',
                "Cache-Control": "private, no-store",
                "X-Robots-Tag": "noindex",
                "Referrer-Policy": "no-referrer",
            },
        )
