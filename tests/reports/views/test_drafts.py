"""What is typed is kept on the server for its author, given back on another device, and overwrites nothing."""

from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone

from core.base.registries import retention_rules
from core.record import history
from organisations.enums import Role
from reports.models import Chapter, FigureNote, WrittenDraft
from reports.services import annual_reports
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.reports.factories import AnnualReportFactory, ChapterFactory, FigureNoteFactory, WrittenDraftFactory

pytestmark = pytest.mark.django_db
SCRIPTED = {"X-Saving": "1", "Accept": "application/json"}


@pytest.fixture
def site():
    return SousPrefectureFactory()


@pytest.fixture
def author(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def chapter(site):
    return ChapterFactory(report=AnnualReportFactory(site=site), title="Les mots", text="<p>Enregistré.</p>")


def draft_in(page) -> dict[str, str]:
    """What the page gives its script back; empty where nothing waits."""
    _before, found, rest = page.text.partition('data-draft-body="')
    return {name: told[0] for name, told in parse_qs(unescape(rest.partition('"')[0])).items()} if found else {}


def type_in(client, chapter, text, **more):
    address = reverse("reports:chapter-draft", args=[chapter.pk])
    return client.post(address, {"title": "Les mots", "text": text, **more}, headers=SCRIPTED)


def test_what_is_typed_comes_back_to_its_author_on_another_device_and_to_nobody_else(client, chapter, author, site):
    version = history.version_of(chapter)
    page = reverse("reports:chapter", args=[chapter.pk])
    assert draft_in(client.get(page)) == {}
    for text in ("<p>Un dé", "<p>Un début.</p><script>x()</script>"):
        assert type_in(client, chapter, text, _version=version).json()["outcome"] == "saved"
    told = draft_in(client.get(page))
    assert told == {"title": "Les mots", "text": "<p>Un début.</p>"} | ({"_version": version} if version else {})
    assert Chapter.objects.get().text == "<p>Enregistré.</p>"
    assert history.version_of(chapter) == version
    client.force_login(user_with(Role.DEPUTY_REFERENT, site))
    assert draft_in(client.get(page)) == {}


def test_it_goes_once_saved_and_a_late_one_of_the_same_words_is_not_given_back(client, chapter, author):
    annual_reports.write_chapter(chapter, title=chapter.title, text="<p>Avant.</p>", by=None)
    version, page = history.version_of(chapter), reverse("reports:chapter", args=[chapter.pk])
    type_in(client, chapter, "<p>Nouveau.</p>", _version=version)
    client.post(page, {"title": "Les mots", "text": "<p>Nouveau.</p>", "_version": version})
    assert (Chapter.objects.get().text, WrittenDraft.objects.count()) == ("<p>Nouveau.</p>", 0)
    type_in(client, chapter, "<p>Nouveau.</p>", _version=version)
    assert draft_in(client.get(page)) == {}


def test_typed_over_a_text_that_changed_meanwhile_it_is_a_conflict_and_stays(client, chapter, author):
    annual_reports.write_chapter(chapter, title=chapter.title, text="<p>Avant.</p>", by=None)
    type_in(client, chapter, "<p>Le mien.</p>", _version=history.version_of(chapter))
    annual_reports.write_chapter(chapter, title=chapter.title, text="<p>D’un autre.</p>", by=None)
    page = reverse("reports:chapter", args=[chapter.pk])
    refused = client.post(page, draft_in(client.get(page)))
    assert refused.status_code == 409
    assert (Chapter.objects.get().text, WrittenDraft.objects.get().text) == ("<p>D’un autre.</p>", "<p>Le mien.</p>")


def test_it_is_given_up_by_its_author(client, chapter, author):
    other = WrittenDraftFactory(chapter=chapter)
    type_in(client, chapter, "<p>Non.</p>")
    type_in(client, chapter, "", forget="1")
    assert list(WrittenDraft.objects.all()) == [other]


def test_a_text_too_long_is_refused_in_a_sentence(client, chapter, author):
    refused = type_in(client, chapter, "m" * 100_001)
    assert (refused.status_code, refused.json()["outcome"]) == (422, "refused")
    assert "trop long" in refused.json()["sentence"]
    assert not WrittenDraft.objects.exists()


def test_beside_a_figure_too(client, chapter, author):
    note = FigureNoteFactory(chapter=chapter)
    address = [chapter.pk, note.figure]
    page = reverse("reports:chapter-figure", args=address)
    client.post(reverse("reports:figure-draft", args=address), {"text": "<p>Un ajout.</p>"}, headers=SCRIPTED)
    assert draft_in(client.get(page)) == {"text": "<p>Un ajout.</p>"}
    annual_reports.comment(chapter, figure=note.figure, label=note.label, text="<p>Un ajout.</p>", by=author)
    assert (WrittenDraft.objects.count(), FigureNote.objects.get().text) == (0, "<p>Un ajout.</p>")


def test_what_was_never_saved_is_forgotten_after_a_month(chapter):
    old, fresh = WrittenDraftFactory(chapter=chapter), WrittenDraftFactory(chapter=chapter)
    WrittenDraft.objects.filter(pk=old.pk).update(typed_at=timezone.now() - timedelta(days=40))
    rule = retention_rules.get("report-drafts")
    assert rule.erase(rule.due(timezone.localdate())) == 1
    assert list(WrittenDraft.objects.all()) == [fresh]
