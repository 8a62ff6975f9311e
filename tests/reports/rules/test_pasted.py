"""What Word puts in a paste."""

import re

import pytest

from reports.rules.texts import clean_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=FR>
<p class=MsoTitle>Bilan<o:p></o:p></p>
<h2 style='color:red'>L’accueil</h2>
<p class=MsoNormal><span style='font-family:"Calibri"'>Le <b>hall</b>,
voir <a href="https://exemple.fr/">la page</a>.</span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>
une borne</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>un banc</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>écouter</p>
<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>Mois</p></td><td>Visites</td></tr>
<tr><td>Mai</td><td colspan=1>12</td></tr></table>
<script>alert(1)</script><img src="file:///C:/Users/photo.png"></body></html>"""


def test_a_paste_of_word_keeps_headings_paragraphs_lists_tables_and_links():
    cleaned = clean_text(WORD)
    assert re.sub(r"\s+", " ", cleaned).replace("> ", ">").replace(" <", "<") == (
        "<h3>Bilan</h3><h3>L’accueil</h3>"
        '<p>Le<b>hall</b>, voir<a href="https://exemple.fr/" rel="noopener noreferrer">la page</a>.</p>'
        "<ul><li>une borne</li><li>un banc</li></ul><ol><li>écouter</li></ol>"
        '<table><thead><tr><th scope="col"><p>Mois</p></th><th scope="col">Visites</th></tr></thead>'
        '<tbody><tr><td>Mai</td><td colspan="1">12</td></tr></tbody></table>'
    )
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "heads"),
    [
        ("<table><tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr></table>", ["col", "row"]),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", ["col"]),
        ("<table></table>", []),
    ],
)
def test_every_head_of_a_table_says_what_it_is_the_head_of(html, heads):
    assert [part.split('"')[0] for part in clean_text(html).split('scope="')[1:]] == heads
