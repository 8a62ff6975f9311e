"""What a document tells of its plan as a whole: what it was born of, and what is odd in its days."""

from collections.abc import Iterator
from datetime import date

from actions import models
from actions.enums import Origin
from actions.imports.writing import PlannedPlan
from core.base.words import in_words
from core.importing.asks import Ask, Given, Option, settle
from core.importing.places import Problem, error, warning
from core.importing.words import plain

ORIGINS = [Option(origin.value, origin.label) for origin in Origin]


def ask_origin(plan: PlannedPlan, given: Given) -> Ask:
    """What a new plan was born of, asked unless its title says it."""
    return settle(
        given,
        f"origin:{plain(plan.title)}"[:200],
        f"De quoi est né « {plan.title} » ?",
        ORIGINS,
        found=plan.origin,
        places=[plan.source.place],
        text=plan.title,
        is_remembered=False,
    )


def origin_named(words: str) -> str:
    """The origin that words name in full; empty for others."""
    return next((origin.value for origin in Origin if plain(origin.label) == plain(words)), "")


def oddities(plan: PlannedPlan, told: date | None, today: date) -> Iterator[Problem]:
    """What is odd in the day of update told, then in the plan that is stored or new."""
    if told and told > today:
        message = f"La date de mise à jour du {in_words(told)} est à venir : le plan prendra effet aujourd’hui."
        yield warning(message, plan.source.place)
    elif told and plan.origin_on and told < plan.origin_on:
        message = f"La mise à jour du {in_words(told)} précède l’origine du plan, le {in_words(plan.origin_on)}."
        yield warning(message, plan.source.place)
    yield from _of_stored(plan, plan.stored) if plan.stored else _of_new(plan, today)


def _of_new(plan: PlannedPlan, today: date) -> Iterator[Problem]:
    if plan.origin == Origin.OTHER:
        yield warning("L’origine du plan n’est pas dite par son titre : choisissez-la.", plan.source.place)
    if plan.origin_on and plan.origin_on > today:
        yield error(f"L’origine du plan, le {in_words(plan.origin_on)}, est à venir.", plan.source.place)


def _of_stored(plan: PlannedPlan, stored: models.Plan) -> Iterator[Problem]:
    told, known = plan.source.updated_on, stored.updated_on
    if told and known and told < known:
        days = f"{in_words(told)}, plus ancien que le plan, mis à jour le {in_words(known)}"
        yield warning(f"Ce document est du {days}.", plan.source.place)
