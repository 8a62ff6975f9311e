"""What the code never does, read in its text: nothing of what somebody sent is run, and no weak cipher is used."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.test_repository import APPS

ROOT = Path(__file__).resolve().parents[2]
# Where each of these is used: any other place is to be thought of, then added here and to docs/security/decisions.md.
PLACES = {
    "subprocess": {"core/sheets/reading/bounded.py"},  # our own interpreter, a list of arguments, no shell
    "http.client": {"organisations/services/oidc.py"},
    "imaplib": {"complaints/services/mailing.py"},
    "smtplib": {"core/jobs/notices.py", "core/base/outages.py", "complaints/services/messages.py"},
    "socket": {"core/jobs/worker.py", "core/tasks.py"},  # the name of the machine
    "xml.parsers": {"core/sheets/reading/xml_events.py"},  # refuses document types and entities
    "lxml": {
        "core/pages/odt.py",  # pages that our own templates drew
        "reports/rules/differences.py",
        "reports/rules/pasted.py",  # its HTML parser, which reads no entity and asks nobody; what it gives is cleaned
    },
    "pickle": {"core/pages/pdf_processes.py"},  # what our own child wrote in a file without a name
    "cryptography": {"core/record/identity_keys.py", "core/record/signatures.py", "core/backup/sealing.py"},
    "joserfc": {"organisations/services/oidc.py"},
    "ctypes": {"core/jobs/children.py"},  # a worker's child dies with it
    "random": {"audits/services/rehearsal.py"},  # a draw that anybody may do again
}
NEVER = {"marshal", "shelve", "yaml", "ftplib", "telnetlib", "requests", "urllib.request", "ldap"}
NEVER |= {
    "jinja2",
    "string.Template",
    "xml.etree",
    "xml.dom",
    "xml.sax.handler",
    "defusedxml",
    "memcache",
    "pymemcache",
}
SCRIPTS = "eval\\(|new Function|document\\.write|postMessage|WebSocket|RTCPeerConnection|insertAdjacentHTML|__proto__"


@cache
def sources() -> dict[str, ast.Module]:
    """Every file of the applications, but those that only make the demonstration."""
    files = (
        path for app in APPS if app != "demo" for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
    )
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in files}


@cache
def imported(name: str) -> frozenset[str]:
    return frozenset(_imported(sources()[name]))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_that_import(module: str) -> set[str]:
    return {name for name in sources() if any(one == module or one.startswith(f"{module}.") for one in imported(name))}


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Every call by a plain name: the file, the name with its dots, the call."""
    found = ((name, node) for name, tree in sources().items() for node in ast.walk(tree) if isinstance(node, ast.Call))
    return tuple((name, dotted(node.func), node) for name, node in found)


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("module", sorted(PLACES))
def test_what_reaches_outside_is_used_where_it_was_thought_of(module):
    assert files_that_import(module) == PLACES[module]


@pytest.mark.parametrize("module", sorted(NEVER))
def test_no_file_uses(module):
    assert files_that_import(module) == set()


def test_nothing_is_run_that_was_made_from_a_text():
    refused = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "Template", "Engine.from_string"}
    assert {(name, called) for name, called, _ in calls() if called in refused} == set()
    assert [name for name, _, node in calls() if any(key.arg == "shell" for key in node.keywords)] == []


def test_no_query_is_put_together_from_a_text():
    """The ORM writes queries; the few written by hand take their values as parameters."""
    refused = {"RawSQL", "extra", "raw"}
    found = {
        (name, called)
        for name, called, _ in calls()
        if called == "RawSQL" or called.endswith(("objects.extra", "objects.raw"))
    }
    assert (found, refused & {called for _, called, _ in calls()}) == (set(), set())
    by_hand = {
        name
        for name, called, node in calls()
        if called.endswith("cursor.execute") and node.args and isinstance(node.args[0], ast.JoinedStr)
    }
    assert all(name.startswith(("core/backup/", "core/record/")) for name in by_hand)  # names of tables of our models


def test_digests_are_of_sha_256_but_for_the_codes_of_telephones():
    found = {(name, called) for name, called, _ in calls() if re.fullmatch(r"hashlib\.(?!sha256|scrypt).*", called)}
    assert found == set()
    old = {name for name in sources() if re.search(r"\b(md5|sha1|DES|ECB|RC4|PKCS1v15)\b", (ROOT / name).read_text())}
    assert old == {"organisations/rules/totp.py"}  # HMAC-SHA-1, which the norm of the telephones asks for


def test_certificates_of_servers_are_verified():
    """Django and `http.client` do so by themselves, `imaplib` when it is asked to."""
    contexts = {
        ast.unparse(key.value)
        for _, called, node in calls()
        if called == "imaplib.IMAP4_SSL"
        for key in node.keywords
        if key.arg == "ssl_context"
    }
    assert contexts == {"ssl.create_default_context()"}
    refused = {"ssl._create_unverified_context", "ssl.SSLContext"}
    assert {(name, called) for name, called, _ in calls() if called in refused} == set()
    assert [
        name for name in sources() if re.search(r"CERT_NONE|check_hostname = False", (ROOT / name).read_text())
    ] == []


def test_our_scripts_run_no_text_and_speak_to_our_server_alone():
    files = sorted((ROOT / "static/js").glob("*.js"))
    assert len(files) > 10
    assert [file.name for file in files if re.search(SCRIPTS, file.read_text())] == []
    with_markup = {file.name for file in files if re.search(r"(inner|outer)HTML\s*=(?!=)", file.read_text())}
    # fragments drawn by our templates, which escape what they show
    assert with_markup == {"entry.js", "grid.js", "in-place.js", "plan-rows.js"}
    assert [file.name for file in files if re.search(r"fetch\([\"'`]https?:", file.read_text())] == []
