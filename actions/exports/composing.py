"""From the state of a day to what is printed of it: the words of each cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from actions.as_of.fates import MERGED, REMOVED, Fate, Fates
from actions.as_of.plain import digest
from actions.as_of.state import ActionState, FindingState, PlanState, StoredItem, UnitState
from actions.enums import FindingKind, Origin, Status
from actions.exports.sheets import EngagementGroup, FindingBlock, PlanDocument, PlanSheet, SheetBand, SheetLine
from core.record import seals

# As the documents of the services say it; they are read back as the same statuses.
STATUS_WORDS = {
    Status.TODO: "À faire",
    Status.ONGOING: "En cours",
    Status.DONE: "FAIT",
    Status.POSTPONED: "Reporté",
    Status.ABANDONED: "Abandonné",
}
COUNTED = {
    Status.DONE: ("réalisée", "réalisées"),
    Status.ONGOING: ("en cours", "en cours"),
    Status.TODO: ("à faire", "à faire"),
    Status.POSTPONED: ("reportée", "reportées"),
    Status.ABANDONED: ("abandonnée", "abandonnées"),
}


def document_of(state: UnitState, *, produced_at: datetime, fates: Fates | None = None) -> PlanDocument:
    """The document of a state; `fates` tells what became of its items since."""
    sheets = sheets_of(state, fates)
    return PlanDocument(state.unit_name, state.on, produced_at, digest(state), sheets, seals.head())


def sheets_of(
    state: UnitState, fates: Fates | None = None, *, shown: Iterable[PlanState] | None = None
) -> tuple[PlanSheet, ...]:
    """The plans of a state, for a page or a document; `shown` are those of a page, each with its findings only."""
    return _Composer(state, fates or Fates()).sheets(state.plans if shown is None else shown)


class _Composer:
    """Puts the plans of one state in words."""

    def __init__(self, state: UnitState, fates: Fates):
        self.state = state
        self.fates = fates
        self.titles = fates.titles | {action.id: action.title for action in state.actions}

    def sheets(self, shown: Iterable[PlanState]) -> tuple[PlanSheet, ...]:
        whole = {plan.id: plan for plan in self.state.plans}
        return tuple(self._sheet(whole[part.id], part.findings) for part in shown)

    def _sheet(self, plan: PlanState, findings: Sequence[FindingState]) -> PlanSheet:
        about = [plan.site] if plan.site != self.state.unit_name else []
        common = _common_dates(plan)
        sections = tuple(
            SheetBand(title, self._groups(list(rows), common)) for title, rows in groupby(findings, key=band_words)
        )
        return PlanSheet(
            title=plan.title,
            about=" · ".join([*about, origin_words(plan), counted(plan)]),
            tab=_tab(plan),
            updated_on=plan.updated_on,
            sections=sections,
            mark=removed_words(self.fates.plans.get(plan.id), "supprimé"),
            recorded=f"Plan repris d’un document : {common}" if common else "",
            pk=plan.id,
        )

    def _groups(self, findings: Sequence[FindingState], common: str) -> tuple[EngagementGroup, ...]:
        return tuple(
            EngagementGroup(words, tuple(self._block(finding, common) for finding in rows))
            for words, rows in _by_engagement(findings)
        )

    def _block(self, finding: FindingState, common: str) -> FindingBlock:
        return FindingBlock(
            text=finding.text,
            lines=tuple(self._line(action, common) for action in finding.actions) or (SheetLine(),),
            kind="" if finding.kind == FindingKind.OBSERVATION else FindingKind(finding.kind).label,
            mark=removed_words(self.fates.findings.get(finding.id), "supprimé"),
            number=finding.number,
            pk=finding.id,
        )

    def _line(self, action: ActionState, common: str) -> SheetLine:
        fate = self.fates.actions.get(action.id)
        dates = dates_words(action)
        return SheetLine(
            action=action.text,
            responsible="\n".join(action.responsibles),
            deadline=action.deadline.text,
            status=status_words(action),
            comment=comment_words(action),
            mark=self._fate_words(fate) or self._merged_words(action),
            recorded="" if dates == common else dates,
            is_gone=fate is not None and fate.kind == REMOVED,
            is_late=action.is_late(self.state.on),
            pk=action.id,
        )

    def _fate_words(self, fate: Fate | None) -> str:
        """« supprimée le 12/03/2017 par Anne Dupont : doublon », « jumelée le 12/03/2017 avec « … » »."""
        if fate is not None and fate.kind == MERGED:
            return f"jumelée le {fate.on:%d/%m/%Y} avec {self._named(fate.leader)}"
        return removed_words(fate, "supprimée")

    def _merged_words(self, action: ActionState) -> str:
        return f"jumelée avec {self._named(action.merged_into)}" if action.merged_into else ""

    def _named(self, leader: int | None) -> str:
        return f"« {self.titles[leader]} »" if leader in self.titles else f"l’action n° {leader}"


def band_words(finding: FindingState) -> str:
    return finding.section or finding.module


def dates_words(item: StoredItem) -> str:
    """Both dates of what took effect before it was recorded."""
    if not item.is_recorded_later:
        return ""
    return f"effet le {item.effective_on:%d/%m/%Y}, enregistré le {item.recorded_on:%d/%m/%Y}"


def _common_dates(plan: PlanState) -> str:
    """What the two dates are where they are the same for the plan and most of its actions: said once."""
    dates = Counter(dates_words(item) for item in (plan, *plan.actions))
    words = dates_words(plan)
    return words if 2 * dates[words] > dates.total() else ""


def origin_words(plan: PlanState) -> str:
    """« Audit interne du 16/10/2015 »."""
    label = Origin(plan.origin).label
    return f"{label} du {plan.origin_on:%d/%m/%Y}" if plan.origin_on else label


def counted(plan: PlanState) -> str:
    """« 17 actions : 15 réalisées, 2 en cours »."""
    counts = Counter(action.status for action in plan.actions)
    total = counts.total()
    if not total:
        return "aucune action"
    told = [f"{counts[status]} {words[counts[status] > 1]}" for status, words in COUNTED.items() if counts[status]]
    return f"{total} action{'s' if total > 1 else ''} : {', '.join(told)}"


def _tab(plan: PlanState) -> str:
    """« Audit interne 2015 »: the name of its sheet."""
    label = Origin(plan.origin).label
    return f"{label} {plan.origin_on.year}" if plan.origin_on else label


def _by_engagement(findings: Sequence[FindingState]) -> Iterator[tuple[str, list[FindingState]]]:
    """Findings that follow each other under the same engagement; those without any stay apart."""
    for words, rows in groupby(findings, key=engagement_words):
        if words:
            yield words, list(rows)
        else:
            yield from (("", [finding]) for finding in rows)


def engagement_words(finding: FindingState) -> str:
    """As the document wrote it, else « Engagements 17, 18 »."""
    if finding.engagement_words or not finding.engagements:
        return finding.engagement_words
    return f"Engagement{'s' if len(finding.engagements) > 1 else ''} {', '.join(finding.engagements)}"


def status_words(action: ActionState) -> str:
    """« FAIT le 03/11/2015 »."""
    words = STATUS_WORDS[Status(action.status)]
    return f"{words} le {action.done_on:%d/%m/%Y}" if action.done_on else words


def comment_words(action: ActionState) -> str:
    """The comment, and the reason of a postponement or abandonment unless the comment says it."""
    said = action.status_reason in action.comment
    return action.comment if said else "\n".join(filter(None, (action.comment, f"Raison : {action.status_reason}")))


def removed_words(fate: Fate | None, word: str) -> str:
    """« supprimé le 12/03/2017 par Anne Dupont : doublon »."""
    if fate is None:
        return ""
    author = f" par {fate.by}" if fate.by else ""
    return f"{word} le {fate.on:%d/%m/%Y}{author}{f' : {fate.reason}' if fate.reason else ''}"
