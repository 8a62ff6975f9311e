"""What a person is asked on the preview, once for each words: who, which status, which engagement."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.enums import Status
from actions.imports.document import ENGAGEMENT, STATUS
from actions.imports.plan import Planned, PlannedRow
from actions.imports.responsibles import KEEP, Directory
from actions.imports.statuses import status_of
from core.imports.words import plain
from organisations.models import Unit


@dataclass
class Question:
    """Words to decide on, where they stand, and what was chosen for them."""

    key: str
    words: str
    choice: str
    options: list[tuple[str, str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    @property
    def places(self) -> str:
        """« en C7 », « sur 19 lignes, d’abord en C7 »."""
        return (
            f"en {self.cells[0]}"
            if len(self.cells) == 1
            else f"sur {len(self.cells)} lignes, d’abord en {self.cells[0]}"
        )


@dataclass(frozen=True)
class Questions:
    """All that the document leaves to decide; those already decided stay, to be changed."""

    responsibles: list[Question]
    statuses: list[Question]
    engagements: list[Question]

    def __bool__(self) -> bool:
        return bool(self.responsibles or self.statuses or self.engagements)

    @property
    def is_open(self) -> bool:
        """Whether one of them still waits."""
        return any(not one.choice for one in (*self.responsibles, *self.statuses, *self.engagements))


def questions_of(planned: Planned, choices: Mapping[str, Any]) -> Questions:
    """The questions of a document, each in the order in which its words come."""
    rows = [(f"{plan.source.sheet} ", row) for plan in planned.kept for row in plan.rows]
    several = len(planned.kept) > 1
    places = [(sheet if several else "", row) for sheet, row in rows]
    return Questions(
        responsibles=_responsibles(places, planned.directory, choices.get("responsibles", {})),
        statuses=_gathered(places, STATUS, choices.get("statuses", {}), _lacks_status),
        engagements=_gathered(places, ENGAGEMENT, choices.get("engagements", {}), _lacks_engagement),
    )


def option_of(one: Any) -> tuple[str, str]:
    """A unit or a person as an option of the list."""
    if isinstance(one, Unit):
        sigle = f" ({one.sigle})" if one.sigle else ""
        return f"unit:{one.pk}", f"{one.name}{sigle}"
    return f"user:{one.pk}", str(one)


def _responsibles(
    places: Iterable[tuple[str, PlannedRow]], directory: Directory, choices: Mapping[str, str]
) -> list[Question]:
    found: dict[str, Question] = {}
    for sheet, row in places:
        for name in row.names:
            if name.is_settled and name.key not in choices:
                continue
            if name.key not in found:
                options = [option_of(one) for one in directory.suggestions(name.key)]
                found[name.key] = Question(name.key, name.responsible.words, choices.get(name.key, ""), options)
            found[name.key].cells.append(f"{sheet}{row.source.cell('responsible')}")
    return list(found.values())


def _gathered(
    places: Iterable[tuple[str, PlannedRow]], column: str, choices: Mapping[str, str],
    is_asked: Callable[[PlannedRow], bool],
) -> list[Question]:  # fmt: skip
    found: dict[str, Question] = {}
    for sheet, row in places:
        text = row.source.text(column)
        key = plain(text)
        if text and (key in choices or is_asked(row)):
            question = found.setdefault(key, Question(key, " ".join(text.split()), choices.get(key, "")))
            question.cells.append(f"{sheet}{row.source.cell(column)}")
    return list(found.values())


def _lacks_status(row: PlannedRow) -> bool:
    return status_of(row.source.text(STATUS)) is None


def _lacks_engagement(row: PlannedRow) -> bool:
    """Asked once: a finding already stored keeps what a person chose for it."""
    return not row.engagements and row.finding is None and row.follows_referential


STATUSES = [(status.value, status.label) for status in Status]
KEPT_AS_WORDS = (KEEP, "Garder ces mots, sans le redemander")
