"""What every page owes its reader: the layout, the components, the forms, and templates the strict policy accepts."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from core.base import registries
from core.pages.gallery.forms import wrong_form
from core.pages.menus import MenuEntry, current_section, menu_entries
from core.pages.states import STATES, badge_of
from core.staticfiles import ManifestStorage
from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, UserFactory, user_with

HERE = Path(settings.BASE_DIR / "templates")
TEMPLATES = sorted([*HERE.rglob("*.html"), *HERE.rglob("*.svg")])
STYLE_SHEETS = re.findall(r"static '([^']+\.css)'", (settings.BASE_DIR / "templates/layout/document.html").read_text())


def page(template: str, *, user=None, path="/", **context) -> str:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return render_to_string(template, context, request)


# --- Every template ---------------------------------------------------------------------------------------------


def offending(pattern: str) -> dict[str, list[str]]:
    """What matches the pattern in our templates, comments left out, by template."""
    uncommented = {
        path: re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL) for path in TEMPLATES
    }
    found = {str(path.relative_to(HERE)): re.findall(pattern, text) for path, text in uncommented.items()}
    return {name: matches for name, matches in found.items() if matches}


def test_templates_have_no_inline_script_nor_style():
    assert offending(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:") == {}


def test_comments_of_templates_are_closed_on_their_line():
    """Django prints the others."""
    left = {str(path.relative_to(HERE)): re.sub(r"{#.*?#}", "", path.read_text()).count("{#") for path in TEMPLATES}
    assert {name: number for name, number in left.items() if number} == {}


def test_templates_load_nothing_from_elsewhere():
    assert offending(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css|woff2?|png|svg)') == {}


def test_the_icons_of_templates_are_in_the_style_sheets_that_pages_load():
    known = icons_of_the_style_sheets()
    used = offending(r"fr-icon-[a-z][a-z0-9-]+[a-z0-9]")
    assert {name: icons for name, icons in used.items() if set(icons) - known} == {}


def icons_of_the_style_sheets() -> set[str]:
    dist = Path(__import__("dsfr").__file__).parent / "static"
    sheets = [dist / sheet for sheet in STYLE_SHEETS if sheet.startswith("dsfr/")]
    return {icon for sheet in sheets for icon in re.findall(r"\.(fr-icon-[a-z0-9-]+)", sheet.read_text())}


def test_what_templates_load_is_collected_with_its_references(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "core.staticfiles.ManifestStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = ManifestStorage(location=tmp_path).read_manifest()
    asked = {name for path in TEMPLATES for name in re.findall(r"{% static '([^']+)'", path.read_text())}
    assert sorted(name for name in asked if f'"{name}"' not in manifest) == []
    imports = re.findall(r'from "\./([^"]+)"', "".join(path.read_text() for path in (tmp_path / "js").glob("*.*.js")))
    assert [name for name in imports if not re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name)] == []
    assert len(list((tmp_path / "dsfr").rglob("*.*"))) < 1600  # two per file; DSFR has 1,600 files


# --- Layout ------------------------------------------------------------------------------------------------------


def test_a_demonstration_says_so_and_does_not_pose_as_a_site_of_the_state(settings):
    settings.DEMO = True
    text = page("core/help.html", title="Aide", breadcrumbs=[("Aide", "")])
    assert "démonstration</span>" in text
    assert "fr-logo" not in text
    assert "Données inventées" in text


def test_a_real_installation_bears_the_brand_of_its_administration(settings):
    settings.DEMO = False
    settings.SITE_BRAND = "Préfet|de l’Isère"
    text = page("core/help.html", title="Aide", breadcrumbs=[("Aide", "")])
    assert '<p class="fr-logo">Préfet<br>de l’Isère</p>' in text
    assert "démonstration" not in text


def test_an_installation_that_asks_for_no_brand_has_none(settings):
    settings.DEMO = False
    settings.SITE_BRAND = ""
    assert "fr-logo" not in page("core/help.html", title="Aide")


def test_an_error_page_needs_neither_request_nor_user(settings):
    settings.DEMO = True
    text = render_to_string("core/error.html", {"status": 500, "title": "Erreur", "text": "", "reason": ""})
    assert "fr-logo" not in text
    assert text.count("<h1>") == 1
    assert "Revenir à l’accueil" in text


def test_the_title_says_the_page_its_section_and_the_service(db, monkeypatch):
    monkeypatch.setattr(registries, "menu", menu_of(("Composants", "core:gallery"), ("Aide", "core:help")))
    user = UserFactory()
    text = page("core/help.html", user=user, path="/aide/premiers-pas", title="Premiers pas")
    assert "<title>Premiers pas – Aide – qualepref</title>" in text
    text = page("core/help.html", user=user, path="/aide", title="Aide")
    assert "<title>Aide – qualepref</title>" in text
    text = page("core/help.html", user=user, path="/aide/2026", title="Aide 2026")
    assert "<title>Aide 2026 – qualepref</title>" in text


def test_the_title_says_first_that_the_form_has_errors():
    text = page("layout/base.html", title="Indicateur", form=wrong_form())
    assert "<title>Erreur – Indicateur – qualepref</title>" in text


def test_skip_links_lead_somewhere(db, monkeypatch):
    monkeypatch.setattr(registries, "menu", menu_of(("Aide", "core:help")))
    for user in (None, UserFactory()):
        text = page("core/help.html", user=user, title="Aide")
        targets = re.findall(r'class="fr-link" href="#([\w-]+)"', text)
        assert [target for target in targets if f'id="{target}"' not in text] == []
        assert ("menu-principal" in targets) is (user is not None)


def test_htmx_injects_no_style_and_evaluates_nothing():
    text = page("core/help.html", title="Aide")
    assert """content='{"includeIndicatorStyles":false,"allowEval":false,"attributesToSettle":["class"]}'""" in text


def test_the_user_s_name_roles_and_sign_out_are_in_the_header(db):
    user = user_with(Role.QUALITY_REFERENT, PrefectureFactory(), first_name="Camille", last_name="Roux")
    text = page("core/help.html", user=user, title="Aide")
    assert "Camille Roux" in text
    assert "Référent qualité" in text
    assert re.search(r'<form method="post" action="[^"]+">\s*<input type="hidden" name="csrfmiddlewaretoken"', text)


# --- Menu --------------------------------------------------------------------------------------------------------


def menu_of(*entries):
    registry = registries.Registry("menu")
    for position, (label, url_name, *group) in enumerate(entries):
        registry.register(registries.MenuItem(label, url_name, "", position, group=group[0] if group else ""))
    return registry


def request_of(user, path):
    request = RequestFactory().get(path)
    request.user = user
    return request


def test_every_entry_of_the_menu_leads_somewhere():
    assert [reverse(item.url_name) for item in registries.menu]


def test_the_menu_marks_the_deepest_entry_that_holds_the_page(db, monkeypatch):
    monkeypatch.setattr(registries, "menu", menu_of(("Plan", "core:sitemap"), ("Aide", "core:help")))
    request = request_of(UserFactory(), "/aide/clavier")
    assert menu_entries(request) == [MenuEntry("Plan", "/plan-du-site"), MenuEntry("Aide", "/aide", is_current=True)]
    assert current_section(request) == "Aide"


def test_pages_of_one_group_share_a_button_and_a_lonely_one_stays_a_link(db, monkeypatch):
    menu = menu_of(
        ("Aide", "core:help", "À propos"), ("Plan", "core:sitemap", "À propos"), ("Mentions", "core:legal", "x")
    )
    monkeypatch.setattr(registries, "menu", menu)
    group, lonely = menu_entries(request_of(UserFactory(), "/aide"))
    assert [entry.label for entry in group.children] == ["Aide", "Plan"]
    assert group.is_current
    assert lonely == MenuEntry("Mentions", "/mentions-legales")


def test_an_entry_whose_permission_is_not_held_is_not_shown(db, monkeypatch):
    registry = registries.Registry("menu")
    registry.register(registries.MenuItem("Aide", "core:help", "campaign_steer"))
    monkeypatch.setattr(registries, "menu", registry)
    site = PrefectureFactory()
    shown = {
        role: len(menu_entries(request_of(user_with(role, site), "/")))
        for role in (Role.QUALITY_REFERENT, Role.AUDITOR)
    }
    assert shown == {Role.QUALITY_REFERENT: 1, Role.AUDITOR: 0}


def test_nobody_signed_in_has_no_menu():
    assert menu_entries(request_of(AnonymousUser(), "/")) == []
    assert menu_entries(None) == []


# --- Pages about the site ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["accessibility", "sitemap", "help", "legal"])
def test_the_pages_of_the_footer_are_open_to_everybody(client, name):
    response = client.get(reverse(f"core:{name}"))
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


def test_the_gallery_asks_to_sign_in_and_shows_every_state(client, db):
    assert client.get(reverse("core:gallery")).status_code == 302
    client.force_login(UserFactory())
    text = client.get(reverse("core:gallery")).content.decode()
    assert [state for state in STATES if badge_of(state)["label"] not in text] == []
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert sorted({name for name in ids if ids.count(name) > 1 and name not in ids_of_both_forms(ids)}) == []


def ids_of_both_forms(ids):
    """The right form and the wrong one are the same form twice, on the gallery only."""
    return {name for name in ids if name.startswith("id_")}


# --- French -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 jeu, 0 action"), (1, "1 jeu, 1 action"), (2, "2 jeux, 2 actions"), ("1", "1 jeu, 1 action")],
)
def test_the_plural_begins_at_two(number, expected):
    text = "{{ n }} jeu{{ n|pluralize:'x' }}, {{ n }} action{{ n|pluralize }}"
    assert engines["django"].from_string(text).render({"n": number}) == expected


def test_a_list_is_counted():
    text = "{{ n|length }} constat{{ n|pluralize }}"
    assert [engines["django"].from_string(text).render({"n": range(n)}) for n in (0, 2)] == ["0 constat", "2 constats"]
