"""The « Historique » tab: who changed the object, when, why, and each field from old to new."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404
from django.utils.text import capfirst

from core.base.words import words_of
from core.pages.detail import ObjectPage
from core.record import history

TITLES = {"+": "Création", "~": "Modification", "-": "Suppression"}


class HistoryPage(ObjectPage):
    """The history of one object, deleted ones included for those who hold the permission on its unit."""

    template_name = "core/history.html"
    permission = "history_view"
    per_page = 25
    hidden_fields: Sequence[str] = ("version",)  # technical fields that tell nothing

    def get(self, request, *args, **kwargs):
        page = Paginator(history.records_of(self.object), self.per_page).get_page(request.GET.get("page"))
        return self.render(page=page, timeline=self.get_entries(page))

    def get_title(self) -> str:
        return f"Historique – {self.object}"

    def get_breadcrumbs(self):
        *way, _ = super().get_breadcrumbs()
        here = [(str(self.object), self.get_object_url())] if self.detail_url_name else []
        return [*way, *here, ("Historique", "")]

    def find_object(self):
        """The object if it can be seen; else, deleted, as its last history row left it."""
        try:
            return super().find_object()
        except Http404:
            return self.find_deleted()

    def find_deleted(self):
        historical = self.model.history.model
        lookup = {self.lookup_field if self.lookup_field != "pk" else history.key_of(historical): self._lookup_value()}
        last = historical._default_manager.filter(**lookup).order_by("-history_date", "-history_id").first()
        if last is None or last.history_type != "-":
            raise Http404
        deleted = last.instance
        if not self.is_global and not self.scope.holds(self.request.user, self.permission, deleted):
            raise Http404
        return deleted

    def _lookup_value(self):
        return self.kwargs[self.lookup_field]

    def get_entries(self, page) -> list[dict]:
        """One entry per row of the page, as `components/timeline.html` takes them; a fixed number of queries."""
        if not page.object_list:
            return []
        rows = history.records_of(self.object).select_related("history_user")
        records = list(rows[page.start_index() - 1 : page.end_index() + 1])  # one more, to compare the last one with
        pairs = list(zip_longest(records, records[1:]))[: len(page.object_list)]
        names = RelatedNames(self.tracked_fields(), [record for pair in pairs for record in pair if record])
        return [self.entry(record, before if record.history_type == "~" else None, names) for record, before in pairs]

    def tracked_fields(self) -> list[models.Field]:
        hidden = {*self.hidden_fields, self.model._meta.pk.name}
        return [field for field in self.model.history.model.tracked_fields if field.name not in hidden]

    def entry(self, record, before, names: "RelatedNames") -> dict:
        return {
            "when": record.history_date,
            "title": TITLES[record.history_type],
            "who": self.author_of(record),
            "reason": record.history_change_reason or "",
            "changes": [] if record.history_type == "-" else list(self.changes(record, before, names)),
        }

    def author_of(self, record) -> str:
        """The person; empty for the system; a number when the account is gone."""
        if record.history_user_id is None:
            return ""
        return str(record.history_user) if record.history_user else f"compte n° {record.history_user_id} (supprimé)"

    def changes(self, record, before, names: "RelatedNames"):
        """(label, old, new) of each field that changed; at creation, of each field that was filled."""
        for field in self.tracked_fields():
            new = getattr(record, field.attname)
            old = getattr(before, field.attname) if before else None
            if new != old and (before or new not in (None, "")):
                yield (
                    capfirst(field.verbose_name),
                    self.words(field, old, before, names) if before else "",
                    self.words(field, new, record, names),
                )

    def words(self, field, value, record, names: "RelatedNames") -> str:
        """A value in words; override for a figure whose unit depends on the record."""
        return names.of(field, value) if field.is_relation else words_of(field, value)


class RelatedNames:
    """Names of the objects pointed at by history rows: one query per related model, and one more for deleted ones."""

    def __init__(self, fields: Sequence[models.Field], records: Sequence[models.Model]):
        wanted: dict[type[models.Model], set] = defaultdict(set)
        for field in fields:
            if field.is_relation:
                wanted[field.related_model] |= {getattr(record, field.attname) for record in records} - {None}
        self._names = {model: self._names_of(model, keys) for model, keys in wanted.items() if keys}

    def of(self, field, key) -> str:
        if key is None:
            return ""
        return self._names.get(field.related_model, {}).get(key) or f"n° {key} (supprimé)"

    @staticmethod
    def _names_of(model: type[models.Model], keys: set) -> dict:
        names = {key: str(obj) for key, obj in model._base_manager.in_bulk(keys).items()}
        gone = keys - names.keys()
        if gone and history.is_recorded(model):
            historical = model.history.model
            last = historical._default_manager.filter(
                **{f"{history.key_of(historical)}__in": gone, "history_type": "-"}
            )
            names |= {record.instance.pk: f"{record.instance} (supprimé)" for record in last}
        return names
