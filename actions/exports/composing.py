"""From the state of a day to what is printed of it: the words of each cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from actions.as_of.fates import MERGED, REMOVED, Fate, Fates
from actions.as_of.plain import digest
from actions.as_of.state import ActionState, FindingState, PlanState, UnitState
from actions.enums import FindingKind, Origin, Status
from actions.exports.sheets import EngagementGroup, FindingBlock, Line, PlanDocument, PlanSheet, Section

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
    known = fates or Fates()
    titles = {action.id: action.title for action in state.actions}
    plans = tuple(_sheet(plan, state, known, titles) for plan in state.plans)
    return PlanDocument(state.unit_name, state.on, produced_at, digest(state), plans)


def _sheet(plan: PlanState, state: UnitState, fates: Fates, titles: dict[int, str]) -> PlanSheet:
    sections = tuple(
        Section(title, _groups(list(rows), fates, titles))
        for title, rows in groupby(plan.findings, key=lambda finding: finding.section or finding.module)
    )
    about = [plan.site] if plan.site != state.unit_name else []
    about += [origin_words(plan), counted(plan), _removed_words(fates.plans.get(plan.id), "supprimé")]
    return PlanSheet(plan.title, " · ".join(filter(None, about)), _tab(plan), plan.updated_on, sections)


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


def _groups(findings: Sequence[FindingState], fates: Fates, titles: dict[int, str]) -> tuple[EngagementGroup, ...]:
    return tuple(
        EngagementGroup(words, tuple(_block(finding, fates, titles) for finding in rows))
        for words, rows in _by_engagement(findings)
    )


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


def _block(finding: FindingState, fates: Fates, titles: dict[int, str]) -> FindingBlock:
    lines = tuple(_line(action, fates, titles) for action in finding.actions)
    if not lines:
        lines = (Line(mark=_removed_words(fates.findings.get(finding.id), "supprimé")),)
    kind = "" if finding.kind == FindingKind.OBSERVATION else FindingKind(finding.kind).label
    return FindingBlock(finding.text, lines, kind)


def _line(action: ActionState, fates: Fates, titles: dict[int, str]) -> Line:
    fate = fates.actions.get(action.id)
    return Line(
        action=action.text,
        responsible="\n".join(action.responsibles),
        deadline=action.deadline.text,
        status=status_words(action),
        comment=comment_words(action),
        mark=fate_words(fate, titles) or merged_words(action, titles),
        is_gone=fate is not None and fate.kind == REMOVED,
    )


def status_words(action: ActionState) -> str:
    """« FAIT le 03/11/2015 »."""
    words = STATUS_WORDS[Status(action.status)]
    return f"{words} le {action.done_on:%d/%m/%Y}" if action.done_on else words


def comment_words(action: ActionState) -> str:
    """The comment, and the reason of a postponement or abandonment unless the comment says it."""
    said = action.status_reason in action.comment
    return action.comment if said else "\n".join(filter(None, (action.comment, f"Raison : {action.status_reason}")))


def fate_words(fate: Fate | None, titles: dict[int, str]) -> str:
    """« supprimée le 12/03/2017 par Anne Dupont : doublon », « jumelée le 12/03/2017 avec « … » »."""
    if fate is not None and fate.kind == MERGED:
        return f"jumelée le {fate.on:%d/%m/%Y} avec {_named(fate.leader, titles)}"
    return _removed_words(fate, "supprimée")


def merged_words(action: ActionState, titles: dict[int, str]) -> str:
    return f"jumelée avec {_named(action.merged_into, titles)}" if action.merged_into else ""


def _removed_words(fate: Fate | None, word: str) -> str:
    if fate is None:
        return ""
    author = f" par {fate.by}" if fate.by else ""
    return f"{word} le {fate.on:%d/%m/%Y}{author}{f' : {fate.reason}' if fate.reason else ''}"


def _named(leader: int | None, titles: dict[int, str]) -> str:
    return f"« {titles[leader]} »" if leader in titles else f"l’action n° {leader}"
