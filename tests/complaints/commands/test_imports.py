"""A tracking table by the command: read as services write it, refused at its cells, balanced and printed."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from complaints.models import Complaint, ComplaintImport, Suspension, Tally
from core.models import Identity
from core.record import identities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "at_the_end_of_2022")]
HEADS = (
    "N°;Date de réception;Canal;Nature;Dans le champ;Thème;Service;Accusé de réception le;Répondu le;Transmis à;"
    "Suspendu du;Suspendu au;Nom;Courriel;Objet"
)
ROWS = (
    "1;01/03/2022;Courriel;Réclamation;oui;RDV;BDE;02/03/2022;08/03/2022;;;;DURAND Anne;anne@example.invalid;Attente",
    "2;01/03/2022;courrier;suggestion;oui;Machine à café;Bureau inconnu;10/03/2022;;BDE;;;M. Martin;;Café",
    "3;01/03/2022;mél;Réclamation;hors champ;;;02/03/2022;;;;;;;Titre de séjour",
    "4;01/03/2022;urne;Réclamation;oui;courtoisie;;;;;;;;;",
    "5;02/03/2022;guichet;Réclamation;;;;;;;;;;;",
    "6;02/03/2022;courriel;félicitations;;;;;;;;;;b@example.invalid;Merci",
    "7;03/03/2022;courriel;demande d'informations;;;;04/03/2022;;;;;;c@example.invalid;Permis",
    "8;01/03/2022;formulaire en ligne;R;o;RDV;BDE;;14/03/2022;;02/03/2022;04/03/2022;;d@example.invalid;RDV",
)


def run(command, *args, **options):
    out = StringIO()
    call_command(command, *map(str, args), stdout=out, **options)
    return out.getvalue()


def written(tmp_path, *rows, heads=HEADS, name="registre.csv"):
    path = tmp_path / name
    path.write_text("\n".join((heads, *rows)), encoding="utf-8")
    return path


@pytest.fixture
def imported(tmp_path, service):
    return json.loads(run("import_complaints", written(tmp_path, *ROWS), "--unit", "aix", "--format", "json"))


def test_each_line_is_a_case_with_its_dates(imported):
    assert (imported["created"], imported["errors"], imported["asks"]) == (8, [], [])
    rows = json.loads(run("complaints_register", "--unit", "aix", "--year", "2022", "--format", "json"))

    names = ("channel", "kind", "in_scope", "acknowledge_by", "answer_by", "suspended_working_days")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("email", "complaint", True, "2022-03-08", "2022-03-08", 0),
        ("letter", "suggestion", True, "2022-03-15", "2022-03-15", 0),
        ("email", "complaint", False, "2022-03-08", None, None),
        ("urn", "complaint", True, None, None, None),
        ("web_form", "complaint", True, "2022-03-08", "2022-03-10", 2),
        ("desk", "complaint", True, None, None, None),
        ("email", "compliment", True, None, None, None),
        ("email", "information_request", True, None, None, None),
    ]
    judged = [(row["delay_working_days"], row["acknowledged_on_time"], row["answered_on_time"]) for row in rows]
    assert judged == [
        (5, True, True),
        (None, True, False),
        (None, True, None),
        (None, None, None),
        (7, False, False),
        *[(None, None, None)] * 3,
    ]


def test_the_balance_counts_what_the_register_says(imported):
    found = json.loads(run("complaints_balance", "--unit", "aix", "--year", "2022", "--format", "json"))

    assert found == {
        "received": 8,
        "by_channel": {
            "letter": 1, "email": 4, "web_form": 1, "urn": 1, "desk": 1, "phone": 0, "social_network": 0, "sp_plus": 0,
            "other": 0,
        },
        "by_kind": {"complaint": 5, "suggestion": 1, "compliment": 1, "information_request": 1},
        "in_scope": 7,
        "out_of_scope": 1,
        "by_theme": {"RDV": 2, "Machine à café": 1, "courtoisie": 1},
        "acknowledged_on_time": {"count": 3, "base": 4, "rate": 0.75},
        "answered_on_time": {"count": 1, "base": 3, "rate": 1 / 3},
        "mean_delay_working_days": 6,
        "median_delay_working_days": 6,
        "oral_tally": 0,
        "transmitted_without_copy": 1,
    }  # fmt: skip
    assert "Reçues" not in run("complaints_balance", "--unit", "aix", "--year", "2021")


def test_unknown_themes_and_services_stay_as_words_with_a_warning(imported, service):
    assert [(one["cell"], one["message"]) for one in imported["warnings"]] == [
        ("F3", "Le thème « Machine à café » n’est pas dans la liste : gardé en toutes lettres."),
        ("G3", "« Bureau inconnu » n’est pas connu sur ce site : gardé en toutes lettres."),
    ]
    case = Complaint.objects.get(theme_words="Machine à café")
    assert (case.service, case.service_words, case.transmitted_to) == (None, "Bureau inconnu", service)


def test_who_wrote_is_kept_encrypted_and_the_file_is_emptied(imported):
    record = ComplaintImport.objects.get()

    assert (record.preview, record.shown, bool(record.file)) == ({}, {}, False)
    assert Identity.objects.count() == 6
    case = Complaint.objects.get(identity__in=identities.find(email="anne@example.invalid"))
    told = identities.read(case.identity, by=None, why="Essai")
    assert told == {"name": "DURAND Anne", "email": "anne@example.invalid", "subject": "Attente"}
    assert not any(word in json.dumps(imported) for word in ("DURAND", "example.invalid", "Titre de séjour"))


def test_the_same_table_again_changes_nothing_and_a_later_one_brings_its_answers(imported, tmp_path, service):
    again = json.loads(run("import_complaints", written(tmp_path, *ROWS), "--unit", "aix", "--format", "json"))
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 8)

    answered = ROWS[1].replace(";10/03/2022;;BDE", ";10/03/2022;14/03/2022;BDE")
    later = written(tmp_path, ROWS[0], answered, *ROWS[2:])
    told = json.loads(run("import_complaints", later, "--unit", "aix", "--format", "json"))
    assert (told["created"], told["changed"], told["unchanged"]) == (0, 1, 7)
    case = Complaint.objects.get(theme_words="Machine à café")
    assert (case.delay_days, f"{case.answered_on:%d/%m}", f"{case.closed_on:%d/%m}") == (9, "14/03", "14/03")
    assert Suspension.objects.count() == 1


BAD = {
    "an answer before the receipt": ("1;01/03/2022;Courriel;R;;;;;28/02/2022;;;;;;", "I2"),
    "a receipt in the future": ("1;01/03/2023;Courriel;R;;;;;;;;;;;", "B2"),
    "an impossible date": ("1;31/02/2022;Courriel;R;;;;;;;;;;;", "B2"),
    "an impossible answer": ("1;01/03/2022;Courriel;R;;;;;31/04/2022;;;;;;", "I2"),
    "an acknowledgement before the receipt": ("1;01/03/2022;Courriel;R;;;;28/02/2022;;;;;;;", "H2"),
    "a case reopened by a suspension": ("1;01/03/2022;Courriel;R;;;;;08/03/2022;;09/03/2022;;;;", "K2"),
    "a wait that ends before it begins": ("1;01/03/2022;Courriel;R;;;;;;;09/03/2022;08/03/2022;;;", "L2"),
    "no receipt": ("1;;Courriel;R;;;;;;;;;;;x", "B2"),
    "a year without holidays": ("1;01/03/1999;Courriel;R;;;;;;;;;;;", "B2"),
}


@pytest.mark.parametrize(("row", "cell"), BAD.values(), ids=BAD)
def test_what_cannot_be_is_an_error_at_its_cell_and_nothing_is_written(tmp_path, row, cell, capsys):
    out = StringIO()
    path = written(tmp_path, row, ROWS[2])
    with pytest.raises(CommandError) as refused:
        call_command("import_complaints", str(path), "--unit", "aix", "--format", "json", stdout=out)

    assert refused.value.returncode == 1
    assert "\n" not in str(refused.value)
    told = json.loads(out.getvalue())
    assert [one["cell"] for one in told["errors"]] == [cell]
    assert (told["created"], Complaint.objects.count(), Identity.objects.count()) == (0, 0, 0)


def test_a_closed_case_is_not_reopened_by_a_table(tmp_path):
    heads = "N°;Date de réception;Canal;Répondu le;Statut"
    run("import_complaints", written(tmp_path, "1;15/03/2022;courriel;17/03/2022;clos", heads=heads), "--unit", "aix")
    out = StringIO()
    path = written(tmp_path, "1;15/03/2022;courriel;;en cours", heads=heads)
    with pytest.raises(CommandError, match="il ne se rouvre pas"):
        call_command("import_complaints", str(path), "--unit", "aix", "--format", "json", stdout=out)
    assert [one["cell"] for one in json.loads(out.getvalue())["errors"]] == ["E2"]


def test_an_unknown_channel_is_asked_about_at_its_cell(tmp_path):
    out = StringIO()
    path = written(tmp_path, "1;15/03/2022;pigeon;R;;;;;;;;;;;x")
    with pytest.raises(CommandError) as asked:
        call_command("import_complaints", str(path), "--unit", "aix", "--format", "json", stdout=out)

    assert asked.value.returncode == 3
    assert [(one["code"], one["cells"]) for one in json.loads(out.getvalue())["asks"]] == [
        ("word:channel:pigeon", ["C2"])
    ]
    assert Complaint.objects.count() == 0


GRIDS = {
    "months across": "Indicateur;janv.;févr.;mars;avr.;mai;juin;Cible\nRéclamations;1;2;3;4;5;6;95 %",
    "months down": "Mois;Réclamations reçues\njanvier;1\nfévrier;2\nmars;3\navril;4\nmai;5\njuin;6",
}


@pytest.mark.parametrize("content", GRIDS.values(), ids=GRIDS)
def test_an_indicator_grid_is_refused_in_one_sentence(tmp_path, content):
    path, out = tmp_path / "grille.csv", StringIO()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="grille d’indicateurs, pas un registre") as refused:
        call_command("import_complaints", str(path), "--unit", "aix", "--format", "json", stdout=out)

    assert refused.value.returncode == 1
    assert len(json.loads(out.getvalue())["errors"]) == 1


def test_the_experiences_of_services_publics_plus_come_through_their_channel(tmp_path):
    heads = "ID;Date de publication;Ressenti;Description;Structure;Réponse de la structure;Date de réponse"
    rows = (
        "101;15/03/2022;Négatif;Trop d’attente;Préfecture;Nous ouvrons un guichet;17/03/2022",
        "102;15/03/2022;Positif;Merci;Préfecture;;",
    )
    run("import_complaints", written(tmp_path, *rows, heads=heads), "--unit", "aix")

    found = Complaint.objects.order_by("line_key").values_list("channel", "kind", "delay_days", "is_reachable")
    assert sorted(found, key=str) == [
        ("sp_plus", "complaint", 2, True),
        ("sp_plus", "compliment", None, True),
    ]


def test_strokes_are_counted_apart_from_cases(tmp_path):
    path = tmp_path / "batonnage.csv"
    path.write_text(
        "Date;Canal;Thème;Lieu;Traits\n15/03/2022;guichet;Attente;Hall;||||\n"
        "01/03/2022;téléphone;RDV;Standard;12\n03/2022;guichet;;;IIII I\n02/03/2022;guichet;;;0",
        encoding="utf-8",
    )
    told = json.loads(run("import_tally", path, "--unit", "aix", "--format", "json"))
    assert (told["created"], told["errors"]) == (3, [])
    again = json.loads(run("import_tally", path, "--unit", "aix", "--format", "json"))
    assert (again["created"], again["unchanged"]) == (0, 3)

    found = json.loads(run("complaints_balance", "--unit", "aix", "--year", "2022", "--format", "json"))
    assert (found["received"], found["oral_tally"], Tally.objects.count()) == (0, 21, 3)
    assert found["acknowledged_on_time"] == {"count": 0, "base": 0, "rate": None}


@pytest.mark.parametrize("command", ["complaints_balance", "complaints_register"])
def test_an_unknown_unit_is_refused_in_one_sentence(command):
    with pytest.raises(CommandError, match="Aucune unité n’a le code « nulle-part »"):
        run(command, "--unit", "nulle-part", "--year", "2022")
