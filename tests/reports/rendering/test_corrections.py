"""What a corrected edition changes, printed at its end."""

import pytest

from reports.enums import Step
from reports.models import FrozenChapter
from reports.rendering import corrections
from tests.reports.factories import ChapterFactory, EditionFactory, EditionStepFactory, FrozenChapterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    """A sealed edition with one chapter, which already told a correction of its own."""
    chapter = ChapterFactory()
    edition = EditionFactory(report=chapter.report, number=2)
    FrozenChapterFactory(edition=edition, chapter=chapter, title="Le plan", body="<p>Dix actions.</p>")
    FrozenChapterFactory(edition=edition, position=2, number=None, title="Ce qui change", body="<p>Un mot.</p>")
    EditionStepFactory(edition=edition, step=Step.SEALED)
    return edition


def now(edition, body: str) -> list[FrozenChapter]:
    (chapter,) = edition.chapters.exclude(chapter=None)
    return [FrozenChapter(chapter=chapter.chapter, position=1, title="Le plan", body=body)]


def test_a_corrected_edition_says_at_its_end_what_changed(sealed):
    told = corrections.of(sealed.report, now(sealed, "<p>Onze actions &lt;ici&gt;.</p>"))
    assert told.title == f"Ce qui change depuis l’édition 2 du {sealed.created_at:%d/%m/%Y}"
    assert "<s>Dix actions.</s> → <strong>Onze actions &lt;ici&gt;.</strong>" in told.body
    assert "Un mot" not in told.body


def test_an_edition_that_changes_nothing_or_corrects_none_says_nothing(sealed):
    assert corrections.of(sealed.report, now(sealed, "<p>Dix actions.</p>")) is None
    assert corrections.of(EditionFactory().report, []) is None
