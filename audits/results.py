"""What the self-diagnoses of a site say from one year to the next: each structure, each engagement, its marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audits.enums import GAPS, AuditKind
from audits.models import Audit, AuditRow
from audits.terms.grids import mark_words
from core.importing.words import plain

YEARS = 4
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
