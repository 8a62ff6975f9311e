"""The data of the matrix: a préfecture, two sister sites, one person per role at the first, objects at each place."""

from datetime import date

from organisations.enums import Role
from organisations.models import Unit, User
from tests.actions import factories as action_factories
from tests.core.factories import DoneJobFactory, HolidayFactory
from tests.indicators.factories import (
    AssignmentFactory,
    CampaignFactory,
    GridImportFactory,
    IndicatorFactory,
    ReadingFactory,
    SnapshotFactory,
    ValueFactory,
)
from tests.organisations.factories import (
    ClosedDayFactory,
    ClosedDayImportFactory,
    DirectoryImportFactory,
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)
from tests.referential.factories import EngagementFactory, ModuleFactory, PerimeterFactory, ReferentialFactory
from tests.reports.factories import AnnualReportFactory, ChapterFactory, EditionFactory
from tests.surveys import factories as survey_factories
from tests.training import factories as training_factories

PLACES = ("own", "other", "parent")


class World:
    """Objects by place, made when first asked for; `own` is where each person has the role."""

    def __init__(self):
        self.prefecture = PrefectureFactory(code="m-13", name="Préfecture")
        sites = {
            place: SousPrefectureFactory(code=f"m-{place}", name=f"Site {place}", parent=self.prefecture)
            for place in ("own", "other")
        }
        self.sites: dict[str, Unit] = {**sites, "parent": self.prefecture}
        self.services = {
            place: ServiceFactory(code=f"m-{place}-accueil", name=f"Accueil {place}", parent=site)
            for place, site in self.sites.items()
        }
        self.own_unit_ids = {self.sites["own"].pk, self.services["own"].pk}
        self.users: dict[Role, User] = {
            role: user_with(role, self.sites["own"], email=f"{role}@example.invalid") for role in Role
        }
        self.stranger = UserFactory()
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
            self._made[key] = DoneJobFactory(requested_by=owner)
        return self._made[key]

    def person(self, place: str) -> User:
        """Somebody with a role that a référent may give, at that place."""
        return self.membership(place).user

    def membership(self, place: str):
        return self.one(MembershipFactory, place, unit=self.services[place], role=Role.CONTRIBUTOR)

    def delegation(self, place: str):
        """A role of somebody, lent to somebody else, at that place."""
        return self.one(
            MembershipFactory, f"delegation {place}", unit=self.services[place],
            role=Role.HEAD_OF_SERVICE, valid_until=date(2099, 1, 1),
            delegated_from=MembershipFactory(unit=self.services[place]),
        )  # fmt: skip

    def closed_day(self, place: str):
        return self.one(ClosedDayFactory, place, site=self.sites[place], date=date(2026, 5, 15))

    def closed_days_import(self, place: str):
        return self.one(ClosedDayImportFactory, place, site=self.sites[place])

    def directory_import(self, place: str):
        return self.one(DirectoryImportFactory, place, site=self.sites[place])

    def holiday(self):
        return self.shared(HolidayFactory)

    def campaign(self, place: str):
        return self.one(CampaignFactory, place, site=self.sites[place])

    def indicator(self):
        return self.shared(IndicatorFactory)

    def assignment(self, place: str):
        return self.one(
            AssignmentFactory, place, indicator=self.indicator(), unit=self.services[place],
            site=self.sites[place],
        )  # fmt: skip

    def value(self, place: str):
        self.assignment(place)
        return self.one(
            ValueFactory, place, indicator=self.indicator(), unit=self.services[place], site=self.sites[place]
        )

    def reading(self, place: str):
        self.value(place)
        return self.one(ReadingFactory, place, indicator=self.indicator(), site=self.sites[place])

    def snapshot(self, place: str):
        return self.one(SnapshotFactory, place, site=self.sites[place])

    def grid_import(self, place: str):
        return self.one(GridImportFactory, place, site=self.sites[place])

    def report(self, place: str):
        return self.one(AnnualReportFactory, place, site=self.sites[place])

    def chapter(self, place: str):
        return self.one(ChapterFactory, place, report=self.report(place))

    def edition(self, place: str):
        return self.one(EditionFactory, place, report=self.report(place))

    def perimeter(self, place: str):
        return self.one(PerimeterFactory, place, site=self.sites[place], module=self.module())

    def referential(self):
        return self.shared(ReferentialFactory)

    def module(self):
        return self.shared(ModuleFactory, referential=self.referential())

    def engagement(self):
        return self.shared(EngagementFactory, module=self.module())

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

    def training_theme(self):
        return self.shared(training_factories.TrainingThemeFactory)

    def agent(self, place: str):
        """An agent of the service of the place, with a post."""
        made = self.one(training_factories.AgentFactory, place, unit=self.services[place])
        self.one(training_factories.PostFactory, place, agent=made, theme=self.training_theme())
        return made

    def post(self, place: str):
        self.agent(place)
        return self.one(training_factories.PostFactory, place)

    def past_training(self, place: str):
        return self.one(
            training_factories.PastTrainingFactory, place, agent=self.agent(place), theme=self.training_theme()
        )

    def course(self, place: str):
        return self.one(training_factories.CourseFactory, place, unit=self.sites[place])

    def session(self, place: str):
        return self.one(training_factories.SessionFactory, place, course=self.course(place))

    def enrolment(self, place: str):
        return self.one(
            training_factories.EnrolmentFactory, place, session=self.session(place), agent=self.agent(place)
        )

    def agreement(self, place: str):
        return self.one(training_factories.AgreementFactory, place, tutee=self.agent(place))

    def agreement_template(self, place: str):
        return self.one(training_factories.AgreementTemplateFactory, place, unit=self.sites[place])

    def training_import(self, place: str):
        return self.one(training_factories.TrainingImportFactory, place, unit=self.sites[place])
