"""How an action looks in a cell, a card or a line: its status, its deadline, its responsibles."""

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actions.enums import Status
from actions.models import Action
from core import fuzzy_dates
from core.fuzzy_dates import FuzzyDate, Kind
from core.states import INFO, NEUTRAL, NEW, SUCCESS, WARNING, badge_html

STATUS_KINDS = {
    Status.TODO: NEW,
    Status.ONGOING: INFO,
    Status.DONE: SUCCESS,
    Status.POSTPONED: WARNING,
    Status.ABANDONED: NEUTRAL,
}
NOBODY = "sans responsable"


def status_badge(status: str) -> SafeString:
    kind = STATUS_KINDS[Status(status)]
    colour = f" fr-badge--{kind}" if kind else ""
    return format_html(
        '<span class="fr-badge fr-badge--sm fr-badge--no-icon{}">{}</span>', colour, Status(status).label
    )


def late_badge(action: Action, on: date) -> SafeString:
    """« En retard », or nothing."""
    return badge_html("late") if action.is_late(on) else SafeString("")


def deadline_html(deadline: FuzzyDate) -> SafeString:
    """The deadline as written, then as understood when the words do not say it themselves."""
    if deadline.kind == Kind.BLANK:
        return format_html('<span class="qp-muted">{}</span>', fuzzy_dates.words(deadline))
    understood = understood_words(deadline)
    if not understood:
        return format_html("{}", deadline.text)
    return format_html('{}<span class="qp-under">{}</span>', deadline.text, understood)


def understood_words(deadline: FuzzyDate) -> str:
    """What was understood of the words; empty when they are a plain date or a phrase that says it."""
    if deadline.kind in {Kind.BLANK, Kind.DONE, Kind.ASAP}:
        return ""
    if deadline.kind == Kind.DAY and deadline.text in {f"{deadline.latest:%d/%m/%y}", f"{deadline.latest:%d/%m/%Y}"}:
        return ""
    return fuzzy_dates.words(deadline)


def responsibles_html(action: Action) -> SafeString:
    """« RQ, DLP, SIDSIC », words that nobody was recognised in being told apart; the page prefetches them."""
    rows = list(action.responsibles.all())
    if not rows:
        return format_html('<span class="qp-muted">{}</span>', NOBODY)
    return format_html_join(", ", "{}", ((_name(row),) for row in rows))


def responsibles_text(action: Action) -> str:
    return ", ".join(row.label for row in action.responsibles.all())


def engagements_text(finding) -> str:
    """« E1, E14.3 »; what the document wrote when no engagement was recognised."""
    links = list(finding.engagement_links.all())
    return ", ".join(link.engagement.short for link in links) or finding.engagement_words


def _name(row) -> SafeString:
    if row.unit_id and row.unit.sigle and row.unit.sigle != row.unit.name:
        return format_html('<abbr title="{}">{}</abbr>', row.unit.name, row.unit.sigle)
    if row.user_id and row.label != str(row.user):
        return format_html('<abbr title="{}">{}</abbr>', row.user, row.label)
    if row.unit_id or row.user_id:
        return format_html("{}", row.label)
    return format_html("<em>{}</em>", row.label)
