"""An attack on what leaves of a survey: uniqueness, complement, before and after one form, in every output."""

import ast
import csv
import io
import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organisations.enums import Role
from surveys import results
from surveys.enums import CampaignState, Channel, Kind, QuestionKind
from surveys.publications import content_of
from surveys.rules.disclosure import HIDDEN
from tests.organisations.factories import user_with
from tests.surveys.factories import (
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db
K = 5
SURVEYS = Path(__file__).resolve().parents[2] / "surveys"


@pytest.fixture
def campaign():
    """Three places of 9, 6 and 2 forms, an official alone of his kind, one criterion that four people answered."""
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="accueil", label="l’accueil", position=1)
    QuestionFactory(questionnaire=questionnaire, code="attente", label="l’attente", position=2)
    QuestionFactory(
        questionnaire=questionnaire, code="profil", position=3, kind=QuestionKind.CHOICE, label="Vous êtes",
        choices=[{"code": "elu", "label": "un élu"}, {"code": "usager", "label": "un usager"}],
    )  # fmt: skip
    campaign = SurveyCampaignFactory(questionnaire=questionnaire, state=CampaignState.CLOSED)
    for name, number in (("A", 9), ("B", 6), ("C", 2)):
        place = PlaceFactory(site=campaign.site, code=name.lower(), name=name)
        for n in range(number):
            answers = {"accueil": "satisfied", "profil": "elu" if (name, n) == ("A", 0) else "usager"}
            answers |= {"attente": "dissatisfied"} if (name, n) in {("A", 1), ("A", 2), ("C", 0), ("C", 1)} else {}
            ResponseFactory(campaign=campaign, place=place, channel=Channel.WEB, answers=answers)
    return campaign


def cells(campaign) -> list[tuple[str, str, int]]:
    """(axis, criterion, base) of each crossing that is shown."""
    found = results.leaving(campaign)
    return [
        (axis, row.question, row.answered)
        for axis in ("place", "channel", "month")
        for cut in found.cuts(axis)
        for row in cut.rows
        if not row.is_hidden
    ]


def test_no_crossing_shown_is_small_and_no_complement_is(campaign):
    shown = cells(campaign)
    assert all(base == 0 or base >= K for _axis, _question, base in shown)
    whole = {row.question: row.answered for row in results.leaving(campaign)}
    for axis, question in {(axis, question) for axis, question, _base in shown}:
        rest = whole[question] - sum(base for one, asked, base in shown if (one, asked) == (axis, question))
        assert rest == 0 or rest >= K
    assert [cut.label for cut in results.leaving(campaign).by_place] == ["A"]


def test_the_whole_says_its_small_bases_with_their_number(campaign):
    assert {row.question: row.answered for row in results.leaving(campaign)} == {"accueil": 17, "attente": 4}


def test_a_profile_of_few_is_not_counted_nor_told_by_the_others(campaign):
    assert [number for _label, number in results.leaving(campaign).choices[0].answers] == [None, None]


@pytest.fixture
def referent(campaign, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return client


def file(client, campaign, part, extension) -> bytes:
    answer = client.get(reverse("surveys:results-export", args=[campaign.code, part, extension]))
    return b"".join(answer.streaming_content)


def test_the_file_of_results_holds_no_small_crossing(campaign, referent):
    text = file(referent, campaign, "resultats", "csv").decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row[0] in {"Lieu", "Canal", "Mois"}]
    assert {row[1] for row in rows if row[0] == "Lieu"} == {"A"}
    assert all(row[4] == HIDDEN or int(row[4]) == 0 or int(row[4]) >= K for row in rows)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_no_row_of_the_file_of_forms_is_unique_below_the_least_group(campaign, referent, extension):
    if extension == "csv":
        text = file(referent, campaign, "formulaires", "csv").decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    else:
        sheet = load_workbook(io.BytesIO(file(referent, campaign, "tout", "xlsx")))["Formulaires"]
        rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    head, *lines = rows
    assert list(head) == ["mois", "canal", "lieu", "accueil", "attente", "profil"]
    assert len(lines) == 17
    assert min(Counter((*line[:3], line[5]) for line in lines).values()) >= K


@pytest.mark.parametrize("page", ["surveys:results", "surveys:results-cut"])
def test_the_pages_name_no_place_of_few(campaign, referent, page):
    arguments = [campaign.code] if page == "surveys:results" else [campaign.code, "lieu"]
    answer = referent.get(reverse(page, args=arguments))
    assert "un élu" not in answer.text or HIDDEN in answer.text
    assert ">C<" not in answer.text


def running(campaign):
    campaign.state, campaign.ends_on = CampaignState.OPEN, timezone.localdate() + timedelta(days=3)
    campaign.save()
    return campaign


def told(campaign) -> str:
    """All that a command and the page would say of the campaign at this moment."""
    output = io.StringIO()
    call_command("survey_results", "--campaign", campaign.code, "--format", "json", stdout=output)
    return output.getvalue()


def test_before_and_after_one_form_nothing_moves_or_a_whole_group_does(campaign):
    running(campaign)
    seen = []
    for _ in range(12):
        seen.append(json.loads(told(campaign))[0]["returns"])
        ResponseFactory(campaign=campaign, answers={"accueil": "dissatisfied"})
    assert {after - before for before, after in pairwise(seen)} == {0, K}
    assert seen[0] == 10  # of 17: the last seven to come are never told apart, not even by the closing


def test_while_it_runs_there_is_neither_cut_nor_profile_nor_file_of_forms(campaign, referent):
    running(campaign)
    found = results.leaving(campaign)
    assert (found.by_place, found.by_channel, found.by_month, list(found.choices)) == ((), (), (), [])
    for part in ("formulaires", "textes"):
        assert referent.get(reverse("surveys:results-export", args=[campaign.code, part, "csv"])).status_code == 403


def test_what_is_published_holds_no_base_of_few_and_no_investigator(campaign):
    campaign.investigator = "Jeanne Martin, contrôleuse de gestion"
    shown = content_of(campaign)
    assert [line.base for line in shown.lines if line.share is None] == [""]
    assert "Jeanne" not in str(shown)


def test_the_tests_of_one_counter_are_hidden_too_and_no_file_names_who_tested(campaign, referent):
    campaign.kind = Kind.MYSTERY
    campaign.save()
    assert [cut.label for cut in results.leaving(campaign).by_place] == ["A"]
    assert "enqueteur" not in file(referent, campaign, "formulaires", "csv").decode()


@pytest.mark.parametrize("threshold", [0, 4])
def test_the_database_keeps_the_floor(campaign, threshold):
    campaign.public_threshold = threshold
    with pytest.raises(IntegrityError), transaction.atomic():
        campaign.save()


def test_nothing_reads_the_results_before_the_control():
    """Only the control, and what keeps the summary, count: everything else takes `leaving`."""
    uncontrolled = {"for_campaign", "of_kept", "first_of"}
    allowed = {
        "results/__init__.py",
        "results/reading.py",
        "results/disclosure.py",
        "results/comparison.py",
        "panels.py",
    }
    found = [
        str(path.relative_to(SURVEYS))
        for path in SURVEYS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and uncontrolled & {name.name for name in node.names}
    ]
    assert sorted(set(found) - allowed) == []
