"""Pages declared together: their addresses, ways, titles, rights, and where one goes next."""

import pytest
from django.urls import reverse

from core.models import Holiday
from core.pages import CreatePage, UpdatePage
from organisations.enums import Role
from organisations.permissions import P
from tests.core import pages_site
from tests.core.factories import HolidayFactory
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages_site")]


@pytest.fixture
def site():
    return SousPrefectureFactory(code="aix", name="Aix-en-Provence")


@pytest.fixture
def day():
    return HolidayFactory(label="Noël du roi")


@pytest.fixture
def rq(client, site):
    person = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(person)
    return person


def url(page, *args):
    return reverse(f"essai:{page}", args=args)


def way(client, address) -> list[tuple[str, str]]:
    return list(client.get(address).context["breadcrumbs"])


def test_addresses_and_names_follow_from_the_path_the_name_and_the_attribute():
    days = {pattern.name: str(pattern.pattern) for pattern in pages_site.Days.urls()}
    assert days == {
        "day-create": "zones/<slug:code>/jours/nouveau/",
        "day-edit": "zones/jours/<int:pk>/modifier/",
        "day-rename": "zones/jours/<int:pk>/renommer/",
        "day-shout": "zones/jours/<int:pk>/crier/",
        "day-shout-now": "zones/jours/<int:pk>/crier-aussitot/",
        "day-remove": "zones/jours/<int:pk>/supprimer/",
        "day-label": "zones/jours/<int:pk>/libelle/",
        "day-history": "zones/jours/<int:pk>/historique/",
    }
    places = [(pattern.name, str(pattern.pattern)) for pattern in pages_site.Places.urls()]
    assert places == [
        ("places", "lieux"),
        ("place-create", "lieux/nouveau"),  # before the page of one, whose address it could be taken for
        ("place", "lieux/<slug:code>"),
        ("place-edit", "lieux/<slug:code>/modifier"),
        ("place-history", "lieux/<slug:code>/historique"),
    ]


def test_a_declared_page_is_the_class_of_the_house_with_what_the_section_says():
    assert issubclass(pages_site.Places.edit, UpdatePage)
    assert issubclass(pages_site.Places.create, CreatePage)
    permissions = {name: getattr(pages_site.Places, name).permission for name in pages_site.Places.declared}
    assert permissions == {
        "listing": P.UNIT_VIEW, "create": P.UNIT_EDIT, "detail": P.UNIT_VIEW, "edit": P.UNIT_EDIT,
        "history": P.HISTORY_VIEW,
    }  # fmt: skip
    assert pages_site.Places.edit.lookup_field == "code"


def test_the_way_leads_through_what_a_thing_belongs_to(client, rq, day):
    zone = (str(day.zone), url("zone", day.zone.code))
    assert way(client, url("day-edit", day.pk)) == [("Jours", url("holidays")), zone, ("Modifier", "")]
    assert way(client, url("day-create", day.zone.code))[1:] == [zone, ("Ajouter un jour", "")]
    assert way(client, url("day-history", day.pk))[1:] == [zone, ("Historique", "")]
    assert way(client, url("day-rename", day.pk))[1:] == [zone, ("Renommer", "")]
    assert way(client, url("day-label", day.pk))[1:] == [zone, ("Libellé", "")]


def test_the_way_leads_through_the_list_and_the_thing_itself_where_it_has_a_page(client, rq, site):
    here, places = (site.name, url("place", "aix")), ("Lieux", url("places"))
    assert way(client, url("places")) == [("Lieux", "")]
    assert way(client, url("place-create")) == [places, ("Ajouter un lieu", "")]
    assert way(client, url("place", "aix")) == [places, (site.name, "")]
    assert way(client, url("place-edit", "aix")) == [places, here, ("Modifier", "")]
    assert way(client, url("place-history", "aix")) == [places, here, ("Historique", "")]


def test_titles_and_questions_name_the_object(client, rq, day):
    assert client.get(url("day-rename", day.pk)).context["title"] == "Renommer « Noël du roi »"
    assert client.get(url("day-shout", day.pk)).context["question"] == "Crier « Noël du roi » ?"
    assert client.get(url("day-remove", day.pk)).context["question"] == "Supprimer ce jour ?"


def test_the_list_offers_to_add_one_and_tabs_stand_where_a_thing_has_a_page(client, rq, site, day):
    actions = client.get(url("places")).context["actions"]
    assert [(action["label"], action["url"]) for action in actions] == [("Ajouter un lieu", url("place-create"))]
    tabs = client.get(url("place", "aix")).context["tabs"]
    assert tabs == [("Fiche", url("place", "aix"), True), ("Historique", url("place-history", "aix"), False)]
    assert client.get(url("day-history", day.pk)).context["tabs"] == []


def test_each_page_calls_its_verb_and_leads_where_the_thing_stands(client, rq, day):
    zone = url("zone", day.zone.code)
    response = client.post(url("day-create", day.zone.code), {"date": "2026-11-02", "label": "Pont"})
    made = Holiday.objects.get(label="Pont")
    assert (made.zone, response.url) == (day.zone, f"{zone}#jour-{made.pk}")
    there = f"{zone}#jour-{day.pk}"
    assert client.post(url("day-edit", day.pk), {"date": "2026-12-25", "label": "Noël du duc"}).url == there
    assert client.post(url("day-rename", day.pk), {"label": "Étrennes"}).url == there
    assert client.post(url("day-shout", day.pk), {"reason": "Fort"}).url == there
    assert client.post(url("day-shout-now", day.pk)).url == there
    day.refresh_from_db()
    assert [(row.label, row.history_change_reason) for row in day.history.all()[:3]] == [
        ("ÉTRENNES", None), ("ÉTRENNES", "Fort"), ("Étrennes", None),
    ]  # fmt: skip
    assert client.post(url("day-remove", day.pk), {"reason": "En trop"}).url == zone
    assert not Holiday.objects.filter(pk=day.pk).exists()


def test_the_form_takes_what_the_thing_belongs_to(client, rq, day):
    for page, key in (("day-create", day.zone.code), ("day-edit", day.pk)):
        assert client.get(url(page, key)).context["form"].fields["label"].help_text == f"En {day.zone}"


def test_what_was_added_or_changed_leads_to_its_page(client, rq, site):
    assert client.post(url("place-create"), {"name": site.name}).url == url("place", "aix")
    assert client.get(url("place-edit", "aix")).context["form"].initial == {"name": site.name}
    assert client.post(url("place-edit", "aix"), {"name": "Aix"}).url == url("place", "aix")


def test_leaving_a_form_leads_back(client, rq, site, day):
    cancels = {
        page: client.get(address).context["cancel_url"]
        for page, address in {
            "create": url("place-create"), "edit": url("place-edit", "aix"), "child": url("day-create", day.zone.code),
            "verb": url("day-shout", day.pk),
        }.items()
    }  # fmt: skip
    zone = url("zone", day.zone.code)
    assert cancels == {
        "create": url("places"), "edit": url("place", "aix"), "child": zone, "verb": f"{zone}#jour-{day.pk}",
    }  # fmt: skip


def test_who_may_not_is_refused_and_what_is_not_seen_does_not_exist(client, site, day):
    client.force_login(user_with(Role.AUDITOR, site))
    assert [client.get(address).status_code for address in (
        url("place", "aix"), url("place-edit", "aix"), url("place-create"), url("place", SousPrefectureFactory().code),
        url("day-edit", day.pk), url("day-create", day.zone.code),
    )] == [200, 403, 403, 404, 403, 403]  # fmt: skip
