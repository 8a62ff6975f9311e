"""What contradicts itself, for whoever writes the report: a site and a year, each line one click from its mending."""

from organisations.permissions import Permission
from reports import contradictions
from reports.views.site_year import SiteYearPage


class Contradictions(SiteYearPage):
    """The checks of a site and year; without a choice, the first site and the year under way."""

    permission = Permission.REPORT_EDIT
    template_name = "reports/contradictions.html"
    title = "Contradictions"
    breadcrumbs = (("Bilans qualité", "reports:reports"),)

    def get(self, request):
        found = contradictions.of_year(self.site, self.year, user=request.user)
        return self.render(
            found=[one for one in found if one.contradictions],
            clear=[one.check for one in found if not one.contradictions],
            number=sum(len(one.contradictions) for one in found),
        )
