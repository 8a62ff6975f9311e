"""The bilans of the demonstration: every figure of the commands stands in the PDF, the page and the open document.

A table is read row by row, as a reader's eye does: « Accueil physique 49 45 ».
"""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from lxml import html as parser
from odfdo import Document

from core.base.figures import DAYS, RATE, format_figure, format_target
from core.base.months import MONTH_NAMES
from core.base.typography import typeset
from core.services import calendars
from demo import audits, committees, complaints, grid, organisation, reports, training
from indicators.enums import Measure
from indicators.services import catalogue_loading
from referential.services import loading as referential_loading
from reports.rendering import sections
from reports.rendering.formats import FORMATS
from reports.rendering.report import kept_context_of
from reports.services.annual_reports import open_report
from tests.reports.rendering.pages import flaws
from tests.reports.rendering.references import led_to, without_rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
MARKS = {"no_case": "AC", "suspended": "S", "closed": "F", "missing": "–"}


@pytest.fixture
def demonstration():
    """The units, the accounts and the catalogue, as `load_demo` loads them."""
    with time_machine.travel(f"{TODAY} 10:00", tick=False):
        calendars.load()
        referential_loading.load_all(referential_loading.SHIPPED)
        catalogue_loading.load()
        units = organisation.load_units(by=None)
        people = organisation.load_people(units, today=TODAY)
        yield units, people


def said(text: str) -> str:
    """Words one space apart, as they are printed; a narrow space is too thin for what reads a PDF."""
    return " ".join(typeset(text).replace("\u202f", "").split())


def files_of(site, year: int) -> dict[str, bytes]:
    """The bilan in each format."""
    return {suffix: render(open_report(site=site, year=year, by=None))[0] for suffix, render in FORMATS.items()}


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The words of the bilan in each format, in reading order."""
    return {
        ".pdf": said(printed(files[".pdf"])),
        ".html": said(" ".join(parser.document_fromstring(files[".html"]).body.itertext())),
        ".odt": said(unescape(re.sub(r"<[^>]+>", " ", Document(io.BytesIO(files[".odt"])).body.serialize()))),
    }


def printed(pdf: bytes) -> str:
    """The words in the order in which they are drawn: cell by cell, those cut at the end of a line made whole."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return read.stdout.decode().replace("\u2010\n", "")


def figures(command: str, site: str, year: int, capsys) -> dict:
    call_command(command, unit=site, year=year, format="json")
    return json.loads(capsys.readouterr().out)


def lacking(texts: Mapping[str, str], rows: list[str]) -> list[str]:
    return [f"{suffix}: {said(row)}" for row in rows for suffix, text in texts.items() if said(row) not in text]


def test_every_row_of_the_grid_of_aix_stands_alike_in_the_three(demonstration, capsys):
    units, people = demonstration
    grid.load_grid(units["13-aix"], by=people["rq"])
    audits.load_audits(units, people, today=TODAY)
    reports.load_reports(units, by=people["rq"])
    found = figures("dashboard", "13-aix", 2020, capsys)["indicators"]
    assert len(found) == 20

    rows = [row for one in found for row in (annex_row(one), chapter_row(one))]
    files = files_of(units["13-aix"], 2020)
    assert lacking(texts(files), rows) == []
    assert_led(files, units["13-aix"], 2020)
    assert_well_laid_out(files)


def annex_row(one: Mapping) -> str:
    """« E10 ≥ 90 % 99 % 98,8 % … ✓ 98,7 % »: the twelve months and the reading."""
    sign = {True: "✓ ", False: "✗ ", None: ""}[one["target_met"]]
    months = [cell(month, one["unit"]) for month in one["months"]]
    assert len(months) == len(MONTH_NAMES)
    return " ".join([one["engagement"] or "–", target(one), *months, sign + reading(one)])


def chapter_row(one: Mapping) -> str:
    """« Taux d’appels aboutis E10 ≥ 90 % 98,7 % * ✓ atteinte 96,8 % »."""
    return " ".join([one["label"], one["engagement"] or "–", target(one), reading(one)])


def cell(month: Mapping, measure: str) -> str:
    if month["state"] != "measured":
        return MARKS[month["state"]]
    words = format_figure(Decimal(str(month["value"])), measure)
    return words if measure == Measure.RATE else words.split("\u202f")[0]


def reading(one: Mapping) -> str:
    value = one["year_value"]
    return format_figure(None if value is None else Decimal(str(value)), one["unit"])


def target(one: Mapping) -> str:
    goal = one["target"] or {"direction": "", "value": None}
    value = None if goal["value"] is None else Decimal(str(goal["value"]))
    return format_target(goal["direction"], value, one["unit"])


def test_the_tables_of_the_isere_stand_alike_in_the_three(demonstration, capsys):
    units, people = demonstration
    training.load_training(units, people, today=TODAY)
    complaints.load_complaints(units, people, today=TODAY)
    audits.load_audits(units, people, today=TODAY)
    committees.load_committees(units, people, today=TODAY)
    reports.load_reports(units, by=people["rq"])
    balance = figures("complaints_balance", "38", 2022, capsys)
    taught = figures("training_balance", "38", 2022, capsys)

    files = files_of(units["38"], 2022)
    assert_led(files, units["38"], 2022)
    assert_well_laid_out(files)
    told = texts(files)
    assert lacking(told, [*training_rows(taught), *complaint_rows(balance)]) == []
    written = ["Les actions engagées", "signalétique", "communication interne", "Services Publics +"]
    assert (
        lacking(told, [*written, "formation des agents", "suggestions et réclamations", "comité local des usagers"])
        == []
    )


def assert_led(files: Mapping[str, bytes], site, year: int) -> None:
    """Each figure of the first page, each sentence, table and chart leads to its rows, alike in the three."""
    kept = kept_context_of(open_report(site=site, year=year, by=None))
    led = led_to(files, settings.SITE_URL)
    front = {(" ".join(figure.value.split()), figure.rows) for figure in kept["key_figures"]}
    assert front
    assert {address[:1] for _words, address in led[".html"]} == {"/"}
    assert front <= led[".html"]
    assert led[".odt"] == led[".html"]
    assert led[".pdf"] == {("", address) for _words, address in led[".html"]}
    computed = [sections.part(chapter, sections.computed(chapter)) for chapter in chapters_of(site, year)]
    assert [words for body in computed if body for words in without_rows(body)] == []


def assert_well_laid_out(files: Mapping[str, bytes]) -> None:
    """No page half white, nothing in the margins, no lonely title, no word of a table cut in two."""
    assert flaws(files[".pdf"]) == []
    page = parser.document_fromstring(files[".html"])
    words = {word for cell in page.iter("td", "th") for word in said(" ".join(cell.itertext())).split()}
    assert words - set(said(printed(files[".pdf"])).split()) == set()


def chapters_of(site, year: int):
    return open_report(site=site, year=year, by=None).chapters.select_related("report__site").prefetch_related("notes")


def training_rows(taught: Mapping) -> list[str]:
    rows = [f"{theme} {number} {taught['to_train'][theme]}" for theme, number in taught["concerned"].items()]
    rows += [f"{label} {number}" for name in ("trained", "agreements") for label, number in taught[name].items()]
    front = ["40 agents formés 59 à former sur 88 concernés", "21 conventions de tutorat dans 5 services"]
    return [
        *rows,
        *front,
        "Total 88 59",
        "40 agents ont été formés",
        "Total 40",
        "21 conventions de tutorat",
        "Total 21",
    ]


def complaint_rows(balance: Mapping) -> list[str]:
    assert {code: number for code, number in balance["by_channel"].items() if number} == {"letter": 2, "email": 80}
    assert {code: n for code, n in balance["by_kind"].items() if n} == {"complaint": 11, "information_request": 71}
    acknowledged, answered = balance["acknowledged_on_time"], balance["answered_on_time"]
    return [
        f"{balance['received']} demandes reçues en 2022 : 2 par courrier, 80 par courriel ;",
        "11 réclamations, 71 demandes d’information.",
        f"{balance['in_scope']} dans le champ, {balance['out_of_scope']} hors champ.",
        "11 des 80 courriels (13,75 %) portent sur l’accueil et l’organisation du service.",
        *(f"{theme} {number}" for theme, number in balance["by_theme"].items()),
        f"Accusé de réception dans le délai : {rate(acknowledged)}",
        f"Réponse sur le fond dans le délai : {rate(answered)}",
        f"{format_figure(Decimal(str(balance['mean_delay_working_days'])), DAYS)}\u00a0ouvrés en moyenne",
        f"{format_figure(Decimal(str(balance['median_delay_working_days'])), DAYS)}\u00a0ouvrés en médiane",
        f"{balance['transmitted_without_copy']} demandes transmises",
    ]


def rate(found: Mapping) -> str:
    return f"{format_figure(Decimal(str(found['rate'])), RATE, 2)} ({found['count']} sur {found['base']})"
