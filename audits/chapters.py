"""Labels and audits, documents, internal communication in the annual report: sentences built from the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from audits.enums import INTERNAL_COMMUNICATION, DueState, LabelState
from audits.models import Audit, Document, Label
from audits.services.labels import standings
from core.base import registries
from organisations.models import Unit


@dataclass(frozen=True)
class DocumentRow:
    """A document as the report tells it."""

    document: Document
    state: DueState
    checked_on: date | None  # none where it was checked later only


def labels_and_audits(site: Unit, year: int) -> Mapping:
    """The state of each label at the end of the year (today, of the year under way), and the audits of the year."""
    on = _end_of(year)
    told = [one for one in standings([site], on) if one.state != LabelState.NONE]
    audits = list(
        Audit.objects.filter(site=site, starts_on__year=year, starts_on__lte=on)
        .order_by("starts_on", "pk")
        .prefetch_related("rows")
    )
    rows = [(audit, audit.tally.sentence(audit.stated_none)) for audit in audits]
    sentences = [_sentence(one.label, one.state, on) for one in told]
    return {
        "on": on,
        "sentences": sentences,
        "brief": sentences,
        "audits": rows,
        "is_empty": not told and not rows,
    }


def documents(site: Unit, year: int) -> Mapping:
    """The register as it stands at the end of the year, with what was checked in it."""
    on = _end_of(year)
    rows = _documents(site, on)
    checked = sum(1 for row in rows if row.document.checked_on and row.document.checked_on.year == year)
    late = sum(row.state == DueState.OVERDUE for row in rows)
    return {"on": on, "rows": rows, "sentence": _register(len(rows), checked, late, year), "is_empty": not rows}


def internal_communication(site: Unit, year: int) -> Mapping:
    """The letter, the reflexes, the tool of audits: what agents were given."""
    rows = [row for row in _documents(site, _end_of(year)) if row.document.kind in INTERNAL_COMMUNICATION]
    return {"rows": rows, "is_empty": not rows}


def _documents(site: Unit, on: date) -> Sequence[DocumentRow]:
    found = Document.objects.filter(site=site).in_use(on).select_related("owner").order_by("kind", "title", "pk")
    return [
        DocumentRow(document, document.state_on(on), document.checked_on if (document.checked_on or on) <= on else None)
        for document in found
        if not (document.version_on and document.version_on > on)
    ]


def _sentence(label: Label, state: LabelState, on: date) -> str:
    """« Qual-e-Pref : obtenu le 11/02/2020, valable jusqu’au 11/02/2023 ; … »."""
    if state == LabelState.PREPARING:
        return f"{label.name} : en préparation."
    parts = [f"obtenu le {label.obtained_on:%d/%m/%Y}"]
    if state == LabelState.EXPIRED:
        parts.append(f"expiré depuis le {label.valid_until:%d/%m/%Y}")
    else:
        parts.append(f"valable jusqu’au {label.valid_until:%d/%m/%Y}")
        done = label.follow_up_done_on
        if done and done <= on:
            parts.append(f"audit de suivi réalisé le {done:%d/%m/%Y}")
        elif state == LabelState.FOLLOW_UP_OVERDUE:
            parts.append(f"audit de suivi en retard, dû le {label.follow_up_due_on:%d/%m/%Y}")
        else:
            planned = f", prévu : {label.follow_up_planned_text}" if label.follow_up_planned_text else ""
            parts.append(f"audit de suivi dû le {label.follow_up_due_on:%d/%m/%Y}{planned}")
    return f"{label.name} : {' ; '.join(parts)}."


def _register(number: int, checked: int, late: int, year: int) -> str:
    s = "s" if number > 1 else ""
    verified = f"{checked} vérifié{'s' if checked > 1 else ''} en {year}" if checked else f"aucun vérifié en {year}"
    overdue = f", {late} en retard de vérification" if late else ""
    return f"{number} document{s} au registre, {verified}{overdue}."


def _end_of(year: int) -> date:
    return min(date(year, 12, 31), timezone.localdate())


def register() -> None:
    """Register the chapters with the annual report."""
    add, section = registries.report_sections.register, registries.ReportSection
    labels, papers, supports = (
        "Les labels et les audits",
        "Les documents et les affichages",
        "Les supports de communication interne",
    )
    page = "audits/report/internal-communication.html"
    register = {"source": "audits:documents", "origin": "registre documentaire"}
    add(
        section(
            "labels-audits",
            labels,
            750,
            labels_and_audits,
            "audits/report/labels-audits.html",
            source="audits:labels",
            origin="labels et audits enregistrés",
        )
    )
    add(section("documents", papers, 620, documents, "audits/report/documents.html", **register))
    add(section("internal-communication", supports, 610, internal_communication, page, **register))
