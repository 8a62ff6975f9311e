"""The table of the requirements of ASVS 5.0, level 2: complete, and each line with a test that exists or a reason."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from complaints.services import files
from core.backup import sealing
from core.sheets.reading import limits
from organisations import throttle
from organisations.services import oidc, passwords, second_factor
from tests.qualepref.test_source import files_that_import, sources

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs/security/asvs-5.0-level-2.csv"
DECISIONS = (ROOT / "docs/security/decisions.md").read_text()
STANDARD = ROOT / "tests/data/asvs-5.0.0.txt"
WITH_TESTS, WITH_REASON = {"tested", "by_configuration"}, {"not_applicable", "open"}


@cache
def lines() -> list[dict[str, str]]:
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests of a file, read in its text."""
    file = ROOT / path
    tree = ast.parse(file.read_text()) if file.is_file() else ast.Module([], [])
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_of_the_standard_has_one_line():
    numbers = [tuple(line.split()) for line in STANDARD.read_text().splitlines() if not line.startswith("#")]
    assert len(numbers) == 253
    assert [(line["number"], line["level"]) for line in lines()] == numbers


def test_every_line_names_tests_that_exist_or_says_why_not():
    wrong = []
    for line in lines():
        told = line["evidence or reason"]
        if line["status"] in WITH_TESTS:
            named = [one.strip().partition("::") for one in told.split(";")]
            is_sound = all(name.startswith("test_") and name in names_in(path) for path, _, name in named)
        else:
            is_sound = line["status"] in WITH_REASON and len(told.split()) > 3 and told.endswith(".")
        wrong += [] if is_sound else [line]
    assert wrong == []
    print(dict(Counter(line["status"] for line in lines())))  # noqa: T201 - for whoever asks with -s


FIGURES = [
    f"{throttle.ACCOUNT_LIMIT}, {throttle.DEVICES_LIMIT} and {throttle.NETWORK_LIMIT} sign-in failures",
    f"{second_factor.TRIES[0][0]} codes a quarter of an hour and {second_factor.TRIES[1][0]} a day",
    f"{passwords.MAILBOX_LIMIT} links an hour for a\n  mailbox and {passwords.NETWORK_LIMIT} for a network",
    f"| {files.LARGEST // limits.MEGABYTE} MB, {files.MOST} documents |",
    f"| {limits.FILE_SIZE // limits.MEGABYTE} MB; {limits.UNPACKED_SIZE // limits.MEGABYTE} MB and ",
    f"MB and {limits.ENTRY_COUNT} entries unpacked",
    f"{limits.ROWS} rows",
    f"{limits.CHILD_SECONDS} seconds and\n{limits.CHILD_MEMORY // limits.MEGABYTE} MB",
    f"a session ends after {settings.SESSION_COOKIE_AGE // 3600} hours",
    f"it ends after {settings.SESSION_LONGEST // 3600} hours",
    f"| {', '.join(oidc.ALGORITHMS)} signatures",
    f"`{sealing.MAGIC.decode().strip()}`",
    f"{settings.JOB_MAX_ATTEMPTS} attempts",
    f"| PDF, JPEG, PNG, office document without macro, text, CSV | {settings.UPLOAD_MAX_BYTES // limits.MEGABYTE} MB |",
]


@pytest.mark.parametrize("words", FIGURES)
def test_the_decisions_tell_the_figures_of_the_code(words):
    assert words in DECISIONS


def test_each_choice_that_the_standard_asks_for_has_its_chapter():
    chapters = re.findall(r"^## (.+)$", DECISIONS, re.MULTILINE)
    assert chapters == [
        "What is typed and sent",
        "Files that are taken",
        "Who signs in",
        "Sessions",
        "Who may do what",
        "Keys and algorithms",
        "Whom it speaks to",
        "What is sensitive",
        "Components",
        "Logs",
    ]


def test_every_form_that_takes_a_file_is_told():
    told = set(re.findall(r"^\| (\w+/\S*forms\S*\.py) \|", DECISIONS, re.MULTILINE))
    taking = {
        name for name in sources() if re.search(r"\bFileField\(label|\bforms\.FileField\(", (ROOT / name).read_text())
    }
    assert told == (taking | {"complaints/forms/public.py"}) - {"core/pages/gallery/forms.py"}


def test_every_file_that_uses_cryptography_is_told():
    using = files_that_import("cryptography") | files_that_import("joserfc") | {"organisations/rules/totp.py"}
    told = DECISIONS.partition("use cryptography, and no other:")[2].partition("\n\n")[0]
    assert set(re.findall(r"[\w/]+\.py", told)) == using


def test_every_server_that_is_spoken_to_is_told():
    speaking = set().union(*(files_that_import(module) for module in ("http.client", "imaplib")))
    told = DECISIONS.partition("## Whom it speaks to")[2].partition("\n## ")[0]
    assert speaking <= set(re.findall(r"[\w/]+\.py", told))
    assert all(f"`{name}`" in told for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"))


def test_logs_go_where_it_is_told():
    assert {handler["class"] for handler in settings.LOGGING["handlers"].values()} == {"logging.StreamHandler"}
    assert "| log of the application | standard error, one line each" in DECISIONS


def test_the_compose_file_has_no_password_of_its_own_and_the_image_no_source_control():
    compose = (ROOT / "docker-compose.yml").read_text()
    given = re.findall(r"\$\{(?:POSTGRES_PASSWORD|APPLICATION_DB_PASSWORD):?([^}]*)\}", compose)
    assert given
    assert all(one.startswith("?") for one in given)
    assert {".git", ".env"} <= set((ROOT / ".dockerignore").read_text().split())
