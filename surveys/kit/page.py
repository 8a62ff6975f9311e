"""One HTML file with the scenarios, the grid and a timer: no network, no other file. Opened from a disk or a USB key.

It is served as a download only: its style and script are inside it, which the policy of our own pages forbids.
"""

import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import escape

from surveys.enums import WRITTEN, Kind, Language
from surveys.models import CollectionPoint, PlannedTest, Scenario
from surveys.rules import wording
from surveys.rules.phrases import phrases_in
from surveys.services.intake import questions_of

FORMAT, VERSION = "qualepref-tests", 1
STYLES = ("css/public.css", "offline/kit.css")
SCRIPTS = ("js/survey.js", "offline/kit.js")


def kit_html(point: CollectionPoint) -> str:
    """The whole file for the guest link of a campaign."""
    campaign = point.campaign
    context = {
        "campaign": campaign,
        "point": point,
        "words": phrases_in(Language.FRENCH),
        "questions": wording.sheet(questions_of(campaign.questionnaire_id), kind=Kind.MYSTERY),
        "is_written": Scenario.objects.filter(campaign=campaign, channel__in=WRITTEN).exists(),
        "scenarios": list(Scenario.objects.filter(campaign=campaign).order_by("position", "pk")),
        "planned": list(
            PlannedTest.objects.filter(campaign=campaign, response__isnull=True)
            .select_related("scenario")
            .order_by("planned_on", "pk")
        ),
    }
    return _document(
        f"{campaign.title} – grille hors ligne",
        render_to_string("surveys/mystery/kit.html", context),
        {
            "format": FORMAT,
            "version": VERSION,
            "campaign": campaign.code,
        },
    )


def _document(title: str, body: str, about: dict) -> str:
    style = "\n".join(_own(name) for name in STYLES)
    script = "\n".join(_own(name) for name in SCRIPTS)
    data = json.dumps(about).replace("<", "\\u003c")
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<style>\n{style}\n</style></head><body class="qp-public-body">{body}',
            f'<script type="application/json" id="kit">{data}</script>',
            f'<script type="module">\n{script}\n</script></body></html>',
        )
    )


def _own(name: str) -> str:
    return Path(finders.find(name)).read_text("utf-8")
