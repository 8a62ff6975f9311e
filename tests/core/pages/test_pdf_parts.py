"""A document laid out in parts: joined with its tags, bookmarks and true page numbers; what changed alone is redone."""

import io
import os

import pikepdf
import pytest

from core.pages import pdf, pdf_kept, pdf_parts, pdf_processes
from core.pages.pdf_parts import Part, PartError

HEAD = '<!DOCTYPE html><html lang="fr"><head><title>Un document</title></head><body class="part">'
TABLE = (
    '<table><caption>T</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
    '<tbody><tr><th scope="row">c</th><td>1</td></tr></tbody></table>'
)


def chapter(number: int, words: str = "<p>Des mots.</p>") -> tuple[str, str]:
    heading = f'<h2 id="chapitre-{number}">{number}. Chapitre</h2>'
    return f"Chapitre {number}", f'<section class="chapter">{heading}{words}{TABLE}</section>'


def front(pages) -> str:
    links = "".join(f'<p><a href="part:{anchor}" data-page="{page}">{anchor}</a></p>' for anchor, page in pages.items())
    return f"{HEAD}<p>Un document</p>{links}</body></html>"


def parts() -> list[Part]:
    long = "<p>Des mots.</p>" * 200
    return [Part(HEAD, [chapter(1, long), chapter(2)]), Part(HEAD, [chapter(3)])]


@pytest.fixture
def laid_out(monkeypatch):
    """What is laid out, by what it says."""
    made = []
    render = pdf.render_pdf
    monkeypatch.setattr(pdf, "render_pdf", lambda html, **options: made.append(html) or render(html, **options))
    return made


def walk(node, found: list) -> list:
    for kid in node.K if isinstance(node.get("/K"), pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == node.objgen or str(kid.S) == "/L"
            found.append(kid)
            walk(kid, found)
    return found


def test_the_parts_are_one_document_whose_contents_bookmarks_and_tags_are_true():
    content, pages = pdf_parts.render(front, parts())
    with pikepdf.open(io.BytesIO(content)) as whole:
        assert len(whole.pages) == pages
        names = list(whole.Root.Names.Dests.Names)
        place = {page.obj.objgen: number for number, page in enumerate(whole.pages, start=1)}
        pages_of = {str(name): place[target[0].objgen] for name, target in zip(names[::2], names[1::2], strict=True)}
        assert pages_of["chapitre-1"] == 2
        assert pages_of["chapitre-3"] == pages
        with whole.open_outline() as outline:
            assert [item.title for item in outline.root] == ["1. Chapitre", "2. Chapitre", "3. Chapitre"]
        assert [str(link.Dest) for link in whole.pages[0].obj.Annots] == ["chapitre-1", "chapitre-2", "chapitre-3"]
        found = walk(whole.Root.StructTreeRoot.K[0], [])
        heads = [str(one.ID) for one in found if str(one.S) == "/TH"]
        assert len(set(heads)) == len(heads) == 9
        cells = [one for one in found if str(one.S) == "/TD"]
        assert all(str(name) in heads for cell in cells for name in cell.A.Headers)
        entries = list(whole.Root.StructTreeRoot.ParentTree.Nums)
        assert [int(key) for key in entries[::2]] == list(range(len(entries) // 2))
        assert [int(page.obj.StructParents) for page in whole.pages][:2] == [0, 4]
        assert (str(whole.Root.Lang), bool(whole.Root.MarkInfo.Marked), whole.pdf_version) == ("fr", True, "1.7")


def test_a_part_that_says_the_same_is_not_laid_out_again(laid_out):
    pdf_parts.render(front, parts())
    laid_out.clear()
    first, last = parts()
    pdf_parts.render(front, [first, Part(HEAD, [chapter(3, "<p>Autre chose.</p>")])])
    assert ["Autre chose" in html for html in laid_out] == [True]
    laid_out.clear()
    pdf_parts.render(front, [first, last], note="Brouillon")
    assert laid_out == []


def test_a_kept_part_cut_short_is_laid_out_again(settings, laid_out):
    pdf_parts.render(front, parts())
    laid_out.clear()
    for file in pdf_kept._folder().iterdir():
        file.write_bytes(file.read_bytes()[:-10])
    pdf_parts.render(front, parts())
    assert len(laid_out) == len([*parts(), front]) + 1  # one page of contents, where two were expected


def test_the_chapter_that_cannot_be_laid_out_is_named(monkeypatch):
    render = pdf.render_pdf

    def fail(html, **options):
        if "3. Chapitre" in html:
            raise AssertionError("a tag is missing")
        return render(html, **options)

    monkeypatch.setattr(pdf, "render_pdf", fail)
    whole = Part(HEAD, [chapter(2), chapter(3)])
    with pytest.raises(PartError, match="« Chapitre 3 » n’a pas pu être mis en page"):
        pdf_parts.render(front, [whole])


def test_a_file_without_tags_is_none_and_the_chapter_is_named(monkeypatch):
    monkeypatch.setattr("weasyprint.pdf.add_tags", lambda *_args: None)
    with pytest.raises(PartError, match="« Chapitre 3 » n’a pas pu être mis en page"):
        pdf_parts.render(front, [Part(HEAD, [chapter(3)])])
    with pytest.raises(PartError, match="« Première page et sommaire » n’a pas pu être mis en page"):
        pdf_parts.render(front, [])


@pytest.fixture
def two_processes(monkeypatch, settings):
    settings.PRINTING_PROCESSES = 2
    monkeypatch.setattr(pdf_processes, "WORTH", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})


def test_tasks_are_spread_over_two_processes_in_their_order(two_processes):
    made = pdf_processes.spread([(weight, lambda w=weight: b"%d %d" % (w, os.getpid())) for weight in (5, 9, 1)])
    assert [int(one.split()[0]) for one in made] == [5, 9, 1]
    assert len({one.split()[1] for one in made}) == 2


def test_the_error_of_a_process_is_told_and_its_death_too(two_processes):
    def fail() -> bytes:
        raise PartError(["Le plan"])

    with pytest.raises(PartError, match="Le plan"):
        pdf_processes.spread([(9, lambda: b""), (1, fail)])
    with pytest.raises(RuntimeError, match="ended"):
        pdf_processes.spread([(9, lambda: b""), (1, lambda: os._exit(3))])
