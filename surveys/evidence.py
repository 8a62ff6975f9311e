"""What is sealed of the surveys: the forms of each closed campaign, whose arrival has no row of history.

Free texts are sealed apart, so that their erasure leaves the figures verifiable. A campaign opened again and closed
later is another state: its key holds the instant of its closing.
"""

import hashlib
from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from core.base.digests import canonical
from core.base.registries import SealedStates, State, sealed_states
from surveys.enums import CampaignState, QuestionKind
from surveys.models import Campaign, Question, Response
from surveys.retention import KEPT

CODE = "surveys"
FIGURES, TEXTS = "réponses", "textes"
BROKEN = "les {what} de « {code} » ne sont plus celles de la clôture."
# `tester` is a person, erasable: it is not part of what is sealed.
COLUMNS = (
    "key",
    "channel",
    "point_id",
    "place_id",
    "language",
    "answered_on",
    "received_at",
    "scenario_id",
    "duration",
    "sent_at",
    "replied_at",
    "number",
    "answers",
)
CHUNK = 2_000


def states() -> Iterator[State]:
    """Two states a closed campaign: its figures, and its texts."""
    limit = timezone.localdate() - KEPT  # past it, free texts are erased
    closed = Campaign.objects.filter(state=CampaignState.CLOSED, closed_at__isnull=False).order_by("pk")
    for campaign in closed:
        kept = (FIGURES, TEXTS) if timezone.localdate(campaign.closed_at) >= limit else (FIGURES,)
        for what in kept:
            key = f"{campaign.code}:{what}:{campaign.closed_at:%Y%m%dT%H%M%S%f}"
            broken = BROKEN.format(what=what, code=campaign.code)
            yield State(CODE, key, "Réponses d’enquête", broken, partial(_measure, campaign, what))


def _measure(campaign: Campaign, what: str) -> tuple[int, str]:
    questions = Question.objects.filter(questionnaire=campaign.questionnaire_id, kind=QuestionKind.TEXT)
    texts = set(questions.values_list("code", flat=True))
    rows = Response.objects.filter(campaign=campaign, withdrawn_at__isnull=True).order_by("key")
    digest, count = hashlib.sha256(), 0
    for *facts, answers in rows.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        kept = {code: one for code, one in answers.items() if (code in texts) == (what == TEXTS)}
        if what == TEXTS and not kept:
            continue
        digest.update(canonical((facts[0], kept) if what == TEXTS else (*facts, kept)) + b"\n")
        count += 1
    return count, digest.hexdigest()


def register() -> None:
    sealed_states.register(SealedStates(CODE, states))
