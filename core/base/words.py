"""Values as people read them: choices, dates, yes and no, numbers, lists."""

from datetime import date, datetime
from decimal import Decimal
from functools import singledispatch

from django.utils import timezone
from django.utils.dateformat import format as format_date

from core.base.figures import format_number

FAR = 60  # days beyond which a date says more than their number

FAR = 60  # days beyond which a date says more than their number


def words_of(field, value) -> str:
    """The value of a model field in French words; nothing reads as an empty text."""
    if getattr(field, "choices", None) and isinstance(value, str | int):
        return str(dict(field.flatchoices).get(value, value))
    if getattr(field, "name", "") == "year" and isinstance(value, int):  # 2020, not 2 020
        return str(value)
    return in_words(value)


def counted(number: int, one: str, many: str = "") -> str:
    """The number with its noun: « 1 ligne », « 1 250 lignes »; `many` where an « s » is not enough."""
    return f"{format_number(number)} {(many or f'{one}s') if number > 1 else one}"


def due_words(day: date, on: date) -> str:
    """How far a day due is: « en retard de 14 jours », « pour demain », « dans 3 jours », « pour le 16/11/2026 »."""
    days = (day - on).days
    if days < -FAR:
        return f"en retard depuis le {day:%d/%m/%Y}"
    if days < 0:
        return f"en retard de {counted(-days, 'jour')}"
    if days > FAR:
        return f"pour le {day:%d/%m/%Y}"
    return {0: "pour aujourd’hui", 1: "pour demain"}.get(days, f"dans {days} jours")


def since_words(day: date, on: date) -> str:
    """Since when something waits: « aujourd’hui », « depuis hier », « depuis 3 jours », « depuis le 16/11/2026 »."""
    days = (on - day).days
    if days > FAR:
        return f"depuis le {day:%d/%m/%Y}"
    return {0: "aujourd’hui", 1: "depuis hier"}.get(days, f"depuis {days} jours")


def long_day(value: date) -> str:
    """A day in full: « 1er janvier 2026 », « 2 janvier 2026 »."""
    return format_date(value, french_format("j F Y", value))


def french_format(wanted: str, value: date) -> str:
    """A format of Django in which the first of a month reads « 1er »."""
    return wanted.replace("j F", "j\\e\\r F") if value.day == 1 else wanted


def changes_in_words(created: int, changed: int, unchanged: int, *, ending: str = "é") -> str:
    """« 37 créées, 0 modifiée, 1 inchangée » with the ending « ée » of what is feminine."""
    mark = ending.removeprefix("é")
    told = ((created, f"créé{mark}"), (changed, f"modifié{mark}"), (unchanged, f"inchangé{mark}"))
    return ", ".join(counted(number, word) for number, word in told)


@singledispatch
def in_words(value) -> str:
    """A plain value in French words."""
    return str(value)


@in_words.register(type(None))
def _nothing(_value) -> str:
    return ""


@in_words.register
def _yes_or_no(value: bool) -> str:
    return "oui" if value else "non"


@in_words.register
def _day(value: date) -> str:
    return format_date(value, "d/m/Y")


@in_words.register
def _instant(value: datetime) -> str:
    return format_date(timezone.localtime(value) if timezone.is_aware(value) else value, "d/m/Y à H:i")


@in_words.register(int)
@in_words.register(float)
@in_words.register(Decimal)
def _number(value) -> str:
    return format_number(value, digits=6)


@in_words.register(list)
@in_words.register(tuple)
@in_words.register(set)
def _several(values) -> str:
    return ", ".join(in_words(value) for value in values)


@in_words.register
def _pairs(values: dict) -> str:
    return ", ".join(f"{key} : {in_words(value)}" for key, value in values.items())
