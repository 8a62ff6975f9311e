"""What happened to a plan, a finding or an action and to what hangs on it: one list, newest first, with both dates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from django.db.models import IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.text import capfirst

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof
from core.base.words import words_of
from core.pages.history import RelatedNames
from core.record.history import key_of
from core.time import fuzzy_dates

TITLES: dict[type[Model], dict[str, str]] = {
    Plan: {"+": "Plan ouvert", "~": "Plan modifié", "-": "Plan supprimé"},
    Finding: {"+": "Constat ajouté", "~": "Constat modifié", "-": "Constat supprimé"},
    FindingEngagement: {"+": "Engagement rattaché", "~": "Engagement modifié", "-": "Engagement détaché"},
    Action: {"+": "Action ajoutée", "~": "Action modifiée", "-": "Action supprimée"},
    ActionResponsible: {"+": "Responsable ajouté", "~": "Responsable modifié", "-": "Responsable retiré"},
    Proof: {"+": "Preuve jointe", "~": "Preuve modifiée", "-": "Preuve retirée"},
}
LINKS = (FindingEngagement, ActionResponsible)
DEADLINE = "deadline_text"
HIDDEN = {
    "id",
    "position",
    "deadline_earliest",
    "deadline_latest",
    "deadline_event",
    "promised_text",
    "promised_latest",
    "move_count",
    "file",
    "added_by",
    "added_at",
}
PLACES = {"site", "plan", "finding", "action"}  # told by the page, unless the object moved
SUBJECTS: dict[type[Model], tuple[type[Model], str]] = {
    Finding: (Finding, "id"),
    FindingEngagement: (Finding, "finding_id"),
    Action: (Action, "id"),
    ActionResponsible: (Action, "action_id"),
    Proof: (Action, "action_id"),
}
NOUNS = {Finding: "constat", Action: "action"}

Key = tuple  # (day of effect, number of the part, history_id)


def of_action(pk: int) -> "Journal":
    """The action, its responsibles, its proofs."""
    return Journal(
        [
            Action.history.filter(id=pk),
            ActionResponsible.history.filter(action_id=pk),
            Proof.history.filter(action_id=pk),
        ]
    )


def of_finding(pk: int) -> "Journal":
    """The finding and its engagements."""
    return Journal([Finding.history.filter(id=pk), FindingEngagement.history.filter(finding_id=pk)])


def of_plan(pk: int) -> "Journal":
    """The plan and all that it holds or ever held."""
    findings = Finding.history.filter(plan_id=pk)
    finding_ids = findings.order_by().values("id")
    actions = Action.history.filter(finding_id__in=finding_ids)
    action_ids = actions.order_by().values("id")
    return Journal(
        [
            Plan.history.filter(id=pk),
            findings,
            FindingEngagement.history.filter(finding_id__in=finding_ids),
            actions,
            ActionResponsible.history.filter(action_id__in=action_ids),
            Proof.history.filter(action_id__in=action_ids),
        ],
        tells_subjects=True,
    )


class Journal:
    """History rows of several models, as `components/timeline.html` takes them; a fixed number of queries a page."""

    def __init__(self, parts: Sequence[QuerySet], *, tells_subjects: bool = False):
        self.parts = parts
        self.tells_subjects = tells_subjects

    def keys(self) -> QuerySet:
        """Place of each row, newest first: to be counted and cut into pages."""
        lists = [
            part.order_by()
            .annotate(part=Value(number, IntegerField()))
            .values_list("history_date", "part", "history_id")
            for number, part in enumerate(self.parts)
        ]
        return lists[0].union(*lists[1:], all=True).order_by("-history_date", "part", "-history_id")

    def entries(self, keys: Iterable[Key]) -> list[dict]:
        """One entry per key, in their order."""
        wanted: dict[int, list[int]] = defaultdict(list)
        keys = list(keys)
        for _, part, history_id in keys:
            wanted[part].append(history_id)
        found = {}
        for part, ids in wanted.items():
            for record, entry in _entries_of(self.parts[part].model, ids, tells_subjects=self.tells_subjects):
                found[part, record.history_id] = entry
        return [found[part, history_id] for _, part, history_id in keys]


def _entries_of(historical: type[Model], ids: list[int], *, tells_subjects: bool):
    """(record, entry) of rows of one model, each compared with the row before it."""
    records = list(_with_before(historical).filter(history_id__in=ids).select_related("history_user"))
    before = historical._default_manager.in_bulk([record.before_id for record in records if record.before_id])
    model = historical.instance_type
    fields = [field for field in historical.tracked_fields if field.name not in HIDDEN]
    names = Names(fields, [*records, *before.values()])
    subjects = _subjects(model, records) if tells_subjects else {}
    for record in records:
        old = before.get(record.before_id) if record.history_type == "~" else None
        yield record, _entry(record, old, fields, names) | {"about": subjects.get(record.history_id, "")}


def _with_before(historical: type[Model]) -> QuerySet:
    key = key_of(historical)
    earlier = Q(history_date__lt=OuterRef("history_date")) | Q(
        history_date=OuterRef("history_date"), history_id__lt=OuterRef("history_id")
    )
    rows = historical._default_manager.filter(earlier, **{key: OuterRef(key)})
    return historical._default_manager.annotate(
        before_id=Subquery(rows.order_by("-history_date", "-history_id").values("history_id")[:1])
    )


def _entry(record, before, fields, names: "Names") -> dict:
    model = record.instance_type
    title = TITLES[model][record.history_type]
    is_link = model in LINKS
    return {
        "when": record.history_date,
        "recorded": recorded_later(record),
        "title": f"{title} : {_link_words(fields, record, names)}" if is_link else title,
        "who": _author(record),
        "reason": record.history_change_reason or "",
        "changes": [] if is_link or record.history_type == "-" else list(_changes(record, before, fields, names)),
    }


def recorded_later(record):
    """The instant of recording when it is of another day than that of effect: a document taken over later."""
    days = [timezone.localdate(moment) for moment in (record.history_date, record.recorded_at)]
    return record.recorded_at if days[0] != days[1] else None


def _author(record) -> str:
    if record.history_user_id is None:
        return ""
    return str(record.history_user) if record.history_user else f"compte n° {record.history_user_id} (supprimé)"


def _changes(record, before, fields, names: "Names"):
    """(label, old, new) of each field that changed; at creation, of each field that was filled."""
    for field in fields:
        if before is None and field.name in PLACES:
            continue
        new = _words(field, record, names)
        old = _words(field, before, names) if before else ""
        if new != old:
            yield capfirst(field.verbose_name), old, new


def _words(field, record, names: "Names") -> str:
    if field.name == DEADLINE:
        return deadline_words(record)
    value = getattr(record, field.attname)
    return names.of(field, value) if field.is_relation else words_of(field, value)


def deadline_words(row) -> str:
    """« 1er trim. 2016 (du 01/01/2016 au 31/03/2016) »: the words, then the days where they add something."""
    value = fuzzy_dates.FuzzyDate.stored(
        row.deadline_text, row.deadline_earliest, row.deadline_latest, event=row.deadline_event
    )
    if value.earliest == value.latest and value.earliest and _is_day(value.text, value.earliest):
        return value.text
    days = fuzzy_dates.words(value) if value.earliest or value.latest else ""
    return f"{value.text} ({days})" if days else value.text


def _is_day(text: str, day: date) -> bool:
    return text in {f"{day:%d/%m/%y}", f"{day:%d/%m/%Y}"}


def _link_words(fields, record, names: "Names") -> str:
    told = [_words(field, record, names) for field in fields if field.name not in PLACES]
    return next(filter(None, told), "")


def _subjects(model: type[Model], records: Sequence[Model]) -> dict[int, str]:
    """« action « Programmer les enquêtes » » of each row, by its history_id."""
    if model not in SUBJECTS:
        return {}
    subject, name = SUBJECTS[model]
    key = attrgetter(name)
    names = names_of(subject, {key(record) for record in records})
    return {record.history_id: f"{capfirst(NOUNS[subject])} : {names.get(key(record), '')}" for record in records}


class Names(RelatedNames):
    """Names of what rows point at; those of actions without one query each."""

    @staticmethod
    def _names_of(model: type[Model], keys: set) -> dict:
        return names_of(model, keys) if model in NOUNS else RelatedNames._names_of(model, keys)


def names_of(model: type[Model], keys: set[int]) -> dict[int, str]:
    """The words of findings or actions, deleted ones included, as their last row left them."""
    historical = model.history.model
    rows = {row.pk: row for row in model._base_manager.filter(pk__in=keys)}
    if gone := keys - rows.keys():
        rows |= {row.id: row for row in historical._default_manager.filter(id__in=gone, history_type="-")}
    if model is Finding:
        return {pk: f"{row.number} – {row.text}" for pk, row in rows.items()}
    mute = {row.finding_id for row in rows.values() if not row.text}
    findings = names_of(Finding, mute) if mute else {}
    return {pk: row.text or findings.get(row.finding_id, "") for pk, row in rows.items()}
