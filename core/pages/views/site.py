"""Pages about the site itself, open to everybody, signed in or not."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from core.base.outages import what_is_away
from core.pages import errors, saving

RETRY_AFTER = 30  # seconds


@method_decorator(login_not_required, name="dispatch")
class SitePage(TemplateView):
    """A public page of the footer: a title, a template and the breadcrumb that follows from them."""

    title = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.title, breadcrumbs=[(self.title, "")], **kwargs)


class AccessibilityPage(SitePage):
    """The declaration of accessibility that RGAA asks for."""

    template_name = "core/accessibility.html"
    title = "Déclaration d’accessibilité"


class SitemapPage(SitePage):
    """Every page the person may open from the menu, and the pages of the footer."""

    template_name = "core/sitemap.html"
    title = "Plan du site"


class HelpPage(SitePage):
    """The first steps of each role."""

    template_name = "core/help.html"
    title = "Aide"


class LegalPage(SitePage):
    """Who publishes, and what is done with personal data."""

    template_name = "core/legal.html"
    title = "Mentions légales et données personnelles"


def server_error(request):
    """The page of an error of ours, or of a moment when the database, the disk or Redis is away: 503, try again.

    Django calls it while it handles the error, whichever middleware or view raised it.
    """
    if what_is_away(sys.exc_info()[1]) is None:
        return errors.page(request, 500)
    answer = errors.page(request, 503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer


def bad_request(request, exception):
    """A request that is not understood, or too big to be read."""
    return errors.page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request, exception):
    return errors.page(request, 403, reason=str(exception))


def not_found(request, exception):
    return errors.page(request, 404)


def csrf_failure(request, reason=""):
    """The protection token is over: a script gets a fresh one and sends again, a person is told."""
    get_token(request)
    if saving.is_scripted(request):
        return saving.answer(saving.SavingOutcome.TOKEN, "Le formulaire est expiré.")
    return errors.page(request, 403, words=errors.EXPIRED)
