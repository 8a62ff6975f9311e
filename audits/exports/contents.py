"""What a binder tells: the site on a day, by engagement, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from actions import as_of
from actions.as_of import FindingState, UnitState
from actions.models import Action, Finding, Plan
from audits.enums import AuditKind, DueState
from audits.exports.pieces import Piece, Pieces, pieces_of, safe
from audits.models import Audit, AuditRow, Compliance, Document, Label
from audits.services.labels import LabelStanding, standings
from core.base.figures import format_figure
from indicators.services import dashboards
from organisations.models import Unit
from referential.models import Engagement

MOST_CHANGES = 2_000
WITHIN = 60
TITLES = {"+": "création", "~": "modification", "-": "suppression"}


@dataclass(frozen=True)
class Paper:
    """A document with its files and its state on the day."""

    document: Document
    state: DueState
    pieces: Sequence[Piece]


@dataclass
class File:
    """The file of an engagement: what is said of it, what proves it, what audits and the plan say."""

    engagement: Engagement
    compliance: Compliance | None = None
    papers: list[Paper] = field(default_factory=list)
    rows: list[AuditRow] = field(default_factory=list)
    findings: list[tuple[str, FindingState]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return str(self.engagement)

    @property
    def path(self) -> str:
        engagement = self.engagement
        return f"engagements/{engagement.pk}-{safe(f'{engagement.module.referential.code}-{engagement.short}')}.html"


@dataclass(frozen=True)
class BinderChange:
    """A line of the history."""

    at: datetime
    what: str
    kind: str
    who: str
    why: str


@dataclass(frozen=True)
class BinderContent:
    """All that the binder tells."""

    site: Unit
    on: date
    labels: list[LabelStanding]
    audits: list[Audit]
    papers: list[Paper]
    engagements: list[File]
    plan: UnitState
    dashboard: dict[str, Any]
    changes: list[BinderChange]
    pieces: Pieces

    @property
    def proofs(self) -> list[Piece]:
        """The files that show that actions were done."""
        return [piece for piece in self.pieces.by_key.values() if piece.key.startswith("proof")]


def content_of(site: Unit, on: date) -> BinderContent:
    """Read what a site had on a day."""
    pieces = pieces_of(site, on)
    papers = _papers(site, on, pieces)
    plan = as_of.plan_state(site, on)
    dashboard = dashboards.payload(site, on.year, on.month)
    shown = {**dashboard, "indicators": [_shown(one) for one in dashboard["indicators"]]}
    rows = AuditRow.objects.select_related("engagement__module__referential", "document").order_by("position")
    audits = Audit.objects.filter(site=site, starts_on__lte=on).order_by("-starts_on", "pk")
    found = list(audits.select_related("site", "referential").prefetch_related(Prefetch("rows", rows)))
    files = _Files(site, on)
    files.add_papers(papers)
    files.add_audits(found)
    files.add_plan(plan)
    files.add_indicators(shown["indicators"])
    return BinderContent(
        site=site,
        on=on,
        labels=standings([site], on),
        audits=found,
        papers=papers,
        engagements=files.sorted,
        plan=plan,
        dashboard=shown,
        changes=_changes(site, on),
        pieces=pieces,
    )


def _shown(indicator: dict[str, Any]) -> dict[str, Any]:
    """An indicator of the dashboard, with its year and its target in words."""
    met = {True: "oui", False: "non", None: "sans objet"}[indicator["target_met"]]
    value = indicator["year_value"]
    year = "sans objet" if value is None else format_figure(Decimal(str(value)), indicator["unit"])
    return indicator | {"shown": year, "met": met}


def _papers(site: Unit, on: date, pieces: Pieces) -> list[Paper]:
    rows = Document.objects.filter(site=site).in_use(on).select_related("owner")
    rows = rows.prefetch_related("engagements__module__referential", "evidences").order_by("title", "pk")
    return [
        Paper(row, row.state_on(on, within=WITHIN), pieces.of_document(sorted(row.evidences.all(), key=lambda e: e.pk)))
        for row in rows
    ]


class _Files:
    """The engagements of which something is known, each with its file."""

    def __init__(self, site: Unit, on: date):
        self.found: dict[int, File] = {}
        rows = Engagement.objects.filter(module__perimeters__site=site, module__perimeters__valid_from__lte=on).exclude(
            module__perimeters__valid_until__lt=on
        )
        for engagement in rows.select_related("module__referential").distinct():
            self._of(engagement)
        said = Compliance.objects.filter(site=site).in_force(on)
        for compliance in said.select_related("engagement__module__referential", "unit"):
            self._of(compliance.engagement).compliance = compliance

    def _of(self, engagement: Engagement) -> File:
        return self.found.setdefault(engagement.pk, File(engagement))

    def add_papers(self, papers: list[Paper]) -> None:
        for paper in papers:
            for engagement in paper.document.engagements.all():
                self._of(engagement).papers.append(paper)

    def add_audits(self, audits: list[Audit]) -> None:
        for audit in audits:
            for row in audit.rows.all():
                if row.engagement:
                    self._of(row.engagement).rows.append(row)

    def add_plan(self, plan: UnitState) -> None:
        by_code = self._by_code
        for one_plan in plan.plans:
            for finding in one_plan.findings:
                for code in finding.engagements:
                    for one in by_code.get(code.partition(" ")[0], ()):
                        one.findings.append((one_plan.title, finding))

    def add_indicators(self, indicators: list[dict[str, Any]]) -> None:
        by_code = self._by_code
        for indicator in indicators:
            for one in by_code.get(indicator["engagement"], ()):
                one.indicators.append(indicator)

    @property
    def _by_code(self) -> dict[str, list[File]]:
        found: dict[str, list[File]] = defaultdict(list)
        for one in self.found.values():
            for code in {one.engagement.code, one.engagement.short}:
                found[code].append(one)
        return found

    @property
    def sorted(self) -> list[File]:
        return sorted(self.found.values(), key=_rank)


def _rank(one: File) -> tuple[Any, ...]:
    module = one.engagement.module
    in_force = module.referential.in_force_from or date.min
    return -in_force.toordinal(), module.position, one.engagement.position, one.engagement.pk


def _changes(site: Unit, on: date) -> list[BinderChange]:
    """What was written of the plans, the documents, the audits and the labels of the site, the last first."""
    end = timezone.make_aware(datetime.combine(on, time.max))
    plans = Plan.history.filter(site_id=site.pk)
    findings = Finding.history.filter(plan_id__in=plans.order_by().values("id"))
    actions = Action.history.filter(finding_id__in=findings.order_by().values("id"))
    told: list[tuple[QuerySet, Callable[[Any], str]]] = [
        (plans, lambda row: f"plan « {row.title} »"),
        (findings, lambda row: f"constat « {row.text} »"),
        (actions, lambda row: f"action « {row.text} »" if row.text else "action"),
        (Document.history.filter(site_id=site.pk), lambda row: f"document « {row.title} »"),
        (Audit.history.filter(site_id=site.pk), lambda row: f"{AuditKind(row.kind).label} du {row.starts_on:%d/%m/%Y}"),
        (Label.history.filter(site_id=site.pk), lambda row: "label"),
        (Compliance.history.filter(site_id=site.pk), lambda row: f"conformité : {row.reason}"),
    ]
    found = []
    for records, words in told:
        rows = records.filter(history_date__lte=end).select_related("history_user")
        for row in rows.order_by("-history_date", "-history_id")[:MOST_CHANGES]:
            who = str(row.history_user) if row.history_user else "le système"
            what = words(row)
            found.append(
                BinderChange(row.history_date, what, TITLES[row.history_type], who, row.history_change_reason or "")
            )
    return sorted(found, key=lambda change: change.at, reverse=True)[:MOST_CHANGES]
