"""The tables of Isère 2022 come out of the rows of the demonstration, whole."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from demo.training import load_aix, load_isere
from organisations.enums import Role
from organisations.models import Unit
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from training import chapters
from training.enums import Status
from training.follow_up import follow_up
from training.models import Agent, TutoringAgreement
from training.services import themes

pytestmark = pytest.mark.django_db
CONCERNED = {
    "Accueil physique": 49, "Accueil téléphonique": 8, "CERT 38 (fraude)": 28, "Site Internet et réseaux sociaux": 2,
    "RQ": 1,
}  # fmt: skip
TO_TRAIN = {
    "Accueil physique": 45, "Accueil téléphonique": 6, "CERT 38 (fraude)": 6, "Site Internet et réseaux sociaux": 2,
    "RQ": 0,
}  # fmt: skip
TRAINED = {
    "La communication consciente et bienveillante": 1,
    "L'écoute empathique au service de l'accueil, de l'accompagnement": 20,
    "Sociologie des populations étrangères": 3,
    "Initiation à la langue des signes": 2,
    "Gestion des conflits à l'accueil": 6,
    "Conduire des entretiens difficiles": 1,
    "Les valeurs du service public – Laïcité": 1,
    "Lutte contre la Fraude (agents du CERT 38)": 6,
}
AGREEMENTS = {
    "Accueil Général/DICII/SII": 3, "CERT PC": 4, "Bureau asile, éloignement et contentieux": 3,
    "Bureau droit au séjour/DICII/SII": 4, "Plateforme Naturalisation/DICII/SII": 7,
}  # fmt: skip


@pytest.fixture
def isere():
    site = PrefectureFactory(code="38", name="Préfecture de l’Isère")
    themes.load()
    load_isere(site, by=user_with(Role.TRAINING_MANAGER, site))
    return site


def test_the_two_tables_of_training_and_that_of_tutoring(isere, capsys):
    call_command("training_balance", unit="38", year=2022, format="json")

    assert json.loads(capsys.readouterr().out) == {
        "concerned": CONCERNED, "to_train": TO_TRAIN, "trained": TRAINED, "agreements": AGREEMENTS,
    }  # fmt: skip
    assert [sum(table.values()) for table in (CONCERNED, TO_TRAIN, TRAINED, AGREEMENTS)] == [88, 59, 40, 21]


def test_the_chapter_prints_them_with_its_sentences_and_no_name(isere):
    context = chapters.context(isere, 2022)

    assert context["sentences"] == [
        "Le suivi compte 88 agents concernés par thème d’accueil, dont 59 devaient suivre une formation en 2022.",
        "40 agents ont été formés en 2022, dans 8 formations.",
    ]
    assert context["tutoring"] == "21 conventions de tutorat ont été en cours en 2022, dans 5 services."
    told = {one.course: one.observation for one in context["balance"].courses if one.observation}
    assert told == {
        "L'écoute empathique au service de l'accueil, de l'accompagnement": "2 sessions pour 24 personnes. "
        "1 agent inscrit absent. Dont 1 agent de sous-préfecture.",
        "Initiation à la langue des signes": "5 agents inscrits, 2 retenus.",
        "Lutte contre la Fraude (agents du CERT 38)": "Formation en interne ; celle de la cellule fraudes est "
        "reportée au début de 2023.",
    }
    printed = render_to_string("training/report/chapter.html", dict(context))
    assert [agent for agent in Agent.objects.all() if agent.last_name in printed] == []
    assert TutoringAgreement.objects.exclude(renews=None).count() > 0


def test_aix_has_an_agent_in_each_situation():
    site = SousPrefectureFactory(code="13-aix")
    codes = ("accueil", "standard", "numerique", "courrier", "collectivites")
    units = {f"13-aix-{code}": ServiceFactory(code=f"13-aix-{code}", parent=site) for code in codes}
    themes.load()
    load_aix(units | {"13-aix": site}, by=user_with(Role.TRAINING_MANAGER, site), today=date(2026, 11, 30))

    lines = follow_up(units=Unit.objects.ids_below(site.pk)).lines(date(2026, 11, 30))
    assert {line.standing.status for line in lines} == set(Status) - {Status.EXEMPT}
