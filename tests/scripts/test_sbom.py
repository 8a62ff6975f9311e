"""The list of what the application is made of, and what is known against it."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from scripts import sbom
from tests.services import free_port

LOCKED = """# written by make lock
django==5.2.19 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via qualepref
environs[django]==14.5.0 ; python_version >= "3.11" \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


class Advisories(BaseHTTPRequestHandler):
    """A source that knows one thing against Django."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        told = [{"vulns": [{"id": "CVE-2026-1"}]} if q["package"]["name"] == "django" else {} for q in asked]
        content = json.dumps({"results": told}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Nothing to say."""


@pytest.fixture
def source():
    with HTTPServer(("127.0.0.1", 0), Advisories) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_locked_file_is_read_with_its_digests():
    found = sbom.components(LOCKED)
    assert [(c.name, c.version, len(c.digests)) for c in found] == [("django", "5.2.19", 2), ("environs", "14.5.0", 1)]
    assert sbom.bill(found)["components"][0]["purl"] == "pkg:pypi/django@5.2.19"


def test_every_dependency_is_in_the_list():
    locked = sbom.LOCKED.read_text()
    assert len(sbom.components(locked)) == len(re.findall(r"^[A-Za-z0-9][^\s]*==", locked, re.MULTILINE))


def test_every_licence_goes_with_ours():
    assert sbom.licences_hold(sbom.components(sbom.LOCKED.read_text()))


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [("MIT", True), ("BSD-3-Clause", True), ("LGPLv3", True), ("AGPL-3.0", False), ("", False), ("Commercial", False)],
)
def test_a_licence_is_accepted_or_not(licence, accepted):
    assert sbom.Component("x", "1", (), licence).is_accepted is accepted


def test_a_known_vulnerability_fails_and_is_named(source, tmp_path, capsys):
    assert sbom.main(["--output", str(tmp_path / "sbom.json"), "--source", source]) == 1
    assert "CVE-2026-1" in capsys.readouterr().err
    assert json.loads((tmp_path / "sbom.json").read_text())["bomFormat"] == "CycloneDX"


def test_where_no_source_answers_it_is_said_that_nothing_was_checked(tmp_path, capsys):
    address = f"http://127.0.0.1:{free_port()}"
    assert sbom.main(["--output", str(tmp_path / "sbom.json"), "--source", address]) == 0
    assert "les vulnérabilités n’ont pas été vérifiées" in capsys.readouterr().err
