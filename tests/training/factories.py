"""Factories of training."""

from datetime import date

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, FileField

from tests.organisations.factories import PrefectureFactory, ServiceFactory
from training import models
from training.rules.names import name_key


class TrainingThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.TrainingTheme

    code = Sequence(lambda n: f"theme-{n}")
    name = "Accueil physique"


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = models.Requirement

    theme = SubFactory(TrainingThemeFactory)


class AgentFactory(DjangoModelFactory):
    class Meta:
        model = models.Agent

    unit = SubFactory(ServiceFactory)
    last_name = Sequence(lambda n: f"Dupont{n}")
    first_name = "Jeanne"
    name_key = LazyAttribute(lambda agent: name_key(agent.last_name, agent.first_name))


class PostFactory(DjangoModelFactory):
    class Meta:
        model = models.Post

    agent = SubFactory(AgentFactory)
    unit = LazyAttribute(lambda post: post.agent.unit)
    service = LazyAttribute(lambda post: post.agent.unit.name)
    theme = SubFactory(TrainingThemeFactory)
    taken_on = date(2023, 9, 1)


class PastTrainingFactory(DjangoModelFactory):
    class Meta:
        model = models.PastTraining

    agent = SubFactory(AgentFactory)
    theme = SubFactory(TrainingThemeFactory)
    on = date(2022, 3, 10)


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = models.Course

    unit = SubFactory(PrefectureFactory)
    name = Sequence(lambda n: f"Gestion des conflits {n}")


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = models.Session

    course = SubFactory(CourseFactory)
    unit = LazyAttribute(lambda session: session.course.unit)
    starts_on = date(2022, 5, 12)
    ends_on = LazyAttribute(lambda session: session.starts_on)


class SessionThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.SessionTheme

    session = SubFactory(SessionFactory)
    theme = SubFactory(TrainingThemeFactory)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Enrolment

    session = SubFactory(SessionFactory)
    agent = SubFactory(AgentFactory)


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = models.TutoringAgreement

    tutee = SubFactory(AgentFactory)
    tutor = LazyAttribute(lambda agreement: AgentFactory(unit=agreement.tutee.unit))
    unit = LazyAttribute(lambda agreement: agreement.tutee.unit)
    service = LazyAttribute(lambda agreement: agreement.tutee.unit.name)
    starts_on = date(2023, 9, 15)
    ends_on = date(2024, 3, 14)
    skills = "Orienter un usager, enregistrer un dépôt de titre de séjour"


class AgreementTemplateFactory(DjangoModelFactory):
    class Meta:
        model = models.AgreementTemplate

    unit = SubFactory(PrefectureFactory)
    preamble = "Le tutorat accompagne la prise de poste."


class TrainingImportFactory(DjangoModelFactory):
    class Meta:
        model = models.TrainingImport

    unit = SubFactory(PrefectureFactory)
    file = FileField(filename="suivi.csv", data=b"Agent;Theme;Prise de poste\n")
    name = "suivi.csv"
    digest = "0" * 64
