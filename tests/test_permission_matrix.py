"""Every URL × every role × three places (own site, sister site, préfecture above), by GET and by POST.

The expectations are in `tests/permission_matrix/`; its docstring says how to add a row.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from organisations.enums import Role
from organisations.models import User
from tests.permission_matrix import EXPECTED, PLACES, PUBLIC, Cell, Row, World

WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
ALLOWED_WRITES = ("django_session", "axes_")


def url_patterns(patterns=None, namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name, parameters) of every URL of the application; those of the administration have their own test."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else f"unnamed: {pattern.pattern}"
            yield name, ",".join(pattern.pattern.converters)
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_patterns(pattern.url_patterns, inner)


def addresses(patterns=None, before: str = "") -> Iterator[str]:
    """The address of every URL, as it is declared."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from addresses(pattern.url_patterns, address)


def url_names() -> set[str]:
    """The names of the URLs; those of one name are told apart by their parameters: `indicators:grid(site,year)`."""
    return set(url_parameters())


def url_parameters() -> dict[str, list[str]]:
    """The parameters of the address of each name."""
    found = list(url_patterns())
    uses = Counter(name for name, _ in found)
    named = {f"{name}({parameters})" if uses[name] > 1 else name: parameters for name, parameters in found}
    return {name: parameters.split(",") if parameters else [] for name, parameters in named.items()}


ROWS = {name: parameters for name, parameters in sorted(url_parameters().items()) if name in EXPECTED}


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.fixture
def clients(world):
    found = {}
    for role, user in world.users.items():
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(user)
    return found


def test_every_url_has_a_row_and_every_row_a_url():
    names = url_names()
    assert {"without a row": sorted(names - EXPECTED.keys()), "without a URL": sorted(EXPECTED.keys() - names)} == {
        "without a row": [],
        "without a URL": [],
    }


def test_no_two_views_share_an_address():
    """The second would never be reached."""
    assert [address for address, uses in Counter(addresses()).items() if uses > 1] == []


@pytest.fixture
def short_refusals(monkeypatch):
    """Nine answers in ten are refusals, whose page is drawn once per role below: here their status is what counts."""
    monkeypatch.setattr("core.pages.errors.page", lambda request, status, **told: HttpResponse(status=status))


@pytest.fixture
def pages_drawn_once(monkeypatch, role):
    """Who may open a page is its status: its template is drawn for one role here, for all of them by the journeys."""
    if role != Role.QUALITY_REFERENT:
        monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.fixture
def rights_read_once(monkeypatch):
    """Each request reads the rights of its person: here they are read at the first one of each, and do not change."""
    read, rights, sites = User.__dict__["access"].func, {}, {}

    def access(user: User):
        if user.pk not in rights:
            rights[user.pk] = read(user)
        return rights[user.pk]

    monkeypatch.setattr(User, "access", property(access))
    monkeypatch.setattr(User, "_sites_of", property(lambda user: sites.setdefault(user.pk, {})))


@pytest.mark.usefixtures("short_refusals", "pages_drawn_once", "rights_read_once")
@pytest.mark.parametrize("role", Role)
def test_each_role_opens_exactly_the_pages_it_may_and_a_get_writes_nothing(world, clients, role):
    differences = []
    for name, _row, cell in cells(world, role):
        status, writes = ask(clients[role].get, cell.url)
        if status not in cell.get or writes:
            differences.append((name, cell.place, role.value, status, sorted(cell.get), writes))
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.usefixtures("short_refusals", "pages_drawn_once", "rights_read_once")
@pytest.mark.parametrize("role", Role)
def test_each_role_acts_exactly_where_it_may_and_is_refused_before_anything_is_written(world, clients, role):
    differences = []
    for name, _row, cell in cells(world, role):
        status, writes = ask(clients[role].post, cell.url)
        refused = status in {403, 404, 405}
        if status not in cell.post or (refused and writes):
            differences.append((name, cell.place, role.value, status, sorted(cell.post), writes))
    assert not differences, "\n".join(map(str, differences))


@pytest.mark.parametrize(("status", "title"), [(403, "Accès refusé"), (404, "Page introuvable")])
def test_the_page_of_a_refusal_is_drawn_for_each_role(world, clients, status, title):
    for role in Role:
        refused = (cell.url for _, _, cell in cells(world, role) if cell.get == {status})
        answer = clients[role].get(next(refused))
        assert (role, answer.status_code, title in answer.text) == (role, status, True)


def test_without_an_account_every_page_but_the_public_ones_leads_to_the_sign_in(world):
    differences = []
    client = Client(raise_request_exception=False)
    for name, row, cell in cells(world, Role.AUDITOR):
        for method in (client.get, client.post):
            with transaction.atomic():
                response = method(cell.url)
                transaction.set_rollback(True)
            if response.status_code == 200 and response.streaming:
                b"".join(response.streaming_content)  # which closes it
            to_sign_in = response.status_code == 302 and response.url.startswith(reverse("organisations:login"))
            if to_sign_in is (row.permission == PUBLIC):
                differences.append((name, response.status_code))
    assert not differences, "\n".join(map(str, differences))


def test_the_administration_is_for_the_technical_administrator_alone(world, clients):
    pages = ["/admin/", "/admin/organisations/user/", "/admin/axes/accessattempt/"]
    opened = {role for role in Role for page in pages if clients[role].get(page).status_code == 200}
    assert opened == {Role.TECHNICAL_ADMIN}
    business = {page for page in admin_lists() if clients[Role.TECHNICAL_ADMIN].get(page).status_code == 200}
    assert {page.split("/")[2] for page in business} <= {"organisations", "axes"}


def cells(world: World, role: Role) -> Iterator[tuple[str, Row, Cell]]:
    """Every row at every place for a role; the objects are made on the way."""
    world.me = world.users[role]
    for name, parameters in ROWS.items():
        row = EXPECTED[name]
        for place in row.places(PLACES):
            yield name, row, row.cell(name, parameters, world, role, place)


def ask(method, url: str) -> tuple[int, list[str]]:
    """The status of a request and what it wrote, undone afterwards."""
    client = method.__self__
    cookies = copy.deepcopy(client.cookies)  # signing out must not end the tour
    connection.queries_log.clear()  # nine thousand are kept, and one more warns
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        response = method(url)
        if response.status_code == 200 and response.streaming:
            b"".join(response.streaming_content)  # which closes it
        transaction.set_rollback(True)
    client.cookies = cookies
    writes = [query["sql"][:200] for query in queries if WRITE.match(query["sql"])]
    return response.status_code, [sql for sql in writes if not any(table in sql for table in ALLOWED_WRITES)]


def admin_lists() -> list[str]:
    from django.contrib import admin

    return [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry]
