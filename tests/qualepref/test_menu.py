"""The menu of the house: seven entries by what one comes to do, what is set once apart, and the help of each page."""

import re

from django.test import RequestFactory
from django.urls import reverse

from core.base.registries import menu
from core.pages.menus import menu_entries
from organisations.enums import Role
from tests.organisations.factories import SousPrefectureFactory, user_with


def labels(role: Role, site) -> list[str]:
    request = RequestFactory().get("/")
    request.user = user_with(role, site)
    return [entry.label for entry in menu_entries(request)]


def test_each_role_reads_what_it_comes_to_do_and_the_settings_last(db):
    site = SousPrefectureFactory()
    seven = ["Aujourd’hui", "Indicateurs", "Actions", "Écoute", "Équipe", "Instances", "Bilan"]
    assert labels(Role.QUALITY_REFERENT, site) == [*seven, "Réglages"]
    assert labels(Role.MANAGEMENT, site) == [*seven, "Réglages"]
    assert labels(Role.TECHNICAL_ADMIN, site) == ["Aujourd’hui", "Réglages"]


def test_the_help_of_the_header_opens_the_section_that_explains_the_page(client, db):
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory()))
    found = {
        url: re.search(r'href="/aide(#\w+)?">Aide</a></li>\s*<li>\s*<form', client.get(url).text)[1]
        for url in (reverse("complaints:cases"), reverse("core:search"))
    }
    assert found == {reverse("complaints:cases"): "#repondre", reverse("core:search"): None}


def test_every_section_of_help_that_the_menu_names_is_written(client, db):
    text = client.get(reverse("core:help")).text
    assert {item.help for item in menu} - set(re.findall(r'<h2 id="(\w+)">', text)) == set()
