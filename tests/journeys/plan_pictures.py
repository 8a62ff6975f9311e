"""Pictures of the action plans for the guide."""

from datetime import date

from playwright.sync_api import Locator, Page

from tests.journeys.checks import PHONE
from tests.journeys.guide_pictures import Picture

YEAR = date.today().year
START, END = date(YEAR, 6, 30), date(YEAR, 10, 31)


def with_late_action(page: Page) -> Locator:
    """The file of an action whose deadline was moved."""
    page.get_by_role("link", name="Poser une cloison entre les guichets 2 et 3").first.click()
    return page.locator("h1")


PLAN_PICTURES = [
    Picture("plan", "rq", "/plans/1/"),
    Picture("actions-liste", "rq", "/plans/actions/?status=en-retard"),
    Picture("actions-statut", "rq", "/plans/actions/par-statut/"),
    Picture("action", "rq", "/plans/actions/?status=en-retard", with_late_action),
    Picture("actions-telephone", "chef", "/plans/mes-actions/", viewport=PHONE),
    Picture("synthese", "rq", f"/plans/synthese/13-aix/{YEAR}/"),
    Picture("plan-a-une-date", "auditeur", "/plans/etat/02/?au=2016-10-07"),
    Picture("plan-changements", "auditeur", f"/plans/changements/13-aix/?du={START}&au={END}"),
    Picture("sceaux", "auditeur", "/historique/sceaux/"),
]
