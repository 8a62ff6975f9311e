"""Lines that correct what a former version of the table said: the day of receipt, the channel of a closed case."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from complaints.imports.twins import digests, held, tells_another
from complaints.models import Complaint
from core.importing.asks import Ask, Given, Option, settle
from core.importing.places import ReadPlace
from core.importing.tables.table_import import Entered

NEAR = timedelta(days=7)  # a day of receipt is corrected by less
CORRECTED, ANOTHER = Option("same", "oui : sa ligne est corrigée"), Option("new", "non : un autre dossier")
KEPT, CHANGED = Option("keep", "non : les garder comme ils ont été jugés"), Option("change", "oui")
JUDGED_BY = {"received": "received_on", "channel": "channel", "kind": "kind", "in_scope": "in_scope"}
_SORTED = {"channel": "channel", "theme": "theme_words", "service": "service_words"}


def corrected(
    entries: Sequence[Entered],
    known: Mapping[str, Complaint],
    key_on: Callable[[Entered, date], str],
    given: Given,
) -> tuple[dict[str, Complaint], list[Ask]]:
    """The cases that no line tells any more and that a new line may be about, by the key of that line.

    `key_on`: the key that a line would have, had it been received on another day. What is asked comes beside.
    """
    told = {entry.extra for entry in entries}
    gone = {key: case for key, case in known.items() if key not in told}
    of_person = _of_person(gone.values())
    found: dict[str, Complaint] = {}
    asks = []
    for entry in filter(partial(_is_new, known), entries) if gone else ():
        case = _by_number(entry, gone, key_on) if "number" in entry.values else _by_person(entry, of_person)
        if case is None or case in found.values() or tells_another(case, entry):
            continue
        ask = _asked(entry, case, given)
        asks.append(ask)
        if ask.value == CORRECTED.value:
            found[entry.extra] = case
    return found, asks


def _of_person(cases: Iterable[Complaint]) -> dict[tuple[str, str], Complaint]:
    return {digest: case for case in cases for digest in held(case).items()}


def _is_new(known: Mapping[str, Complaint], entry: Entered) -> bool:
    return entry.extra not in known and not entry.row.left_out and "received" in entry.values


def _by_number(entry: Entered, gone: Mapping[str, Complaint], key_on: Callable) -> Complaint | None:
    """The case of the number of a line, on a day near its own."""
    days = sorted((timedelta(days=away) for away in range(-NEAR.days, NEAR.days + 1)), key=abs)
    keys = (key_on(entry, entry.values["received"] + away) for away in days)
    return next((gone[key] for key in keys if key in gone), None)


def _by_person(entry: Entered, of_person: Mapping[tuple[str, str], Complaint]) -> Complaint | None:
    """The case of the person of a line: of the same day, or otherwise alike and of a day near it."""
    case = next((of_person[digest] for digest in digests(entry).items() if digest in of_person), None)
    if case is None or entry.values["received"] == case.received_on:
        return case
    is_alike = all(_words(entry, code) == getattr(case, name) for code, name in _SORTED.items())
    return case if is_alike and abs(entry.values["received"] - case.received_on) <= NEAR else None


def _words(entry: Entered, code: str) -> str:
    said = entry.values.get(code, "")
    return str(getattr(said, "text", said))


def _asked(entry: Entered, case: Complaint, given: Given) -> Ask:
    ask = settle(
        given,
        f"corrected:{entry.row.key}",
        f"Ligne {entry.row.number} : est-ce le dossier {case.reference}, reçu le {case.received_on:%d/%m/%Y}, que ce "
        "tableau ne dit plus ?",
        [CORRECTED, ANOTHER],
        proposed=CORRECTED.value,
        places=[entry.row.place("received")],
        is_remembered=False,
    )
    if ask.is_open:
        entry.row.asked = ask.code
    return ask


@dataclass
class ClosedCases:
    """The lines that change what closed cases were judged by: one question for all of them."""

    given: Given
    places: list[ReadPlace] = field(default_factory=list)

    def check(self, entry: Entered) -> None:
        """Ask about a line that changes a closed case, or keep the case as it was judged."""
        case = entry.target
        if case is None or case.closed_on is None:
            return
        judged = {code: getattr(case, name) for code, name in JUDGED_BY.items()}
        moved = [code for code, value in judged.items() if entry.values.get(code, value) != value]
        if not moved:
            return
        self.places += [entry.row.place(code) for code in moved]
        ask = self._ask()
        if ask.is_open:
            entry.row.asked = ask.code
        elif ask.value == KEPT.value:
            for code in moved:
                entry.values[code] = judged[code]

    def asks(self) -> Iterable[Ask]:
        """The question, where a line changes a closed case."""
        return [self._ask()] if self.places else []

    def _ask(self) -> Ask:
        return settle(
            self.given,
            "closed",
            "Ce tableau dit autrement des dossiers clos (réception, canal, nature ou champ) : les changer, et "
            "recompter leurs délais ?",
            [KEPT, CHANGED],
            places=self.places,
            is_remembered=False,
        )
