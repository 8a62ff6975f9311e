"""A plan as the services know it: bands, then engagement | finding | action | responsible | deadline | outcome."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from actions.models import Action, Finding
from actions.tables.cells import NOBODY, engagements_text

SECTION, ENGAGEMENT, RESPONSIBLE = "rubrique", "engagement", "responsable"
WITHOUT_RESPONSIBLE, WITHOUT_ACTION, WITHOUT_SECTION = NOBODY.capitalize(), "Sans action", "Sans rubrique"
GROUPINGS = {SECTION: "Par rubrique", ENGAGEMENT: "Par engagement", RESPONSIBLE: "Par responsable"}


@dataclass
class PlanLine:
    """One action, or a finding without any; the cells that span several lines stand on the first of them."""

    finding: Finding
    action: Action | None
    engagement: str = ""
    engagement_span: int = 0  # 0: covered by a line above
    finding_span: int = 0


@dataclass
class PlanBand:
    """What stands under one heading."""

    title: str
    lines: list[PlanLine] = field(default_factory=list)


def bands_of(findings: Sequence[Finding], *, by: str = SECTION) -> list[PlanBand]:
    """The lines of findings whose actions and engagements are prefetched, under their headings."""
    bands: dict[str, PlanBand] = {}
    for finding in findings:
        for title, actions in _HEADINGS[by](finding):
            band = bands.setdefault(title, PlanBand(title))
            band.lines += _lines(finding, actions)
    for band in bands.values():
        _span(band.lines)
    found = list(bands.values())
    return sorted(found, key=_name_last_without) if by == RESPONSIBLE else found


def _name_last_without(band: PlanBand) -> tuple[bool, str]:
    """By name; what nobody answers for comes last."""
    return band.title in {WITHOUT_RESPONSIBLE, WITHOUT_ACTION}, band.title.casefold()


def _by_section(finding: Finding) -> Iterable[tuple[str, list]]:
    title = finding.section or (str(finding.module) if finding.module_id else WITHOUT_SECTION)
    return [(title, list(finding.actions.all()))]


def _by_engagement(finding: Finding) -> Iterable[tuple[str, list]]:
    links = list(finding.engagement_links.all())
    titles = [str(link.engagement) for link in links] or [finding.engagement_words or "Sans engagement"]
    return [(title, list(finding.actions.all())) for title in titles]


def _by_responsible(finding: Finding) -> Iterable[tuple[str, list]]:
    groups: dict[str, list] = {}
    actions = list(finding.actions.all())
    for action in actions:
        for label in [row.label for row in action.responsibles.all()] or [WITHOUT_RESPONSIBLE]:
            groups.setdefault(label, []).append(action)
    return groups.items() if actions else [(WITHOUT_ACTION, [])]


_HEADINGS: dict[str, Callable[[Finding], Iterable[tuple[str, list]]]] = {
    SECTION: _by_section,
    ENGAGEMENT: _by_engagement,
    RESPONSIBLE: _by_responsible,
}


def _lines(finding: Finding, actions: list) -> list[PlanLine]:
    lines = [PlanLine(finding, action, engagements_text(finding)) for action in actions] or [
        PlanLine(finding, None, engagements_text(finding))
    ]
    lines[0].finding_span = len(lines)
    return lines


def _span(lines: list[PlanLine]) -> None:
    """Give the engagement of consecutive lines to the first of them."""
    first = None
    for line in lines:
        if first is None or line.engagement != first.engagement:
            first = line
        first.engagement_span += 1
