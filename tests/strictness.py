"""Strict fixtures for every test; `tests/conftest.py` loads this module as a plugin (`pytest_plugins`).

- `undefined_variables_fail`: printing a variable that does not exist fails in our own templates (under `templates/`).
  `{% if x %}`, `{% firstof x %}` and `{{ x|default:… }}` remain allowed: they say what happens without it.
- `a_get_cannot_write`: `client.get` and `client.head` fail on INSERT, UPDATE or DELETE, sessions excepted.
  There is no way out: a page that writes on GET is to be mended, not excused.
- `a_form_is_sent_with_the_version_its_page_gave`: `client.post` to the form of an object adds it, as a browser does.
"""

import re
import sys
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.template import engines
from django.template.base import FilterExpression
from django.test import Client
from django.urls import Resolver404, resolve

from core.pages.form import VERSION, UpdatePage

OURS = str(django_settings.BASE_DIR / "templates")
DEFAULTING = {"default", "default_if_none"}
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
WRITABLE_ON_GET = ("django_session", "axes_")


class UndefinedVariable:
    """Stands for `string_if_invalid`: Django asks it for a text each time a variable does not resolve."""

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, variable):
        expression, context = _caller()
        template = context.render_context.template or context.template
        defaulted = any(function.__name__ in DEFAULTING for function, _ in expression.filters)
        if template.origin.name.startswith(OURS) and not defaulted:
            pytest.fail(f"undefined variable {{{{ {variable} }}}} in {template.origin.name}")
        engine = context.template.engine
        engine.string_if_invalid = ""
        try:
            return expression.resolve(context)
        finally:
            engine.string_if_invalid = self


def _caller():
    """The expression being resolved and its context, from the frame of Django's `FilterExpression.resolve`."""
    frame = sys._getframe(2)
    while not isinstance(frame.f_locals.get("self"), FilterExpression):
        frame = frame.f_back
    return frame.f_locals["self"], frame.f_locals["context"]


@pytest.fixture(autouse=True)
def undefined_variables_fail(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", UndefinedVariable())


def _refuse_writes(execute, sql, params, many, context):
    if WRITE.match(sql) and not any(table in sql for table in WRITABLE_ON_GET):
        pytest.fail(f"a GET wrote: {sql[:200]}")
    return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def a_get_cannot_write(monkeypatch):
    for method in ("get", "head"):
        monkeypatch.setattr(Client, method, _read_only(getattr(Client, method)))


def _read_only(original):
    def read(self, *args, **kwargs):
        with ExitStack() as stack:
            for connection in connections.all(initialized_only=True):
                stack.enter_context(connection.execute_wrapper(_refuse_writes))
            return original(self, *args, **kwargs)

    return read


@pytest.fixture(autouse=True)
def a_form_is_sent_with_the_version_its_page_gave(monkeypatch):
    """As a browser does: a test that says nothing of `_version` sends that of the page as it is now."""
    monkeypatch.setattr(Client, "post", _as_a_browser(Client.post))


def _as_a_browser(original):
    def post(self, path, data=None, *args, **kwargs):
        if (data is None or isinstance(data, dict)) and VERSION not in (data or {}) and _is_of_a_version(path):
            context = getattr(self.get(path), "context_data", None) or {}
            data = {**(data or {}), **({VERSION: context["version"]} if context.get("version") else {})}
        return original(self, path, data, *args, **kwargs)

    return post


def _is_of_a_version(path: str) -> bool:
    try:
        view = resolve(urlsplit(str(path)).path).func
    except Resolver404:
        return False
    return issubclass(getattr(view, "view_class", object), UpdatePage)
