"""What the self-diagnoses of a site say from one year to the next: each structure, each engagement, its marks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from audits.enums import GAPS, AuditKind, Result
from audits.models import Audit, AuditRow
from audits.terms.grids import mark_words
from core.base.words import counted
from core.importing.words import plain
from core.time.spans import months_after
from organisations.models import Unit

YEARS = 4
YEARLY = 12  # months
HALF = Decimal("0.5")  # of the highest mark: below, the structure is far from what it promises

Key = tuple[str, str, str]


@dataclass(frozen=True)
class ComparedMarks:
    """The marks of an engagement in a structure, one a diagnosis (None where it was not looked at)."""

    structure: str
    engagement: str
    marks: tuple[str, ...]
    change: Decimal | None
    evidence: str

    @property
    def words(self) -> str:
        """« en hausse de 1 », « sans changement »; empty without two marks."""
        if self.change is None:
            return ""
        return (
            f"en {'hausse' if self.change > 0 else 'baisse'} de {mark_words(abs(self.change))}"
            if self.change
            else "sans changement"
        )


def is_gap(row: AuditRow, scale: int) -> bool:
    """Whether a row calls for an action: a gap in words, or a mark under half of the highest."""
    return row.result in GAPS or (not row.result and row.score is not None and row.score < HALF * scale)


def diagnoses_until(audit: Audit) -> list[Audit]:
    """The self-diagnoses of the site until this one, the oldest first, four at most."""
    rows = Audit.objects.filter(site=audit.site_id, kind=AuditKind.SELF_DIAGNOSIS, starts_on__lte=audit.starts_on)
    found = rows.prefetch_related("rows__engagement", "rows__structure", "rows__document")
    return list(found.order_by("-starts_on", "-pk")[:YEARS])[::-1]


def compared(diagnoses: list[Audit]) -> Iterator[ComparedMarks]:
    """The lines of the last diagnosis beside those of the years before."""
    by_key = [{_key(row): row for row in one.rows.all()} for one in diagnoses]
    for key, row in by_key[-1].items() if by_key else ():
        told = [found.get(key) for found in by_key]
        before = next((one.score for one in reversed(told[:-1]) if one and one.score is not None), None)
        scales = {one.score_scale for one, found in zip(diagnoses, told, strict=True) if found}
        yield ComparedMarks(
            structure=str(row.structure or row.section or "Tout le site"),
            engagement=row.engagement.short if row.engagement else row.engagement_words or str(row),
            marks=tuple(mark_of(one, audit.score_scale) for one, audit in zip(told, diagnoses, strict=True)),
            change=_change(row.score, before) if len(scales) == 1 else None,
            evidence=str(row.document or row.comment),
        )


@dataclass(frozen=True)
class StructureMarks:
    """What the last self-diagnosis that looked at a structure said of it."""

    audit: Audit
    rows: tuple[AuditRow, ...]

    def is_old(self, on: date) -> bool:
        """It is done each year."""
        return months_after(self.audit.ends_on, YEARLY) < on

    @property
    def gaps(self) -> list[AuditRow]:
        return [row for row in self.rows if is_gap(row, self.audit.score_scale)]

    @property
    def to_plan(self) -> int:
        """The gaps that no finding of the action plan tells yet."""
        return sum(not hasattr(row, "opened") for row in self.gaps)

    @property
    def words(self) -> str:
        """« 8 engagements regardés, notes de 2 à 4 sur 4, 1 sans preuve, 1 non vu »."""
        seen = [row for row in self.rows if row.score is not None or row.result not in ("", Result.NOT_ASSESSED)]
        scores = sorted(row.score for row in seen if row.score is not None)
        told = [counted(len(seen), "engagement regardé", "engagements regardés")]
        if scores:
            told.append(f"{_range(scores)} sur {self.audit.score_scale}")
        if unproved := sum(not row.document_id and not row.comment for row in seen):
            told.append(f"{unproved} sans preuve")
        if unseen := len(self.rows) - len(seen):
            told.append(f"{unseen} non vu{'s' if unseen > 1 else ''}")
        return ", ".join(told)


def _range(scores: Sequence[Decimal]) -> str:
    """« notes de 2 à 4 », of sorted scores."""
    low, high = (mark_words(score) for score in (scores[0], scores[-1]))
    if len(scores) == 1:
        return f"note {low}"
    return f"toutes les notes à {low}" if low == high else f"notes de {low} à {high}"


def marks_by_structure(site: Unit, user: Any, on: date) -> dict[int, StructureMarks]:
    """The last self-diagnosis of each structure of a site by a day, by its key; two queries.

    Without a person, all of them: what a meeting of the site is shown.
    """
    seen = Audit.objects.visible_to(user) if user is not None else Audit.objects.all()
    audits = seen.filter(site=site, kind=AuditKind.SELF_DIAGNOSIS, starts_on__lte=on)
    rows = AuditRow.objects.filter(structure__isnull=False).select_related("opened").order_by("position", "pk")
    found: dict[int, StructureMarks] = {}
    for audit in audits.order_by("-starts_on", "-pk").prefetch_related(Prefetch("rows", queryset=rows)):
        named: dict[int, list[AuditRow]] = defaultdict(list)
        for row in audit.rows.all():
            named[row.structure_id].append(row)
        for key, told in named.items():
            found.setdefault(key, StructureMarks(audit, tuple(told)))
    return found


def _change(score: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if score is None or before is None else score - before


def _key(row: AuditRow) -> Key:
    where = str(row.structure_id or plain(row.section))
    return where, str(row.engagement_id or plain(row.engagement_words)), plain(row.requirement)


def mark_of(row: AuditRow | None, scale: int) -> str:
    """« 3 sur 4 », or the words of the result."""
    if row is None:
        return "–"
    if row.score is not None:
        return f"{mark_words(row.score)} sur {scale}"
    return row.get_result_display() or "–"
