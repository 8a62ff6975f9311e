"""Server time and query count of the pages, each against the raw SQL that fetches the same rows.

Run by tests/bench/run.py in a process of its own, with DATABASE_URL on a database filled by `seed_national`.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.timing import fetch, median_ms

READINGS_SQL = """
SELECT r.*, i.label, i.code, f.name, e.code FROM indicators_reading r
JOIN indicators_indicator i ON i.id = r.indicator_id JOIN indicators_family f ON f.id = i.family_id
LEFT JOIN referential_engagement e ON e.id = i.engagement_id
WHERE r.site_id = %(site)s AND r.year = %(year)s ORDER BY f.position, i.position
"""
ENTRY_SQL = """
SELECT a.*, i.*, v.*, before.value FROM indicators_assignment a
JOIN indicators_indicator i ON i.id = a.indicator_id
LEFT JOIN indicators_value v ON v.indicator_id = a.indicator_id AND v.unit_id = a.unit_id
    AND v.year = %(year)s AND v.month = 12
LEFT JOIN indicators_value before ON before.indicator_id = a.indicator_id AND before.unit_id = a.unit_id
    AND before.year = %(year)s AND before.month = 11
WHERE a.site_id = %(site)s
"""
HOME_SQL = """
SELECT count(*) FILTER (WHERE target_met), count(*) FILTER (WHERE NOT target_met), count(*), max(refreshed_at)
FROM indicators_reading WHERE site_id = ANY(%(sites)s) AND year = %(year)s
"""
CATALOGUE_SQL = """
SELECT i.*, f.name FROM indicators_indicator i JOIN indicators_family f ON f.id = i.family_id
ORDER BY f.position, i.position LIMIT 25
"""
WHY_SQL = """
SELECT v.*, u.name FROM indicators_value v JOIN organisations_unit u ON u.id = v.unit_id
WHERE v.indicator_id = %(indicator)s AND v.site_id = %(site)s AND v.year = %(year)s ORDER BY v.month
"""
SITE_YEAR_SQL = """
SELECT indicator_id, sum(numerator)::numeric / nullif(sum(denominator), 0), avg(value) FROM indicators_value
WHERE site_id = %(site)s AND year = %(year)s AND state = 'measured' GROUP BY indicator_id
"""
COUNTRY_SQL = """
SELECT site_id, year, indicator_id, sum(numerator)::numeric / nullif(sum(denominator), 0), avg(value)
FROM indicators_value WHERE state = 'measured' GROUP BY site_id, year, indicator_id
"""


@dataclass(frozen=True)
class Page:
    """A page and the raw SQL that fetches what it shows."""

    name: str
    address: Callable[[dict], str]
    sql: str


def pages() -> list[Page]:
    from django.urls import reverse

    def at(name: str, *keys: str) -> Callable[[dict], str]:
        return lambda place: reverse(name, args=[place[key] for key in keys])

    return [
        Page("Accueil", at("reports:home"), HOME_SQL),
        Page("Catalogue (25 lignes)", at("indicators:catalogue"), CATALOGUE_SQL),
        Page("Tableau de bord (85 indicateurs)", at("indicators:dashboard", "code", "year", "month"), READINGS_SQL),
        Page("Grille (85 × 12 cases)", at("indicators:grid", "code", "year"), READINGS_SQL),
        Page("Ma saisie", at("indicators:entry", "year", "month"), ENTRY_SQL),
        Page("Pourquoi ce chiffre", at("indicators:why", "indicator_code", "code", "year"), WHY_SQL),
    ]


def place() -> dict:
    """The préfecture, the year and the indicator that are measured."""
    from indicators.models import Indicator, Reading
    from organisations.models import Unit

    site = Unit.objects.get(code="p0")
    year = Reading.objects.order_by("-year").values_list("year", flat=True)[0]
    indicator = Indicator.objects.get(code="courriels-5-jours")
    return {
        "site": site.pk,
        "code": site.code,
        "sites": list(Unit.objects.ids_below(site.pk)),
        "year": year,
        "month": 12,
        "indicator": indicator.pk,
        "indicator_code": indicator.code,
    }


def measure() -> list[dict]:
    """One row per page: milliseconds, milliseconds of the raw SQL, queries, status."""
    from django.test import Client

    from organisations.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="rq@mesures.invalid"))
    where = place()
    return [_measure_page(client, page, where) for page in pages()]


def _measure_page(client, page: Page, where: dict) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = page.address(where)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    return {
        "name": page.name,
        "status": status,
        "queries": len(queries),
        "ms": median_ms(lambda: client.get(address)),
        "raw_ms": median_ms(lambda: fetch(page.sql, where)),
    }


def measure_summary() -> list[dict]:
    """What a summary row saves: a site's year, and the country's ten years, against the raw values."""
    from indicators.models import Reading

    where = place()
    site = Reading.objects.filter(site_id=where["site"], year=where["year"])
    country = Reading.objects.values_list("site_id", "year", "indicator_id", "weighted", "mean")
    return [
        {
            "name": "L’année d’un site",
            "ms": median_ms(lambda: list(site.values_list("indicator_id", "weighted", "mean"))),
            "raw_ms": median_ms(lambda: fetch(SITE_YEAR_SQL, where)),
        },
        {
            "name": "Toutes les lectures du pays",
            "ms": median_ms(lambda: list(country.all()), rounds=3, warm_up=1),
            "raw_ms": median_ms(lambda: fetch(COUNTRY_SQL, where), rounds=3, warm_up=1),
        },
    ]


def measure_write() -> list[dict]:
    """A cell saved by its service, reading and history included, against one bare UPDATE."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from indicators.models import Value
    from indicators.services import values

    value = Value.objects.filter(state="measured", denominator__gt=100).select_related("indicator").order_by("pk")[0]
    cell = values.EntryCell(value.indicator, value.unit_id, value.site_id, value.year, value.month)
    turns = iter(range(10_000))

    def enter() -> None:
        figure = values.Figure(numerator=80 + next(turns) % 20, denominator=value.denominator)
        values.enter(cell, figure, by=None, confirmed=True, amendment_reason="Mesure")

    def update() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE indicators_value SET version = version + 1 WHERE id = %s", [value.pk])

    with CaptureQueriesContext(connection) as queries:
        enter()
    row = {"name": "Une valeur saisie", "queries": len(queries), "status": 200}
    return [row | {"ms": median_ms(enter), "raw_ms": median_ms(update)}]


def main() -> None:
    import django

    django.setup()
    json.dump({"pages": measure(), "summary": measure_summary(), "write": measure_write()}, sys.stdout)


if __name__ == "__main__":
    main()
