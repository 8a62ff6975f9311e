"""A whole country of plausible values, for measuring: written by the database itself, then read by our own rules.

PostgreSQL only: 15 million rows are generated where they stay. No history is written: nobody entered these figures.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection

from core.models import HolidayZone
from core.record import history
from indicators.models import Family, Indicator, Reading
from indicators.services import readings
from organisations.enums import Role, UnitKind
from organisations.models import Membership, Unit, User

INDICATORS = 85
SEED = 0.2020
REASON = "Peuplement pour les mesures"


@dataclass(frozen=True)
class Scale:
    """How much of the country: départements, sites, services, years."""

    prefectures: int
    sites: int
    services: int
    years: int = 10


SCALES = {
    "site": Scale(1, 1, 5),
    "small": Scale(2, 7, 30),
    "national": Scale(101, 330, 1500),
}

VALUES_SQL = """
INSERT INTO indicators_value (indicator_id, site_id, unit_id, year, month, state, value, numerator, denominator,
                              reason, comment, source, is_amendment, version, entered_by_id, entered_at)
SELECT indicator_id, site_id, unit_id, year, month,
       CASE WHEN luck < 0.05 THEN 'no_case' ELSE 'measured' END,
       CASE WHEN luck < 0.05 THEN NULL
            WHEN measure = 'rate' THEN round(numerator::numeric / denominator, 6)
            WHEN measure = 'days' THEN round((1 + 11 * luck)::numeric, 1)
            ELSE round((300 * luck)::numeric) END,
       CASE WHEN luck >= 0.05 AND measure = 'rate' THEN numerator END,
       CASE WHEN luck >= 0.05 AND measure = 'rate' THEN denominator END,
       '', '', 'imported', false, 1, NULL, make_timestamptz(year, month, 28, 9, 0, 0)
FROM (
    SELECT *, floor(denominator * (0.85 + 0.15 * random()))::bigint AS numerator
    FROM (
        SELECT a.indicator_id, a.site_id, a.unit_id, i.measure, y.year, m.month, random() AS luck,
               (20 + floor(400 * random()))::bigint AS denominator
        FROM indicators_assignment a
        JOIN indicators_indicator i ON i.id = a.indicator_id
        CROSS JOIN generate_series(%(year)s::int, %(year)s::int) AS y(year)
        CROSS JOIN generate_series(1, 12) AS m(month)
    ) AS drawn
) AS counted
ORDER BY site_id, year, month, indicator_id
"""

ASSIGNMENTS_SQL = """
INSERT INTO indicators_assignment (indicator_id, site_id, unit_id, valid_from)
SELECT i.id, u.parent_id, u.id, make_date(%(first)s, 1, 1)
FROM organisations_unit u CROSS JOIN indicators_indicator i
WHERE u.kind = 'service'
"""

CAMPAIGNS_SQL = """
INSERT INTO indicators_campaign (site_id, year, month, state, due_on)
SELECT u.id, y, m, 'closed', make_date(y, m, 15) + interval '1 month'
FROM organisations_unit u CROSS JOIN generate_series(%(first)s::int, %(last)s::int) AS y
CROSS JOIN generate_series(1, 12) AS m
WHERE u.kind IN ('prefecture', 'sous_prefecture')
"""


def load(scale: Scale, *, today: date, tell: Callable[[str], None]) -> None:
    """Fill an empty PostgreSQL database at the given scale, up to the last full year."""
    years = range(today.year - scale.years, today.year)
    _load_indicators()
    _load_units(scale)
    _load_people(today)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [SEED])
        cursor.execute(ASSIGNMENTS_SQL, {"first": years[0]})
        cursor.execute(CAMPAIGNS_SQL, {"first": years[0], "last": years[-1]})
        tell(f"{cursor.rowcount} mois de saisie")
        with _bare_table(cursor, "indicators_value", tell):
            for year in years:
                cursor.execute(VALUES_SQL, {"year": year})
                tell(f"{year} : {cursor.rowcount} valeurs")
        cursor.execute("ANALYZE")
    _load_readings(years, tell)


def _load_indicators() -> None:
    """The catalogue, filled up to the number of figures a large préfecture follows."""
    family, _ = Family.objects.get_or_create(code="mesures", defaults={"name": "Mesures", "position": 99})
    missing = INDICATORS - Indicator.objects.count()
    measures = ("rate", "rate", "days", "count")
    rules = {"rate": "weighted", "days": "mean", "count": "sum"}
    created = [
        Indicator(
            code=f"mesure-{number}",
            label=f"Indicateur de mesure {number}",
            family=family,
            measure=(measure := measures[number % len(measures)]),
            year_rule=rules[measure],
            numerator_label="Traités" if measure == "rate" else "",
            denominator_label="Reçus" if measure == "rate" else "",
            position=number,
        )
        for number in range(1, missing + 1)
    ]
    history.bulk_create(created, by=None, reason=REASON)


def _load_units(scale: Scale) -> None:
    zone = HolidayZone.objects.get(code="metropole")
    prefectures = [
        Unit(code=f"p{n}", name=f"Préfecture {n}", kind=UnitKind.PREFECTURE, holiday_zone=zone, position=n)
        for n in range(scale.prefectures)
    ]
    history.bulk_create(prefectures, by=None, reason=REASON)
    others = [
        Unit(code=f"s{n}", name=f"Sous-préfecture {n}", kind=UnitKind.SOUS_PREFECTURE, holiday_zone=zone, position=n)
        for n in range(scale.sites - scale.prefectures)
    ]
    _put_under(others, prefectures)
    history.bulk_create(others, by=None, reason=REASON)
    services = [
        Unit(code=f"service-{n}", name=f"Service {n}", kind=UnitKind.SERVICE, position=n) for n in range(scale.services)
    ]
    _put_under(services, [*prefectures, *others])
    history.bulk_create(services, by=None, reason=REASON)


def _put_under(units: list[Unit], parents: list[Unit]) -> None:
    """Share the units out among the parents, in turn."""
    for number, unit in enumerate(units):
        unit.parent = parents[number % len(parents)]


def _load_people(today: date) -> None:
    """A référent of the first préfecture, and somebody who sees the whole country."""
    first = Unit.objects.get(code="p0")
    _give("rq@mesures.invalid", Role.QUALITY_REFERENT, [first], today)
    _give("nation@mesures.invalid", Role.MANAGEMENT, Unit.objects.filter(parent=None), today)


def _give(email: str, role: Role, units, today: date) -> None:
    user = User(email=email, first_name="Mesure", last_name=role.label)
    user.set_unusable_password()
    history.save(user, by=None, reason=REASON)
    memberships = [Membership(user=user, role=role, unit=unit, valid_from=today) for unit in units]
    history.bulk_create(memberships, by=None, reason=REASON)


@contextmanager
def _bare_table(cursor, table: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Fill the table without its indexes and foreign keys, which are made again at the end in one pass each."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
        " AND contype IN ('f', 'u')",
        [table],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)",
        [table, table],
    )
    indexes = cursor.fetchall()
    for name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for name, definition in indexes:
        cursor.execute(definition)
        tell(f"index {name}")
    for name, definition in constraints:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _load_readings(years: range, tell: Callable[[str], None]) -> None:
    """The yearly readings, by the code that keeps them in the application."""
    indicator_ids = list(Indicator.objects.values_list("pk", flat=True))
    site_ids = list(Unit.objects.sites().order_by("pk").values_list("pk", flat=True))
    for number, site_id in enumerate(site_ids, start=1):
        readings.refresh_many({(pk, site_id, year) for pk in indicator_ids for year in years})
        if number % 10 == 0 or number == len(site_ids):
            tell(f"lectures annuelles : {number} sites sur {len(site_ids)}")
    tell(f"{Reading.objects.count()} lectures annuelles")
