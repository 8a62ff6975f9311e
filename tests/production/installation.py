"""An installation as docker-compose.yml and docs/production describe it, run as processes of this machine.

PostgreSQL and Redis are real, the owner migrates, the application runs under a role that owns nothing, Debian's nginx
ends TLS with the configuration of docs/production, mail goes to a real server. What differs is told here: ports,
certificate, and the addresses of the services.
"""

import contextlib
import json
import os
import re
import secrets
import shlex
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests import services
from tests.core.smtp_server import MailServer, mail_server
from tests.services import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
NGINX = ROOT / "docs" / "production" / "nginx.conf"
ROLE = "qualepref_app"
START_SECONDS = 60
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


@dataclass
class Installation:
    """Where it is served, what its processes are given, and how they are started, killed and asked."""

    directory: Path
    url: str
    mails: MailServer
    environment: dict[str, str]
    owner: dict[str, str]
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def manage(self, *arguments: str, more: dict[str, str] | None = None) -> str:
        """A command under the role of the application; returns what it prints."""
        return run(["python", "manage.py", *arguments], self.environment | (more or {}))

    def start(self, service: str) -> None:
        """The command of a service, as `restart: unless-stopped` would run it again."""
        log = (self.directory / f"{service}.log").open("ab")
        self.running[service] = subprocess.Popen(
            command_of(service, self.environment),
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, service: str) -> None:
        """The service and all its processes, at once."""
        os.killpg(self.running[service].pid, signal.SIGKILL)
        self.running.pop(service).wait()

    def wait_for_web(self) -> None:
        """Until the health check of the compose file succeeds."""
        limit = time.monotonic() + START_SECONDS
        check = COMPOSE["services"]["web"]["healthcheck"]["test"][1:]
        while subprocess.run(check, cwd=ROOT, env=self.environment, capture_output=True, check=False).returncode:
            if time.monotonic() > limit or self.running["web"].poll() is not None:
                raise services.ServiceError((self.directory / "web.log").read_text()[-3000:])
            time.sleep(0.2)

    def stop(self) -> None:
        for service in list(self.running):
            self.kill(service)


def run(command: list[str], environment: dict[str, str]) -> str:
    """What a command prints; its refusal as an error that holds it."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{shlex.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def command_of(service: str, environment: dict[str, str]) -> list[str]:
    """What the container of a service runs: its command, else that of the Dockerfile, on the port of this check."""
    command = COMPOSE["services"][service].get("command")
    if command is None:
        text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
        command = json.loads(re.search(r"^CMD (\[.*\])$", text, re.MULTILINE)[1])
    return [part.replace("0.0.0.0:8000", f"127.0.0.1:{environment['PORT']}") for part in command]


@contextlib.contextmanager
def installed(directory: Path) -> Iterator[Installation]:
    """Services, settings, migrations by the owner, static files, proxy; nothing of the application runs yet."""
    with services.postgresql() as server, services.redis() as redis, mail_server() as mails:
        run_sql(server, "CREATE ROLE qualepref LOGIN SUPERUSER")
        cluster = services.create_database(server, "qualepref").split("@")[1]
        https, http = services.free_port(), services.free_port()
        url = f"https://localhost:{https}"
        environment = settings(directory, url) | {
            "DATABASE_URL": f"postgresql://{ROLE}@{cluster}",
            "REDIS_URL": redis,
            "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}",
        }
        owner = environment | {"DATABASE_URL": f"postgresql://qualepref@{cluster}"}
        installation = Installation(directory, url, mails, environment, owner)
        run(command_of("migrate", environment), owner)
        run(["python", "manage.py", "collectstatic", "--noinput", "-v0"], environment)
        ports = {"listen 80;": f"listen 127.0.0.1:{http};", "listen 443 ssl": f"listen 127.0.0.1:{https} ssl"}
        with proxy(directory, ports | {"127.0.0.1:8000": f"127.0.0.1:{environment['PORT']}"}):
            installation.environment["PLAIN_URL"] = f"http://localhost:{http}"
            try:
                yield installation
            finally:
                installation.stop()


def run_sql(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def settings(directory: Path, url: str) -> dict[str, str]:
    """The variables of .env.example that must be filled in, those that the compose file sets, and nothing else."""
    kept = {name: os.environ[name] for name in ("LANG", "TZ") if name in os.environ}
    common = COMPOSE["x-application"]["environment"]
    return kept | {
        "PATH": PATH,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "IDENTITY_KEY": secrets.token_urlsafe(50),
        "BACKUP_KEY": secrets.token_urlsafe(50),
        "APPLICATION_DB_PASSWORD": secrets.token_hex(16),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": url,
        "CSRF_TRUSTED_ORIGINS": url,
        "BEHIND_PROXY": common["BEHIND_PROXY"],
        "SECOND_FACTOR": "required",
        "VAR_DIR": str(directory / "var"),
        "STATIC_ROOT": str(directory / "static"),
        "COMPRESS_STATIC": "1",
        "PORT": str(services.free_port()),
    }


@contextlib.contextmanager
def proxy(directory: Path, changed: dict[str, str]) -> Iterator[None]:
    """Debian's nginx with the configuration of docs/production, on other ports and under a certificate of our own."""
    directory.chmod(0o711)  # the processes of nginx have an account of their own, and keep bodies under it
    key, certificate = directory / "privkey.pem", directory / "fullchain.pem"
    make_certificate(key, certificate)
    text = NGINX.read_text().replace("qualite.exemple.fr", "localhost")
    text = text.replace("/etc/ssl/qualepref/fullchain.pem", str(certificate))
    text = text.replace("/etc/ssl/qualepref/privkey.pem", str(key))
    for said, used in changed.items():
        if said not in text:
            raise AssertionError(f"{said} is not in {NGINX}")
        text = text.replace(said, used)
    (directory / "site.conf").write_text(text)
    places = "".join(
        f"{name}_temp_path {directory}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = directory / "nginx.conf"
    main.write_text(
        f"pid {directory}/nginx.pid;\nerror_log {directory}/nginx.log;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\n{places}include {directory}/site.conf;\n}}\n"
    )
    command = [services._binary("nginx"), "-c", str(main), "-e", str(directory / "nginx.log"), "-g", "daemon off;"]
    with services.process(command, log=directory / "nginx.log", stop=signal.SIGTERM):
        yield


def make_certificate(key: Path, certificate: Path) -> None:
    """A certificate for localhost that the check trusts by name, as a préfecture's authority would give."""
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)


def trusted(directory: Path) -> ssl.SSLContext:
    """A client that accepts the certificate of the proxy and nothing else."""
    return ssl.create_default_context(cafile=str(directory / "fullchain.pem"))
