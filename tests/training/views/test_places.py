"""Pages of training stand at the site of the header; a theme of one's own is added."""

import pytest

from organisations.enums import Role
from tests.organisations.factories import MembershipFactory, PrefectureFactory, UnitFactory
from tests.training.factories import AgentFactory, PostFactory
from training.models import TrainingTheme
from training.services import themes

PAGES = [f"/formation/suivi/{page}" for page in ("", "agents-et-themes/", "prevision/", "bilan/")]


@pytest.fixture
def two_sites(db, client):
    sites = [PrefectureFactory(code=code, name=name) for code, name in (("38", "Isère"), ("73", "Savoie"))]
    themes.load()
    theme = TrainingTheme.objects.get(code="accueil-physique")
    for site in sites:
        service = UnitFactory(code=f"{site.code}-acc", name=f"Accueil de {site.name}", parent=site)
        PostFactory(agent=AgentFactory(unit=service), unit=service, service=service.name, theme=theme)
    member = MembershipFactory(unit=sites[0], role=Role.TRAINING_MANAGER)
    MembershipFactory(user=member.user, unit=sites[1], role=Role.TRAINING_MANAGER)
    client.force_login(member.user)
    return sites


@pytest.mark.parametrize("page", PAGES)
def test_the_site_chosen_is_kept_from_page_to_page(client, two_sites, page):
    assert "Isère et les services" in client.get(page).text

    assert "Savoie et les services" in client.get(f"{page}?site=73").text
    assert "Savoie et les services" in client.get("/formation/suivi/").text
    assert client.get(f"{page}?site=nulle-part").status_code == 404


def test_a_head_of_one_service_reads_it_whatever_site_is_chosen(client, two_sites):
    service = UnitFactory(code="38-etr", name="Étrangers", parent=two_sites[0])
    client.force_login(MembershipFactory(unit=service, role=Role.HEAD_OF_SERVICE).user)

    assert "Étrangers et les services" in client.get("/formation/suivi/?site=38").text
    assert client.get("/formation/suivi/?site=73").status_code == 404


def test_a_theme_of_ones_own_is_added_with_the_usual_delays(client, two_sites):
    page, site = "/formation/themes/nouveau", two_sites[0]
    told = {"site": site.pk, "name": "Accueil des publics fragiles", "aliases": "Publics fragiles\n\nFragilité"}
    client.post(page, told)

    theme = TrainingTheme.objects.get(site=site)
    assert (theme.code, theme.names) == (
        "accueil-des-publics-fragiles",
        ["Accueil des publics fragiles", "Publics fragiles", "Fragilité"],
    )
    assert [(one.first_months, one.renewal_months) for one in theme.requirements.all()] == [(12, 48)]
    assert "Un thème porte déjà cet intitulé." in client.post(page, told).text


@pytest.mark.parametrize(
    ("role", "words", "is_filtered", "is_exported"),
    [
        (Role.TRAINING_MANAGER, "Agent par agent", True, True),
        (Role.AUDITOR, "Agent par agent", True, False),
        (Role.MANAGEMENT, "Votre rôle lit les chiffres", False, False),
    ],
)
def test_only_what_acts_on_what_one_reads_is_offered(client, two_sites, role, words, is_filtered, is_exported):
    client.force_login(MembershipFactory(unit=two_sites[0], role=role).user)
    page = client.get("/formation/suivi/").text

    assert words in page
    assert ("Agent ou service" in page, "Télécharger cette liste" in page) == (is_filtered, is_exported)


def test_themes_say_where_they_are_followed(client, two_sites):
    page = client.get("/formation/themes/").text

    assert "tous les sites" in page
    assert "12 mois après la prise de poste, puis 4 ans" in page
