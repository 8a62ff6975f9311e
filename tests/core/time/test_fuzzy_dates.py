"""Fuzzy dates against a table of the words found in real plans."""

from datetime import date, datetime

import pytest

from core.base import registries
from core.time.fuzzy_dates import FuzzyDate, Kind, parse, resolve, words
from tests.core.time.plan_words import DAYS, EVENTS, OTHERS, PERIODS, WRITTEN, day, read


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_day_is_read(text, expected):
    assert read(text) == FuzzyDate(text.strip(), day(expected), day(expected), "", Kind.DAY)


@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_a_period_is_read(text, expected):
    first, last = expected
    assert read(text) == FuzzyDate(text.strip(), day(first), day(last), "", Kind.PERIOD)


@pytest.mark.parametrize(("text", "kind"), OTHERS.items())
def test_words_without_a_day_are_kept(text, kind):
    assert read(text) == FuzzyDate(text.strip(), None, None, "", kind)


@pytest.mark.parametrize("text", ["15/11", "courant novembre", "été", "T4", "fin d’année", "entre mars et juin"])
def test_a_year_left_out_is_unknown_when_nobody_says_when_the_words_were_written(text):
    assert read(text, written_on=None).kind == Kind.UNKNOWN
    assert read(text).is_known


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pour le prochain CLU", "clu"),
        ("Prochain clu", "clu"),
        ("au prochain CLU (date à fixer)", "clu"),
        ("lors du prochain COPIL", "copil"),
        ("à la prochaine revue de direction", "revue"),
        ("revue", "revue"),
    ],
)
def test_an_event_is_known_by_its_name(text, code):
    assert read(text) == FuzzyDate(text, None, None, code, Kind.EVENT)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-13-01", "Le mois 13 n’existe pas."),
        ("2026-15-03", "Le mois 15 n’existe pas."),
        ("13/2026", "Le mois 13 n’existe pas."),
        ("31/2027", "Le mois 31 n’existe pas."),
        ("09/15/2023", "Le mois 15 n’existe pas."),
        ("31/02/2027", "Le 31 février 2027 n’existe pas."),
        ("d’ici au 31 juin 2027", "Le 31 juin 2027 n’existe pas."),
        ("du 31/02/2027 au 15/03/2027", "Le 31 février 2027 n’existe pas."),
        ("15/11/0015", "L’année 15 n’est pas une année de plan."),
        ("2027-2026", "La fin précède le début."),
        ("mardi 15 mars 2027", "Le 15/03/2027 est un lundi, pas un mardi."),
        ("mardi 15/03/2027", "Le 15/03/2027 est un lundi, pas un mardi."),
        ("lundi 15 mars", "Le 15/03/2016 est un mardi, pas un lundi."),
        ("mardi 31 juin 2027", "Le 31 juin 2027 n’existe pas."),
        ("46022", "« 46022 » est sans doute un jour de tableur dont le format s’est perdu : écrivez la date."),
        (
            "1 mois après l’audit",
            "« 1 mois après l’audit » compte à partir d’un jour que nous ne connaissons pas : écrivez la date.",
        ),
        ("année scolaire 2026-2027", ""),
        ("01/01/2200", "L’année 2200 n’est pas une année de plan."),
        ("bientôt", ""),
    ],
)
def test_an_impossible_date_is_told_and_never_becomes_a_period(text, problem):
    assert read(text) == FuzzyDate(text, kind=Kind.UNKNOWN)
    assert read(text).problem == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("sous 3 mois", "« sous 3 mois » compte à partir d’un jour que nous ne connaissons pas : écrivez la date."),
        ("mars", "L’année n’est pas écrite."),
    ],
)
def test_what_needs_the_day_of_writing_says_so(text, problem):
    assert (read(text, written_on=None).kind, read(text, written_on=None).problem) == (Kind.UNKNOWN, problem)


BEGUN = "« {} », sans année, est compris en 2023 : la période avait commencé le 01/{}/2023."


@pytest.mark.parametrize(
    ("text", "first", "last", "doubt"),
    [
        ("mars", "01/03/24", "31/03/24", ""),
        ("S1", "01/01/23", "30/06/23", BEGUN.format("S1", "01")),
        ("T2", "01/04/23", "30/06/23", BEGUN.format("T2", "04")),
        ("T2 2023", "01/04/23", "30/06/23", ""),
        ("courant mai", "01/05/23", "31/05/23", ""),
        ("fin d’année", "01/10/23", "31/12/23", ""),
        ("30/06/2023 ?", "30/06/23", "30/06/23", "Un point d’interrogation suit l’échéance : est-elle sûre ?"),
        ("3 mois", "", "15/08/23", "« 3 mois » est compté à partir du 15/05/2023."),
        ("5 j ouvrés", "", "22/05/23", "« 5 j ouvrés » est compté du lundi au vendredi, sans les jours fériés."),
        ("31/12/23 puis 30/06/24", "", "30/06/24", "Deux échéances sont écrites : la dernière est-elle la bonne ?"),
    ],
)  # fmt: skip
def test_two_readings_are_told_as_a_doubt(text, first, last, doubt):
    found = read(text, date(2023, 5, 15))
    assert (found.earliest, found.latest, found.doubt) == (day(first), day(last), doubt)


def test_a_delay_after_the_audit_begins_with_the_origin_of_the_plan():
    found = parse("30 jours après l’audit", written_on=date(2023, 5, 15), origin_on=date(2023, 3, 15), events={})
    assert (found.earliest, found.latest) == (None, date(2023, 4, 14))
    assert found.doubt == "« 30 jours après l’audit » est compté à partir du 15/03/2023."


def test_an_event_may_come_with_its_month():
    expected = FuzzyDate("prochain CLU (décembre)", date(2015, 12, 1), date(2015, 12, 31), "clu", Kind.EVENT)
    assert read("prochain CLU (décembre)") == expected
    assert words(expected, events=EVENTS) == "au prochain CLU (du 01/12/2015 au 31/12/2015)"


def test_events_are_those_that_the_apps_register(monkeypatch):
    monkeypatch.setattr(registries, "event_dates", registries.Registry("event_dates"))
    assert parse("au prochain conseil").kind == Kind.UNKNOWN
    registries.event_dates.register(registries.EventDate("conseil", "prochain conseil", lambda site, on: []))
    assert parse("au prochain conseil") == FuzzyDate("au prochain conseil", event="conseil", kind=Kind.EVENT)
    assert words(parse("au prochain conseil")) == "au prochain conseil (date à fixer)"


def test_an_event_takes_the_first_date_after_the_words_were_written():
    dates = [date(2016, 6, 1), date(2015, 11, 20), date(2016, 2, 4)]
    fuzzy = read("pour le prochain CLU")
    assert resolve(fuzzy, dates, written_on=WRITTEN) == FuzzyDate(
        fuzzy.text, date(2016, 2, 4), date(2016, 2, 4), "clu", Kind.EVENT
    )
    assert words(resolve(fuzzy, dates, written_on=WRITTEN), events=EVENTS) == "au prochain CLU (le 04/02/2016)"
    assert resolve(fuzzy, []) == fuzzy
    assert resolve(read("15/11/15"), dates) == read("15/11/15")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2015, 11, 15), "15/11/2015"),
        (datetime(2015, 11, 15, 8, 30), "15/11/2015"),
        (2017, "2017"),
        (2017.0, "2017"),
        (None, ""),
        (12.5, "12.5"),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_its_words(value, text):
    assert read(value) == read(text)


def test_late_is_after_the_latest_day_only():
    assert [read("fin 2015").is_late(date(2015, 12, 31)), read("fin 2015").is_late(date(2016, 1, 1))] == [False, True]
    never = ("", "à partir du 15/03/2016", "déjà fait", "dès que possible", "bientôt", "pour le prochain CLU")
    assert [text for text in never if read(text).is_late(date(2199, 12, 31))] == []


def test_deadlines_sort_by_the_day_they_fall_due():
    texts = ["bientôt", "2016", "à partir du 01/02/2016", "T1 2016", "15/03/2016", "déjà fait", "avant le 31/03/2016"]
    assert [fuzzy.text for fuzzy in sorted(map(read, texts), key=lambda fuzzy: fuzzy.sort_key)] == [
        "déjà fait",
        "à partir du 01/02/2016",
        "15/03/2016",
        "avant le 31/03/2016",
        "T1 2016",
        "2016",
        "bientôt",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15/11/15", "le 15/11/2015"),
        ("1er trim. 2016", "du 01/01/2016 au 31/03/2016"),
        ("d’ici fin 2016", "au plus tard le 31/12/2016"),
        ("dès 2017", "à partir du 01/01/2017"),
        ("prochain CLU", "au prochain CLU (date à fixer)"),
        ("copil", "au prochain COPIL (date à fixer)"),
        ("Revue", "à la prochaine revue de direction (date à fixer)"),
        ("Déjà réalisé", "déjà fait"),
        ("asap", "dès que possible"),
        ("à définir", "sans échéance"),
        ("bientôt", "bientôt (à préciser)"),
    ],
)
def test_what_was_understood_is_said_in_french(text, said):
    assert words(read(text), events=EVENTS) == said


def test_an_event_that_nobody_registers_any_more_is_named_by_its_code():
    assert words(FuzzyDate("CLU", event="clu", kind=Kind.EVENT), events={}) == "au prochain CLU (date à fixer)"
