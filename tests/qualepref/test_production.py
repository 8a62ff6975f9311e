"""What is given for production says the same thing wherever it is written."""

import shlex

import pytest

from tests.production.installation import NGINX, command_of

UNITS = NGINX.parent
BIN = "/opt/qualepref/.venv/bin/"


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_the_unit_of_systemd_runs_the_command_of_the_compose_file(service):
    unit = (UNITS / f"qualepref-{service}.service").read_text()
    [start] = [line.removeprefix("ExecStart=") for line in unit.splitlines() if line.startswith("ExecStart=")]
    program, *arguments = shlex.split(start.replace("%%", "%"))
    asked = command_of(service, {"PORT": "8000"})
    assert [program.removeprefix(BIN), *arguments][: len(asked)] == asked
    assert arguments[len(asked) - 1 :] in ([], ["--schedule", "/var/lib/qualepref/beat"])


def test_the_proxy_speaks_the_versions_of_tls_that_are_safe_and_keeps_no_address():
    told = NGINX.read_text()
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in told
    [ciphers] = [line.split()[1].rstrip(";").split(":") for line in told.splitlines() if "ssl_ciphers" in line]
    assert all(name.startswith("ECDHE-") and ("GCM" in name or "CHACHA20" in name) for name in ciphers)
    assert told.count("access_log off;") == 2
