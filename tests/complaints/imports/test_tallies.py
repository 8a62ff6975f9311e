"""Tallies as desks keep them: strokes drawn, months in words, days without one, columns that are none."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from complaints.models import Tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_the_end_of_2022")]


@pytest.fixture
def tally(tmp_path):
    def read(text):
        path, out = tmp_path / "batonnage.csv", StringIO()
        path.write_text(text, encoding="utf-8")
        try:
            call_command("import_tally", str(path), "--unit", "aix", "--format", "json", stdout=out)
        except CommandError as refused:
            return refused.returncode, json.loads(out.getvalue())
        return 0, json.loads(out.getvalue())

    return read


def test_strokes_are_those_drawn_and_a_dash_is_none(tally):
    signs = ("-", "0", "", "1", "11", "III II", "||||/ ||", "néant", "𝍸||", "卌", "5 + 2")
    lines = [f"{day}/03/2022;Attente;{drawn}" for day, drawn in enumerate(signs, start=13)]
    code, told = tally("\n".join(["Jour;Thème;Traits", *lines]))

    assert (code, {one["why"] for one in told["left_out"]}) == (0, {"aucun trait"})
    counts = [(16, 1), (17, 11), (18, 5), (19, 7), (21, 7), (22, 5), (23, 7)]
    assert list(Tally.objects.order_by("on").values_list("on__day", "count")) == counts


def test_a_month_in_words_stands_for_its_last_day_and_totals_are_left_out(tally):
    code, told = tally(
        "Mois;Canal;Motif;Traits\nJanvier 2022;Guichet;Attente;12\nfévr. 2022;Téléphone;RDV;4\nTotal;;;16"
    )

    assert (code, [one["why"] for one in told["left_out"]]) == (0, ["ligne de total"])
    assert [(f"{on:%d/%m}", count) for on, count in Tally.objects.order_by("on").values_list("on", "count")] == [
        ("31/01", 12),
        ("28/02", 4),
    ]


@pytest.mark.parametrize(
    ("text", "cell", "why"),
    [
        ("Date;Thème;Traits\n14/03/2023;Attente;3", "A2", "à venir"),
        ("Date;Thème;Traits\n14/03/2022;Attente;2,5", "C2", "nombre entier"),
        ("Date;Thème;Traits\n14/03/2022;Attente;-3", "C2", "nombre entier"),
        ("Date;Thème;Traits\n14/03/2022;Attente;1,1", "C2", "nombre entier"),
    ],
)
def test_what_cannot_be_is_said_at_its_cell(tally, text, cell, why):
    code, told = tally(text)

    assert (code, Tally.objects.count()) == (1, 0)
    assert any(one["cell"] == cell and why in one["message"] for one in told["errors"])


WIDE = {
    "a column for each channel": (
        "Date;Guichet;Téléphone\n14/03/2022;3;4\n15/03/2022;;2",
        {("14/03", "desk", "", 3), ("14/03", "phone", "", 4), ("15/03", "phone", "", 2)},
    ),
    "themes and channels, the month in the title": (
        "Bâtonnage de mars 2022;;\n;;\nThème;Accueil;Standard;Total\nAttente;3;;3\nHoraires;1;2;3",
        {("31/03", "desk", "waiting", 3), ("31/03", "desk", "hours", 1), ("31/03", "phone", "hours", 2)},
    ),
    "themes and months, the year in the title": (
        "Réclamations orales 2022;;\nThème;janvier;février\nAttente;3;\nHoraires;1;||\nTotal;4;2",
        {("31/01", "desk", "waiting", 3), ("31/01", "desk", "hours", 1), ("28/02", "desk", "hours", 2)},
    ),
    "a column for each theme": (
        "Jour;Canal;Attente à l’accueil;Horaires d’ouverture\n14/03/2022;Téléphone;3;0\n15/03/2022;Guichet;;2",
        {("14/03", "phone", "waiting", 3), ("15/03", "desk", "hours", 2)},
    ),
}


@pytest.mark.parametrize("shape", WIDE)
def test_several_counts_a_line_are_as_many_tallies(tally, shape):
    text, expected = WIDE[shape]
    code, told = tally(text)

    assert (code, told["created"]) == (0, len(expected)), told
    rows = Tally.objects.values_list("on", "channel", "theme", "count")
    assert {(f"{on:%d/%m}", channel, theme, count) for on, channel, theme, count in rows} == expected
    assert len({row["cell"] for row in told["rows"]}) == len(told["rows"])


@pytest.mark.parametrize("title", ["", "Bâtonnage, version 2021;;\n", "Mis à jour le 3 mars 2021;;\n"])
def test_months_without_a_year_are_asked_once(tally, title):
    code, told = tally(f"{title}Thème;janvier;février\nAttente;3;4")

    assert (code, Tally.objects.count()) == (3, 0)
    assert [ask["question"] for ask in told["asks"]] == ["De quelle année sont ces mois ?"]


@pytest.mark.parametrize("title", ["Édité le 14/03/2022", "Mis à jour en mars 2022", "Situation au 31 mars 2022"])
def test_the_date_of_something_else_is_not_that_of_the_counts(tally, title):
    code, told = tally(f"{title};;\n;;\nThème;Accueil;Standard\nAttente;3;1")

    assert (code, Tally.objects.count()) == (1, 0)
    assert any("Aucune colonne « Jour »" in one["message"] for one in told["errors"])


def test_a_total_that_is_not_the_sum_is_told_at_its_cell(tally):
    code, told = tally("Date;Guichet;Téléphone;Total\n14/03/2022;3;4;9")

    assert (code, Tally.objects.count()) == (0, 2)
    assert [(one["cell"], one["message"]) for one in told["warnings"]] == [
        ("D2", "Le total écrit (9) n’est pas la somme des colonnes (7) : ce sont elles qui sont prises.")
    ]


def test_the_year_of_the_title_serves_the_lines_and_is_asked_where_no_title_has_it(tally):
    code, told = tally("Remarques orales 2022;;\nMois;Canal;Traits\nJanvier;Guichet;12\n15/02;Téléphone;5")
    assert (code, told["asks"]) == (0, [])
    assert [f"{on:%d/%m/%Y}" for on in Tally.objects.order_by("on").values_list("on", flat=True)] == [
        "31/01/2022",
        "15/02/2022",
    ]

    code, told = tally("Mois;Canal;Traits\nJanvier;Guichet;12\nFévrier;Téléphone;5")
    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["A2:A3"]])
    assert "de quelle année" in told["asks"][0]["question"]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("Standard téléphonique – mars 2022\nJour;Thème;Traits\n14/03/2022;Attente;3", ["phone"]),
        ("Accueil téléphonique\nJour;Thème;Traits\n14/03/2022;Attente;3", ["phone"]),
        ("Jour;Lieu;Traits\n14/03/2022;Standard téléphonique;3\n14/03/2022;Hall;2", ["phone", "desk"]),
    ],
)
def test_a_title_or_a_place_that_names_the_channel_says_it(tally, text, channels):
    assert tally(text)[0] == 0
    assert list(Tally.objects.order_by("pk").values_list("channel", flat=True)) == channels


def test_a_tally_that_says_no_channel_is_counted_at_the_desk_and_says_so(tally):
    code, told = tally("Jour;Thème;Traits\n14/03/2022;Attente;3\n15/03/2022;Attente;2")
    assert (code, [one["cell"] for one in told["warnings"]]) == (0, ["C2"])

    code, told = tally("Jour;Attente;RDV\n14/03/2022;3;2")
    assert (code, [one["cell"] for one in told["warnings"]]) == (0, ["B2"])


def test_channels_over_themes_say_both(tmp_path):
    book = Workbook()
    for row in (
        ["Jour", "Guichet", None, "Téléphone", None],
        [None, "Attente", "RDV", "Attente", "RDV"],
        ["14/03/2022", 1, 2, 3, 4],
    ):
        book.active.append(row)
    for block in ("B1:C1", "D1:E1", "A1:A2"):
        book.active.merge_cells(block)
    book.save(tmp_path / "batonnage.xlsx")
    call_command("import_tally", str(tmp_path / "batonnage.xlsx"), "--unit", "aix", stdout=StringIO())

    rows = Tally.objects.order_by("count").values_list("channel", "theme", "count")
    told = [("desk", "waiting", 1), ("desk", "appointment", 2), ("phone", "waiting", 3), ("phone", "appointment", 4)]
    assert list(rows) == told
