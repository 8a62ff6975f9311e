"""A version of the referential as a table: titles and evidence completed, a whole new version with what it takes up."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from organisations.enums import Role
from referential.models import Correspondence, Engagement
from referential.results import changes_of
from tests.organisations.factories import PrefectureFactory, user_with
from tests.referential.factories import EngagementFactory, ModuleFactory, PerimeterFactory, ReferentialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """Qual-e-Pref, of which one title is known and one is to be completed."""
    referential = ReferentialFactory(code="qual-e-pref", name="Qual-e-Pref", in_force_from=date(2018, 12, 19))
    module = ModuleFactory(referential=referential, code="1", title="Relation générale avec les usagers")
    return [EngagementFactory(module=module, code=code, title=title) for code, title in (("10", "Accueil"), ("11", ""))]


@pytest.fixture
def run(tmp_path):
    def run(*rows, code="qual-e-pref", returns=0):
        path = tmp_path / "referentiel.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        output, returned = io.StringIO(), 0
        try:
            call_command("import_referential", str(path), referential=code, format="json", stdout=output)
        except CommandError as failure:
            returned = failure.returncode
        assert returned == returns, output.getvalue()
        return json.loads(output.getvalue())

    return run


def test_empty_titles_and_expected_evidence_are_completed_and_the_rest_stays(run, known):
    rows = ["N°;Intitulé;Preuves attendues", "E10;;Relevé des appels", "E11;Des horaires adaptés;Affiche"]
    told = run(*rows)
    assert (told["created"], told["changed"]) == (0, 2)
    assert list(Engagement.objects.order_by("code").values_list("title", "expected_evidence")) == [
        ("Accueil", "Relevé des appels"),
        ("Des horaires adaptés", "Affiche"),
    ]
    assert run(*rows)["unchanged"] == 2


def test_a_whole_new_version_comes_with_its_modules_and_what_it_takes_up(run, known):
    ReferentialFactory(code="qual-e-ate", name="Qual-e-ATE", in_force_from=date(2027, 1, 1))
    told = run(
        "Module;Engagement;Intitulé;Ancien engagement",
        "Module 1 – Accueil;1;Vous accueillir;10 et 11",
        ";1.1;Vous orienter;",
        "Pilotage;1;Suivre la qualité;99",
        code="qual-e-ate",
    )
    assert told["created"] == 3
    new = Engagement.objects.filter(module__referential__code="qual-e-ate").order_by("pk")
    assert [(row.module.code, row.module.title, row.code, row.parent and row.parent.code) for row in new] == [
        ("1", "Accueil", "1", None),
        ("1", "Accueil", "1.1", "1"),
        ("pilotage", "Pilotage", "1", None),
    ]
    assert list(Correspondence.objects.order_by("pk").values_list("old__code", "new__code")) == [
        ("10", "1"),
        ("11", "1"),
    ]
    assert ["« 99 »" in one["message"] for one in told["warnings"]] == [True]


def test_a_number_told_twice_or_without_module_is_refused_at_its_cell(run, known):
    told = run("Module;N°;Intitulé", "1;12;a", "1;12;b", returns=1)
    assert [one["cell"] for one in told["errors"]] == ["B3"]


def test_what_changes_for_the_sites(known, django_assert_num_queries):
    site = PrefectureFactory()
    PerimeterFactory(site=site, module=known[0].module, valid_from=date(2020, 1, 1))
    new = ReferentialFactory(name="Qual-e-ATE", in_force_from=date(2027, 1, 1))
    module = ModuleFactory(referential=new)
    taken, fresh = (EngagementFactory(module=module, code=code) for code in ("1", "2"))
    Correspondence.objects.create(old=known[0], new=taken)
    with django_assert_num_queries(4):
        found = changes_of(new, [site])
    assert ([one.engagement for one in found.taken_up], found.new, found.gone) == ([taken], [fresh], [known[1]])
    assert found.sentence == "1 engagement repris, 1 nouveau, 1 sans suite"


def test_a_version_is_added_then_shown_with_what_changes(client, known):
    prefecture = PrefectureFactory()
    client.force_login(user_with(Role.QUALITY_REFERENT, prefecture))
    answer = client.post(
        reverse("referential:referential-create"), {"name": "Qual-e-ATE", "in_force_from": "2027-01-01", "source": ""}
    )
    assert answer.url == reverse("referential:referential", args=["qual-e-ate"])
    page = client.get(reverse("referential:changes", args=["qual-e-ate"])).content.decode()
    assert "Aucun engagement n’est encore connu." in page
