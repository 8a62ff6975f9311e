"""Grids and registers headed in other words."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from audits.models import AuditRow, Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(tmp_path, site):
    """Import rows as a CSV of Windows; what the command tells."""

    def read(command, *rows, **options):
        path = tmp_path / "fichier.csv"
        path.write_bytes("\r\n".join(rows).encode("cp1252"))
        output = io.StringIO()
        call_command(command, str(path), unit=site.code, format="json", stdout=output, **options)
        return json.loads(output.getvalue())

    return read


@pytest.fixture
def audit(read):
    def audit(*rows):
        told = read("import_audit", *rows, kind="internal", on="2025-05-05")
        found = AuditRow.objects.order_by("position").values_list("requirement", "result", "comment")
        return list(found), told["not_assessed"]

    return audit


def test_conforming_by_yes_or_no_is_one_column_of_sure_results(audit):
    told = audit(
        "Réf.;Disposition;Conformité (O/N);Constatation", "1;Horaires;O;vu", "2;Accès;N;rampe", "3;Accueil;Sans objet;"
    )
    assert told == (
        [("Horaires", "compliant", "vu"), ("Accès", "nonconformity", "rampe"), ("Accueil", "not_applicable", "")],
        0,
    )


def test_a_title_before_the_headings_again_is_no_requirement(audit, engagement):
    found, unseen = audit(
        "Exigence;Évaluation;Commentaire", "Affichés dehors;Conforme;", "À jour;PS;date ancienne",
        "Engagement 10 – Téléphone;;", "Exigence;Évaluation;Commentaire", "Décroché;Écart;", "Attente;SO;",
    )  # fmt: skip
    assert ([result for _what, result, _comment in found], unseen) == (
        ["compliant", "weakness", "nonconformity", "not_applicable"],
        0,
    )
    told = AuditRow.objects.order_by("position").values_list("engagement", flat=True)
    assert list(told) == [None, None, engagement.pk, engagement.pk]


def test_kinds_of_findings_with_their_description_are_read(audit):
    found, _unseen = audit(
        "N°;Type de constat;Description;Engagement concerné",
        "1;Point fort;Équipe;3",
        "2;PP;Site;1",
        "3;Écart majeur;Délais;14.3",
    )
    assert [(result, comment) for _what, result, comment in found] == [
        ("strength", "Équipe"), ("improvement", "Site"), ("nonconformity", "Délais")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "row", "checked_on", "next_on"),
    [
        ("Affiche;Dernier contrôle;Prochain contrôle", "Charte;12/05/2026;12/11/2026",
         date(2026, 5, 12), date(2026, 11, 12)),
        ("Page;URL;Vérifiée le;Fréquence", "Charte;https://a.example/;01/01/2026;2 fois par an",
         date(2026, 1, 1), date(2026, 7, 1)),
        ("Réf.;Document;Version du;Contrôle tous les", "FP1;Charte;29/02/2024;2 ans", None, date(2026, 2, 28)),
        ("Nom;Validée le;Validité", "Charte;31/12/2025;6 mois", None, date(2026, 6, 30)),
        ("Nom;Posée le;À revoir le", "Charte;15/01/2026;15/07/2026", None, date(2026, 7, 15)),
        ("title;owner;last_check;period;link", "Charte;RQ;2025-06-30;12 months;https://a.example/",
         date(2025, 6, 30), date(2026, 6, 30)),
        ("Titre;Pilote;Indice;Date de MAJ;Périodicité (mois)", "Charte;DCL;B;15/03/2025;12", None, date(2026, 3, 15)),
        ("Code;Engagement;Preuve;Détenteur;Date;Renouvellement", "P1;E3;Charte;RQ;02/01/2026;annuel",
         None, date(2027, 1, 2)),
    ],
)  # fmt: skip
def test_registers_headed_in_other_words_give_the_same_days(read, heads, row, checked_on, next_on):
    assert read("import_documents", heads, row)["asks"] == []
    document = Document.objects.get()
    assert (document.title, document.checked_on, document.next_check_on) == ("Charte", checked_on, next_on)


def test_what_a_register_says_out_of_use_is_left_out(read):
    told = read(
        "import_documents", "Intitulé;Périodicité;Statut", "Charte;annuelle;à jour", "Ancienne;annuelle;Obsolète"
    )
    assert [one.title for one in Document.objects.all()] == ["Charte"]
    assert "plus en usage : Obsolète" in json.dumps(told, ensure_ascii=False)
