"""A stored file is served as it was kept, or not at all; and there is no other way."""

import ast
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.base.digests import digest_of_chunks
from organisations.enums import Role
from tests.core.factories import DoneJobFactory
from tests.organisations.factories import PrefectureFactory, user_with

ROOT = Path(__file__).resolve().parents[3]
OPENERS = {"FileResponse", "StreamingHttpResponse"}
# What is written as it is sent, never stored: exports of lists.
MAKERS = {"core/sheets/writing/response.py", "core/pages/stored_files.py"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return user_with(Role.QUALITY_REFERENT, PrefectureFactory())


@pytest.fixture
def job(me):
    made = DoneJobFactory(requested_by=me, result_name="bilan.pdf", result_digest=digest_of_chunks([b"%PDF-1.7 bilan"]))
    made.result_file.save("bilan.pdf", ContentFile(b"%PDF-1.7 bilan"))
    return made


def fetched(client, job):
    return client.get(reverse("core:job-file", args=[job.uuid]))


def test_a_file_is_saved_never_run_nor_cached(client, me, job):
    client.force_login(me)
    answer = fetched(client, job)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bilan"
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="bilan.pdf"',
        "Cache-Control": "private, no-store",
    }
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)


def test_a_file_that_is_gone_is_said(client, me, job):
    client.force_login(me)
    Path(job.result_file.path).unlink()
    answer = fetched(client, job)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "private, no-store")
    assert "« bilan.pdf » a été enregistré ici, mais il n’est plus sur le serveur." in answer.text


def test_a_file_that_was_replaced_is_not_given(client, me, job):
    client.force_login(me)
    Path(job.result_file.path).write_bytes(b"%PDF-1.7 autre")
    answer = fetched(client, job)
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (409, "nosniff")
    assert "Ce fichier a été modifié" in answer.text


def test_no_page_serves_a_file_by_another_way():
    found = set()
    for path in ROOT.glob("[a-z]*/**/*.py"):
        name = str(path.relative_to(ROOT))
        if name.startswith(("tests/", "var/")) or name in MAKERS:
            continue
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        found |= {(name, opener) for opener in OPENERS & names}
    assert found == set()
