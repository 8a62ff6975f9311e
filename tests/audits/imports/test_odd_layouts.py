"""Grids with ticks and crosses, self-diagnoses with a column per structure, registers: read right, or refused."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from audits.models import AuditRow, Document
from tests.organisations.factories import ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(tmp_path, site):
    """Import rows, or sheets of rows, as a workbook."""

    def read(command, content, *merged, **options):
        book = Workbook()
        book.remove(book.active)
        for name, rows in (content if isinstance(content, dict) else {"Feuil1": content}).items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for block in merged:
                sheet.merge_cells(block)
        book.save(tmp_path / "fichier.xlsx")
        output = io.StringIO()
        call_command(command, str(tmp_path / "fichier.xlsx"), unit=site.code, format="json", stdout=output, **options)
        return json.loads(output.getvalue())

    return read


@pytest.fixture
def results(read):
    def results(rows, *merged):
        read("import_audit", rows, *merged, kind="internal", on="2025-05-05")
        return list(AuditRow.objects.order_by("position").values_list("requirement", "result"))

    return results


def test_ticks_and_crosses_under_conforming_and_nonconformity(results):
    rows = [["Exigence", "Conforme", "Écart"], ["Horaires", "✔", "✘"], ["Accès", "✘", "✔"]]
    assert results(rows) == [("Horaires", "compliant"), ("Accès", "nonconformity")]


def test_a_cross_alone_under_conforming_is_a_nonconformity(results):
    rows = [["Exigence", "Conforme"], ["Horaires", "✔"], ["Accès", "✘"], ["Accueil", "✔"]]
    assert [result for _what, result in results(rows)] == ["compliant", "nonconformity", "compliant"]


def test_a_type_column_of_results_is_the_result(results):
    rows = [["Type", "Constat"], ["PF", "Accueil souriant"], ["PS", "Signalétique"], ["NC", "Registre absent"]]
    assert [result for _what, result in results(rows)] == ["strength", "weakness", "nonconformity"]


def test_a_module_merged_over_a_grid_of_two_columns_is_no_requirement(results):
    rows = [["Exigence", "Résultat"], ["Module 1 – Relation générale"], ["Horaires", "C"]]
    assert results(rows, "A2:B2") == [("Horaires", "compliant")]
    assert AuditRow.objects.get().section == "Module 1 – Relation générale"


@pytest.mark.parametrize(
    ("row", "told"), [(["Horaires", "X", "X"], "question"), (["Horaires", 2, 0], "« 2 » compte des constats")]
)
def test_a_row_both_conforming_and_not_is_asked_about_and_counts_are_refused(read, row, told):
    with pytest.raises(CommandError, match=told):
        read("import_audit", [["Exigence", "Conforme", "Écart"], row], kind="internal", on="2025-05-05")
    assert not AuditRow.objects.exists()


@pytest.fixture
def marks(read, site):
    """The marks of a self-diagnosis by structure and engagement, and the words beside each."""
    ServiceFactory(parent=site, code="acc", name="Accueil général", sigle="ACC")
    ServiceFactory(parent=site, code="sej", name="Bureau du séjour", sigle="BSE")

    def marks(content, *merged):
        read("import_audit", content, *merged, kind="self_diagnosis", on="2025-05-05")
        rows = AuditRow.objects.select_related("structure").order_by("position")
        return {
            (row.structure.code, row.engagement_words): (int(row.score), row.comment or row.evidence_expected)
            for row in rows
        }

    return marks


MARKS = {("acc", "1"): (3, ""), ("sej", "1"): (2, ""), ("acc", "2"): (4, ""), ("sej", "2"): (1, "")}


@pytest.mark.parametrize("names", [("Accueil général", "Bureau du séjour"), ("ACC", "BSE"), ("ACC /4", "BSE (sur 4)")])
def test_a_column_per_structure_holds_its_marks(marks, names):
    assert marks([["Engagement", *names], [1, 3, 2], [2, 4, 1]]) == MARKS


def test_a_column_per_structure_under_a_common_heading(marks):
    rows = [["Engagement", "Note", None], [None, "Accueil général", "Bureau du séjour"], [1, 3, 2], [2, 4, 1]]
    assert marks(rows, "A1:A2", "B1:C1") == MARKS


@pytest.mark.parametrize("merged", [("A1:A2", "B1:C1", "D1:E1"), ()])
def test_a_mark_and_its_proof_for_each_structure(marks, merged):
    rows = [
        ["Engagement", "Accueil général", None, "Bureau du séjour", None], [None, "Note", "Preuve", "Note", "Preuve"],
        [1, 3, "affiche", 2, "photo"], [2, 4, "site", 1, None],
    ]  # fmt: skip
    assert marks(rows, *merged) == {
        ("acc", "1"): (3, "affiche"), ("sej", "1"): (2, "photo"), ("acc", "2"): (4, "site"), ("sej", "2"): (1, ""),
    }  # fmt: skip


def test_a_sheet_or_a_band_named_after_a_structure_is_of_it(marks):
    heads = ["Engagement", "Note"]
    assert marks({"Accueil général": [heads, [1, 3], [2, 4]], "BSE": [heads, [1, 2], [2, 1]]}) == MARKS


def test_a_band_named_after_a_structure_is_of_it(marks):
    rows = [["Engagement", "Note", "Preuve"], ["Accueil général"], [1, 3, "x"], ["Bureau du séjour"], [1, 2, "z"]]
    assert marks(rows, "A2:C2", "A4:C4") == {("acc", "1"): (3, "x"), ("sej", "1"): (2, "z")}


def test_marks_over_the_scale_are_refused_at_their_cell(read, marks):
    with pytest.raises(CommandError, match="cellule B2 : « 8 » : la note va de 0 à 4"):
        marks([["Engagement", "ACC", "BSE"], [1, 8, 2]])
    assert marks([["Engagement", "ACC /10", "BSE /10"], [1, 8, 2]])["acc", "1"] == (Decimal(8), "")


@pytest.fixture
def register(read):
    def register(*rows):
        read("import_documents", list(rows))
        return {one.title: one for one in Document.objects.all()}

    return register


def test_a_title_whose_other_cells_are_wrong_is_no_title_of_the_list(register):
    with pytest.raises(CommandError, match="cellule B2 : Le mois 25 n’existe pas"):
        register(["Document", "Vérifié le"], ["Fiche", "03/25/2025"], ["Affiche", "12/03/2025"])


def test_a_version_and_its_day_in_one_cell_are_told_apart(register):
    told = register(
        ["Document", "Version"], ["Fiche", "V3 du 01/03/2025"], ["Guide", "2 – mars 2025"],
        ["Charte", date(2025, 4, 2)], ["Mémo", "2025-04"],
    )  # fmt: skip
    assert {title: (one.version, one.version_on) for title, one in told.items()} == {
        "Fiche": ("V3", date(2025, 3, 1)), "Guide": ("2", date(2025, 3, 1)),
        "Charte": ("", date(2025, 4, 2)), "Mémo": ("2025-04", None),
    }  # fmt: skip


def test_a_total_and_a_document_still_to_be_written_are_no_documents(register):
    rows = (["Document", "Version", "État"], ["Fiche", "2", "en vigueur"], ["Charte", "", "à créer"])
    assert list(register(*rows, ["Total : 2 documents"])) == ["Fiche"]


def test_no_under_conforming_alone_is_asked_about_never_conforming(read):
    rows = [["Exigence", "Conforme"], ["Horaires", "oui"], ["Accès", "non"]]
    with pytest.raises(CommandError, match="1 question à décider"):
        read("import_audit", rows, kind="internal", on="2025-05-05")


def test_two_columns_of_the_same_result_are_one(results):
    rows = [["Exigence", "Conforme", "NC mineure", "NC majeure"], ["Horaires", "x"], ["Accès", None, None, "x"]]
    assert [result for _what, result in results(rows)] == ["compliant", "nonconformity"]


def test_a_structure_named_twice_with_two_marks_is_refused(marks):
    with pytest.raises(CommandError, match="a déjà une autre note pour cet engagement"):
        marks([["Engagement", "ACC", "Accueil général"], [1, 3, 2]])


def test_yes_and_no_under_both_columns_and_words_under_a_result(results):
    assert results([["Exigence", "Conforme", "Écart"], ["Horaires", "Oui", "Non"], ["Accès", "Non", "Oui"]]) == [
        ("Horaires", "compliant"), ("Accès", "nonconformity"),
    ]  # fmt: skip


def test_a_result_over_what_was_seen_and_the_number_of_an_engagement(results):
    rows = [["Engagement", "Exigence", "Résultat"], [1.1, "Horaires", "C\nvu sur place"]]
    assert results(rows) == [("Horaires", "compliant")]
    row = AuditRow.objects.get()
    assert (row.engagement_words, row.comment) == ("1.1", "vu sur place")


@pytest.mark.parametrize("title", ["Grille – Engagement 10 : accueil", "Engagement n° 10", "Eng. 10"])
def test_the_title_of_a_grid_is_its_engagement_until_another(results, engagement, title):
    rows = [["Audit interne"], [title], ["Exigence", "Résultat"], ["Horaires", "C"], ["Engagement 11"], ["Délai", "NC"]]
    assert results(rows) == [("Horaires", "compliant"), ("Délai", "nonconformity")]
    assert [row.engagement for row in AuditRow.objects.order_by("position")] == [engagement, None]


def test_a_sheet_named_after_an_engagement_is_of_it(read, engagement):
    read("import_audit", {"Eng. 10": [["Exigence", "Résultat"], ["Horaires", "C"]]}, kind="internal", on="2025-05-05")
    assert AuditRow.objects.get().engagement == engagement


def test_none_beside_a_kind_of_findings_is_a_result_not_a_finding(read):
    rows = [["Type", "Constat"], ["Points forts", "Accueil"], ["Points sensibles", "RAS"], ["Écarts", "aucun"]]
    told = read("import_audit", rows, kind="internal", on="2025-05-05")["findings"]
    assert told == {"strength": 1, "weakness": 0, "improvement": 0, "nonconformity": 0}


def test_a_zero_under_conforming_alone_is_asked_about(read):
    with pytest.raises(CommandError, match="1 question à décider"):
        read("import_audit", [["Exigence", "Conformité (1/0)"], ["A", 1], ["B", 0]], kind="internal", on="2025-05-05")


def test_an_engagement_without_mark_is_said_to_have_none(read):
    rows = [["Structure", "Engagement", "Note /4"], ["Accueil", "1", 3], ["Accueil", "2", None]]
    told = read("import_audit", rows, kind="self_diagnosis", on="2025-05-05")
    assert [(one["cells"], one["why"]) for one in told["left_out"]] == [(["A3", "B3"], "aucune note")]


def test_the_end_of_a_report_is_no_finding(run_text):
    words = "Points forts :\n- Accueil\nÉcarts\nNéant\nConclusion : le site est prêt.\n"
    assert run_text(words)["findings"] == {"strength": 1, "weakness": 0, "improvement": 0, "nonconformity": 0}


@pytest.fixture
def run_text(tmp_path, site):
    def run_text(words):
        (tmp_path / "rapport.txt").write_text(words, encoding="utf-8")
        output, options = io.StringIO(), {"kind": "internal", "on": "2025-05-05", "format": "json"}
        call_command("import_audit", str(tmp_path / "rapport.txt"), unit=site.code, stdout=output, **options)
        return json.loads(output.getvalue())

    return run_text


def test_a_document_alone_on_its_line_is_undated_a_plural_heads_the_next(register):
    told = register(["Document", "Vérifié le"], ["Guide de l’agent"], ["AFFICHES"], ["Horaires", "12/03/2025"])
    assert {title: one.kind for title, one in told.items()} == {"Guide de l’agent": "other", "Horaires": "poster"}


def test_the_end_of_a_year_and_no_day_are_read(register):
    rows = (["Document", "Vérifié le", "Prochaine vérification"], ["Fiche", "jamais", "fin 2025"], ["Charte", "-", "-"])
    told = register(*rows)
    assert {title: (one.checked_on, one.planned_check_on) for title, one in told.items()} == {
        "Fiche": (None, date(2025, 12, 31)), "Charte": (None, None),
    }  # fmt: skip


def test_a_report_by_engagement_gives_each_finding_its_engagement(run_text, engagement):
    run_text("Engagement 10\nPoints forts :\n- Accueil\nEngagement 17\nPistes de progrès :\n- Modèle de courrier\n")
    rows = list(AuditRow.objects.order_by("position").values_list("engagement_words", "engagement", "comment"))
    assert rows == [("Engagement 10", engagement.pk, "Accueil"), ("Engagement 17", None, "Modèle de courrier")]


def test_a_document_past_its_date_stays_in_the_register(register):
    assert list(register(["Document", "Statut", "MAJ tous les"], ["Affiche", "périmé", "12 mois"])) == ["Affiche"]
