"""Who came: persons counted by presence, and the quorum where the arrêté sets one."""

from collections import Counter
from collections.abc import Iterable, Mapping

from clu.enums import Presence
from clu.models import Attendance

COUNTED = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)


def counts(rows: Iterable[Attendance]) -> dict[str, int | None]:
    """Persons by presence; None three times where nobody was noted: nothing is known, which is not nobody."""
    found = Counter(row.presence for row in rows if row.presence)
    return {presence.value: found[presence] if found else None for presence in COUNTED}


def counts_in_words(counted: Mapping[str, int | None]) -> str:
    """« 12 présents, 3 excusés, 1 absent »; empty where nobody was noted."""
    words = {Presence.PRESENT: "présent", Presence.EXCUSED: "excusé", Presence.ABSENT: "absent"}
    told = [(counted[presence.value] or 0, word) for presence, word in words.items()]
    if counted[Presence.PRESENT.value] is None:
        return ""
    return ", ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in told)


def seats_present(rows: Iterable[Attendance]) -> int:
    """Seats whose holder or deputy is there: guests do not count for the quorum, nor does a second person."""
    return len({row.mandate.member_id for row in rows if row.mandate and row.presence == Presence.PRESENT})


def quorum_sentence(quorum: int | None, rows: Iterable[Attendance]) -> str:
    """Whether the quorum of the arrêté is met; empty where it sets none."""
    if quorum is None:
        return ""
    present = seats_present(rows)
    members = f"{present} membre{'s' if present > 1 else ''} présent{'s' if present > 1 else ''}"
    return f"Quorum {'atteint' if present >= quorum else 'non atteint'} : {members} pour {quorum} exigés par l’arrêté."
