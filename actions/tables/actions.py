"""The table of actions over all plans, and the same as a file."""

from datetime import date
from functools import cached_property

from django.db.models import Value
from django.db.models.functions import Coalesce, Collate, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from actions.enums import PENDING
from actions.models import Action
from actions.querysets import DUE_ON
from actions.tables import cells, pieces
from core.base.french import FRENCH
from core.pages.tables import Column, Table
from core.time.fuzzy_dates import FuzzyDate

BOX = {"td": {"class": "qp-stack__box"}}
LONG = {"td": {"class": "qp-wrap qp-stack__head"}}


def labelled(label: str) -> dict:
    """A short column; on a phone, where a row is a card, its name stands before its cell."""
    return {"td": {"class": "qp-wrap qp-wrap--short", "data-label": label}}


class DeadlineColumn(Column):
    """Sorted by the day it falls due; unknown days come last whatever the order."""

    def order(self, queryset, is_descending):
        by = DUE_ON.desc(nulls_last=True) if is_descending else DUE_ON.asc(nulls_last=True)
        return queryset.order_by(by, "pk"), True


class ActionTable(Table):
    """An action a row. `chooser` (the id of a form) adds a box to each line, to change several at once."""

    chosen = Column(accessor="pk", verbose_name="Choisir", orderable=False, is_exported=False, attrs=BOX)
    title = Column(verbose_name="Action", attrs=LONG)
    engagements = Column(accessor="finding", verbose_name="Engagements", orderable=False, attrs=labelled("Engagements"))
    responsibles = Column(accessor="pk", verbose_name="Responsables", orderable=False, attrs=labelled("Responsables"))
    deadline = DeadlineColumn(accessor="deadline", verbose_name="Échéance", attrs=labelled("Échéance"))

    class Meta(Table.Meta):
        model = Action
        fields = ("chosen", "title", "engagements", "responsibles", "deadline", "status")
        attrs = {"caption": "Actions"}

    def __init__(self, *args, chooser: str = "", all_chosen: bool = False, **kwargs):
        self.chooser, self.box = chooser, " checked" if all_chosen else ""
        super().__init__(*args, exclude=() if chooser else ("chosen",), **kwargs)

    def order_title(self, queryset, is_descending):
        shown = Collate(Coalesce(NullIf("text", Value("")), "finding__text"), FRENCH)
        return queryset.order_by(shown.desc() if is_descending else shown.asc(), "pk"), True

    def render_chosen(self, record):
        return format_html(
            '<div class="fr-checkbox-group fr-checkbox-group--sm"><input type="checkbox" id="choix-{0}" name="actions" '
            'value="{0}" form="{1}"{2}><label class="fr-label" for="choix-{0}"><span class="fr-sr-only">Choisir : {3}'
            "</span></label></div>",
            record.pk,
            self.chooser,
            self.box,
            record.title,
        )

    def render_title(self, record):
        plan = record.finding.plan
        return format_html(
            '<a class="fr-link" href="{}">{}</a><span class="qp-under">{}</span>',
            reverse("actions:action", args=[record.pk]),
            record.title,
            plan.title,
        )

    def render_engagements(self, record):
        return cells.engagements_text(record.finding)

    def render_responsibles(self, record):
        return self.piece(record, pieces.RESPONSIBLES)

    def render_deadline(self, record):
        return self.piece(record, pieces.DEADLINE)

    def render_status(self, record):
        return self.piece(record, pieces.STATUS)

    def piece(self, record, name: str):
        return pieces.piece(record, name, user=self.request.user, back=self.request.get_full_path())


class ActionFile(Table):
    """What the export files hold: one action a row, each fact in its column."""

    plan = Column(accessor="finding__plan__title", verbose_name="Plan")
    origin = Column(accessor="finding__plan__origin", verbose_name="Origine")
    site = Column(accessor="finding__plan__site__name", verbose_name="Site")
    section = Column(accessor="finding__section", verbose_name="Rubrique")
    number = Column(accessor="finding__number", verbose_name="N°")
    engagements = Column(verbose_name="Engagements", reads=("finding_id", "finding__engagement_words"))
    finding = Column(accessor="finding__text", verbose_name="Constat")
    kind = Column(accessor="finding__kind", verbose_name="Nature")
    theme = Column(accessor="finding__theme", verbose_name="Thème")
    text = Column(verbose_name="Action")
    responsibles = Column(verbose_name="Responsables", reads=("pk",))
    deadline = DeadlineColumn(accessor="deadline_text", verbose_name="Échéance")
    latest = Column(accessor="deadline_latest", verbose_name="Au plus tard le")
    late = Column(verbose_name="En retard", reads=("status", "deadline_latest"))
    done_on = Column(verbose_name="Réalisée le")
    comment = Column(verbose_name="Commentaire")

    class Meta(Table.Meta):
        model = Action
        fields = (
            "plan",
            "origin",
            "site",
            "section",
            "number",
            "engagements",
            "finding",
            "kind",
            "theme",
            "text",
            "responsibles",
            "deadline",
            "latest",
            "late",
            "status",
            "done_on",
            "comment",
        )

    def __init__(self, *args, **kwargs):
        self.today = timezone.localdate()
        super().__init__(*args, **kwargs)

    def value_engagements(self, finding: int, words: str) -> str:
        return self._engagements.get(finding, words)

    def value_responsibles(self, action: int) -> str:
        return self._responsibles.get(action, "")

    def value_late(self, status: str, latest: date | None) -> str:
        return "oui" if status in PENDING and FuzzyDate(latest=latest).is_late(self.today) else "non"

    @cached_property
    def _engagements(self) -> dict[int, str]:
        return cells.engagements_by_finding(self.data.data)

    @cached_property
    def _responsibles(self) -> dict[int, str]:
        return cells.responsibles_by_action(self.data.data)
