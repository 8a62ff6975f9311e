"""A site follows the themes of the modules it retains: in the follow-up, the balance, the forecast, forms and files."""

from datetime import date

import pytest
import time_machine

from core.base.errors import UserError
from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.referential.factories import ModuleFactory, PerimeterFactory, ReferentialFactory
from tests.training.factories import AgentFactory, PostFactory, TrainingThemeFactory
from training import synthesis
from training.follow_up import follow_up, needs_of
from training.forms.people import PostForm
from training.imports.base import themes_for
from training.services import people

pytestmark = pytest.mark.django_db
TODAY, RETAINED = date(2026, 3, 2), date(2024, 1, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def version():
    return ReferentialFactory()


@pytest.fixture
def desk(version):
    return TrainingThemeFactory(
        name="Accueil physique", module=ModuleFactory(referential=version, code="1"), position=1
    )


@pytest.fixture
def cert(version):
    return TrainingThemeFactory(name="CERT", module=ModuleFactory(referential=version, code="2"), position=2)


@pytest.fixture
def site(desk, cert):
    """A préfecture that retains the module of the desk alone since 2024, one agent for each theme."""
    site = PrefectureFactory(code="38")
    PerimeterFactory(site=site, module=desk.module, valid_from=RETAINED)
    service = ServiceFactory(parent=site, code="38-cert")
    for theme in (desk, cert):
        PostFactory(agent=AgentFactory(unit=service), theme=theme, taken_on=date(2020, 9, 1))
    return site


def units(site):
    return set(site.descendants(include_self=True).values_list("pk", flat=True))


def themes(lines):
    return [line.theme.name for line in lines]


def test_a_theme_of_a_module_that_the_site_does_not_retain_that_day_is_not_followed(site):
    found = follow_up(units=units(site))
    assert [themes(found.lines(on)) for on in (date(2023, 12, 31), RETAINED)] == [
        ["Accueil physique", "CERT"],
        ["Accueil physique"],
    ]
    assert [theme.name for theme in found.outside(RETAINED)] == ["CERT"]
    assert {need.theme for need in needs_of(found, on=TODAY)} == {"Accueil physique"}
    concerned = [synthesis.balance(units(site), year, today=TODAY).concerned for year in (2023, 2025)]
    assert concerned == [{"Accueil physique": 1, "CERT": 1}, {"Accueil physique": 1}]


def test_a_site_that_declares_nothing_of_the_version_keeps_all_its_themes(site, desk, cert):
    PerimeterFactory(site=PrefectureFactory(), module=desk.module)
    below = SousPrefectureFactory(parent=site)
    PostFactory(agent=AgentFactory(unit=ServiceFactory(parent=below)), theme=cert)
    elsewhere = SousPrefectureFactory(parent=site)
    PerimeterFactory(site=elsewhere, module=ModuleFactory())  # of another version
    PostFactory(agent=AgentFactory(unit=elsewhere), theme=cert)
    PostFactory(agent=AgentFactory(unit=site), theme=TrainingThemeFactory(name="Sans module"))

    found = [themes(follow_up(units=units(one)).lines(TODAY)) for one in (below, elsewhere)]
    assert found == [["CERT"], ["CERT"]]
    assert "Sans module" in themes(follow_up(units=units(site)).lines(TODAY))


def test_a_theme_is_followed_between_its_days(site, desk):
    desk.valid_from, desk.valid_until = date(2022, 1, 1), date(2025, 12, 31)
    desk.save()
    found = follow_up(units=units(site))
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [themes(found.lines(on)).count("Accueil physique") for on in days] == [0, 1, 1, 0]


def test_pages_have_no_such_column_and_say_what_is_left_out(client, site):
    client.force_login(user_with(Role.TRAINING_MANAGER, site))
    matrix = client.get("/formation/suivi/agents-et-themes/").text
    assert ['<th scope="col">CERT' in matrix, '<th scope="col">Accueil physique' in matrix] == [False, True]
    assert "non suivi : CERT." in client.get("/formation/suivi/").text
    before = client.get("/formation/suivi/?on=2023-06-01").text
    assert ["non suivi" in before, '<th scope="row">CERT' in before] == [False, True]
    assert "CERT" not in client.get("/formation/suivi/prevision/").text


def test_forms_and_files_offer_the_themes_of_the_site_alone(site, cert):
    manager = user_with(Role.TRAINING_MANAGER, site)
    assert [theme.name for theme in PostForm(user=manager).fields["themes"].queryset] == ["Accueil physique"]
    assert [theme.name for theme in themes_for(site).themes] == ["Accueil physique"]
    agent = AgentFactory(unit=site)
    with pytest.raises(UserError, match="« CERT » n’est pas suivi"):
        people.take_post(agent, unit=site, themes=[cert], taken_on=TODAY, by=manager)
    people.take_post(agent, unit=site, themes=[cert], taken_on=date(2021, 1, 4), ended_on=date(2023, 6, 30), by=manager)
    PerimeterFactory(site=site, module=cert.module, valid_from=date(2020, 1, 1), valid_until=date(2022, 1, 1))
    assert "CERT" in [theme.name for theme in themes_for(site).themes]  # files of those years may name it
