"""A table of services and people: units created under their parents, accounts opened, roles given; nothing twice."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import Job
from organisations.enums import Role
from organisations.imports.directory import DirectoryFile
from organisations.models import Membership, Unit, User
from tests.core.importing import driving
from tests.core.page_checks import query_count
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
HEADS = ["Service", "Rattaché à", "Nature", "Sigle", "Prénom", "Nom", "Courriel", "Rôle"]
ROWS = [
    ["Direction des sécurités", "", "Direction", "DS", "Anne", "Durand", "anne.durand@isere.invalid", "Directrice"],
    [
        "Bureau des polices",
        "Direction des sécurités",
        "Bureau",
        "",
        "Paul",
        "Roy",
        "paul.roy@isere.invalid",
        "Chef de bureau",
    ],
    ["", "", "", "", "Zoé", "Petit", "Zoe.Petit@isere.invalid", "contributrice"],
    ["Accueil général", "", "", "ACC", "", "", "", ""],
]


@pytest.fixture
def site():
    return PrefectureFactory(code="38", name="Préfecture de l’Isère")


@pytest.fixture
def table(tmp_path, site):
    def imported(*rows):
        path, out = tmp_path / "services.csv", StringIO()
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        try:
            call_command("import_directory", str(path), "--unit", "38", "--format", "json", stdout=out)
        except CommandError as refused:
            return refused.returncode, json.loads(out.getvalue())
        return 0, json.loads(out.getvalue())

    return imported


def units():
    return {unit.code: (unit.name, unit.kind, unit.parent.code) for unit in Unit.objects.exclude(parent=None)}


def roles():
    return {
        (one.user.email, str(one.user), one.role, one.unit.code)
        for one in Membership.objects.select_related("user", "unit")
    }


def test_units_are_created_under_their_parents_and_people_are_invited(table, site):
    code, told = table(HEADS, *ROWS)

    assert (code, told["created"], told["errors"], told["asks"]) == (0, 4, [], [])
    assert units() == {
        "38-ds": ("Direction des sécurités", "direction", "38"),
        "38-ds-bureau-des-polices": ("Bureau des polices", "bureau", "38-ds"),
        "38-acc": ("Accueil général", "service", "38"),
    }
    assert roles() == {
        ("anne.durand@isere.invalid", "Anne Durand", "management", "38-ds"),
        ("paul.roy@isere.invalid", "Paul Roy", "head_of_service", "38-ds-bureau-des-polices"),
        ("zoe.petit@isere.invalid", "Zoé Petit", "contributor", "38-ds-bureau-des-polices"),
    }
    assert Job.objects.filter(kind="send_invitation").count() == 3


def test_the_same_file_again_changes_nothing_and_a_new_role_is_added(table, site):
    table(HEADS, *ROWS)
    assert table(HEADS, *ROWS)[1]["unchanged"] == 4

    code, told = table(HEADS, ["ACC", "", "", "", "Paul", "Roy", "paul.roy@isere.invalid", "Agent d’accueil"])
    assert (code, told["created"]) == (0, 1)
    assert ("paul.roy@isere.invalid", "Paul Roy", "reception_agent", "38-acc") in roles()
    assert User.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (["Accueil", "Nulle part", "", "", "", "", "", ""], "B2", "ni une unité connue ni une ligne de ce tableau"),
        (["Accueil", "Accueil", "", "", "", "", "", ""], "B2", "se rattache à elle-même"),
        (["Grenoble", "Bureau", "Sous-préfecture", "", "", "", "", ""], "B2", "ni une unité connue"),
        (["Accueil", "", "", "", "Anne", "Durand", "anne.durand", "Chef de service"], "G2", "n’est pas une adresse"),
        (["Accueil", "", "", "", "Anne", "Durand", "a.durand@isere.invalid", ""], "G2", "Dites le rôle"),
        (["Accueil", "", "", "", "", "", "a.durand@isere.invalid", "Chef de service"], "G2", "le nom et le prénom"),
        (["Accueil", "", "", "", "Jean", "Clos", "clos@isere.invalid", "Chef de service"], "G2", "est fermé"),
    ],
)
def test_what_cannot_be_is_told_at_its_cell(table, site, row, cell, why):
    UserFactory(email="clos@isere.invalid", is_active=False)
    code, told = table(HEADS, row)

    assert (code, Unit.objects.count(), Membership.objects.count()) == (1, 1, 0)
    assert any(one["cell"] == cell and why in one["message"] for one in told["errors"])


def test_one_address_is_one_person_and_two_units_of_one_name_need_their_code(table, site):
    other = ["Accueil", "", "", "", "Jean", "Roy", "a@isere.invalid", "Chef de service"]
    code, told = table(HEADS, ["Accueil", "", "", "", "Anne", "Durand", "a@isere.invalid", "Chef de service"], other)
    assert (code, [one["message"] for one in told["errors"]]) == (
        1, ["Cette adresse est celle de Anne Durand à la ligne 2."],
    )  # fmt: skip

    for parent in (
        ServiceFactory(code="38-a", name="A", parent=site),
        ServiceFactory(code="38-b", name="B", parent=site),
    ):
        ServiceFactory(code=f"{parent.code}-acc", name="Accueil", parent=parent)
    code, told = table(HEADS, other)
    assert (code, "écrivez le code" in told["errors"][0]["message"]) == (1, True)


def test_an_unknown_role_is_asked_and_a_person_without_an_address_is_a_warning(table, site):
    code, told = table(HEADS, ["Accueil", "", "", "", "Anne", "Durand", "a@isere.invalid", "Grand manitou"])
    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["H2"]])

    code, told = table(HEADS, ["Accueil", "", "", "", "Anne", "Durand", "", "Chef de service"])
    assert (code, told["created"], "aucun compte" in told["warnings"][0]["message"]) == (0, 1, True)


@pytest.mark.parametrize("name", ["DURAND Anne-Marie", "Anne-Marie DURAND", "Anne-Marie Durand"])
def test_a_name_in_one_cell_is_parted(table, site, name):
    table(["Service", "Agent", "Adresse mail", "Rôle"], ["Accueil", name, "a@isere.invalid", "Accueil"])

    user = User.objects.get()
    assert (user.first_name, user.last_name.title()) == ("Anne-Marie", "Durand")


def test_a_referent_previews_records_and_takes_back_within_their_rights(client, site):
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    driver = driving.Driver(client, DirectoryFile)
    record = driving.previewed(client, "/organisation/unites/38/importer", [HEADS, *ROWS], kind=DirectoryFile)
    assert "Bureau des polices, sous Direction des sécurités" in driver.page(record)
    driver.commit(record)
    assert len(roles()) == 3 + 1

    assert "tout est revenu comme avant" in driver.act(record, "undo")
    assert (units(), User.objects.count()) == ({}, 1)


def test_nobody_gives_more_than_they_may(client, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    rows = [HEADS, ["Accueil", "", "", "", "Anne", "Durand", "a@isere.invalid", "Administrateur technique"]]
    record = driving.previewed(client, "/organisation/unites/38/importer", rows, kind=DirectoryFile)
    text = driving.Driver(client, DirectoryFile).page(record)

    assert "Vous ne pouvez pas donner le rôle « Administrateur technique »" in text


def test_the_preview_takes_the_same_queries_whatever_the_lines(client, site):
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    counts = []
    for many in (2, 30):
        rows = [["Accueil", "", "", "", "A", "B", f"a{number}@isere.invalid", "Contributeur"] for number in range(many)]
        record = driving.previewed(client, "/organisation/unites/38/importer", [HEADS, *rows], kind=DirectoryFile)
        counts.append(query_count(client, DirectoryFile.url(record)))
    assert counts[0] == counts[1]
