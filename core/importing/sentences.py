"""What is said of an import: what recording would do, what became of its cells, what was recorded."""

from collections.abc import Mapping
from typing import Any

from core.base.enums import ImportState
from core.base.figures import format_number
from core.base.words import counted
from core.importing.kind import FileImport, Noun
from core.importing.lines import Fate
from core.importing.plan import Plan
from core.models import AbstractImport

UNDONE = "L’import est annulé : tout est revenu comme avant."
STEMS = {Fate.CREATED: "créé", Fate.CHANGED: "modifié", Fate.UNCHANGED: "inchangé"}


def summary(noun: Noun, plan: Plan) -> str:
    """« 37 actions à créer, 2 à modifier, 1 inchangée. », or why there is nothing to record."""
    left = plan.accounts.counts["left_out"]
    aside = f" {counted(left, 'cellule n’est pas reprise', 'cellules ne sont pas reprises')}." if left else ""
    if plan.changes_nothing and plan.kept:
        return f"Rien ne change : tout ce que nous lisons dans ce fichier est déjà enregistré.{aside}"
    if not (plan.kept or plan.open_asks or plan.errors):
        return f"Il n’y a rien à enregistrer.{aside}"
    told = _counts(noun, plan)
    return f"{', '.join(told)}." if told else "Rien n’est encore à enregistrer."


def _counts(noun: Noun, plan: Plan) -> list[str]:
    """« 37 actions à créer », « 2 à modifier »: the first count alone has its noun."""
    created, changed, same = (plan.counts[fate] for fate in (Fate.CREATED, Fate.CHANGED, Fate.UNCHANGED))
    told = [_named(noun, created, "à créer")] if created else []
    told += [f"{format_number(changed)} à modifier" if told else _named(noun, changed, "à modifier")] if changed else []
    told += [counted(plan.other_changes, "autre changement")] if plan.other_changes else []
    stem = STEMS[Fate.UNCHANGED]
    told += [f"{format_number(same)} {noun.agreed(same, stem)}" if told else noun.counted(same, stem)] if same else []
    return told


def _named(noun: Noun, number: int, fate: str) -> str:
    return f"{format_number(number)} {noun.many if number > 1 else noun.one} {fate}"


def account(plan: Plan) -> str:
    """« 312 cellules : 288 lues, 20 non reprises, 4 à décider »."""
    counts = plan.accounts.counts
    told = [counted(counts["read"], "lue")]
    told += [counted(counts["left_out"], "non reprise")] if counts["left_out"] else []
    told += [f"{format_number(counts['asked'])} à décider"] if counts["asked"] else []
    return f"{counted(counts['filled'], 'cellule')} : {', '.join(told)}"


def recorded(noun: Noun, counts: Mapping[str, Any]) -> str:
    """« 37 actions créées, 2 modifiées », of what was written."""
    created, changed = counts.get(Fate.CREATED, 0), counts.get(Fate.CHANGED, 0)
    if not created:
        return noun.counted(changed, STEMS[Fate.CHANGED])
    more = f", {format_number(changed)} {noun.agreed(changed, STEMS[Fate.CHANGED])}" if changed else ""
    return f"{noun.counted(created, STEMS[Fate.CREATED])}{more}"


def success(kind: type[FileImport], record: AbstractImport) -> str:
    """What was recorded, said from what was written; empty while it is not."""
    if record.state != ImportState.COMMITTED:
        return ""
    return f"Import enregistré : {recorded(kind.noun, record.counts)}."


def written(signs: Mapping[str, int]) -> str:
    """« 12 ajouts, 1 retrait » of the rows of one kind of thing."""
    words = (("+", "ajout"), ("~", "modification"), ("-", "retrait"))
    return ", ".join(counted(signs[sign], word) for sign, word in words if signs.get(sign))
