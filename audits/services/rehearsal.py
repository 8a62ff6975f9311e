"""Rehearsal of an audit: each engagement of the perimeter red, orange or green, with the reasons."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from actions.enums import PENDING, Status
from actions.models import Action, FindingEngagement
from audits.enums import ComplianceState, DueState
from audits.models import Compliance, Document
from core.time.spans import months_after
from indicators.models import Reading
from organisations.models import Unit
from referential.models import Engagement
from referential.registries import ORANGE, RED, Readiness, Signal, readiness

OLD_MONTHS = 18
DRAWN = 10


@dataclass(frozen=True)
class Light:
    """An engagement with its colour."""

    engagement: Engagement
    signals: tuple[Signal, ...]

    @property
    def colour(self) -> str:
        levels = {signal.level for signal in self.signals}
        return RED if RED in levels else ORANGE if ORANGE in levels else "green"


def lights(site: Unit, on: date, found: Mapping[int | None, list[Signal]]) -> list[Light]:
    """The engagements of the modules that the site retained, with what weighs on each."""
    rows = Engagement.objects.filter(module__perimeters__site=site, module__perimeters__valid_from__lte=on)
    rows = rows.exclude(module__perimeters__valid_until__lt=on).select_related("module__referential").distinct()
    engagements = rows.order_by("module__referential", "module__position", "position", "pk")
    return [Light(one, tuple(found.get(one.pk, ()))) for one in engagements]


def signals_of(site: Unit, on: date) -> Mapping[int | None, list[Signal]]:
    """What weighs on each engagement, by its key; under None, on the site as a whole."""
    found: dict[int | None, list[Signal]] = defaultdict(list)
    for reading in readiness:
        for signal in reading.signals(site, on):
            found[signal.engagement_id].append(signal)
    return found


def draw(site: Unit, seed: int, *, number: int = DRAWN) -> list[Action]:
    """Actions said done, drawn at random as an auditor does; the same seed draws the same ones."""
    pks = list(
        Action.objects.filter(finding__plan__site=site, status=Status.DONE).order_by("pk").values_list("pk", flat=True)
    )
    drawn = random.Random(seed).sample(pks, min(number, len(pks)))  # noqa: S311 no secret: a draw to be done again
    rows = Action.objects.filter(pk__in=drawn).select_related("finding__plan").prefetch_related("proofs")
    return sorted(rows, key=lambda action: drawn.index(action.pk))


def evidence(site: Unit, on: date) -> Iterator[Signal]:
    """The documents of each engagement: none, one to be checked, one checked long ago; a compliance denied."""
    old = months_after(on, -OLD_MONTHS)
    having = set()
    documents = Document.objects.filter(site=site).in_use(on).prefetch_related("engagements").order_by("title", "pk")
    for document in documents:
        url = reverse("audits:document", args=[document.pk])
        seen = document.checked_on or document.version_on
        for engagement in document.engagements.all():
            having.add(engagement.pk)
            if document.state_on(on) == DueState.OVERDUE:
                yield Signal(
                    engagement.pk,
                    ORANGE,
                    f"« {document} » est à vérifier depuis le {document.next_check_on:%d/%m/%Y}",
                    url,
                )
            elif seen and seen < old:
                yield Signal(engagement.pk, ORANGE, f"« {document} » n’a pas été revu depuis le {seen:%d/%m/%Y}", url)
    register = reverse("audits:documents")
    for pk in _perimeter(site, on) - having:
        yield Signal(pk, RED, "aucun document ne le prouve", register)
    denied = (ComplianceState.NON_COMPLIANT, ComplianceState.PARTIAL)
    for said in Compliance.objects.filter(site=site, state__in=denied).in_force(on).order_by("pk"):
        level = RED if said.state == ComplianceState.NON_COMPLIANT else ORANGE
        sentence = f"{said.get_state_display().lower()} : {said.reason}"
        yield Signal(said.engagement_id, level, sentence, reverse("audits:compliance", args=[said.pk]))


def late_actions(site: Unit, on: date) -> Iterator[Signal]:
    """Pending actions whose last day is over, by the engagements of their finding."""
    links = FindingEngagement.objects.filter(
        finding__plan__site=site, finding__actions__status__in=PENDING, finding__actions__deadline_latest__lt=on
    )
    for link in links.select_related("finding").order_by("engagement", "pk").distinct():
        url = reverse("actions:finding", args=[link.finding_id])
        yield Signal(link.engagement_id, ORANGE, f"action en retard : {link.finding.text}", url)


def missed_targets(site: Unit, on: date) -> Iterator[Signal]:
    """The indicators of the year that miss their target."""
    rows = Reading.objects.filter(site=site, year=on.year, target_met=False, indicator__engagement__isnull=False)
    for reading in rows.select_related("indicator").order_by("indicator__position", "pk"):
        url = reverse("indicators:why", args=[reading.indicator.code, site.code, on.year])
        if engagement_id := reading.indicator.engagement_id:
            yield Signal(engagement_id, ORANGE, f"cible manquée : {reading.indicator}", url)


def register() -> None:
    """Register what audits, plans and indicators know of engagements."""
    for position, (code, label, run) in enumerate(
        (
            ("evidence", "Preuves", evidence),
            ("late_actions", "Actions", late_actions),
            ("missed_targets", "Indicateurs", missed_targets),
        ),
        start=10,
    ):
        readiness.register(Readiness(code, label, run, position))


def _perimeter(site: Unit, on: date) -> set[int]:
    rows: Iterable[int] = (
        Engagement.objects.filter(module__perimeters__site=site, module__perimeters__valid_from__lte=on)
        .exclude(module__perimeters__valid_until__lt=on)
        .order_by()
        .values_list("pk", flat=True)
    )
    return set(rows)
