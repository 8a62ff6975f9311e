"""Factories of the annual report."""

from datetime import date
from io import BytesIO

import factory
from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory
from PIL import Image

from core.base.digests import digest_of_chunks
from reports.enums import Document, Step
from reports.models import (
    AnnualReport,
    Chapter,
    Edition,
    EditionStep,
    FigureNote,
    FrozenChapter,
    PrintedFile,
    ProofComment,
    Proofreading,
    Publication,
    ReportImage,
    WrittenDraft,
)
from tests.core.factories import DoneJobFactory
from tests.organisations.factories import SousPrefectureFactory, UserFactory


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


class FigureNoteFactory(DjangoModelFactory):
    """What is said beside a table."""

    class Meta:
        model = FigureNote

    chapter = SubFactory(ChapterFactory)
    figure = "les-plans"
    label = "Les plans"
    text = "<p>Un mot.</p>"


class WrittenDraftFactory(DjangoModelFactory):
    """What somebody typed in a chapter and has not saved."""

    class Meta:
        model = WrittenDraft

    chapter = SubFactory(ChapterFactory)
    author = SubFactory(UserFactory)
    text = "<p>Un début.</p>"


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


class FrozenChapterFactory(DjangoModelFactory):
    """A chapter of an edition, as it was printed."""

    class Meta:
        model = FrozenChapter

    edition = SubFactory(EditionFactory)
    position = 1
    number = 1
    title = "Les enquêtes"
    body = "<p>Des mots.</p>"


class PrintedFileFactory(DjangoModelFactory):
    """A plaquette kept as it was made."""

    class Meta:
        model = PrintedFile

    report = SubFactory(AnnualReportFactory)
    document = Document.PLAQUETTE
    file = factory.django.FileField(filename="plaquette.pdf", data=b"%PDF-1.7")
    name = "plaquette.pdf"
    digest = digest_of_chunks([b"%PDF-1.7"])
    length = "2 pages"


class EditionStepFactory(DjangoModelFactory):
    """An edition validated."""

    class Meta:
        model = EditionStep

    edition = SubFactory(EditionFactory)
    step = Step.VALIDATED


class PublicationFactory(DjangoModelFactory):
    """An edition published to the direction."""

    class Meta:
        model = Publication

    edition = SubFactory(EditionFactory)
    roles = "|management|"


class ProofreadingFactory(DjangoModelFactory):
    """The link of somebody outside."""

    class Meta:
        model = Proofreading

    edition = SubFactory(EditionFactory)
    reader = "Mme Relectrice"
    expires_on = date(2099, 1, 1)


class ProofCommentFactory(DjangoModelFactory):
    """A remark on a chapter."""

    class Meta:
        model = ProofComment

    proofreading = SubFactory(ProofreadingFactory)
    chapter = SubFactory(FrozenChapterFactory)
    text = "Un mot manque."


def png(width: int = 4, height: int = 3, colour: str = "navy", **options) -> bytes:
    """An image of one colour."""
    target = BytesIO()
    Image.new("RGB", (width, height), colour).save(target, options.pop("kind", "PNG"), **options)
    return target.getvalue()


class ReportImageFactory(DjangoModelFactory):
    """An image kept with its digest."""

    class Meta:
        model = ReportImage

    report = SubFactory(AnnualReportFactory)
    file = factory.django.FileField(filename="image.png", data=png())
    name = "image.png"
    width, height = 4, 3
    digest = digest_of_chunks([png()])
