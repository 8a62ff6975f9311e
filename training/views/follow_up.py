"""Where the agents of a unit stand on a day: one by one, agents by themes, and what is to be planned."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from core.base.words import counted
from core.pages.states import badge_html
from organisations.permissions import Permission
from training.enums import Status
from training.follow_up import FollowedLine, FollowUp, Need, follow_up, needs_of
from training.forms.follow_up import FollowUpForm
from training.models import TrainingTheme
from training.views.units import OfUnit

PER_PAGE = 50
COLUMNS = ("Agent", "Statut", "Échéance", "Thème", "Service", "Dernière formation", "Ce dont elle résulte")
BADGES = {
    Status.EXEMPT: "not_applicable",
    Status.UP_TO_DATE: "reached",
    Status.OVERDUE: "late",
    Status.TUTORED: "running",
    Status.LEAVING: "not_applicable",
    Status.TO_TRAIN: "to_enter",
}
NOT_IN_ORDER = (Status.OVERDUE,)


class OfFollowUp(OfUnit):
    """A page that rests on the posts of the unit."""

    @cached_property
    def found(self) -> FollowUp:
        return follow_up(units=self.unit_ids)

    @cached_property
    def form(self) -> FollowUpForm:
        return FollowUpForm(self.request.GET or None, themes=self.themes, shows_people=self.shows_people)

    @property
    def reset_url(self) -> str:
        return f"{self.request.path}?site={self.unit.code}"

    @cached_property
    def on(self) -> date:
        form = self.form
        asked = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
        return asked or timezone.localdate()

    @cached_property
    def lines(self) -> list[FollowedLine]:
        return self.found.lines(self.on)

    @cached_property
    def themes(self) -> list[TrainingTheme]:
        """The themes of posts of the unit, in their order."""
        return _ordered(one.theme for one in self.found.posts)

    @cached_property
    def columns(self) -> list[TrainingTheme]:
        """The themes followed that day, in their order."""
        return _ordered(line.theme for line in self.lines)


class OfAgents(OfFollowUp):
    """A page that tells agents one by one; initials are read on screen, and leave in no file."""

    @property
    def may_export(self) -> bool:
        return self.shows_people and not self.reads_initials


class FollowUpPage(OfAgents):
    """Each post with its status on a day, those that are late first; counts by theme for who reads no name."""

    title = "Suivi des formations"
    template_name = "training/follow_up.html"
    export_name = "suivi-des-formations"

    def shown(self) -> dict[str, Any]:
        page = Paginator(self.kept() if self.shows_people else [], PER_PAGE).get_page(self.request.GET.get("page"))
        late = sum(line.standing.status in NOT_IN_ORDER for line in self.lines)
        return {
            "form": self.form,
            "on": self.on,
            "page": page,
            "rows": self.rows(page.object_list),
            "counts": self.counts(),
            "statuses": list(Status),
            "sentence": f"{counted(late, 'poste en retard', 'postes en retard')} sur {len(self.lines)}",
            "shows_people": self.shows_people,
            "is_empty": not self.found.posts,
            "outside": self.found.outside(self.on),
            "gesture": self.gesture(),
        }

    def gesture(self) -> tuple[str, str]:
        """What one may do where nobody is followed yet: its address and its words; empty for who reads only."""
        if self.request.user.can(Permission.TRAINING_MANAGE, self.unit.pk):
            return reverse("training:import-upload", args=[self.unit.code]), "Importer un suivi"
        if self.request.user.can(Permission.TRAINING_EDIT, self.unit.pk):
            return reverse("training:agent-create"), "Ajouter un agent"
        return "", ""

    def kept(self) -> list[FollowedLine]:
        """The lines that the filters keep, the most urgent first."""
        asked = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        status, theme, words = asked.get("status"), asked.get("theme"), (asked.get("q") or "").casefold()

        def says(line: FollowedLine) -> bool:
            return words in f"{self.name_of(line.agent, line.followed.unit_id)} {line.service}".casefold()

        kept = [
            line
            for line in self.lines
            if status in (None, "", line.standing.status) and theme in (None, "", str(line.theme.pk)) and says(line)
        ]
        return sorted(kept, key=lambda line: (line.standing.due_on or date.max, line.service, line.agent.name))

    def rows(self, lines: Iterable[FollowedLine]) -> list[dict[str, Any]]:
        """What a page tells of some lines."""
        may_open = self.request.user.can(Permission.TRAINING_VIEW, self.unit.pk)
        return [
            {
                "name": self.name_of(line.agent, line.followed.unit_id),
                "url": reverse("training:agent", args=[line.agent.pk]) if may_open else "",
                "line": line,
                "badge": badge(line.standing.status),
            }
            for line in lines
        ]

    def counts(self) -> list[tuple[str, list[int], int]]:
        """(theme, number by status, all) of the day."""
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            found[line.theme.pk][line.standing.status] += 1
        return [
            (theme.name, [found[theme.pk][status] for status in Status], found[theme.pk].total())
            for theme in self.columns
        ]

    def exported(self) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        rows = (
            (
                self.name_of(line.agent, line.followed.unit_id),
                str(Status(line.standing.status).label),
                line.standing.due_on,
                line.theme.name,
                line.service,
                line.standing.last_training,
                line.standing.reason,
            )
            for line in self.kept()
        )
        return COLUMNS, rows


class MatrixPage(OfAgents):
    """Agents in lines, themes in columns."""

    title = "Agents et thèmes"
    template_name = "training/matrix.html"
    export_name = "agents-et-themes"
    permission = Permission.TRAINING_COUNT

    def agents(self) -> list[tuple[FollowedLine, dict[int, FollowedLine]]]:
        """Each agent with their line by theme."""
        found: dict[int, dict[int, FollowedLine]] = defaultdict(dict)
        first: dict[int, FollowedLine] = {}
        for line in self.lines:
            first.setdefault(line.agent.pk, line)
            found[line.agent.pk].setdefault(line.theme.pk, line)
        return [(line, found[pk]) for pk, line in first.items()] if self.shows_people else []

    def shown(self) -> dict[str, Any]:
        page = Paginator(self.agents(), PER_PAGE).get_page(self.request.GET.get("page"))
        may_open = self.request.user.can(Permission.TRAINING_VIEW, self.unit.pk)
        rows = [
            {
                "name": self.name_of(line.agent, line.followed.unit_id),
                "service": line.service,
                "url": reverse("training:agent", args=[line.agent.pk]) if may_open else "",
                "cells": [self.cell(found.get(theme.pk)) for theme in self.columns],
            }
            for line, found in page.object_list
        ]
        services = sorted({line.service for line in self.lines})
        return {
            "page": page,
            "rows": rows,
            "themes": self.columns,
            "on": self.on,
            "services": self.by_service(services),
        }

    def cell(self, line: FollowedLine | None) -> dict[str, Any]:
        if line is None:
            return {}
        return {"badge": badge(line.standing.status), "due_on": line.standing.due_on, "why": line.standing.reason}

    def by_service(self, services: Sequence[str]) -> list[tuple[str, list[str]]]:
        """The table per service: how many are up to date or exempt out of how many, by theme."""
        total: Counter[tuple[str, int]] = Counter()
        good: Counter[tuple[str, int]] = Counter()
        for line in self.lines:
            key = line.service, line.theme.pk
            total[key] += 1
            good[key] += line.standing.status in (Status.UP_TO_DATE, Status.EXEMPT)
        return [
            (
                service,
                [
                    f"{good[service, one.pk]} / {total[service, one.pk]}" if total[service, one.pk] else "sans objet"
                    for one in self.columns
                ],
            )
            for service in services
        ]

    def exported(self) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        columns = ["Agent", "Service", *(theme.name for theme in self.columns)]
        rows = (
            [
                self.name_of(line.agent, line.followed.unit_id),
                line.service,
                *(self.told(found.get(theme.pk)) for theme in self.columns),
            ]
            for line, found in self.agents()
        )
        return columns, rows

    def told(self, line: FollowedLine | None) -> str:
        if line is None:
            return "NC"
        due = f", échéance {line.standing.due_on:%d/%m/%Y}" if line.standing.due_on else ""
        return f"{Status(line.standing.status).label}{due}"


class ForecastPage(OfFollowUp):
    """What is to be planned within 12 and 24 months, by theme and service, seats already taken left out."""

    title = "Prévision des formations"
    template_name = "training/forecast.html"
    export_name = "prevision-des-formations"

    @cached_property
    def needs(self) -> list[Need]:
        return needs_of(self.found, on=self.on)

    def shown(self) -> dict[str, Any]:
        tables = (
            ("Agents à former par thème, depuis le " + f"{self.on:%d/%m/%Y}", _totals(self.needs), "par-theme"),
            ("Le détail par service", self.needs, "par-service"),
        )
        return {"needs": self.needs, "tables": tables}

    def exported(self) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        columns = ("Thème", "Service", "D’ici 12 mois", "D’ici 24 mois", "Déjà inscrits", "Places à réserver")
        return columns, ((n.theme, n.service, n.in_12, n.in_24, n.enrolled, n.to_book) for n in self.needs)


def _ordered(themes: Iterable[TrainingTheme]) -> list[TrainingTheme]:
    """Each theme once, in the order of themes."""
    return sorted({one.pk: one for one in themes}.values(), key=lambda theme: (theme.position, theme.name))


def badge(status: str) -> str:
    """The badge of a status, in its words."""
    return badge_html(BADGES[Status(status)], str(Status(status).label))


def _totals(needs: Sequence[Need]) -> list[Need]:
    """The needs of each theme, all services together."""
    found: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        found[need.theme].append(need)
    return [
        Need(
            theme,
            "Tous les services",
            sum(n.in_12 for n in some),
            sum(n.in_24 for n in some),
            sum(n.enrolled for n in some),
        )
        for theme, some in found.items()
    ]
