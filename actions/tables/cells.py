"""How an action looks in a cell, a card or a line: its status, its deadline, its responsibles."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actions.enums import Status
from actions.models import Action, ActionResponsible, FindingEngagement
from core.pages.states import INFO, NEUTRAL, NEW, SUCCESS, WARNING, badge_html
from core.time import fuzzy_dates
from core.time.fuzzy_dates import FuzzyDate, Kind
from organisations.models import Unit, User
from referential.models import Engagement

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
    understood = understood_words(deadline)
    if not understood:
        return deadline_as_written(deadline)
    return format_html('{}<span class="qp-under">{}</span>', deadline.text, understood)


def deadline_as_written(deadline: FuzzyDate) -> SafeString:
    if deadline.kind == Kind.BLANK:
        return format_html('<span class="qp-muted">{}</span>', fuzzy_dates.words(deadline))
    return format_html("{}", deadline.text)


def understood_words(deadline: FuzzyDate) -> str:
    """What was understood of the words; empty when they are a plain date or a phrase that says it."""
    if deadline.kind in {Kind.BLANK, Kind.DONE, Kind.ASAP, Kind.CONTINUOUS}:
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


def responsibles_by_action(actions: QuerySet[Action]) -> dict[int, str]:
    """The same words as `responsibles_text` for a whole list, in three queries."""
    found = ActionResponsible.objects.filter(action__in=actions.order_by().values("pk"))
    rows = list(found.order_by("position", "pk").values_list("action_id", "unit_id", "user_id", "words"))
    units, users = Unit.objects.in_bulk({row[1] for row in rows}), User.objects.in_bulk({row[2] for row in rows})
    labels = {
        key: ActionResponsible(unit=units.get(key[0]), user=users.get(key[1]), words=key[2]).label
        for key in {row[1:] for row in rows}
    }
    return _listed((row[0], labels[row[1:]]) for row in rows)


def engagements_by_finding(actions: QuerySet[Action]) -> dict[int, str]:
    """The codes that `engagements_text` tells, for the findings of a whole list, in two queries."""
    found = FindingEngagement.objects.filter(finding__in=actions.order_by().values("finding"))
    rows = list(found.order_by("pk").values_list("finding_id", "engagement_id"))
    engagements = Engagement.objects.in_bulk({engagement for _finding, engagement in rows})
    return _listed((finding, engagements[engagement].short) for finding, engagement in rows)


def _listed(told: Iterable[tuple[int, str]]) -> dict[int, str]:
    lists: dict[int, list[str]] = defaultdict(list)
    for key, words in told:
        lists[key].append(words)
    return {key: ", ".join(words) for key, words in lists.items()}


def _name(row) -> SafeString:
    if row.unit_id and row.unit.sigle and row.unit.sigle != row.unit.name:
        return format_html('<abbr title="{}">{}</abbr>', row.unit.name, row.unit.sigle)
    if row.user_id and row.label != str(row.user):
        return format_html('<abbr title="{}">{}</abbr>', row.user, row.label)
    if row.unit_id or row.user_id:
        return format_html("{}", row.label)
    return format_html("<em>{}</em>", row.label)
