"""Pages about the site itself, open to everybody, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView


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


def bad_request(request, exception):
    """The page of a request that is not understood, or too big to be read."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
