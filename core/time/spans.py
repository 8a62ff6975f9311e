"""Months added to a day: the same day of that month, or its last one; in Python, and as both databases compute it."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import Any

from django.db.models import DateField, Func

SHORTEST = 28


def months_after(day: date, months: int) -> date:
    """31/08 and 6 months give 28/02, or 29/02; the last day there is where a calendar ends."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, day.day if day.day <= SHORTEST else min(day.day, monthrange(year, month)[1]))


def span_after(day: date, months: int, days: int) -> date:
    """The day that ends a span of months or, where there are none, of days."""
    if months:
        return months_after(day, months)
    return day + min(timedelta(days=days), date.max - day)


class SpanAfter(Func):
    """`span_after` as the database computes it: `SpanAfter("checked_on", "period_months", "period_days")`."""

    function = "qualepref_span_after"
    arity = 3
    output_field = DateField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        """An interval of PostgreSQL ends as ours; what comes after the last day that Python knows is that day."""
        (day, of_day), (months, of_months), (days, of_days) = map(compiler.compile, self.source_expressions)
        span = f"make_interval(months => {months}, days => CASE {months} WHEN 0 THEN {days} ELSE 0 END)"
        sql = f"CASE WHEN {day} IS NOT NULL THEN LEAST(({day} + {span})::date, DATE '{date.max}') END"
        return sql, (*of_day, *of_day, *of_months, *of_months, *of_days)


def register(connection: Any, **_: Any) -> None:
    """Teach a new connection of SQLite what PostgreSQL knows; `connection_created` calls it."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SpanAfter.function, 3, _span_after_or_null, deterministic=True)


def _span_after_or_null(day: str | None, months: int, days: int) -> str | None:
    return None if day is None else span_after(date.fromisoformat(day), months, days).isoformat()
