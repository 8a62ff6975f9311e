"""What text a chapter may hold."""

import pytest

from reports.rules.texts import clean_text, lines_of, plain_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p> </p>", ""),
        ("<p>&nbsp;</p>", ""),
        ('<a href="javascript:x()">l</a>', '<a rel="noopener noreferrer">l</a>'),
        ('<img src="file:///etc/passwd">texte', "texte"),
        ('<p style="color:red">t</p>', "<p>t</p>"),
        ('<p onclick="x()">t</p>', "<p>t</p>"),
        ("<script>x()</script><p>t</p>", "<p>t</p>"),
        ("<svg><script>x()</script></svg>t", "t"),
        ("<h1>t</h1>", "<h3>t</h3>"),
        ('<img src="http://127.0.0.1/a.png" alt="a">', ""),
        ('<img src="data:image/png;base64,AAAA" alt="a">', ""),
        ('<img src="/bilans/images/7/../8/" alt="a">', ""),
        (
            '<p><img src="https://qualite.invalid/bilans/images/7/" alt="Le hall" onerror="x()" style="a"></p>',
            '<p><img src="/bilans/images/7/" alt="Le hall"></p>',
        ),
        (
            '<table><tr><td colspan="9999">t</td></tr></table>',
            '<table><tbody><tr><th scope="col">t</th></tr></tbody></table>',
        ),
        ("<h3>t</h3>", "<h3>t</h3>"),
        ('<img src="/bilans/images/7/" alt="a > <b>">', '<img src="/bilans/images/7/" alt="a &gt; &lt;b&gt;">'),
        (
            '<img alt="><script>alert(1)</script>" src="/bilans/images/7/">',
            '<img alt="&gt;&lt;script&gt;alert(1)&lt;/script&gt;" src="/bilans/images/7/">',
        ),
        ('<p>t</p><img src="http://127.0.0.1/" alt="><script>alert(1)</script>">', "<p>t</p>"),
        ('<p>t</p><img src="http://127.0.0.1/" alt=" src=">', "<p>t</p>"),
    ],
)
def test_rich_text_keeps_only_what_a_chapter_may_hold(html, expected):
    assert clean_text(html) == expected


def test_a_level_of_heading_is_never_skipped():
    assert clean_text("<h4>a</h4><p>t</p><h3>b</h3><h4>c</h4>") == "<h3>a</h3><p>t</p><h3>b</h3><h4>c</h4>"


def test_words_are_read_without_tags_nor_entities():
    assert plain_text("<p>L’accueil &amp; le <b>hall</b></p>") == "L’accueil & le hall"


def test_each_paragraph_and_item_is_a_line():
    html = "<h3>Un</h3><p>deux<br>trois</p><ul><li>quatre</li><li>cinq</li></ul><p> </p>"
    html += '<p><img src="/bilans/images/7/" alt="Le hall"></p><table><tr><th>six</th><td>sept</td></tr></table>'
    assert lines_of(html)[-2:] == ["[image : Le hall]", "six sept"]
    assert lines_of(html)[:5] == ["Un", "deux", "trois", "– quatre", "– cinq"]
