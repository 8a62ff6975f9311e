"""Factories of the action plans."""

from datetime import date

import factory
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from actions import models
from actions.enums import ExtractFormat, Origin
from core.base.digests import digest_of_chunks
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, UserFactory
from tests.referential.factories import EngagementFactory


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = models.Plan

    site = SubFactory(SousPrefectureFactory)
    title = Sequence(lambda n: f"Plan d’actions {n}")
    origin = Origin.INTERNAL_AUDIT
    origin_on = date(2015, 10, 16)


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = models.Finding

    plan = SubFactory(PlanFactory)
    number = Sequence(lambda n: n + 101)  # none that a test gives by hand
    text = "Enquêtes mystères à programmer"


class FindingEngagementFactory(DjangoModelFactory):
    class Meta:
        model = models.FindingEngagement

    finding = SubFactory(FindingFactory)
    engagement = SubFactory(EngagementFactory)


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = models.Action

    finding = SubFactory(FindingFactory)
    text = "Programmer les enquêtes mystères"


class ActionResponsibleFactory(DjangoModelFactory):
    class Meta:
        model = models.ActionResponsible

    action = SubFactory(ActionFactory)
    unit = SubFactory(ServiceFactory)


class ProofFactory(DjangoModelFactory):
    class Meta:
        model = models.Proof

    action = SubFactory(ActionFactory)
    name = "note.pdf"
    file = factory.django.FileField(filename="note.pdf", data=b"%PDF-1.4")
    digest = digest_of_chunks([b"%PDF-1.4"])


class PlanImportFactory(DjangoModelFactory):
    class Meta:
        model = models.PlanImport

    site = SubFactory(SousPrefectureFactory)
    name = "plan.xlsx"
    file = factory.django.FileField(filename="plan.xlsx", data=b"PK")
    digest = "0" * 64


class ResponsibleMatchFactory(DjangoModelFactory):
    class Meta:
        model = models.ResponsibleMatch

    site = SubFactory(SousPrefectureFactory)
    key = Sequence(lambda n: f"responsable {n}")


class PlanExtractFactory(DjangoModelFactory):
    class Meta:
        model = models.PlanExtract

    site = SubFactory(SousPrefectureFactory)
    stood_on = date(2016, 10, 7)
    format = ExtractFormat.PDF
    state_digest = "0" * 64
    file_digest = "1" * 64


class ReminderSettingsFactory(DjangoModelFactory):
    class Meta:
        model = models.ReminderSettings

    site = SubFactory(SousPrefectureFactory)


class CalendarFeedFactory(DjangoModelFactory):
    class Meta:
        model = models.CalendarFeed

    user = SubFactory(UserFactory)
    token_digest = Sequence(lambda n: f"{n:064d}")


class TwinRefusalFactory(DjangoModelFactory):
    class Meta:
        model = models.TwinRefusal

    first = SubFactory(ActionFactory)
    second = SubFactory(ActionFactory)
