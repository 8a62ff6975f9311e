"""The figures of a year in tables: by month, by channel, by theme; « nos délais sont-ils tenus ? », rule by rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from complaints.calendars import rules_of
from complaints.enums import ORAL, Channel, Medium, Nature, Outcome
from complaints.models import Complaint
from complaints.results import JUDGED_ON_TIME, Balance, balance, counts_by, tallies_of, total
from complaints.rules.delays import medium_of, rule_for
from complaints.rules.figures import Rate
from core.base.figures import DAYS, NOTHING, RATE, format_figure
from core.base.months import month_name
from core.base.words import counted
from organisations.models import Unit


@dataclass(frozen=True)
class ReceivedMonth:
    """What a month received: cases, those in scope, those said aloud, and the strokes counted beside."""

    name: str
    received: int
    in_scope: int
    oral: int
    strokes: int


@dataclass(frozen=True)
class SiteYear:
    """What a site received in a year, and whether it kept its delays."""

    site: Unit
    received: int
    in_scope: int
    acknowledged: str
    answered: str


@dataclass(frozen=True)
class HeldPromise:
    """A rule and whether it is held: « Courriel : répondre en 5 jours ouvrés »."""

    medium: str
    promise: str
    rate: Rate
    rate_words: str
    interval_words: str


def rate_words(rate: Rate) -> str:
    """« 13,75 % (11 sur 80) »; « sans objet (1 sur 1) » under two cases."""
    return f"{format_figure(rate.rate, RATE, 2)} ({rate.count} sur {rate.base})"


def interval_words(rate: Rate) -> str:
    """« entre 7,8 % et 23 % », nineteen times out of twenty; empty where there is no rate."""
    found = rate.interval
    return f"entre {format_figure(found.low, RATE)} et {format_figure(found.high, RATE)}" if found else ""


def delay_words(value: Decimal | None) -> str:
    """« 6 jours ouvrés »; « sans objet » without an answer."""
    if value is None:
        return NOTHING
    return f"{format_figure(value, DAYS)}\u00a0ouvré{'s' if abs(value) >= 2 else ''}"


def received_words(told: Balance, year: int) -> str:
    """« 82 demandes reçues en 2022 : 2 par courrier, 80 par courriel ; 11 réclamations, 71 demandes d’information. »"""
    if not told.received:
        return f"Aucune réclamation ni suggestion n’a été enregistrée en {year}."
    by_channel = ", ".join(f"{number} {Channel(code).how}" for code, number in told.by_channel.items() if number)
    received = counted(told.received, "demande reçue", "demandes reçues")
    scope = f"{told.in_scope} dans le champ, {told.out_of_scope} hors champ"
    return f"{received} en {year} : {by_channel} ; {kinds_words(told)}. {scope}."


def oral_words(told: Balance) -> str:
    """« En outre, 12 remarques orales comptées au guichet ou au téléphone. »; empty where none was."""
    counts = counted(told.oral_tally, "remarque orale comptée", "remarques orales comptées")
    return f"En outre, {counts} au guichet ou au téléphone." if told.oral_tally else ""


def again_words(told: Balance) -> str:
    """« 2 seconds regards demandés, comptés à part. »; empty where none was."""
    counts = counted(told.second_looks, "second regard demandé, compté", "seconds regards demandés, comptés")
    return f"{counts} à part." if told.second_looks else ""


def extended_words(told: Balance) -> str:
    """« 2 réponses comptées à temps sont venues dans le délai prolongé… »; empty where none did."""
    counts = counted(told.after_extension, "réponse comptée à temps est venue", "réponses comptées à temps sont venues")
    return f"{counts} dans le délai prolongé et annoncé à l’usager." if told.after_extension else ""


def kinds_words(told: Balance) -> str:
    """« 11 réclamations, 71 demandes d’information »: every kind that was received."""
    kinds = [(Nature(code), number) for code, number in told.by_kind.items() if number]
    several = {Nature.INFORMATION_REQUEST: "demandes d’information"}
    return ", ".join(counted(number, kind.label.lower(), several.get(kind, "")) for kind, number in kinds)


def by_month(told: Balance, strokes: Mapping[int, int]) -> list[ReceivedMonth]:
    """Each month that has a case or a stroke."""
    found = []
    for month in sorted({row["month"] for row in told.counts} | strokes.keys()):
        rows = [row for row in told.counts if row["month"] == month]
        oral = total(row for row in rows if row["channel"] in ORAL)
        counts = total(rows)
        name = month_name(month)
        found.append(
            ReceivedMonth(name, counts["received"], counts["in_scope"], oral["received"], strokes.get(month, 0))
        )
    return found


def by_site(sites: Sequence[Unit], year: int) -> list[SiteYear]:
    """Each site that received something in the year, the most first; services are counted in their site.

    One site alone has no other to stand beside.
    """
    by_pk = {one.pk: one for one in sites if one.is_site}
    if len(by_pk) < 2:
        return []
    cases = Complaint.objects.filter(site__in=by_pk).first_looks().of_year(year)
    found = [
        SiteYear(by_pk[row["site"]], row["received"], row["in_scope"], *map(rate_words, _rates([row])))
        for row in counts_by("site", cases=cases, today=timezone.localdate())
    ]
    return sorted(found, key=lambda one: (-one.received, one.site.name))


def held_rules(unit: Unit, year: int, told: Balance) -> list[HeldPromise]:
    """Each promise of the year with the share that was held, its base and interval."""
    rules, last_day = rules_of(unit.site), date(year, 12, 31)
    found = []
    for medium in Medium:
        channels = [one for one in Channel if medium_of(one) == medium]
        rule = rule_for(channels[0], last_day, rules)
        promises = (
            f"accuser réception en {rule.acknowledge_days} jours calendaires",
            f"répondre sur le fond en {rule.answer_days} jours ouvrés",
        )
        rates = _rates(row for row in told.counts if row["channel"] in channels)
        for promise, rate in zip(promises, rates, strict=True):
            found.append(HeldPromise(medium.label, promise, rate, rate_words(rate), interval_words(rate)))
    return found


def _rates(counts: Iterable[dict[str, Any]]) -> list[Rate]:
    """Acknowledged, then answered, in time."""
    told = total(counts)
    return [Rate(told[code], told[f"{code}_base"]) for code in JUDGED_ON_TIME]


def shown(unit: Unit, year: int) -> dict:
    """All that the page and the chapter of the report show of a year."""
    told: Balance = balance(unit, year)
    return {
        "balance": told,
        "channels": [(Channel(code).label, number) for code, number in told.by_channel.items() if number],
        "kinds": [(Nature(code).label, number) for code, number in told.by_kind.items() if number],
        "summary": " ".join(filter(None, [received_words(told, year), oral_words(told), again_words(told)])),
        "themes": list(told.by_theme.items()),
        "months": by_month(told, tallies_of(unit, year).by_month()),
        "outcomes": [(one.label, told.by_outcome[one]) for one in Outcome if one in told.by_outcome],
        "held": held_rules(unit, year, told),
        "extended": extended_words(told),
        "mean": delay_words(told.mean_delay),
        "median": delay_words(told.median_delay),
        "answered_cases": sum(told.delays.values()),
    }
