"""Lines that nothing but who wrote tells apart: one day, channel, theme and service. Whose case each one is.

A later version of a table may have one more above: ranks alone would give it the case of another person.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count

from complaints.imports.columns import PERSON
from complaints.models import Complaint
from core.importing.asks import Ask, Given, Option, settle
from core.importing.tables.table_import import Entered
from core.record import identity_keys
from core.record.identities import FOUND_BY

NEW = Option("new", "un autre dossier")
Cases = dict[int, Complaint]  # by rank


def ranked(entries: Sequence[Entered], case_of: Callable[[int], Complaint | None], given: Given) -> list[Ask]:
    """Give each line, in `entry.extra`, the rank of the case it is about, or a new one; what is asked where the person
    of a case and that of a line are not the same."""
    known, free = _known(case_of, len(entries)), {}
    free |= known
    asks: list[Ask] = []
    waiting = []
    for entry in entries:
        own = next((rank for rank, case in free.items() if is_of(case, entry)), None)
        if own is None:
            waiting.append(entry)
        else:
            entry.extra = own
            free.pop(own)
    unused = (rank for rank in count(1) if rank not in known)
    for entry in waiting:
        rank = next((rank for rank, case in free.items() if not tells_another(case, entry)), None)
        if rank is None and free:
            ask = _asked(entry, free, given)
            asks.append(ask)
            rank = int(ask.value) if ask.value.isdecimal() else None
        if rank is not None:
            free.pop(rank)
        entry.extra = rank or next(unused)
    return asks


def _known(case_of: Callable[[int], Complaint | None], many: int) -> Cases:
    """The cases of the ranks in use: one undone may leave a gap, never a longer one than there are lines."""
    found: Cases = {}
    missing = 0
    for rank in count(1):
        case = case_of(rank)
        if case is not None:
            found[rank] = case
        missing = 0 if case is not None else missing + 1
        if missing > many:
            return found
    return found


def _asked(entry: Entered, free: Cases, given: Given) -> Ask:
    ask = settle(
        given,
        f"same:{entry.row.key}",
        f"Ligne {entry.row.number} : un dossier du même jour est connu pour une autre personne. Lequel est-ce ?",
        [*(Option(str(rank), f"le dossier {case.reference}") for rank, case in free.items()), NEW],
        places=[entry.row.place(next((code for code in PERSON if code in entry.values), "received"))],
        is_remembered=False,
    )
    if ask.is_open:
        entry.row.asked = ask.code
    return ask


def digests(entry: Entered) -> Mapping[str, str]:
    """What the person that a line names is found by."""
    told = {field: " ".join(str(entry.values.get(field, "")).split()) for field in FOUND_BY}
    return {field: found for field, text in told.items() if (found := identity_keys.digest(field, text))}


def held(case: Complaint) -> Mapping[str, str]:
    """What the person of a case is found by."""
    identity = case.identity
    told = {field: getattr(identity, f"{field}_digest") for field in FOUND_BY} if identity else {}
    return {field: digest for field, digest in told.items() if digest}


def is_of(case: Complaint, entry: Entered) -> bool:
    """Whether a line names the person of a case."""
    return bool(held(case).items() & digests(entry).items())


def tells_another(case: Complaint, entry: Entered) -> bool:
    """Whether both name somebody, and not the same."""
    return bool(held(case) and digests(entry)) and not is_of(case, entry)
