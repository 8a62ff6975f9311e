"""Fuzzy dates against a table of the words found in real plans, and what must hold of any text."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core import registries
from core.fuzzy_dates import FuzzyDate, Kind, parse, resolve, words

WRITTEN = date(2015, 11, 20)
EVENTS = {"clu": "prochain CLU", "copil": "Prochain COPIL", "revue": "prochaine revue de direction"}


def read(text, written_on=WRITTEN):
    return parse(text, written_on=written_on, events=EVENTS)


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%y").date() if text else None


DAYS = {
    "15/11/15": "15/11/15",
    "15/11/2015": "15/11/15",
    "le 15/11/2015": "15/11/15",
    " 15-11-15 ": "15/11/15",
    "15.11.2015": "15/11/15",
    "2016-02-04": "04/02/16",
    "2016-02-04T09:30:00": "04/02/16",
    "4/2/16 à 14h30": "04/02/16",
    "4 février 2016": "04/02/16",
    "1er mars 2016": "01/03/16",
    "1^er mars 2016": "01/03/16",
    "1ᵉʳ\u00a0mars\u202f2016": "01/03/16",
    "vendredi 4 mars 2016": "04/03/16",
    "VENDREDI 4 MARS 2016": "04/03/16",
    "4 déc. 16": "04/12/16",
    "pour le 15/11/15": "15/11/15",
    "CLU du 04/02/2016": "04/02/16",
    "réunion du CLU du 4 février 2016": "04/02/16",
    "20/11": "20/11/15",  # the day the words were written is not over
    "15/11": "15/11/16",
    "29/02": "29/02/16",
    "1er janvier": "01/01/16",
}
PERIODS = {
    "1er trim. 2016": ("01/01/16", "31/03/16"),
    "1er trim 2016": ("01/01/16", "31/03/16"),
    "1er trimestre 2016": ("01/01/16", "31/03/16"),
    "1ᵉʳ Trimestre 2016": ("01/01/16", "31/03/16"),
    "premier trimestre de l’année 2016": ("01/01/16", "31/03/16"),
    "2e trim 2016": ("01/04/16", "30/06/16"),
    "IIIe trimestre 2016": ("01/07/16", "30/09/16"),
    "dernier trimestre 2016": ("01/10/16", "31/12/16"),
    "T4 2021": ("01/10/21", "31/12/21"),
    "2021-T4": ("01/10/21", "31/12/21"),
    "T1": ("01/01/16", "31/03/16"),
    "1er semestre 2016": ("01/01/16", "30/06/16"),
    "S1 2016": ("01/01/16", "30/06/16"),
    "S2/2016": ("01/07/16", "31/12/16"),
    "fin 2015": ("01/10/15", "31/12/15"),
    "Fin 2015": ("01/10/15", "31/12/15"),
    "pour fin 2016": ("01/10/16", "31/12/16"),
    "fin d’année": ("01/10/15", "31/12/15"),
    "début 2016": ("01/01/16", "31/03/16"),
    "mi-2016": ("01/05/16", "31/08/16"),
    "fin du 1er semestre 2016": ("01/05/16", "30/06/16"),
    "début mars 2016": ("01/03/16", "10/03/16"),
    "mi-mars 2016": ("11/03/16", "20/03/16"),
    "fin mars 2016": ("21/03/16", "31/03/16"),
    "courant novembre": ("01/11/15", "30/11/15"),
    "octobre": ("01/10/16", "31/10/16"),
    "courant 2020": ("01/01/20", "31/12/20"),
    "dans le courant du 1er trimestre 2017": ("01/01/17", "31/03/17"),
    "été 2020": ("21/06/20", "22/09/20"),
    "hiver 2020-2021": ("21/12/20", "19/03/21"),
    "rentrée 2019": ("01/09/19", "30/09/19"),
    "septembre 2019": ("01/09/19", "30/09/19"),
    "Sept. 2019": ("01/09/19", "30/09/19"),
    "prévu en avril 2016": ("01/04/16", "30/04/16"),
    "03/2016": ("01/03/16", "31/03/16"),
    "février 2016": ("01/02/16", "29/02/16"),
    "2e quinzaine de mars 2016": ("16/03/16", "31/03/16"),
    "2017": ("01/01/17", "31/12/17"),
    "en 2017": ("01/01/17", "31/12/17"),
    "semaine 12 2020": ("16/03/20", "22/03/20"),
    "S12 2020": ("16/03/20", "22/03/20"),
    "semaine du 16/03/2020": ("16/03/20", "22/03/20"),
    "avant le 15/03/2016": ("", "15/03/16"),
    "avant mars 2016": ("", "29/02/16"),
    "avant fin 2016": ("", "31/12/16"),
    "d’ici fin 2016": ("", "31/12/16"),
    "15/03/2016 au plus tard": ("", "15/03/16"),
    "à partir du 15/03/2016": ("15/03/16", ""),
    "à compter du 1er février 2016": ("01/02/16", ""),
    "dès septembre 2019": ("01/09/19", ""),
    "après le 15/03/2016": ("16/03/16", ""),
    "entre le 15/03/2016 et le 30/04/2016": ("15/03/16", "30/04/16"),
    "entre mars et juin 2016": ("01/03/16", "30/06/16"),
    "de novembre à mars 2016": ("01/11/15", "31/03/16"),
    "du 1er au 15 mars 2016": ("01/03/16", "15/03/16"),
    "10 et 11 octobre 2019": ("10/10/19", "11/10/19"),
    "octobre-novembre 2016": ("01/10/16", "30/11/16"),
    "2016-2017": ("01/01/16", "31/12/17"),
}
OTHERS = {
    "déjà fait": Kind.DONE,
    "Fait le 03/11/2015": Kind.DONE,
    "dès que possible": Kind.ASAP,
    "Dès que\u00a0possible !": Kind.ASAP,
    "immédiat": Kind.ASAP,
    "": Kind.BLANK,
    "  ": Kind.BLANK,
    "-": Kind.BLANK,
    "à définir": Kind.BLANK,
    "bientôt": Kind.UNKNOWN,
    "31/02/2016": Kind.UNKNOWN,
    "15/13/2016": Kind.UNKNOWN,
    "T5 2016": Kind.UNKNOWN,
    "3e semestre 2016": Kind.UNKNOWN,
    "semaine 54 2020": Kind.UNKNOWN,
    "15/11/0015": Kind.UNKNOWN,
    "entre juin 2016 et mars 2016": Kind.UNKNOWN,
    "15/11/15 ou 20/11/15": Kind.UNKNOWN,
    "fait le ménage": Kind.UNKNOWN,
    "pour le prochain conseil": Kind.UNKNOWN,
    "CLU ou COPIL": Kind.UNKNOWN,
    "le premier mars venu qui conviendra à tout le monde " * 3: Kind.UNKNOWN,
}


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


PIECES = [*DAYS, *PERIODS, *OTHERS, "fin", "avant", "du", "au", "et", "entre", "CLU", "1er", "12", "99", "-", "/", "²"]
TEXTS = st.text(max_size=140) | st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
SINCE = st.none() | st.dates()
ANY_PACE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # whatever else the machine does
VALUES = TEXTS | st.dates() | st.datetimes() | st.integers() | st.floats() | st.none()


@ANY_PACE
@given(VALUES, SINCE)
@example("après le 31/12/2199", date.max)
@example("29/02", date.max)
@example("fin hiver", date.min)
def test_any_text_is_read_within_honest_bounds_and_the_same_again(value, since):
    fuzzy = read(value, since)
    if fuzzy.earliest and fuzzy.latest:
        assert fuzzy.earliest <= fuzzy.latest
    assert read(fuzzy.text, since) == fuzzy
    assert fuzzy.text == fuzzy.text.strip()
    assert words(fuzzy, events=EVENTS)
    assert (fuzzy.kind == Kind.EVENT) == bool(fuzzy.event)
    assert FuzzyDate.stored(fuzzy.text, fuzzy.earliest, fuzzy.latest, event=fuzzy.event) == fuzzy


@ANY_PACE
@given(TEXTS, SINCE)
@example("après le 31/12/2199", None)
@example("15/11", date.max)
def test_the_words_of_what_was_understood_mean_the_same(text, since):
    fuzzy = read(text, since)
    again = read(words(fuzzy, events=EVENTS))
    if fuzzy.kind in (Kind.DAY, Kind.PERIOD):
        assert (again.earliest, again.latest, again.kind) == (fuzzy.earliest, fuzzy.latest, fuzzy.kind)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(written):
    months = ["janvier", "février", "mars", "avril", "mai", "juin"]
    months += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]
    in_words = f"{written.day} {months[written.month - 1]} {written.year}"
    forms = [f"{written:%d/%m/%y}", f"{written:%d/%m/%Y}", f"{written:%Y-%m-%d}", in_words, written]
    assert {(read(form).earliest, read(form).latest) for form in forms} == {(written, written)}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_year_left_out_is_the_next_one(written, since):
    found = read(f"{written:%d/%m}", since).earliest
    assert found >= since
    assert (found.day, found.month) == (written.day, written.month)
    assert found - since <= timedelta(366) or (written.day, written.month) == (29, 2)
