"""The PDF of a plan: tagged, in landscape, heads on each page, dated and verifiable."""

import io
import re
import shutil
import subprocess

import pikepdf
import pytest

from actions.exports.plan_pdf import plan_html, plan_pdf
from actions.exports.sheets import EngagementGroup, FindingBlock, SheetBand
from tests.actions.exports.documents import DIGEST, FIRST, document, line, sheet, with_actions


def opened(content: bytes):
    return pikepdf.open(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    """The words of each page, spaces folded; only where poppler can read them back."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return [" ".join(page.split()) for page in found.stdout.decode().split("\f")[:-1]]


def tall_group(count: int) -> SheetBand:
    findings = tuple(FindingBlock(f"Constat {n} " + "mot " * 40, (line(),)) for n in range(count))
    return SheetBand("Module", (EngagementGroup(FIRST, findings),))


@pytest.fixture(scope="module")
def printed() -> tuple[bytes, int]:
    return plan_pdf(document(sheet(), sheet(tall_group(30)), with_actions(line(action="Courrier envoyé"))))


def test_the_pdf_is_tagged_in_french_and_lies_on_its_side(printed):
    content, pages = printed
    with opened(content) as pdf:
        assert len(pdf.pages) == pages
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        assert {(round(float(page.MediaBox[2])), round(float(page.MediaBox[3]))) for page in pdf.pages} == {(842, 595)}
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Plans d’actions – Préfecture de l’Aisne – état au 07/10/2016"
            assert metadata["pdf:Keywords"] == f"sha256:{DIGEST}"


def test_the_first_page_names_the_day_the_production_and_the_digest(printed):
    first = texts(printed[0])[0]
    assert "État au 07/10/2016, produit le 22/11/2026 à 10:30" in first
    assert DIGEST in first
    assert "màj 07/10/2016" in first


def test_each_page_repeats_the_heads_and_says_its_number(printed):
    content, pages = printed
    for number, text in enumerate(texts(content), start=1):
        assert "Engagements Constat" in text
        assert f"page {number} sur {pages}" in text


def test_no_page_begins_with_an_empty_engagement():
    content, pages = plan_pdf(document(sheet(tall_group(30))))
    assert pages > 2
    assert [text for text in texts(content) if "1 – Nous vous" not in text] == []


def test_an_engagement_of_few_findings_is_one_cell():
    html = plan_html(document(sheet()))
    assert re.findall(r'<th scope="row" rowspan="(\d+)"', html) == ["2"]


def test_the_words_are_typeset_and_escaped():
    html = plan_html(document(with_actions(line(action="L'accueil : <b>oui</b> !", comment="a\nb"))))
    assert "L’accueil\u00a0: &lt;b&gt;oui&lt;/b&gt;\u202f!" in html
    assert "a<br>b" in html


def test_what_is_gone_is_struck_and_says_so():
    html = plan_html(document(with_actions(line(action="Ancienne", mark="supprimée le 12/03/2020", is_gone=True))))
    assert "<del>Ancienne</del>" in html
    assert '<span class="mark">supprimée le 12/03/2020</span>' in html


def test_a_single_plan_bears_its_own_title():
    html = plan_html(document(sheet()))
    assert "<h1>Plan d’actions suite à l’audit interne du 16/10/2015</h1>" in html
    assert "<h2>" not in html


def test_a_day_without_plan_says_so():
    assert "Aucun plan d’actions n’existait ce jour-là." in plan_html(document())


def test_a_demonstration_says_that_its_data_are_invented(settings):
    settings.DEMO = True
    assert "Démonstration – données inventées" in plan_html(document(sheet()))
