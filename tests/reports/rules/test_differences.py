"""What differs between two editions: chapters, figures, sentences."""

from dataclasses import dataclass

from reports.rules.differences import between

TABLE = """<table><caption>Indicateurs</caption><thead><tr><th>Intitulé</th><th>2021</th><th>2022</th></tr></thead>
<tbody><tr><th>Appels aboutis</th><td>90 %</td><td>{}</td></tr></tbody></table>"""


@dataclass
class Printed:
    chapter_id: int | None
    title: str
    body: str
    position: int = 0


def told(before, after):
    return [
        (one.title, one.words, [(change.what, change.before, change.after) for change in one.changes])
        for one in between(before, after)
    ]


def test_the_same_edition_differs_in_nothing():
    chapters = [Printed(1, "Actions", "<p>Fait.</p>"), Printed(2, "Chiffres", TABLE.format("95 %"))]
    assert told(chapters, chapters) == []


def test_a_figure_is_told_by_its_row_and_its_column():
    before, after = ([Printed(2, "Chiffres", f"<p>Bien.</p>{TABLE.format(figure)}")] for figure in ("95 %", "96 %"))
    assert told(before, after) == [("Chiffres", "", [("Indicateurs – Appels aboutis – 2022", "95 %", "96 %")])]


def test_a_key_figure_a_chart_and_a_sentence_are_told():
    front = '<ul class="key-figures"><li><strong>{}</strong> <span>agents formés</span></li></ul>'
    chart = "<svg><title>Appels</title><text>{}</text></svg>"
    before = [Printed(None, "Première page", front.format(40)), Printed(3, "T", f"<p>Un.</p>{chart.format('9')}")]
    after = [Printed(None, "Première page", front.format(41)), Printed(3, "T", f"<p>Deux.</p>{chart.format('8')}")]
    assert told(before, after) == [
        ("Première page", "", [("agents formés", "40", "41")]),
        ("T", "", [("Graphique « Appels »", "Appels9", "Appels8"), ("", "Un.", "Deux.")]),
    ]


def test_chapters_come_leave_move_and_change_their_title():
    before = [Printed(1, "Un", "<p>a</p>"), Printed(2, "Deux", "<p>b</p>"), Printed(3, "Trois", "<p>c</p>")]
    after = [Printed(2, "Deux", "<p>b</p>"), Printed(1, "Le un", "<p>a</p>"), Printed(4, "Quatre", "<p>d</p>")]
    assert told(before, after) == [
        ("Deux", "déplacé", []),
        ("Le un", "s’intitulait « Un », déplacé", []),
        ("Quatre", "ajouté", []),
        ("Trois", "retiré", []),
    ]


def test_an_empty_chapter_is_not_there():
    assert told([Printed(1, "Un", "")], [Printed(1, "Un", "<p>a</p>")]) == [("Un", "ajouté", [])]


def test_words_typed_without_a_paragraph_are_told_whole_whatever_their_marks():
    before = [Printed(1, "Mot", "<div>Un <b>premier</b> mot.</div>Suite.")]
    after = [Printed(1, "Mot", "<div>Un mot <i>corrigé</i>.</div>Suite.")]
    assert told(before, after) == [("Mot", "", [("", "Un premier mot.", "Un mot corrigé.")])]
