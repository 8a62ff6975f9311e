"""A word beside a figure: written by its page or by the command, printed in every format, lost by nobody."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from indicators.models import Reading
from organisations.enums import Role
from reports.models import FigureNote
from reports.rendering.formats import as_html, as_odt
from reports.rendering.report import printed_chapter
from reports.rendering.sections import figures_of
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with
from tests.reports.factories import FrozenChapterFactory, PublicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapter(client, report):
    client.force_login(user_with(Role.QUALITY_REFERENT, report.site))
    return report.chapters.get(section="indicators")


@pytest.fixture
def address(chapter):
    return reverse("reports:chapter-figure", args=[chapter.pk, figures_of(chapter)[0].code])


def version_in(page) -> str:
    return page.text.partition('name="_version" value="')[2].partition('"')[0]


def test_it_is_written_beside_the_figure_and_printed_after_it(client, chapter, address):
    listed = client.get(reverse("reports:chapter", args=[chapter.pk])).text
    assert f'href="{address}"' in listed
    page = client.get(address)
    assert "Standard" in page.text
    assert FigureNote.objects.count() == 0
    text = "<h3>Titre</h3><p>Deux <strong>pannes</strong> en juin.</p><script>x()</script>"
    saved = client.post(address, {"text": text, "_version": version_in(page)})
    assert saved.url == reverse("reports:chapter", args=[chapter.pk])
    note = FigureNote.objects.get()
    assert (note.text, note.history.count()) == ("Titre<p>Deux <strong>pannes</strong> en juin.</p>", 1)
    body = printed_chapter(chapter).body
    assert 'figure-note">Titre<p>Deux <strong>pannes</strong> en juin.</p></div>' in body
    assert "« Titre Deux pannes en juin. »" in client.get(saved.url).text
    html, odt = as_html(chapter.report)[0].decode(), as_odt(chapter.report)[0]
    assert ("en juin." in html, "data-figure" in html, "data-rows" in html) == (True, False, False)
    with ZipFile(BytesIO(odt)) as archive:
        assert "pannes" in archive.read("content.xml").decode()


def test_a_second_person_is_shown_both_versions(client, chapter, address):
    first, second = client.get(address), client.get(address)
    client.post(address, {"text": "<p>Le premier.</p>", "_version": version_in(first)})
    refused = client.post(address, {"text": "<p>Le second.</p>", "_version": version_in(second)})
    assert (refused.status_code, "Le premier." in refused.text, "Le second." in refused.text) == (409, True, True)
    assert FigureNote.objects.get().text == "<p>Le premier.</p>"
    version = version_in(refused)
    client.post(address, {"text": "<p>Le second.</p>", "_version": version})
    assert FigureNote.objects.get().text == "<p>Le second.</p>"
    assert client.post(address, {"text": "", "_version": version}).status_code == 409


def test_a_figure_that_is_not_there_has_no_page_and_a_lost_one_keeps_its_words(client, chapter):
    assert client.get(reverse("reports:chapter-figure", args=[chapter.pk, "rien"])).status_code == 404
    FigureNote.objects.create(chapter=chapter, figure="perdue", label="La perdue", text="<p>Gardé.</p>")
    page = client.get(reverse("reports:chapter-figure", args=[chapter.pk, "perdue"])).text
    assert "n’est plus dans le chapitre" in page
    assert "La perdue" in client.get(reverse("reports:chapter", args=[chapter.pk])).text
    assert "Gardé." not in printed_chapter(chapter).body


def test_the_page_of_a_chapter_takes_the_same_queries_whatever_is_said(client, chapter):
    page, counts = reverse("reports:chapter", args=[chapter.pk]), []
    for figure in figures_of(chapter)[:3]:
        FigureNote.objects.create(chapter=chapter, figure=figure.code, label=figure.label, text="<p>Un mot.</p>")
        counts.append(query_count(client, page))
    assert len(counts) == 3
    assert len(set(counts)) == 1


def test_the_command_addresses_a_figure_and_names_those_there_are(chapter, tmp_path, capsys):
    file = tmp_path / "mot.html"
    file.write_text("<p>Deux pannes.</p>", "utf-8")
    code = figures_of(chapter)[0].code
    told = {"unit": chapter.report.site.code, "year": 2020, "chapter": "indicators", "file": file}
    call_command("write_chapter", **told, figure=code)
    assert FigureNote.objects.get().text == "<p>Deux pannes.</p>"
    with pytest.raises(CommandError, match=f"« rien » dans « Les indicateurs.*Il y a : {code}"):
        call_command("write_chapter", **told, figure="rien")


def test_the_page_of_an_edition_leads_to_the_rows_and_a_published_one_names_its_source(client, chapter):
    site, body = chapter.report.site, printed_chapter(chapter).body
    edition = FrozenChapterFactory(edition__report=chapter.report, chapter=chapter, body=body).edition
    reading = Reading.objects.filter(site=site).first()
    why = reverse("indicators:why", args=[reading.indicator.code, site.code, 2020])
    grid = reverse("indicators:grid", args=[site.code, 2020])
    page = client.get(reverse("reports:edition-read", args=[edition.pk])).text
    assert f'<strong><a class="to-rows" href="{why}">' in page
    assert f'<a href="{grid}">Voir les données' in page
    assert client.get(why).status_code == 200
    published = PublicationFactory(edition=edition, roles="|quality_referent|contributor|")
    assert why in client.get(reverse("reports:publication", args=[published.pk])).text
    client.force_login(user_with(Role.CONTRIBUTOR, site))
    page = client.get(reverse("reports:publication", args=[published.pk])).text
    assert (why in page, grid in page, "data-rows" in page) == (False, False, False)
    told = "Source\u00a0: indicateurs saisis chaque mois par les services (Sous-préfecture de Test, 2020)."
    assert told in page
