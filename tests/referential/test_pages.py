"""The pages of the referentials and of the perimeters."""

from datetime import date

import pytest
from django.urls import reverse

from organisations.enums import Role
from referential.models import Correspondence, Engagement, Module, Perimeter
from tests.core.page_checks import check_list_page
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with
from tests.referential.factories import (
    CorrespondenceFactory,
    EngagementFactory,
    ModuleFactory,
    PerimeterFactory,
    ReferentialFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture():
    return PrefectureFactory()


@pytest.fixture
def referent(client, prefecture):
    user = user_with(Role.QUALITY_REFERENT, prefecture)
    client.force_login(user)
    return user


def page(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(f"referential:{name}", args=args) + query)
    assert response.status_code == 200
    return response.text


def send(client, url_name: str, *args, **data):
    return client.post(reverse(f"referential:{url_name}", args=args), data, follow=True)


def test_the_lists_cost_the_same_with_one_and_three_rows(client, referent, prefecture):
    check_list_page(client, reverse("referential:referentials"), EngagementFactory, 7)
    check_list_page(client, reverse("referential:correspondences"), CorrespondenceFactory, 7)
    check_list_page(client, reverse("referential:perimeters"), lambda: PerimeterFactory(site=prefecture), 8)


def test_the_tree_marks_and_counts_what_is_to_complete(client, referent):
    module = ModuleFactory(code="1")
    EngagementFactory(module=module, code="1", title="Un intitulé connu")
    EngagementFactory(module=module, code="17", title="", subject="délais", certainty="COPIL 2020")
    code = module.referential.code
    text = page(client, "referential", code)
    for words in ("1 intitulé à compléter sur 2 engagements.", "Un intitulé connu", "Objet : délais", "COPIL 2020"):
        assert words in text
    assert "Un intitulé connu" not in page(client, "referential", code, query="?a_completer=1")


def test_a_complete_or_empty_referential_says_so(client, referent):
    code = EngagementFactory().module.referential.code
    assert "Tous les intitulés sont connus (1 engagement)." in page(client, "referential", code)
    assert "Aucun module n’est connu." in page(client, "referential", ReferentialFactory().code)


def test_the_title_of_an_engagement_is_completed_with_its_reason(client, referent):
    engagement = EngagementFactory(title="")
    assert "à compléter" in page(client, "engagement", engagement.pk)
    send(client, "engagement-edit", engagement.pk, title="L’intitulé", reason="Lu dans le texte")
    assert Engagement.objects.get().title == "L’intitulé"
    text = page(client, "engagement-history", engagement.pk)
    assert "Lu dans le texte" in text
    assert str(referent) in text


def test_an_engagement_names_those_of_other_versions(client, referent):
    row = CorrespondenceFactory(note="Téléphone")
    assert f'Prend la suite de <a class="fr-link" href="{reverse("referential:engagement", args=[row.old_id])}' in page(
        client, "engagement", row.new_id
    )
    assert "Repris par" in page(client, "engagement", row.old_id)


def test_who_holds_no_whole_prefecture_reads_and_changes_nothing(client, prefecture):
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory(parent=prefecture)))
    engagement = EngagementFactory(title="")
    assert "Modifier" not in page(client, "engagement", engagement.pk)
    assert "Retirer" not in page(client, "correspondences")
    response = send(client, "engagement-edit", engagement.pk, title="Ailleurs")
    assert (response.status_code, Engagement.objects.get().title) == (403, "")


def test_modules_engagements_and_correspondences_are_added(client, referent):
    referential = ReferentialFactory()
    send(client, "module-create", referential.code, code="1", title="Accueil")
    module = Module.objects.get()
    send(client, "module-edit", module.pk, title="Accueil général", reason="Précision")
    assert "Accueil général" in page(client, "module-history", module.pk)
    send(client, "engagement-create", module.pk, code="14")
    first = Engagement.objects.get()
    send(client, "engagement-create", module.pk, code="14.3", parent=first.pk)
    assert Engagement.objects.get(code="14.3").parent == first
    send(client, "correspondence-create", old=first.pk, new=EngagementFactory().pk, note="Délais")
    row = Correspondence.objects.get()
    assert "Délais" in page(client, "correspondences")
    assert "Retirer la correspondance" in page(client, "correspondence-remove", row.pk)
    send(client, "correspondence-remove", row.pk)
    assert not Correspondence.objects.exists()


def test_the_dates_of_a_referential_are_changed(client, referent):
    referential = ReferentialFactory(name="Qual-e-ATE")
    send(client, "referential-edit", referential.code, name="Qual-e-ATE", in_force_from="2027-01-01")
    referential.refresh_from_db()
    assert referential.in_force_from == date(2027, 1, 1)
    assert "01/01/2027" in page(client, "referential-history", referential.code)


def test_modules_are_retained_ended_and_taken_back(client, referent, prefecture):
    modules = [ModuleFactory(code="1"), ModuleFactory(code="4")]
    send(client, "perimeter-create", site=prefecture.pk, modules=[row.pk for row in modules], valid_from="2020-02-11")
    assert Perimeter.objects.count() == 2
    row = Perimeter.objects.get(module=modules[0])
    send(client, "perimeter-edit", row.pk, valid_from="2020-02-11", valid_until="2023-02-10")
    assert "10/02/2023" in page(client, "perimeter", row.pk)
    assert "10/02/2023" in page(client, "perimeter-history", row.pk)
    text = page(client, "perimeters", query=f"?site={prefecture.pk}&in_force=today")
    assert ("Module 4" in text, "10/02/2023" in text) == (True, False)
    send(client, "perimeter-remove", row.pk)
    assert Perimeter.objects.count() == 1


def test_the_perimeter_of_another_site_is_neither_seen_nor_chosen(client, prefecture):
    site = SousPrefectureFactory(parent=prefecture)
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    row = PerimeterFactory(site=prefecture)
    assert client.get(reverse("referential:perimeter", args=[row.pk])).status_code == 404
    response = send(client, "perimeter-create", site=prefecture.pk, modules=[row.module_id], valid_from="2025-01-01")
    assert list(response.context_data["form"].errors) == ["site"]
