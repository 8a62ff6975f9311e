"""Tables of agents: a theme a line, a theme a column, whatever the writing; what is doubtful is asked, at its cell."""

import json

import openpyxl
import pytest

from training.models import Agent, PastTraining, Post, TrainingImport

HEADS = ["Nom", "Prénom", "Service", "Thème", "Prise de poste", "Dernière formation"]
WIDE = ["Agent", "Service", "Date de prise de poste", "Accueil physique", "Accueil téléphonique", "CERT 38 (fraude)"]


def posts():
    rows = Post.objects.select_related("agent", "theme").order_by("agent__last_name", "taken_on", "theme__position")
    return [(str(row.agent), row.theme.name, row.service, row.taken_on.isoformat()) for row in rows]


def test_one_line_per_agent_and_theme(send, due):
    code, told, refusal = send(
        HEADS,
        ["DUPONT", "Jean-Pierre", "Accueil général", "Accueil physique", "01/09/2023", "10/03/2022"],
        ["Dupont", "Jean Pierre", "accueil general", "standard", "01/09/2023", ""],
        ["Martin", "Léa", "CERT permis", "CERT/fraude", "15/02/2021", "02/2022"],
    )

    assert (code, refusal, told["kind"], told["created"]) == (0, "", "agents", 3)
    assert posts() == [
        ("DUPONT Jean-Pierre", "Accueil physique", "Accueil général", "2023-09-01"),
        ("DUPONT Jean-Pierre", "Accueil téléphonique", "Accueil général", "2023-09-01"),
        ("Martin Léa", "CERT (fraude)", "CERT permis", "2021-02-15"),
    ]
    assert due("2024-06-01") == {
        ("DUPONT Jean-Pierre", "Accueil physique"): ("up_to_date", "2026-03-10"),
        ("DUPONT Jean-Pierre", "Accueil téléphonique"): ("to_train", "2024-09-01"),
        ("Martin Léa", "CERT (fraude)"): ("up_to_date", "2026-02-28"),
    }


def test_one_column_per_theme(send, due):
    code, told, refusal = send(
        WIDE,
        ["DUPONT Jean", "Accueil général", "01/09/2023", "10/03/2022", "NC", ""],
        ["MARTIN Léa", "Accueil général", "01/09/2023", "à former", "dispensée (attestation du 02/05/2021)", ""],
        ["BERNARD Luc", "CERT permis", "12/01/2022", "", "", "02/2022"],
    )

    assert (code, refusal, told["created"]) == (0, "", 3)
    assert due("2024-06-01") == {
        ("BERNARD Luc", "CERT (fraude)"): ("up_to_date", "2026-02-28"),
        ("DUPONT Jean", "Accueil physique"): ("up_to_date", "2026-03-10"),
        ("MARTIN Léa", "Accueil physique"): ("to_train", "2024-09-01"),
        ("MARTIN Léa", "Accueil téléphonique"): ("exempt", None),
    }


def test_a_workbook_where_a_month_is_shown_means_its_last_day(send, due, tmp_path):
    from datetime import date

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Suivi des formations 2022"])
    sheet.append([])
    sheet.append(["Nom et prénom", "Affectation", "Prise de poste", "Accueil physique", "Observations"])
    sheet.append(["Mme DUPONT Jeanne", "Accueil général", date(2015, 9, 1), date(2022, 2, 1), "à revoir"])
    sheet["D4"].number_format = "mm/yyyy"
    book.save(tmp_path / "suivi.xlsx")

    code, told, refusal = send.file(tmp_path / "suivi.xlsx")

    assert (code, refusal, told["created"]) == (0, "", 1)
    assert due("2026-02-28") == {("DUPONT Jeanne", "Accueil physique"): ("up_to_date", "2026-02-28")}


def test_the_same_file_again_changes_nothing_and_a_correction_is_told(send):
    rows = [HEADS, ["Dupont", "Jean", "Accueil général", "Accueil physique", "01/09/2023", "10/03/2022"]]
    send(*rows)

    assert send(*rows)[1]["unchanged"] == 1
    assert (Agent.objects.count(), Post.objects.count(), PastTraining.objects.count()) == (1, 1, 1)

    code, told, _ = send(HEADS, ["Jean", "DUPONT", "Accueil général", "Accueil physique", "01/10/2023", "12/03/2024"])
    assert (code, told["changed"]) == (0, 1)
    assert posts() == [("Dupont Jean", "Accueil physique", "Accueil général", "2023-10-01")]
    assert [row.on.isoformat() for row in PastTraining.objects.order_by("on")] == ["2022-03-10", "2024-03-12"]


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (["Dupont", "Jean", "ACC", "Accueil physique", "", ""], "E2", "Prise de poste : cette cellule est vide."),
        (["Dupont", "Jean", "ACC", "Accueil physique", "32/01/2022", ""], "E2", "Le 32 janvier 2022 n’existe pas."),
        (["Dupont", "Jean", "ACC", "Accueil physique", "32/01", ""], "E2", "L’année n’est pas écrite."),
        (["Dupont", "Jean", "ACC", "Accueil physique", "01/09/2023", "10/03/2099"], "F2",
         "La formation du 10/03/2099 est à venir : elle ne compte qu’une fois suivie."),
        (["Dupont", "Jean", "ACC", "Accueil physique", "01/09/2023", "bientôt"], "F2",
         "« bientôt » n’est pas une date."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_cell_and_nothing_is_lost(send, row, cell, words):
    good = ["Martin", "Léa", "ACC", "Accueil physique", "15/02/2021", ""]
    code, told, refusal = send(HEADS, row, good)

    assert code == 1
    assert told["errors"] == [{"sheet": "Feuille 1", "cell": cell, "message": words}]
    assert f"cellule {cell} : {words}" in refusal
    assert told["cells"]["filled"] == told["cells"]["read"]
    assert Agent.objects.count() == 0


def test_an_unknown_theme_is_asked_about_at_its_cell(send):
    code, told, _ = send(HEADS, ["Dupont", "Jean", "ACC", "Jardinage", "01/09/2023", ""])

    assert code == 3
    assert [(ask["cells"], ask["question"]) for ask in told["asks"]] == [(["D2"], "Quel est le thème « Jardinage » ?")]


def test_the_end_of_a_post_before_its_beginning_is_refused(send):
    code, told, _ = send(
        [*HEADS, "Contrat", "Fin de contrat"],
        ["Dupont", "Jean", "ACC", "Accueil physique", "01/09/2023", "", "CDD", "31/08/2023"],
    )

    assert (code, told["errors"][0]["cell"]) == (1, "H2")


def test_a_contract_renewed_is_one_post_and_two_services_are_asked_about(send, due):
    heads = [*HEADS[:5], "Contrat", "Fin de contrat"]
    code, _, refusal = send(
        heads,
        ["Dupont", "Jean", "ACC", "Accueil physique", "01/01/2022", "CDD", "31/12/2022"],
        ["Dupont", "Jean", "ACC", "Accueil physique", "01/01/2023", "CDD", "30/06/2023"],
    )
    assert (code, refusal) == (0, "")
    assert due("2023-03-01") == {("Dupont Jean", "Accueil physique"): ("overdue", "2023-01-01")}
    assert due("2023-07-01") == {}

    code, told, _ = send(heads, ["Dupont", "Jean", "CERT permis", "CERT", "01/09/2023", "", ""])
    assert (code, told["asks"][0]["cells"]) == (3, ["A2"])


def test_two_people_of_one_name_are_asked_about_never_merged(send, tmp_path):
    rows = [
        HEADS,
        ["Martin", "Paul", "Accueil général", "Accueil physique", "01/09/2020", ""],
        ["MARTIN", "Paul", "CERT permis", "CERT", "01/03/2021", ""],
    ]
    code, told, _ = send(*rows)
    assert (code, Agent.objects.count()) == (3, 0)
    [ask] = told["asks"]
    assert ask["cells"] == ["A2:A3"]
    assert ask["question"] == "Les lignes 2, 3 portent le même nom : est-ce une seule personne ?"
    assert "Martin" not in ask["code"]

    layout = tmp_path / "reponses.json"
    send(*rows, dry_run=True, explain=layout)
    answers = json.loads(layout.read_text())
    answers["answers"][ask["code"]] = "several"
    layout.write_text(json.dumps(answers))
    assert send(*rows, layout=layout)[0] == 0
    assert [str(agent) for agent in Agent.objects.all()] == ["MARTIN Paul", "Martin Paul"]

    assert send(*rows, layout=layout)[1]["unchanged"] == 2
    code, told, _ = send(HEADS, ["Paul", "Martin", "Mairie", "Accueil physique", "01/09/2020", ""])
    assert code == 3
    assert [option["label"] for option in told["asks"][0]["options"]][-1] == "une autre personne, à ajouter"


def test_the_same_person_twice(send):
    line = ["Dupont", "Jean", "ACC", "Accueil physique", "01/09/2023", "10/03/2022"]
    other = ["JEAN", "Dupont", "ACC", "Accueil physique", "01/09/2023", "11/03/2022"]
    code, told, _ = send(HEADS, line, ["Jean", "DUPONT", *line[2:]])
    assert (code, told["created"]) == (0, 1)
    assert "dit la même chose que la ligne 2" in json.dumps(told["left_out"], ensure_ascii=False)

    code, told, _ = send(HEADS, line, other)
    assert (code, told["errors"][0]["message"]) == (1, "Cet agent tient déjà ce poste à la ligne 2.")


def test_a_matricule_tells_people_of_one_name_apart(send):
    heads = [*HEADS, "Matricule"]
    code, _, refusal = send(
        heads,
        ["Martin", "Paul", "ACC", "Accueil physique", "01/09/2020", "", "A12"],
        ["Martin", "Paul", "CERT permis", "CERT", "01/03/2021", "", "B34"],
    )

    assert (code, refusal) == (0, "")
    assert [(str(agent), agent.number) for agent in Agent.objects.order_by("number")] == [
        ("Martin Paul", "A12"), ("Martin Paul", "B34"),
    ]  # fmt: skip


def test_who_they_are_is_neither_in_the_history_nor_in_what_is_remembered(send):
    send(HEADS, ["Canariwsky", "Zénobie", "ACC", "Accueil physique", "01/09/2020", ""])

    assert [row.unit.code for row in Agent.history.all()] == ["38-accueil"]
    assert not {field.name for field in Agent.history.model._meta.get_fields()} & set(Agent.PERSONAL)
    history = list(TrainingImport.history.values("counts", "history_change_reason"))
    assert "Canariwsky" not in json.dumps([history, TrainingImport.objects.get().choices])


def test_a_year_on_two_digits_is_of_the_last_century_from_70_on(send):
    code, _, _ = send(HEADS, ["Dupont", "Jean", "ACC", "Accueil physique", "01/09/98", "10/03/21"])

    assert (code, Post.objects.get().taken_on.isoformat()) == (0, "1998-09-01")


@pytest.mark.parametrize("day", ["01/09/1921", "01/09/2098"])
def test_a_post_of_another_age_is_refused(send, day):
    code, told, _ = send(HEADS, ["Dupont", "Jean", "ACC", "Accueil physique", day, ""])

    assert (code, told["errors"][0]["message"]) == (1, f"Prise de poste le {day} : vérifiez l’année.")


@pytest.mark.parametrize("cell", ["T1 2022", "1er trimestre 2022", "2e semestre 2022", "2022"])
def test_a_period_longer_than_a_month_is_no_day_of_a_training(send, cell):
    wanted = f"« {cell} » : écrivez le jour de la formation, ou son mois (« 02/2022 »)."
    for heads, line in (
        (HEADS, ["Dupont", "Jean", "ACC", "Accueil physique", "01/09/2019", cell]),
        (WIDE, ["Dupont Jean", "ACC", "01/09/2019", cell, "", ""]),
    ):
        code, told, _ = send(heads, line)
        assert (code, [one["message"] for one in told["errors"]]) == (1, [wanted])


def test_a_short_name_is_asked_about_or_refused_beside_the_whole_one(send):
    line = ["ACC", "Accueil physique", "01/09/2019", ""]
    code, told, _ = send(HEADS, ["Dupont", "J.", *line], ["Dupont", "Jean", *line])
    assert (code, [one["cell"] for one in told["errors"]]) == (1, ["A2"])

    send(HEADS, ["Dupont", "Jean", *line])
    code, told, _ = send(HEADS, ["Dupont", "J.", *line])
    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["A2"]])

    code, told, _ = send(HEADS, ["Dupond", "Jean", *line])
    assert (code, told["warnings"][0]["message"]) == (
        0,
        "Un agent porte presque ce nom : Dupont Jean. Si c’est le même, corrigez le nom.",
    )


def test_what_tells_no_more_of_an_agent_is_left_out_and_a_birth_is_not_kept(send):
    code, told, _ = send(
        ["Civilité", "Nom d’usage", "Nom de naissance", "Prénom", "Date de naissance", "Thème", "Prise de poste"],
        ["Mme", "MARTIN", "DUBOIS", "Léa", "12/05/1980", "Accueil physique", "01/09/2019"],
    )

    assert (code, str(Agent.objects.get())) == (0, "MARTIN Léa")
    assert {one["why"] for one in told["left_out"]} == {"colonne technique", "donnée personnelle, ni lue ni gardée"}
