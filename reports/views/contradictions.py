"""What contradicts itself, for whoever writes the report: a site and a year, each line one click from its mending."""

from organisations.models import Unit
from organisations.permissions import Permission
from organisations.places import is_everywhere, short_name
from reports import contradictions
from reports.views.site_year import SiteYearPage


class Contradictions(SiteYearPage):
    """The checks of a site and year; without a choice, the first site and the year under way."""

    permission = Permission.REPORT_EDIT
    template_name = "reports/contradictions.html"
    title = "Contradictions"
    breadcrumbs = (("Bilans qualité", "reports:reports"),)

    goes_everywhere = True

    @property
    def sites_shown(self) -> list[Unit]:
        """All one's sites where they were chosen so, else one."""
        return self.sites if is_everywhere(self.request) and not self.request.GET.get("site") else [self.site]

    def get(self, request):
        found = [
            (short_name(site.name), one)
            for site in self.sites_shown
            for one in contradictions.of_year(site, self.year, user=request.user)
        ]
        lacking = [(name, one) for name, one in found if one.contradictions]
        wrong = {one.check.code for _name, one in lacking}
        return self.render(
            found=lacking,
            clear=list({one.check.code: one.check for _name, one in found if one.check.code not in wrong}.values()),
            number=sum(len(one.contradictions) for _name, one in lacking),
            is_several=len(self.sites_shown) > 1,
        )
