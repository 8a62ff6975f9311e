"""What the plans were at each instant, written down by the test itself from the live rows: the oracle of the history.

After each verb the live rows are read; those that changed are written in a timeline of the test's own, at the instant
they take effect. The history tables are not read to make it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from actions.as_of import UnitState
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof

MODELS = (Plan, Finding, FindingEngagement, Action, ActionResponsible, Proof)
LISTS = {FindingEngagement: "finding_id", ActionResponsible: "action_id"}
Fields = dict[str, Any]
Rows = dict[tuple[type, int], Fields]


class Entry(NamedTuple):
    """A row from an instant on (None: it is no more), written at another instant."""

    at: datetime
    order: int
    written: datetime
    fields: Fields | None


def live() -> Rows:
    """The present rows, each with all its columns."""
    found = {}
    for model in MODELS:
        names = [column.attname for column in model._meta.concrete_fields]
        for values in model.objects.order_by("pk").values(*names):
            found[model, values["id"]] = values
    return found


@dataclass
class Timeline:
    """Each row's entries, in the order they were written."""

    entries: dict[tuple[type, int], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    present: Rows = field(default_factory=dict)
    lists: dict[tuple[type, int], tuple] = field(default_factory=dict)
    count: int = 0

    def write(self, rows: Rows, *, now: datetime, effective_at: datetime | None) -> None:
        """Write down what differs. A change told for a past instant takes effect then, unless its row changed since;
        the engagements of a finding, the responsibles of an action are one thing."""
        changed = [key for key in rows.keys() | self.present.keys() if rows.get(key) != self.present.get(key)]
        told = {key: rows.get(key) or self.present[key] for key in changed}
        instants = {key: self._instant(key, told[key], now, effective_at) for key in changed}
        for key, at in instants.items():
            self.count += 1
            self.entries[key].append(Entry(at, self.count, now, rows.get(key)))
        self.lists |= {key: _list_of(key, fields) for key, fields in told.items()}
        self.present = rows

    def _instant(self, key, fields: Fields, now: datetime, effective_at: datetime | None) -> datetime:
        if effective_at is None or effective_at >= now:
            return now
        same = [other for other, of in self.lists.items() if of == _list_of(key, fields)]
        return now if any(entry.at > effective_at for one in same for entry in self.entries[one]) else effective_at

    def at(self, when: datetime) -> dict[tuple[type, int], Entry]:
        """What existed at that instant."""
        found = {}
        for key, entries in self.entries.items():
            past = [entry for entry in entries if entry.at <= when]
            last = max(past, key=lambda entry: (entry.at, entry.order), default=None)
            if last is not None and last.fields is not None:
                found[key] = last
        return found

    def rows_at(self, when: datetime) -> Rows:
        return {key: entry.fields for key, entry in self.at(when).items()}

    def plans_at(self, when: datetime) -> list[tuple]:
        """The plans in the shape of `flat`; what hangs on something that does not exist yet is not shown."""
        rows = self.at(when)
        told: list[tuple] = []
        for plan in _children(rows, Plan, None, None, lambda one: (one["origin_on"] or date.max, one["id"])):
            told.append(("plan", plan.fields["title"], plan.fields["origin_on"], *_days(plan)))
            for finding in _children(rows, Finding, "plan_id", plan, lambda one: (one["number"], one["id"])):
                links = _children(rows, FindingEngagement, "finding_id", finding, lambda one: one["engagement_id"])
                engagements = tuple(link.fields["engagement_id"] for link in links)
                told.append(("finding", *_named(finding, "number", "text", "kind", "closed_on"), engagements))
                for action in _children(rows, Action, "finding_id", finding, lambda one: (one["position"], one["id"])):
                    told += _action(rows, action)
        return told


def _list_of(key: tuple[type, int], fields: Fields) -> tuple:
    """The list a row belongs to; the row itself when it belongs to none."""
    model, _pk = key
    parent = LISTS.get(model)
    return key if parent is None else (model, parent, fields[parent])


def _action(rows, action: Entry) -> list[tuple]:
    names = (
        "id", "text", "status", "status_reason", "done_on", "comment", "deadline_text", "deadline_latest",
        "promised_latest", "move_count", "merged_into_id",
    )  # fmt: skip
    people = _children(rows, ActionResponsible, "action_id", action, lambda one: (one["position"], one["id"]))
    words = tuple(one.fields["words"] or one.fields["unit_id"] for one in people)
    proofs = _children(rows, Proof, "action_id", action, lambda one: (one["added_at"], one["id"]))
    return [("action", *_named(action, *names), words, tuple(one.fields["name"] for one in proofs), *_days(action))]


def flat(state: UnitState, units: dict[str, int], engagements: dict[str, int]) -> list[tuple]:
    """The state that the application reads, in the same shape: one line per plan, finding and action."""
    told: list[tuple] = []
    for plan in state.plans:
        told.append(("plan", plan.title, plan.origin_on, plan.effective_on, plan.recorded_on))
        for finding in plan.findings:
            codes = tuple(sorted(engagements[code] for code in finding.engagements))
            told.append(("finding", finding.number, finding.text, finding.kind, finding.closed_on, codes))
            for one in finding.actions:
                told.append(
                    (
                        "action", one.id, one.text, one.status, one.status_reason, one.done_on, one.comment,
                        one.deadline.text, one.deadline.latest, one.promised_latest, one.move_count, one.merged_into,
                        tuple(units.get(label, label) for label in one.responsibles),
                        tuple(proof.name for proof in one.proofs), one.effective_on, one.recorded_on,
                    )
                )  # fmt: skip
    return told


def _children(rows, model, name: str | None, parent: Entry | None, order) -> list[Entry]:
    found = [
        entry
        for (kind, _pk), entry in rows.items()
        if kind is model and (parent is None or entry.fields[name] == parent.fields["id"])
    ]
    return sorted(found, key=lambda entry: order(entry.fields))


def _named(entry: Entry, *names: str) -> tuple:
    return tuple(entry.fields[name] for name in names)


def _days(entry: Entry) -> tuple[date, date]:
    return timezone.localdate(entry.at), timezone.localdate(entry.written)
