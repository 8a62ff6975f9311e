"""Tallies whose days are written by their number alone, under the name of a month."""

import pytest

from complaints.models import Tally
from tests.complaints.imports.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_the_end_of_2022")]
ACROSS = "Thème;1;2;3;4;7;8;Total\nAttente;3;;1;;2;;6\nHoraires;1;2;;;;;3"
LAYOUTS = {
    "across": (f"Bâtonnage mars 2022;;;;;;;\n{ACROSS}", {"01/03": 4, "02/03": 2, "03/03": 1, "07/03": 2}),
    "with the day of the week": (
        "Mars 2022;;;;;\nThème;Mar 1;Mer 2;Jeu 3;Ven 4;Lun 7\nAttente;3;;1;;2",
        {"01/03": 3, "03/03": 1, "07/03": 2},
    ),
    "down": (
        "Mars 2022;;\nJour;Guichet;Téléphone\n1;3;2\n2;;1\n3;5;\n4;1;1\n7;1;1\nTotal;10;5",
        {"01/03": 5, "02/03": 1, "03/03": 5, "04/03": 2, "07/03": 2},
    ),
    "two months below each other": (
        "Mars 2022;\nJour;Guichet\n1;3\n2;\n3;5\n4;1\n7;1\n;\nAvril 2022;\nJour;Guichet\n1;3\n2;\n3;5\n4;1\n5;1",
        {"01/03": 3, "03/03": 5, "04/03": 1, "07/03": 1, "01/04": 3, "03/04": 5, "04/04": 1, "05/04": 1},
    ),
    "more lines than the month has days": (
        "Février 2022;\nJour;Guichet\n26;1\n27;2\n28;3\n29;\n30;\n31;",
        {"26/02": 1, "27/02": 2, "28/02": 3},
    ),
    "counts that grow are no days": ("Jour;Guichet\n13/03/2022;1\n14/03/2022;2\nTotal;3", {"13/03": 1, "14/03": 2}),
}


@pytest.fixture
def tally(tmp_path):
    def imported(text):
        path = tmp_path / "batonnage.csv"
        path.write_text(text, encoding="utf-8")
        return read(path, command="import_tally")

    return imported


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_number_is_a_day_of_the_month_named_above(tally, layout):
    text, expected = LAYOUTS[layout]
    code, told = tally(text)

    assert (code, told["asks"]) == (0, [])
    found: dict[str, int] = {}
    for on, count in Tally.objects.values_list("on", "count"):
        found[f"{on:%d/%m}"] = found.get(f"{on:%d/%m}", 0) + count
    assert found == expected


def test_days_of_no_month_are_refused_at_the_first(tally):
    code, told = tally(f"Bâtonnage;;;;;;;\n{ACROSS}")

    assert (code, [(one["cell"], "de quel mois" in one["message"]) for one in told["errors"]]) == (1, [("B2", True)])
