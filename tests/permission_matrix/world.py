"""The data of the matrix: a préfecture, two sister sites, one person per role at the first, objects at each place."""

from datetime import date

from organisations.enums import Role
from organisations.models import Unit, User
from tests import action_factories, factories, survey_factories

PLACES = ("own", "other", "parent")


class World:
    """Objects by place, made when first asked for; `own` is where each person has the role."""

    def __init__(self):
        self.prefecture = factories.PrefectureFactory(code="m-13", name="Préfecture")
        sites = {
            place: factories.SousPrefectureFactory(code=f"m-{place}", name=f"Site {place}", parent=self.prefecture)
            for place in ("own", "other")
        }
        self.sites: dict[str, Unit] = {**sites, "parent": self.prefecture}
        self.services = {
            place: factories.ServiceFactory(code=f"m-{place}-accueil", name=f"Accueil {place}", parent=site)
            for place, site in self.sites.items()
        }
        self.users: dict[Role, User] = {
            role: factories.user_with(role, self.sites["own"], email=f"{role}@example.invalid") for role in Role
        }
        self.stranger = factories.UserFactory()
        self.me: User = self.users[Role.QUALITY_REFERENT]  # the person whose turn it is
        self._made: dict[tuple, object] = {}

    def site(self, place: str) -> Unit:
        return self.sites[place]

    def service(self, place: str) -> Unit:
        return self.services[place]

    def one(self, factory, place: str, **fields):
        """The object of that factory at that place; give `site=`, `unit=`… as the model needs them."""
        key = (factory, place)
        if key not in self._made:
            self._made[key] = factory(**fields)
        return self._made[key]

    def shared(self, factory, **fields):
        """The object of that factory for all places."""
        return self.one(factory, "all", **fields)

    def job(self, place: str):
        """A finished job that the person asked for ("own"), or that somebody else did."""
        owner = self.me if place == "own" else self.stranger
        key = ("job", owner.pk)
        if key not in self._made:
            self._made[key] = factories.DoneJobFactory(requested_by=owner)
        return self._made[key]

    def person(self, place: str) -> User:
        """Somebody with a role that a référent may give, at that place."""
        return self.membership(place).user

    def membership(self, place: str):
        return self.one(factories.MembershipFactory, place, unit=self.services[place], role=Role.CONTRIBUTOR)

    def delegation(self, place: str):
        """A role of somebody, lent to somebody else, at that place."""
        return self.one(
            factories.MembershipFactory, f"delegation {place}", unit=self.services[place],
            role=Role.HEAD_OF_SERVICE, valid_until=date(2099, 1, 1),
            delegated_from=factories.MembershipFactory(unit=self.services[place]),
        )  # fmt: skip

    def closed_day(self, place: str):
        return self.one(factories.ClosedDayFactory, place, site=self.sites[place], date=date(2026, 5, 15))

    def holiday(self):
        return self.shared(factories.HolidayFactory)

    def campaign(self, place: str):
        return self.one(factories.CampaignFactory, place, site=self.sites[place])

    def indicator(self):
        return self.shared(factories.IndicatorFactory)

    def assignment(self, place: str):
        return self.one(
            factories.AssignmentFactory, place, indicator=self.indicator(), unit=self.services[place],
            site=self.sites[place],
        )  # fmt: skip

    def value(self, place: str):
        self.assignment(place)
        return self.one(
            factories.ValueFactory, place, indicator=self.indicator(), unit=self.services[place], site=self.sites[place]
        )

    def reading(self, place: str):
        self.value(place)
        return self.one(factories.ReadingFactory, place, indicator=self.indicator(), site=self.sites[place])

    def snapshot(self, place: str):
        return self.one(factories.SnapshotFactory, place, site=self.sites[place])

    def grid_import(self, place: str):
        return self.one(factories.GridImportFactory, place, site=self.sites[place])

    def report(self, place: str):
        return self.one(factories.AnnualReportFactory, place, site=self.sites[place])

    def chapter(self, place: str):
        return self.one(factories.ChapterFactory, place, report=self.report(place))

    def edition(self, place: str):
        return self.one(factories.EditionFactory, place, report=self.report(place))

    def perimeter(self, place: str):
        return self.one(factories.PerimeterFactory, place, site=self.sites[place], module=self.module())

    def referential(self):
        return self.shared(factories.ReferentialFactory)

    def module(self):
        return self.shared(factories.ModuleFactory, referential=self.referential())

    def engagement(self):
        return self.shared(factories.EngagementFactory, module=self.module())

    def plan(self, place: str):
        return self.one(action_factories.PlanFactory, place, site=self.sites[place])

    def finding(self, place: str):
        return self.one(action_factories.FindingFactory, place, plan=self.plan(place))

    def action(self, place: str):
        """An action whose responsible is the service of the place."""
        made = self.one(action_factories.ActionFactory, place, finding=self.finding(place))
        self.one(action_factories.ActionResponsibleFactory, place, action=made, unit=self.services[place])
        return made

    def survey(self, place: str):
        """An open satisfaction survey."""
        return self.one(survey_factories.SurveyCampaignFactory, place, site=self.sites[place])

    def collection_point(self, place: str, channel: str = "web"):
        """A way in of the open survey."""
        return self.one(
            survey_factories.CollectionPointFactory, f"{channel} {place}", campaign=self.survey(place), channel=channel
        )

    def closed_survey(self, place: str):
        """A satisfaction survey that was closed."""
        return self.one(
            survey_factories.SurveyCampaignFactory, f"closed {place}", site=self.sites[place], state="closed"
        )

    def paper_form(self, place: str):
        """A form typed from paper, by somebody else."""
        return self.one(
            survey_factories.ResponseFactory, f"paper {place}", campaign=self.survey(place), channel="paper"
        )

    def mystery(self, place: str):
        """An open mystery campaign, hidden from whom it tests."""
        return self.one(
            survey_factories.SurveyCampaignFactory, f"mystery {place}", site=self.sites[place], kind="mystery",
            questionnaire=self.shared(survey_factories.QuestionnaireFactory, kind="mystery"),
        )  # fmt: skip

    def scenario(self, place: str):
        return self.one(survey_factories.ScenarioFactory, place, campaign=self.mystery(place))
