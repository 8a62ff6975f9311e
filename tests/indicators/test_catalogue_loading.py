"""The catalogue shipped: families, indicators of the documents, targets with their source, labels of the Aix grid."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.base.errors import UserError
from indicators.enums import YearRule
from indicators.models import Family, Indicator, Target
from indicators.services import catalogue, catalogue_loading, targets
from referential.services import loading
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db

DEMATERIALISE, COLLECTIVITES = "Accueil dématérialisé", "Relations avec les collectivités territoriales"
AIX = {  # label, family, engagement and target of rows of the 2020 grid of Aix-en-Provence, and their indicator
    ("Taux d'appels aboutis", "accueil téléphonique", "E10", ""): "taux-appels-aboutis",
    ("Taux d'appels aboutis SVI", "accueil téléphonique", "E10", ""): "taux-appels-aboutis-svi",
    ("Taux de réponse aux courriers dans les 15 jours ouvrés", DEMATERIALISE, "E17", ""): "courriers-dans-le-delai",
    ("Délai moyen de réponse aux courriers", DEMATERIALISE, "E18", ""): "delai-courriers",
    ("Taux de réponse aux courriers dans les 15 jours ouvrés", COLLECTIVITES, "E36", ""): (
        "collectivites-courriers-15-jours"
    ),
    ("Taux de réponse aux courriers dans les 5 jours ouvrés", COLLECTIVITES, "E36", ""): (
        "collectivites-courriels-5-jours"
    ),
    ("Délai moyen de réponse", COLLECTIVITES, "E37", "<4j"): "delai-fixation-rdv",
    ("Délai moyen de réponse", COLLECTIVITES, "E37", "<10j"): "delai-rdv",
    ("Nombre d'usagers reçus au PN", "Points Numériques", "E15", ""): "pn-usagers-recus",
    ("Nombres d'usagers reçus pour demande d'infos", "Points Numériques", "", ""): "pn-demandes-infos",
}


@pytest.fixture
def shipped():
    loading.load_all()
    return catalogue_loading.load()


def test_the_catalogue_holds_the_families_and_indicators_of_the_documents(shipped):
    assert list(Family.objects.values_list("name", flat=True)) == [
        "Accueil téléphonique",
        "Accueil dématérialisé",
        "Réclamations",
        "Relations avec les collectivités territoriales",
        "Points numériques",
        "Site internet et réseaux sociaux",
        "Délais de délivrance",
        "Démarche qualité",
    ]
    assert (Indicator.objects.count(), Indicator.objects.filter(is_active=False).count()) == (32, 4)
    assert Target.objects.count() == 18


@pytest.mark.parametrize(("row", "code"), AIX.items())
def test_each_label_of_the_aix_grid_belongs_to_one_indicator(shipped, row, code):
    label, family, engagement, target = row
    wanted = {"label": label, "family": family}
    wanted |= {"engagement": engagement} if engagement else {}
    wanted |= {"target": target} if target else {}
    found = [
        indicator.code
        for indicator in Indicator.objects.all()
        if any(wanted.items() <= alias.items() and alias.get("target", "") == target for alias in indicator.aliases)
    ]
    assert found == [code]


def test_every_indicator_says_its_rule_and_where_it_comes_from(shipped):
    assert not Indicator.objects.filter(source="").exists()
    assert not Indicator.objects.filter(definition="").exists()
    assert not Target.objects.filter(source="").exists()


def test_the_year_is_weighted_where_counts_exist_and_a_mean_elsewhere(shipped):
    rules = {(indicator.has_counts, indicator.year_rule) for indicator in Indicator.objects.all()}
    assert rules == {(True, YearRule.WEIGHTED), (False, YearRule.MEAN)}


def test_targets_of_one_site_say_that_their_origin_is_unknown(shipped):
    target = Target.objects.get(indicator__code="taux-appels-aboutis")
    assert (target.direction, target.value, target.site) == (">=", Decimal("0.9"), None)
    assert "origine locale ou ministérielle inconnue" in target.source


def test_loading_again_changes_nothing(shipped):
    again = catalogue_loading.load()
    assert (again.created, again.changed, again.unchanged, again.kept) == (0, 0, 58, [])


def test_what_a_person_changed_is_left_and_listed(shipped):
    person = UserFactory()
    indicator = Indicator.objects.get(code="delai-courriels")
    catalogue.edit(indicator, by=person, definition="Notre définition")
    targets.remove(Target.objects.get(indicator__code="delai-courriers"), by=person)
    again = catalogue_loading.load()
    indicator.refresh_from_db()
    assert indicator.definition == "Notre définition"
    assert [line.split(" : ")[0] for line in again.kept] == [
        "catalogue.json, indicators[6].targets[0]",
        "catalogue.json, indicators[8]",
    ]


def test_an_unknown_engagement_is_refused_with_its_place_and_nothing_is_written(tmp_path):
    path = tmp_path / "c.json"
    indicator = {
        "code": "x", "label": "X", "family": "f", "measure": "rate", "year_rule": "mean",
        "engagement": {"referential": "qual-e-pref", "module": "1", "code": "99"},
    }  # fmt: skip
    path.write_text(json.dumps({"families": [{"code": "f", "name": "F"}], "indicators": [indicator]}), encoding="utf-8")
    with pytest.raises(UserError, match=r"c\.json, indicators\[0\]\.engagement : pas d’engagement « 99 »"):
        catalogue_loading.load(path)
    assert not Family.objects.exists()


def test_the_command_says_what_it_did():
    loading.load_all()
    out = StringIO()
    call_command("load_catalogue", stdout=out)
    assert out.getvalue() == "Chargement de catalogue.json : 58 créés, 0 modifié, 0 inchangé.\n"


def test_the_command_refuses_in_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="ce fichier ne peut pas être lu"):
        call_command("load_catalogue", str(tmp_path / "absent.json"))
