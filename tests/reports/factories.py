"""Factories of the annual report."""

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from reports.models import AnnualReport, Chapter, Edition
from tests.core.factories import DoneJobFactory
from tests.organisations.factories import SousPrefectureFactory


class AnnualReportFactory(DjangoModelFactory):
    class Meta:
        model = AnnualReport

    site = SubFactory(SousPrefectureFactory)
    year = 2020


class ChapterFactory(DjangoModelFactory):
    class Meta:
        model = Chapter

    report = SubFactory(AnnualReportFactory)
    title = "Le mot du référent"


class EditionFactory(DjangoModelFactory):
    """A rendered report, with the job that made it."""

    class Meta:
        model = Edition

    report = SubFactory(AnnualReportFactory)
    number = 1
    job = SubFactory(DoneJobFactory)
    pages = 12
    file = SelfAttribute("job.result_file")
    name = SelfAttribute("job.result_name")
    digest = SelfAttribute("job.result_digest")
