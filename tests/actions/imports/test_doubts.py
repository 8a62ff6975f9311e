"""What a plan says in two ways is asked: lists in a cell, lines told twice, no column of actions, colours, ranks."""

import pytest

from actions.imports.roles import ACTION, RESPONSIBLE
from core.sheets.reading.model import Marks
from tests.actions.imports.conftest import TITLE, entries_of, read

pytestmark = pytest.mark.django_db
HEADINGS = ["Constat", "Action", "Responsable", "Échéance", "Statut"]
SIGN = ["Attente longue", "Ouvrir un guichet", "SG", "30/06/2017", "À faire"]
POSTER = ["Affichage périmé", "Remplacer les affiches", "RQ", "31/03/2017", "En cours"]


def asked(plan) -> dict[str, str]:
    return {ask.code: ask.proposed for ask in plan.open_asks}


def told(plan, *codes) -> list[tuple[str, ...]]:
    return [tuple(entry.text(code) for code in codes) for entry in entries_of(plan)]


def test_points_in_the_cell_of_an_action_are_one_action_or_several(site):
    points = ["Affichage périmé", "- Remplacer les affiches\n- Prévenir le service", "RQ\nSG", "31/03/2017", "En cours"]
    rows = [[TITLE], HEADINGS, points, SIGN]
    assert asked(read(rows, site=site)) == {"points:Plan": "every"}
    assert told(read(rows, {"points:Plan": "every"}, site=site), ACTION, RESPONSIBLE) == [
        ("Remplacer les affiches", "RQ"),
        ("Prévenir le service", "SG"),
        ("Ouvrir un guichet", "SG"),
    ]
    one = read(rows, {"points:Plan": "one"}, site=site)
    assert told(one, ACTION) == [("- Remplacer les affiches\n- Prévenir le service",), ("Ouvrir un guichet",)]


def test_a_line_told_again_is_left_out_and_one_told_otherwise_is_asked(site):
    again = read([[TITLE], HEADINGS, POSTER, SIGN, POSTER], site=site)
    assert (asked(again), again.counts["created"]) == ({}, 2)
    assert dict(again.accounts.reasons) == {"dit la même chose que la ligne 3": 5}
    rows = [[TITLE], HEADINGS, POSTER, [*POSTER[:3], "31/12/2017", "Fait"]]
    assert asked(read(rows, site=site)) == {"row:Plan!3": ""}
    assert read(rows, {"row:Plan!3": "Plan!4"}, site=site).counts["created"] == 1
    assert read(rows, {"row:Plan!3": "each"}, site=site).counts["created"] == 2


def test_a_table_that_names_no_action_asks_what_its_findings_are(site):
    rows = [[TITLE], [HEADINGS[0], *HEADINGS[2:]], [POSTER[0], *POSTER[2:]]]
    assert asked(read(rows, site=site)) == {"role:Plan:A": "action"}
    assert read(rows, {"role:Plan:A": "finding"}, site=site).counts["created"] == 1


def test_colours_of_texts_and_of_deadlines_are_asked_where_no_words_tell(site):
    rows = [[TITLE], HEADINGS[:4], POSTER[:4], SIGN[:4]]
    inks = {(3, 2): Marks(ink="00B050"), (4, 2): Marks(ink="FF0000")}
    fills = {(3, 4): Marks(fill="00B050"), (4, 4): Marks(fill="FF0000")}
    for marks in (inks, fills):
        found = asked(read(rows, site=site, marks=marks))
        assert list(found) == ["word:status:couleur vert 00b050", "word:status:couleur rouge ff0000"]
    assert asked(read([[TITLE], HEADINGS, POSTER, SIGN], site=site, marks=inks)) == {}


def test_small_whole_numbers_without_a_scale_are_asked(site):
    rows = [[TITLE], HEADINGS, [*POSTER[:4], 1], [*SIGN[:4], 4]]
    assert list(asked(read(rows, site=site))) == ["word:status:1", "word:status:4"]
    assert asked(read([[TITLE], HEADINGS, [*POSTER[:4], 20], [*SIGN[:4], 100]], site=site)) == {}


def test_a_state_at_the_end_of_an_item_of_a_mail_is_asked(site):
    lines = ["Actions du COPIL du 12/10/2016 :", "- Ouvrir un guichet (SG, fin juin 2017) : fait à 50 %"]
    plan = read([[line] for line in lines], site=site, is_lines=True)
    assert asked(plan) == {"word:status:fait a 50 %": "ongoing"}


def test_an_impossible_date_is_asked_even_when_nothing_is_near(site):
    rows = [[TITLE], HEADINGS, POSTER, ["A", "B", "RQ", "32/12/2016", "À faire"], ["C", "D", "RQ", "bientôt", "Fait"]]
    assert asked(read(rows, site=site)) == {"word:deadline:32 12 2016": ""}
