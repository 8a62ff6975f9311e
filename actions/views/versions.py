"""Forms that change an object and rows that hang on it: the version of the object alone would miss what others did."""

from collections.abc import Iterable

from django.db.models import Model

LARGEST = 18  # digits: what a form sends back may be anything


class WithRelatedVersion:
    """An `UpdatePage` whose form also changes the rows of `related_model` that point at it by `related_name`."""

    related_model: type[Model]
    related_name = ""
    past: list | None = None  # the rows as the person found them, while the form of that time is made

    def get_version(self) -> str:
        last = self._related().order_by("-history_id").values_list("history_id", flat=True).first()
        return f"{super().get_version()}.{last or ''}"

    def get_last_change(self):
        own = super().get_last_change()
        other = self._related().select_related("history_user").order_by("-history_id").first()
        changes = [change for change in (own, other) if change is not None]
        return max(changes, key=lambda change: change.recorded_at, default=None)

    def form_as_found(self, version: str):
        own, _, others = version.partition(".")
        self.past = rows_at(self._related(), others)
        try:
            return super().form_as_found(own)
        finally:
            self.past = None

    def _related(self):
        return self.related_model.history.filter(**{f"{self.related_name}_id": self.object.pk})


def rows_at(records: Iterable, version: str) -> list:
    """The rows as they were when the last record was that version, not to be saved."""
    number = int(version) if version.isdecimal() and len(version) <= LARGEST else 0
    last: dict = {}
    for record in records.filter(history_id__lte=number).order_by("history_id"):
        last[record.id] = record
    return [record.instance for record in last.values() if record.history_type != "-"]
