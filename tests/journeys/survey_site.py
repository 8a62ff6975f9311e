"""Surveys of the journeys, opened in the served site by `manage.py shell`; what they received, read from its file."""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta

from tests.journeys.site import DATABASE, Site

OPEN = "from tests.journeys import survey_site; survey_site.open_surveys()"


def opened(site: Site) -> dict[str, str]:
    """The tokens of three surveys at Aix: two of the ready model, a short one with a compulsory question."""
    return json.loads(site.manage("shell", "--no-imports", "-c", OPEN).splitlines()[-1])


def received(site: Site, code: str) -> list[dict]:
    """The forms of a campaign in the order of their arrival."""
    with closing(sqlite3.connect(f"file:{site.directory / DATABASE}?mode=ro", uri=True)) as base:
        base.row_factory = sqlite3.Row
        rows = base.execute(
            "SELECT r.* FROM surveys_response r JOIN surveys_campaign c ON c.id = r.campaign_id"
            " WHERE c.code = ? ORDER BY r.id",
            [code],
        ).fetchall()
    return [dict(row) | {"answers": json.loads(row["answers"])} for row in rows]


def open_surveys() -> None:
    """Run inside the site."""
    from surveys.models import Questionnaire

    ready = Questionnaire.objects.get(code="satisfaction", version=1)
    tokens = {"web": _open("journal-long", ready, "web"), "tablet": _add("journal-long", "tablet")}
    tokens |= {"short": _open("journal-court", _short(), "qr"), "short-tablet": _add("journal-court", "tablet")}
    tokens["paper"] = _open("journal-papier", ready, "web")
    sys.stdout.write(json.dumps(tokens))


def _open(code: str, questionnaire, channel: str) -> str:
    from django.utils import timezone

    from organisations.models import Unit
    from surveys.enums import Kind
    from surveys.services import campaigns

    today = timezone.localdate()
    campaign = campaigns.create(
        code=code, title=f"Enquête {code}", kind=Kind.SATISFACTION, questionnaire=questionnaire, by=None,
        site=Unit.objects.get(code="13-aix"), starts_on=today - timedelta(10), ends_on=today + timedelta(10),
    )  # fmt: skip
    campaigns.open(campaign, by=None)
    return _add(code, channel)


def _add(code: str, channel: str) -> str:
    from surveys.models import Campaign
    from surveys.services import points

    return points.add_point(Campaign.objects.get(code=code), channel=channel, by=None).token


def _short():
    """A compulsory choice, several choices, a condition, a text."""
    from surveys.models import Questionnaire
    from tests.surveys.factories import QuestionFactory, QuestionnaireFactory

    questionnaire: Questionnaire = QuestionnaireFactory(code="journal-court", title="Questionnaire court")
    fields = {"questionnaire": questionnaire}
    QuestionFactory(
        **fields, code="profil", position=1, kind="choice", is_required=True, label="Vous êtes", label_en="You are",
        choices=[
            {"code": "usager", "label": "Un usager", "label_en": "A member of the public"},
            {"code": "pro", "label": "Un professionnel", "label_en": "A professional"},
        ],
    )  # fmt: skip
    called = QuestionFactory(
        **fields, code="appel", position=2, kind="yes_no", label="Avez-vous téléphoné ?", label_en="Did you call?"
    )
    QuestionFactory(
        **fields, code="transfert", position=3, label="Le transfert", label_en="The transfer", shown_if=called,
        shown_if_answers=["yes"],
    )  # fmt: skip
    QuestionFactory(
        **fields, code="motifs", position=4, kind="multiple", label="Pourquoi ?",
        choices=[{"code": "titre", "label": "Un titre"}, {"code": "permis", "label": "Un permis"}],
    )  # fmt: skip
    QuestionFactory(**fields, code="suggestions", position=5, kind="text", label="Un mot ?", label_en="Any words?")
    return questionnaire
