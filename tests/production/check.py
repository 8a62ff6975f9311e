"""`make production-check`: installs as the compose file does, then does with it what people and accidents do.

Each step prints its name and its seconds; the first that fails ends the check with what it saw, and exit 1.
"""

import base64
import email
import email.policy
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect, sync_playwright

from organisations.rules import totp
from tests import services
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.production.installation import Installation, installed, trusted

GRID = services.ROOT / "tests" / "data" / "aix_2020_tableau_de_bord.xlsx"
PASSWORD = "quatre mots assez longs pour entrer"
ADMIN, REFERENT = "admin@example.invalid", "rq@example.invalid"
PATIENCE_MS = 60_000
SURVEY = """
import sys
from datetime import timedelta
from django.utils import timezone
from organisations.models import Unit
from surveys.enums import Channel, Kind
from surveys.models import Questionnaire
from surveys.services import campaigns, points
today = timezone.localdate()
campaign = campaigns.create(
    code="accueil", title="Accueil", kind=Kind.SATISFACTION, site=Unit.objects.get(code="13"), by=None,
    questionnaire=Questionnaire.objects.get(code="satisfaction", version=1),
    starts_on=today - timedelta(1), ends_on=today + timedelta(10),
)
campaigns.open(campaign, by=None)
sys.stdout.write(points.add_point(campaign, channel=Channel.WEB, by=None).token)
"""
ANSWERS = "import sys; from surveys.models import Response; sys.stdout.write(str(Response.objects.count()))"
ATTEMPTS = "import sys; from core.models import Job; sys.stdout.write(str(Job.objects.latest('pk').attempt))"


@dataclass
class Person:
    """Somebody at a browser, with a telephone that gives codes."""

    page: Page
    address: str
    secret: bytes = b""

    def enters(self, link: str) -> None:
        """The first connection: a password, then the second factor that the role asks for."""
        page = self.page
        page.goto(link)
        for field in page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        if "/connexion" in page.url:
            page.locator("input[type=email], input[name=username]").first.fill(self.address)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("main button[type=submit]").click()
        page.get_by_label("Votre mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Commencer").click()
        key = page.locator("main code").inner_text().replace(" ", "")
        self.secret = base64.b32decode(key + "=" * (-len(key) % 8))
        page.get_by_label("Code").fill(totp.code_at(self.secret, int(time.time()) // totp.PERIOD))
        page.get_by_role("button", name="Mettre en service").click()
        expect(page.locator("main code")).to_have_count(10)


class Check:
    """The steps, in their order."""

    def __init__(self, installation: Installation, browser: Browser, directory: Path):
        self.installation = installation
        self.browser = browser
        self.directory = directory
        self.token = ""
        self.invitation = ""
        self.referent = Person(self.new_page(), address=REFERENT)

    def new_page(self) -> Page:
        context = self.browser.new_context(
            base_url=self.installation.url, ignore_https_errors=True, locale="fr-FR", accept_downloads=True
        )
        context.set_default_timeout(PATIENCE_MS)
        return context.new_page()

    def the_services_start_under_a_role_that_owns_nothing(self) -> None:
        for service in ("web", "worker", "beat"):
            self.installation.start(service)
        self.installation.wait_for_web()
        assert "tables protégées" in self.installation.manage("check_triggers")
        with suppress(AssertionError):
            self.installation.manage("grant_application_role", "other")
            raise SystemExit("the role of the application may make roles")

    def plain_http_leads_to_https_and_old_tls_is_refused(self) -> None:
        answer = asked(self.installation.environment["PLAIN_URL"] + "/compte/connexion", self.directory)
        assert (answer.status, answer.headers["Location"][:8]) == (301, "https://"), answer.headers
        answer = asked(self.installation.url + "/compte/connexion", self.directory)
        assert (answer.status, "max-age=31536000" in answer.headers["Strict-Transport-Security"]) == (200, True)
        assert [self.speaks(version) for version in ("tls1_1", "tls1_2", "tls1_3")] == [False, True, True]

    def speaks(self, version: str) -> bool:
        """Whether the proxy takes a client that speaks that version of TLS alone, whatever its ciphers."""
        place = urlsplit(self.installation.url).netloc
        command = ["openssl", "s_client", "-connect", place, f"-{version}", "-cipher", "DEFAULT@SECLEVEL=0"]
        return not subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode

    def two_lengths_in_one_request_are_refused(self) -> None:
        host = urlsplit(self.installation.url).netloc
        name, port = host.split(":")
        smuggled = f"POST /compte/connexion HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked"
        with (
            socket.create_connection((name, int(port)), timeout=30) as plain,
            trusted(self.directory).wrap_socket(plain, server_hostname=name) as client,
        ):
            client.sendall(f"{smuggled}\r\n\r\n0\r\n\r\n".encode())
            status = client.recv(100).split(b" ")[1]
        assert status == b"400", status

    def the_reference_data_and_the_prefecture_are_made(self) -> None:
        for command in ("load_holidays", "load_referential", "load_catalogue", "load_questionnaires", "load_themes"):
            self.installation.manage(command)
        told = self.installation.manage(
            "open_prefecture", "--code", "13", "--name", "Préfecture", "--email", ADMIN,
            "--first-name", "Ada", "--last-name", "Petit",
        )  # fmt: skip
        self.invitation = re.search(r"https://\S+", told)[0]

    def the_administrator_enters_by_the_link_and_invites_the_referent_by_mail(self) -> None:
        admin = Person(self.new_page(), address=ADMIN)
        admin.enters(self.invitation)
        page = admin.page
        page.goto("/organisation/comptes/ajouter")
        page.get_by_label("Adresse électronique professionnelle").fill(REFERENT)
        page.get_by_label("Prénom").fill("Claude")
        page.get_by_label("Nom", exact=False).last.fill("Martin")
        page.get_by_label("Unité").select_option(index=1)
        page.get_by_label("Rôle", exact=True).select_option(label="Référent qualité")
        page.get_by_role("button", name="Ouvrir le compte").click()
        self.referent.enters(self.mailed_link(REFERENT))

    def mailed_link(self, address: str) -> str:
        """The link of the mail that the worker sent to that address."""
        limit = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < limit:
            for text in list(self.installation.mails.mails):
                message = email.message_from_string(text, policy=email.policy.default)
                body = message.get_body(("plain",))
                if address in str(message["To"]) and (
                    link := body and re.search(r"https://\S+/\S+", body.get_content())
                ):
                    return link[0]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}: {self.installation.mails.mails}")

    def the_referent_imports_the_grid_of_a_year(self) -> None:
        page = self.referent.page
        page.goto("/indicateurs/importer/13/2020/")
        page.locator("input[type=file]").set_input_files(GRID)
        page.get_by_role("button", name="Lire", exact=True).click()
        page.wait_for_url("**/indicateurs/imports/*/")
        page.get_by_role("button", name="Enregistrer", exact=False).first.click()
        expect(page.get_by_role("heading", name="Ce que cet import a changé")).to_be_visible()

    def a_citizen_answers_a_survey_without_a_cookie(self) -> None:
        self.token = self.installation.manage("shell", "--no-imports", "-c", SURVEY).splitlines()[-1]
        page = self.new_page()
        page.goto(f"/enquetes/r/{self.token}")
        for group in page.locator("main fieldset:has(input[type=radio])").all():
            group.locator("label").first.click()
        page.get_by_role("button", name="Envoyer mes réponses").click()
        expect(page.get_by_role("heading", name="Merci de votre avis")).to_be_visible()
        assert (page.context.cookies(), self.count_of_answers()) == ([], 1)

    def count_of_answers(self) -> int:
        return int(self.installation.manage("shell", "--no-imports", "-c", ANSWERS).splitlines()[-1])

    def the_worker_renders_the_bilan_though_it_is_killed_at_work(self) -> None:
        page = self.referent.page
        page.goto("/bilans/ouvrir/")
        page.get_by_label("Année", exact=True).fill("2020")
        page.get_by_role("button", name="Ouvrir le bilan").click()
        before = self.worker_says("run_job")
        page.get_by_role("button", name="Produire le bilan (PDF)").click()
        limit = time.monotonic() + PATIENCE_MS / 1000
        while self.worker_says("run_job") == before and time.monotonic() < limit:
            time.sleep(0.02)
        self.installation.kill("worker")
        self.installation.start("worker")
        link = page.get_by_role("link", name=re.compile("^Télécharger bilan"))
        expect(link.first).to_be_visible(timeout=3 * PATIENCE_MS)
        with page.expect_download() as download:
            link.first.click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        assert int(self.installation.manage("shell", "--no-imports", "-c", ATTEMPTS).splitlines()[-1]) == 2

    def worker_says(self, word: str) -> int:
        """How many times the log of the worker holds a word."""
        return (self.directory / "worker.log").read_text().count(word)

    def the_web_is_killed_and_the_proxy_says_that_nothing_is_lost(self) -> None:
        self.installation.kill("web")
        answer = asked(self.installation.url + "/", self.directory)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30"), answer.status
        self.installation.start("web")
        self.installation.wait_for_web()
        self.referent.page.goto("/indicateurs/grille/13/2020/")
        expect(self.referent.page.get_by_role("link", name=re.compile("appels aboutis")).first).to_be_visible()

    def the_backup_is_restored_into_a_new_installation(self) -> None:
        archive = self.directory / "sauvegarde.qualepref"
        self.installation.manage("backup", str(archive))
        assert "aucune n’a été modifiée" in self.installation.manage("verify_history")
        there = {"DATABASE_URL": f"sqlite:///{self.directory}/there.sqlite3", "VAR_DIR": str(self.directory / "there")}
        assert "restaurée et comparée" in self.installation.manage("restore", str(archive), more=there)
        assert "aucune n’a été modifiée" in self.installation.manage("verify_history", more=there)

    @property
    def steps(self) -> list[Callable[[], None]]:
        return [
            self.the_services_start_under_a_role_that_owns_nothing,
            self.plain_http_leads_to_https_and_old_tls_is_refused,
            self.two_lengths_in_one_request_are_refused,
            self.the_reference_data_and_the_prefecture_are_made,
            self.the_administrator_enters_by_the_link_and_invites_the_referent_by_mail,
            self.the_referent_imports_the_grid_of_a_year,
            self.a_citizen_answers_a_survey_without_a_cookie,
            self.the_worker_renders_the_bilan_though_it_is_killed_at_work,
            self.the_web_is_killed_and_the_proxy_says_that_nothing_is_lost,
            self.the_backup_is_restored_into_a_new_installation,
        ]


def asked(url: str, directory: Path):
    """The answer to a GET, of whatever status, without following where it leads."""
    handlers = [urllib.request.HTTPSHandler(context=trusted(directory)), _Still()]
    try:
        return urllib.request.build_opener(*handlers).open(url, timeout=30)
    except urllib.error.HTTPError as error:
        return error


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def main() -> int:
    directory = Path(tempfile.mkdtemp(prefix="qualepref-production-"))
    print(f"production : {directory}", flush=True)
    with installed(directory) as installation, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        check = Check(installation, browser, directory)
        for step in check.steps:
            started = time.monotonic()
            try:
                step()
            except Exception:
                check.referent.page.screenshot(path=directory / "referent.png", full_page=True)
                print(f"ÉCHEC : {step.__name__}\nJournaux et image de l’écran : {directory}", flush=True)
                raise
            print(f"{step.__name__.replace('_', ' '):<72} {time.monotonic() - started:6.1f} s", flush=True)
    print(f"{len(check.steps)} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
