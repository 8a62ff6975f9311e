"""A line of a tracking table as a case: its fields, its key, what the case said before."""

from collections.abc import Mapping
from typing import Any

from complaints.enums import ANSWERABLE, OutOfScope
from complaints.imports import words
from complaints.imports.columns import PERSON
from complaints.models import Complaint
from complaints.services.recording import LineFields
from core.importing.tables.readers import Named
from core.importing.words import plain
from organisations.models import Unit

# Not compared with what is stored: who wrote and what is not read for that, the rest changes nothing of a case.
NOT_COMPARED = (
    *PERSON,
    "subject",
    "text",
    "reply",
    "feeling",
    "number",
    "computed",
    "anonymous",
    "out",
    "state",
    "closed",
    "site",
)
_DIRECT = {
    "received": "received_on",
    "channel": "channel",
    "kind": "kind",
    "in_scope": "in_scope",
    "acknowledged": "acknowledged_on",
    "transmitted_on": "transmitted_on",
    "answered": "answered_on",
    "extended": "extended_to",
    "outcome": "outcome",
    "origin": "origin",
}
_OF_WAIT = {"suspended_from": "asked_on", "suspended_to": "replied_on"}
BY_NUMBER, BY_FORM = "number", "experience"  # keys that need nothing else: of a register, of Services Publics +
_STATES = {words.CLOSED: True, words.OPEN: False}


def to_fields(values: Mapping[str, Any], units: Mapping[str, Unit], *, names_people: bool) -> LineFields:
    """What a line gives a case, and who wrote it; `names_people`: the table has a column that says who wrote."""
    fields = {field: values[code] for code, field in _DIRECT.items() if code in values}
    for code, field in (("service", "service"), ("transmitted_to", "transmitted_to")):
        if code in values:
            fields[field] = units.get(values[code].value)
            fields["transmitted_words" if code == "transmitted_to" else "service_words"] = values[code].text[:200]
    if "theme" in values:
        fields |= {"theme": values["theme"].value, "theme_words": values["theme"].text}
    if "transmitted_to" in values or "transmitted_on" in values:
        fields["is_transmitted"] = True
    if values.get("out", "") in OutOfScope.values:
        fields["out_of_scope"] = values["out"]
    wait = (values["suspended_from"], values.get("suspended_to")) if "suspended_from" in values else None
    return LineFields(
        fields,
        person=_person(values),
        wait=wait,
        is_reachable=_is_reachable(values, names_people=names_people),
        is_said_closed=True if "closed" in values else _STATES.get(values.get("state", "")),
        closed_on=values.get("closed"),
    )


def _person(values: Mapping[str, Any]) -> dict[str, str]:
    """Who wrote and what; a reply told without more stands at the end of the text."""
    said = {code: values[code] for code in (*PERSON, "subject", "text", "reply") if code in values}
    if "reply" in said:
        said["text"] = "\n\n".join(filter(None, (said.get("text"), f"Réponse : {said.pop('reply')}")))
    return {code: " ".join(text.split()) if code in PERSON else text for code, text in said.items()}


def key_of_line(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells a line from another in each version of a table, without anything personal."""
    received = values["received"].isoformat() if "received" in values else ""
    if "number" in values:
        return (BY_FORM if "feeling" in values else BY_NUMBER, received, plain(values["number"]))
    theme, service = (plain(values[code].text) if code in values else "" for code in ("theme", "service"))
    return ("line", received, values.get("channel", ""), theme, service)


def before(case: Complaint, code: str) -> Any:
    """What the case says of a column."""
    if code in _DIRECT:
        return getattr(case, _DIRECT[code])
    if code == "theme":
        return Named(case.theme, case.theme_words)
    if code == "service":
        return Named(str(case.service_id or ""), case.service_words)
    if code == "transmitted_to":
        return Named(str(case.transmitted_to_id or ""), case.transmitted_words)
    wait = next(iter(case.suspensions.all()), None)
    return wait and getattr(wait, _OF_WAIT[code])


def _is_reachable(values: Mapping[str, Any], *, names_people: bool) -> bool:
    """Whether there is a way to reach who wrote: nobody, where the table says who wrote and the line does not."""
    if values.get("anonymous"):
        return False
    is_said = any(code in values for code in PERSON) or "acknowledged" in values or values.get("anonymous") is False
    return is_said or values.get("channel") in ANSWERABLE or not names_people
