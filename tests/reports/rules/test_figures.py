"""The figures of a computed part: their codes, their rows, what is said beside them."""

from reports.rules import figures

PART = """<p class="summary" data-rows="/liste/">12 reçues.</p><p>Aucune n’attend.</p><p class="lead">Par canal :</p>
<table class="a"><caption>Reçues en 2022, par «\u202fcanal\u202f»</caption><tbody><tr><th scope="row">M</th>
<td data-rows="/pourquoi/">12</td></tr></tbody></table>
<p class="table-note">Une note.</p>
<div class="chart" data-rows="/ailleurs/"><svg><title>La courbe</title></svg></div>
<table><tr><td>1</td></tr></table><table><caption>Reçues en 2021, par canal</caption></table>"""


def marked(html: str = PART) -> str:
    return figures.marked(html, rows="/lignes/?a=1&b=2", told=lambda code: f"[{code}]")


def test_each_figure_has_a_code_without_its_year_and_a_second_one_a_number():
    found = figures.figures_of(marked())
    assert [(one.code, one.label) for one in found] == [
        ("recues-en-par-canal", "Reçues en 2022, par « canal »"),
        ("la-courbe", "La courbe"),
        ("sans-titre", "Sans titre"),
        ("recues-en-par-canal-2", "Reçues en 2021, par canal"),
    ]
    assert figures.figures_of(marked(PART.replace("2022", "2023")))[0].code == found[0].code
    assert "data-" not in found[0].html


def test_what_is_said_of_a_figure_stands_after_it_and_its_note():
    html = marked()
    assert '<p class="table-note">Une note.</p>[recues-en-par-canal]' in html
    assert "</svg></div>[la-courbe]" in html


def test_what_leaves_the_house_leads_to_its_rows_in_place():
    html = figures.referred(marked(), "https://qualite.invalid")
    link = '<a class="to-rows" href="https://qualite.invalid'
    assert f'<p>{link}/lignes/?a=1&amp;b=2">Aucune n’attend.</a></p>' in html
    assert f'<caption>{link}/lignes/?a=1&amp;b=2">Reçues en 2022, par «\u202fcanal\u202f»</a></caption>' in html
    assert f'<td>{link}/pourquoi/">12</a></td>' in html
    assert f'<div class="chart">{link}/ailleurs/"><svg><title>La courbe</title></svg></a></div>' in html
    assert "data-" not in html


def test_a_sentence_that_holds_a_link_keeps_it_alone():
    html = '<p data-rows="/liste/">Voir <a href="/x/">x</a>.</p>'
    assert figures.led(html) == '<p>Voir <a href="/x/">x</a>.</p>'


def test_who_is_of_the_house_is_led_to_the_rows():
    html = figures.led(marked())
    assert '<p class="summary"><a class="to-rows" href="/liste/">12 reçues.</a></p>' in html
    assert '<p><a class="to-rows" href="/lignes/?a=1&amp;b=2">Aucune n’attend.</a></p><p class="lead">Par' in html
    assert '<td><a class="to-rows" href="/pourquoi/">12</a></td>' in html
    assert html.count('<p class="rows"><a href="/lignes/?a=1&amp;b=2">Voir les données') == 3
    assert html.count('<p class="rows"><a href="/ailleurs/">Voir les données') == 1
    assert "data-" not in html
    assert figures.plain(marked()).replace("[", "").count("data-") == 0
    assert figures.plain(figures.marked(PART, rows="/x/", told=lambda code: "")) == figures.plain(PART)
