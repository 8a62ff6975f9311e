"""A grid of audit in the layouts and the words of documents: counted, asked where unknown, recorded once."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from audits.imports.results import legend_in, legend_lines
from audits.models import Audit, AuditRow
from core.sheets.reading.model import Sheet
from tests.audits.factories import AuditFactory, LabelFactory
from tests.organisations.factories import ServiceFactory

pytestmark = pytest.mark.django_db
HEADS = ["Engagement", "Exigence", "Méthode", "Preuve attendue", "Résultat", "Commentaire"]


def written(path, rows, sheet="Grille", more=()):
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for title, others in more:
        other = book.create_sheet(title)
        for row in others:
            other.append(row)
    book.save(path)
    return path


@pytest.fixture
def run(tmp_path, site):
    def run(rows, *, name="grille.xlsx", on="2021-05-04", kind="internal", more=(), code=0, **options):
        path = tmp_path / name
        if isinstance(rows, str):
            path.write_text(rows, encoding="utf-8")
        else:
            written(path, rows, more=more)
        output, error = io.StringIO(), io.StringIO()
        try:
            call_command(
                "import_audit", str(path), unit=site.code, kind=kind, on=on, format="json", stdout=output, stderr=error,
                **options,
            )  # fmt: skip
            returned = 0
        except CommandError as failure:
            returned = failure.returncode
            error.write(str(failure))
        assert returned == code, error.getvalue() + output.getvalue()
        return json.loads(output.getvalue())

    return run


def counted(told):
    return {name: told[name] for name in ("findings", "compliant", "not_applicable", "not_assessed")}


def results(*words):
    return [HEADS, *(["E10", f"Exigence à voir {at}", "document", "fiche", word, ""] for at, word in enumerate(words))]


ALL = {
    "findings": {"strength": 1, "weakness": 1, "improvement": 1, "nonconformity": 1},
    "compliant": 1,
    "not_applicable": 1,
    "not_assessed": 1,
}


@pytest.mark.parametrize(
    "words",
    [
        ["Conforme", "Point fort", "Point sensible", "Piste de progrès", "Écart", "Sans objet", "Non vu"],
        ["conforme", "POINT FORT", "points sensibles", "piste de progres", "ecart", "S.O.", "non-vu"],
        ["C", "PF", "PS", "PP", "E", "SO", "NV"],
        ["c", "P.F.", "P.S.", "P.P.", "NC", "N/A", "Non audité"],
        ["OK", "Bonne pratique", "Point de vigilance", "Axe de progrès", "Non-conformité mineure", "NA", "pas vu"],
        ["Conforme", "PF : accueil", "PS – attente", "PP : affichage", "Non conforme", "Non concerné", "non évalué"],
    ],
)
def test_results_in_many_spellings_are_counted(run, words):
    told = run(results(*words))
    assert counted(told) == ALL
    assert (told["created"], told["asks"], told["warnings"]) == (7, [], [])
    assert AuditRow.objects.count() == 7


def test_the_audit_is_created_with_its_rows_named(run, site, engagement):
    run([HEADS, ["E10", "Répondre en moins de 5 sonneries", "Entretien, observation", "relevé", "PP", "À affiner"]])
    audit = Audit.objects.get()
    row = audit.rows.get()
    assert (audit.site, audit.kind, audit.starts_on, audit.ends_on) == (
        site, "internal", date(2021, 5, 4), date(2021, 5, 4)
    )  # fmt: skip
    assert (row.engagement, row.requirement, row.methods, row.evidence_expected, row.result, row.comment) == (
        engagement, "Répondre en moins de 5 sonneries", ["interview", "observation"], "relevé", "improvement",
        "À affiner",
    )  # fmt: skip


def test_the_same_file_again_changes_nothing_and_a_corrected_one_changes_its_row(run):
    rows = results("C", "PP")
    run(rows)
    again = run(rows)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)
    rows[2][4] = "Conforme"
    changed = run(rows)
    assert (changed["created"], changed["changed"], changed["unchanged"]) == (0, 1, 1)
    assert counted(changed)["compliant"] == 2
    assert list(AuditRow.objects.values_list("result", flat=True)) == ["compliant", "compliant"]


def test_an_unknown_word_is_asked_at_its_cell_and_nothing_is_recorded(run):
    told = run(results("C", "Bof"), code=3)
    assert [(ask["sheet"], ask["cells"]) for ask in told["asks"]] == [("Grille", ["E3"])]
    assert (told["created"], Audit.objects.count()) == (0, 0)


def test_crosses_under_the_results(run):
    heads = ["Engagement", "Exigence", "C", "PF", "PS", "PP", "E", "SO", "NV", "Observations"]
    crosses = [["E10", f"Point {at}", *("X" if at == here else None for here in range(7)), None] for at in range(7)]
    assert counted(run([heads, *crosses])) == ALL


def test_a_legend_gives_its_codes_their_meaning(run):
    legend = [["Légende : A = conforme ; B = piste de progrès ; NC : non concerné"], []]
    told = run([*legend, *results("A", "B", "NC")])
    assert counted(told) == {
        "findings": {"strength": 0, "weakness": 0, "improvement": 1, "nonconformity": 0},
        "compliant": 1,
        "not_applicable": 1,
        "not_assessed": 0,
    }


def test_a_legend_in_two_columns_of_another_sheet(run):
    told = run(results("1", "2"), more=[("Légende", [["1", "Conforme"], ["2", "Écart"]])])
    assert (told["compliant"], told["findings"]["nonconformity"]) == (1, 1)


def test_findings_told_in_their_columns_and_none_is_a_result(run):
    told = run(
        [
            ["Engagement", "Points forts", "Points sensibles", "Pistes de progrès"],
            ["E10", "- Écoute\n- Sourire", "Aucun", "Améliorer l’affichage de la charte"],
        ]
    )
    assert told["findings"] == {"strength": 2, "weakness": 0, "improvement": 1, "nonconformity": 0}
    assert Audit.objects.get().stated_none == ["weakness"]


def test_the_lists_of_a_report(run):
    told = run(
        "Points Sensibles\n\n- aucun\n\nPistes de progrès:\n\n- Assurer la traçabilité\n- Améliorer l'affichage\n\n"
        "Objectif 2021\n\n- réaliser les actions\n",
        name="audit.txt",
    )
    assert told["findings"] == {"strength": 0, "weakness": 0, "improvement": 2, "nonconformity": 0}
    assert Audit.objects.get().stated_none == ["weakness"]


def test_a_requirement_without_result_was_not_assessed(run):
    told = run(results("C", None))
    assert (told["compliant"], told["not_assessed"]) == (1, 1)
    assert not Audit.objects.get().tally.is_complete


def test_results_under_the_heading_constat_are_read_as_results(run):
    told = run([["Référence", "Question", "Constat"], ["E10", "Accueil ?", "Conforme"], ["E10", "SVI ?", "Écart"]])
    assert (told["compliant"], told["findings"]["nonconformity"]) == (1, 1)


def test_an_audit_before_the_label_warns(run, site, referential):
    LabelFactory(site=site, referential=referential)
    told = run(results("C"), on="2019-10-10")
    assert [one["message"] for one in told["warnings"]] == [
        "Audit interne du 10/10/2019 : il précède le label « Qual-e-Pref », obtenu le 11/02/2020. "
        "Vérifiez les deux dates."
    ]
    assert told["created"] == 1


def test_a_text_without_any_finding_is_refused(run):
    told = run("Bonjour à tous\nÀ demain\n", name="courriel.txt", code=1)
    assert (told["created"], len(told["errors"])) == (0, 1)


def test_two_kinds_of_findings_for_one_row_are_a_question(run):
    heads = ["Exigence", "Conforme", "PS", "PP"]
    told = run([heads, ["Affichage", "X", None, "X"], ["Attente", None, "X", "X"]], code=3)
    assert [ask["code"] for ask in told["asks"]] == ["row:Grille!3"]


def test_two_days_of_one_audit_are_one_audit(run, site):
    AuditFactory(site=site, starts_on=date(2019, 10, 10), ends_on=date(2019, 10, 11))
    run(results("C"), on="2019-10-11")
    assert Audit.objects.get().rows.count() == 1


def test_numbers_of_engagements_are_no_line_numbers_and_a_total_is_left_out(run):
    rows = [["N°", "Exigence", "C", "PS"], ["1.1", "Horaires", "x", ""], ["1.2", "Accueil", "", "x"]]
    told = run([*rows, ["Total", "", 1, 1]])
    assert [(row["engagement"], row["result"]) for row in told["rows"]] == [("1.1", "compliant"), ("1.2", "weakness")]


def test_the_numbers_of_the_lines_stay_line_numbers(run):
    told = run([["N°", "Exigence", "Résultat"], [1, "Horaires", "C"], [2, "Accueil", "PS"], [3, "Délais", "PP"]])
    assert (told["created"], [row["engagement"] for row in told["rows"]]) == (3, ["", "", ""])


def test_a_sheet_that_sums_up_is_not_read(run):
    summary = [["Résultat", "Nombre"], ["Conforme", 1], ["Écart", 0]]
    assert counted(run(results("C"), more=[("Synthèse", summary)]))["compliant"] == 1


def test_colours_without_words_are_asked(run, tmp_path, site):
    path = written(tmp_path / "couleurs.xlsx", [["Engagement", "Exigence", "Résultat"], ["E1", "a", None]])
    book = load_workbook(path)
    book.active["C2"].fill = PatternFill("solid", fgColor="00FF00")
    book.save(path)
    output = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_audit", str(path), unit=site.code, kind="internal", on="2021-05-04", format="json",
                     stdout=output)  # fmt: skip
    assert [ask["code"] for ask in json.loads(output.getvalue())["asks"]] == ["word:result:couleur 00ff00"]


def test_a_self_diagnosis_gives_its_marks_by_structure(run, site):
    service = ServiceFactory(parent=site, sigle="SAC")
    rows = [["Structure", "Engagement", "Note /4", "Commentaire"], ["SAC", "Engagement 1", 3, "horaires"],
            ["SAC", "Engagement 2", "2,5", ""]]  # fmt: skip
    told = run(rows, kind="self_diagnosis")
    assert (counted(told)["not_assessed"], told["created"]) == (0, 2)
    assert list(AuditRow.objects.values_list("structure", "score")) == [(service.pk, 3), (service.pk, Decimal("2.5"))]
    assert run(rows, kind="self_diagnosis")["unchanged"] == 2
    rows[1][2] = 9
    assert "la note va de 0 à 4" in run(rows, kind="self_diagnosis", code=1)["errors"][0]["message"]


def test_an_audit_without_marks_takes_the_scale_of_the_file(run, site):
    audit = AuditFactory(site=site, kind="self_diagnosis", starts_on=date(2021, 5, 4))
    rows = [["Engagement", "Note sur 10"], ["Engagement 1", 3], ["Engagement 2", 7]]

    told = run(rows, kind="self_diagnosis")

    audit.refresh_from_db()
    assert (audit.score_scale, list(audit.rows.values_list("score", flat=True))) == (10, [3, 7])
    assert [one["message"] for one in told["warnings"] if "note" in one["message"]] == [
        "La note la plus haute de l’audit passe de 4 à 10, comme le dit le fichier."
    ]


def test_an_audit_with_marks_on_4_refuses_a_column_on_10(run, site):
    audit = AuditFactory(site=site, kind="self_diagnosis", starts_on=date(2021, 5, 4))
    AuditRow.objects.create(audit=audit, position=1, requirement="Accueillir", score=3)

    told = run([["Engagement", "Note sur 10"], ["Engagement 1", 2]], kind="self_diagnosis", code=1)

    assert [(one["cell"], one["message"]) for one in told["errors"]] == [
        ("B1", "« Note sur 10 » : cet audit est noté sur 4, cette colonne sur 10.")
    ]
    assert audit.rows.count() == 1


def test_a_legend_under_the_title_of_a_text_is_read():
    sheet = Sheet("Texte", [["Grille"], ["C = conforme, NC = non concerné, E = écart"]], is_lines=True)
    assert list(legend_lines(sheet)) == ["C = conforme, NC = non concerné, E = écart"]
    assert legend_in(legend_lines(sheet))["nc"] == "not_applicable"
