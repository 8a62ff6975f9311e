"""Factories of the surveys."""

import uuid
from dataclasses import asdict
from datetime import date

import factory
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.base.digests import digest_of, digest_of_chunks
from surveys import models
from surveys.enums import CampaignState, Channel, Kind, PublicationKind, QuestionKind, TestChannel
from surveys.publications import content_of
from tests.actions.factories import FindingFactory
from tests.organisations.factories import SousPrefectureFactory
from tests.referential.factories import EngagementFactory


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = models.Questionnaire

    code = Sequence(lambda n: f"questionnaire-{n}")
    title = "Questionnaire de satisfaction"
    kind = Kind.SATISFACTION


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.Question

    questionnaire = SubFactory(QuestionnaireFactory)
    code = Sequence(lambda n: f"critere-{n}")
    position = Sequence(lambda n: n)
    kind = QuestionKind.SCALE
    label = "la courtoisie des agents"


class QuestionEngagementFactory(DjangoModelFactory):
    class Meta:
        model = models.QuestionEngagement

    question = SubFactory(QuestionFactory)
    engagement = SubFactory(EngagementFactory)


class SurveyCampaignFactory(DjangoModelFactory):
    class Meta:
        model = models.Campaign

    code = Sequence(lambda n: f"campagne-{n}")
    kind = Kind.SATISFACTION
    title = "Enquête de satisfaction 2021"
    questionnaire = SubFactory(QuestionnaireFactory)
    site = SubFactory(SousPrefectureFactory)
    starts_on = date(2021, 8, 6)
    ends_on = date(2021, 12, 3)
    state = CampaignState.OPEN


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    site = SubFactory(SousPrefectureFactory)
    code = Sequence(lambda n: f"lieu-{n}")
    name = "Accueil général"


class CollectionPointFactory(DjangoModelFactory):
    class Meta:
        model = models.CollectionPoint

    campaign = SubFactory(SurveyCampaignFactory)
    channel = Channel.WEB
    token = Sequence(lambda n: f"jeton-{n:020d}")


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = models.Scenario

    campaign = SubFactory(SurveyCampaignFactory, kind=Kind.MYSTERY)
    channel = TestChannel.CALL
    title = "Demander les horaires"


class PlannedTestFactory(DjangoModelFactory):
    class Meta:
        model = models.PlannedTest

    scenario = SubFactory(ScenarioFactory)
    campaign = SelfAttribute("scenario.campaign")
    planned_on = date(2021, 9, 1)


class ResponseFactory(DjangoModelFactory):
    class Meta:
        model = models.Response

    campaign = SubFactory(SurveyCampaignFactory)
    key = LazyFunction(uuid.uuid4)
    channel = Channel.WEB
    answered_on = date(2021, 9, 1)


class SurveyImportFactory(DjangoModelFactory):
    class Meta:
        model = models.SurveyImport

    campaign = SubFactory(SurveyCampaignFactory)
    name = "enquete.csv"
    file = factory.django.FileField(filename="enquete.csv", data=b"a;b")
    digest = "0" * 64


class VerbatimFactory(DjangoModelFactory):
    class Meta:
        model = models.Verbatim

    response = SubFactory(ResponseFactory)
    question = SubFactory(QuestionFactory, kind=QuestionKind.TEXT)


class CampaignResultFactory(DjangoModelFactory):
    class Meta:
        model = models.CampaignResult

    campaign = SubFactory(SurveyCampaignFactory)
    digest = "0" * 64


class FeedbackFactory(DjangoModelFactory):
    class Meta:
        model = models.Feedback

    campaign = SubFactory(SurveyCampaignFactory)
    request = "Des sièges dans la salle d’attente"


class CriterionFindingFactory(DjangoModelFactory):
    class Meta:
        model = models.CriterionFinding

    campaign = SubFactory(SurveyCampaignFactory)
    question = SubFactory(QuestionFactory)
    finding = SubFactory(FindingFactory)


class PublicEditionFactory(DjangoModelFactory):
    """What everyone reads of a campaign, as its content stood."""

    class Meta:
        model = models.PublicEdition

    campaign = SubFactory(SurveyCampaignFactory)
    content = LazyAttribute(lambda edition: asdict(content_of(edition.campaign)))
    digest = LazyAttribute(lambda edition: digest_of(edition.content))


class PublicationFactory(DjangoModelFactory):
    class Meta:
        model = models.Publication

    campaign = SubFactory(SurveyCampaignFactory)
    kind = PublicationKind.POSTER_A4
    name = "affiche.pdf"
    file = factory.django.FileField(filename="affiche.pdf", data=b"%PDF-1.4")
    shown_digest = "0" * 64
    file_digest = digest_of_chunks([b"%PDF-1.4"])
