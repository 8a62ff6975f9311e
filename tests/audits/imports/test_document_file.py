"""A register of documents: read, its periods understood or asked, recorded, brought back."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audits.imports.periods import period_of
from audits.models import Document
from audits.terms.documents import CheckPeriod
from tests.audits.factories import DocumentFactory
from tests.organisations.factories import ServiceFactory

HEADS = "Document;Type;Responsable;Version;Date de version;Dernière vérification;Périodicité;Emplacement;Engagement"


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Annuelle", CheckPeriod(months=12)),
        ("1 an", CheckPeriod(months=12)),
        ("tous les ans", CheckPeriod(months=12)),
        ("12 mois", CheckPeriod(months=12)),
        ("tous les 2 ans", CheckPeriod(months=24)),
        ("semestrielle", CheckPeriod(months=6)),
        ("2 fois par an", CheckPeriod(months=6)),
        ("tous les six mois", CheckPeriod(months=6)),
        ("Chaque trimestre", CheckPeriod(months=3)),
        ("mensuel", CheckPeriod(months=1)),
        ("hebdomadaire", CheckPeriod(days=7)),
        ("tous les 15 jours", CheckPeriod(days=15)),
        ("À chaque changement", CheckPeriod(on_change=True)),
        ("en cas de modification", CheckPeriod(on_change=True)),
        ("au fil de l’eau", CheckPeriod(on_change=True)),
        ("sans objet", CheckPeriod()),
        ("selon évolution réglementaire", CheckPeriod(on_change=True)),
        ("2 fois/an", CheckPeriod(months=6)),
        ("au moins une fois par an", CheckPeriod(months=12)),
        ("biannuelle", None),
        ("souvent", None),
        ("12", None),
    ],
)
def test_periods_as_registers_write_them(words, period):
    assert period_of(words) == period


def test_a_bare_number_counts_in_the_unit_of_its_heading():
    assert period_of("12", heading="Périodicité (mois)") == CheckPeriod(months=12)


@pytest.fixture
def run(tmp_path, site):
    def run(*rows, heads=HEADS, code=0):
        path = tmp_path / "registre.csv"
        path.write_text("\n".join((heads, *rows)), encoding="utf-8")
        output = io.StringIO()
        try:
            call_command("import_documents", str(path), unit=site.code, format="json", stdout=output)
            returned = 0
        except CommandError as failure:
            returned = failure.returncode
        assert returned == code, output.getvalue()
        return json.loads(output.getvalue())

    return run


@pytest.mark.django_db
def test_a_register_is_recorded_with_owners_and_engagements(run, site, engagement):
    service = ServiceFactory(parent=site, sigle="DICII")
    told = run(
        "Fiche accueil;Fiche de procédure;DICII;V2;03/02/2020;15/01/2026;annuelle;Serveur;E10",
        "Charte de l’usager;Affiche;Mission qualité;;01/02/2021;;à chaque changement;Hall;",
    )
    assert (told["created"], told["asks"]) == (2, [])
    fiche, charte = Document.objects.order_by("-title")
    assert (fiche.kind, fiche.owner, fiche.version, fiche.version_on, fiche.checked_on, fiche.period) == (
        "procedure", service, "V2", date(2020, 2, 3), date(2026, 1, 15), CheckPeriod(months=12)
    )  # fmt: skip
    assert (list(fiche.engagements.all()), fiche.next_check_on) == ([engagement], date(2027, 1, 15))
    assert (charte.owner_label, charte.place, charte.next_check_on) == ("Mission qualité", "Hall", None)


@pytest.mark.django_db
def test_the_same_register_again_changes_nothing(run, engagement):
    row = "Fiche accueil;Fiche de procédure;DICII;V2;03/02/2020;15/01/2026;annuelle;Serveur;E10"
    run(row)
    again = run(row)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 1)
    later = run(row.replace("15/01/2026", "16/02/2026"))
    assert (later["changed"], Document.objects.get().checked_on) == (1, date(2026, 2, 16))


@pytest.mark.django_db
def test_a_period_that_is_not_understood_is_asked_at_its_cell(run):
    told = run("Fiche;;;;01/01/2026;;souvent;;", code=3)
    assert [ask["cells"] for ask in told["asks"]] == [["G2"]]
    assert Document.objects.count() == 0


@pytest.mark.django_db
def test_a_day_given_for_the_next_check_stands_where_nothing_else_does(run, site):
    run(
        "Guide;01/03/2027;;",
        "Charte;01/03/2027;15/01/2026;annuelle",
        heads="Intitulé;Prochaine vérification;Dernière vérification;Périodicité",
    )
    told = {one.title: one.next_check_on for one in Document.objects.all()}
    assert told == {"Guide": date(2027, 3, 1), "Charte": date(2027, 1, 15)}


@pytest.mark.django_db
def test_a_document_withdrawn_may_come_back_under_its_title(run, site):
    DocumentFactory(site=site, title="Guide", withdrawn_on=date(2025, 1, 1))
    assert run("Guide;;;;01/01/2026;;annuelle;;")["created"] == 1


@pytest.mark.django_db
def test_a_register_writes_the_day_first_and_a_month_alone_is_told(run):
    told = run(
        "Guide;Guide;;2;01/06/2026;septembre 2025;annuelle;;1 à 3",
        heads="Document;Type;Responsable;Version;Date de version;Vérifié le;Périodicité;Emplacement;Engagement",
    )
    assert [one["message"] for one in told["warnings"]][:1] == ["« septembre 2025 » : compris comme le 01/09/2025."]
    row = Document.objects.get()
    assert (row.version, row.version_on, row.checked_on) == ("2", date(2026, 6, 1), date(2025, 9, 1))


@pytest.mark.django_db
def test_titles_between_the_lines_say_the_kind(run):
    run("Affiches;;", "Horaires d’été;2;01/06/2026", "Procédures;;", "Réclamations;1;15/06/2025",
        heads="Titre;Version;Date de mise à jour")  # fmt: skip
    assert list(Document.objects.order_by("pk").values_list("title", "kind")) == [
        ("Horaires d’été", "poster"),
        ("Réclamations", "procedure"),
    ]
