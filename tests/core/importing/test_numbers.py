"""Numbers as people write them: truth tables, and what must hold of any text."""

from decimal import Decimal
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.base.errors import UserError
from core.base.figures import parse_figure
from core.importing.numbers import Number, Unit, Writing, WritingFound, read_number, spelt, to_days, writing_of

COUNTS = (Decimal(12), Decimal(13))


def rate(value, **fields):
    return Number(Decimal(value), Unit.PERCENT, is_written_percent=True, **fields)


def days(value, words="jours", **fields):
    return Number(Decimal(value), Unit.DAYS, words, **fields)


SURE = {
    "98,7": Number(Decimal("98.7")),
    "98.7": Number(Decimal("98.7")),
    "1 200": Number(Decimal(1200)),
    "1\u202f234\u00a0567,8": Number(Decimal("1234567.8")),
    "1'200": Number(Decimal(1200)),
    "1.355,90": Number(Decimal("1355.90")),
    "1,200.50": Number(Decimal("1200.50")),
    "1.200.000": Number(Decimal(1200000)),
    "0,125": Number(Decimal("0.125")),
    "12345,678": Number(Decimal("12345.678")),
    ",5": Number(Decimal("0.5")),
    "+5": Number(Decimal(5)),
    "−5": Number(Decimal(-5)),
    "- 5": Number(Decimal(-5)),
    "12*": Number(Decimal(12)),
    "95,2 %": rate("0.952"),
    "95.2%": rate("0.952"),
    "95 pour cent": rate("0.95"),
    "98.765 %": rate("0.98765"),
    "0,5 %": rate("0.005"),
    "95 %¹": rate("0.95"),
    "95 % (1)": rate("0.95"),
    "95 % (fermé le 15)": rate("0.95", rest="fermé le 15"),
    "94 % (COVID)": rate("0.94", rest="COVID"),
    "93 % panne le 3": rate("0.93", rest="panne le 3"),
    "93 % – panne le 3": rate("0.93", rest="panne le 3"),
    "95 %\nfermé le 15": rate("0.95", rest="fermé le 15"),
    "98 % hors panne": rate("0.98", rest="hors panne"),
    "92 % (12/13)": rate("0.92", counts=COUNTS),
    "92,3 % (12 sur 13 appels)": rate("0.923", counts=COUNTS, rest="appels"),
    "12/13": Number(Decimal("0.923077"), Unit.PERCENT, counts=COUNTS),
    "12/13 (92 %)": rate("0.923077", counts=COUNTS),
    "12/13 = 92,3 %": rate("0.923077", counts=COUNTS),
    "12 sur 13": Number(Decimal("0.923077"), Unit.PERCENT, counts=COUNTS),
    "12 jours (congés)": days(12, rest="congés"),
    "5 jours ouvrés en moyenne": days(5, "jours ouvrés", rest="en moyenne"),
    "2,5 j": days("2.5", "j"),
    "48 heures": Number(Decimal(48), Unit.HOURS, "heures"),
    "2 semaines": Number(Decimal(2), Unit.WEEKS, "semaines"),
    "1 mois": Number(Decimal(1), Unit.MONTHS, "mois"),
    "2 mois et demi": Number(Decimal("2.5"), Unit.MONTHS, "mois"),
    "3 sem. 1/2": Number(Decimal("3.5"), Unit.WEEKS, "sem."),
    "12 jours ½": days("12.5"),
    "2 ans": Number(Decimal(2), Unit.YEARS, "ans"),
    "12 min": Number(Decimal(12), Unit.MINUTES, "min"),
    "12 min 30": Number(Decimal("12.5"), Unit.MINUTES),
    "1h30": Number(Decimal("1.5"), Unit.HOURS),
    "1:30:00": Number(Decimal("1.5"), Unit.HOURS),
    "45 s": Number(Decimal(45), Unit.SECONDS, "s"),
    "1 courrier": Number(Decimal(1), Unit.OTHER, "courrier"),
    "10 500 courriers reçus (estimation)": Number(Decimal(10500), Unit.OTHER, "courriers reçus", rest="estimation"),
    "45 €": Number(Decimal(45), Unit.OTHER, "€"),
    "79/mois": Number(Decimal(79), Unit.PER_MONTH),
    "79 visites par mois": Number(Decimal(79), Unit.PER_MONTH, "visites"),
    "3,9 millions": Number(Decimal(3900000)),
    "3,9 millions d’usagers": Number(Decimal(3900000), Unit.OTHER, "usagers"),
    "2 k": Number(Decimal(2000)),
    "120 (fermé 1 semaine)": Number(Decimal(120), rest="fermé 1 semaine"),
    "120 dont 30 par mail": Number(Decimal(120), rest="dont 30 par mail"),
    "env. 40": Number(Decimal(40), bound="~"),
    "~40": Number(Decimal(40), bound="~"),
    "> 90 %": rate("0.9", bound=">"),
    "≥ 90 %": rate("0.9", bound=">="),
    "au moins 90 %": rate("0.9", bound=">="),
    "+ de 90 %": rate("0.9", bound=">"),
    "< 5 j": days(5, "j", bound="<"),
    "moins de 5 j": days(5, "j", bound="<"),
    "au plus 5 j": days(5, "j", bound="<="),
}
TWO = "« {} » : deux nombres sont écrits."
STATE = "« {} » : est-ce une valeur, ou la raison pour laquelle il n’y en a pas ?"
DOUBTFUL = {
    "1.000": ("1000", "1", "« 1.000 » : 1000 ou 1 ?"),
    "1.200": ("1200", "1.2", "« 1.200 » : 1200 ou 1,2 ?"),
    "1,200": ("1.2", "1200", "« 1,200 » : 1,2 ou 1200 ?"),
    "1.200 j": ("1200", "1.2", "« 1.200 j » : 1200 ou 1,2 ?"),
    "90 à 95 %": ("0.9", "0.95", TWO),
    "90 % à 95 %": ("0.9", "0.95", TWO),
    "95 % / 97 %": ("0.95", "0.97", TWO),
    "95 % puis 97 %": ("0.95", None, TWO),
    "95 % (97 % hors panne)": ("0.95", None, TWO),
    "5-6": ("5", "6", TWO),
    "5 / 6 j": ("5", "6", TWO),
    "entre 5 et 6 j": ("5", "6", TWO),
    "de 5 à 7 j": ("5", "7", TWO),
    "1 jour et 3 heures": ("1", None, TWO),
    "12 appels sur 13": ("12", None, TWO),
    "12/13 (98 %)": ("0.923077", None, "« {} » : les nombres font 92,3 %."),
    "12 13": ("12", None, TWO),
    "120 (12)": ("120", None, TWO),
    "12 j 4 h": ("12", None, TWO),
    "1 mois 15 jours": ("1", None, TWO),
    "45 congés": ("45", None, STATE),
    "12 jours de fermeture": ("12", None, STATE),
    "12 fermé depuis lundi 3": ("12", None, STATE),
    "5 % de fermeture": ("0.05", None, STATE),
    "98 % (12/13)": ("0.98", None, "« {} » : 12/13 fait 92,3 %."),
    "13/12": ("1.083333", None, "« {} » : la partie dépasse le tout."),
    "0/0": ("0", None, "« {} » : aucun cas ?"),
    "4,2/5": ("4.2", None, "« {} » : est-ce une note sur 5 ?"),
    "0:45": ("0.75", None, "« {} » : heures et minutes, ou minutes et secondes ?"),
    "(12)": ("12", None, "« {} » : entre parenthèses, est-il négatif ?"),
    "3 M": ("3000000", None, "« {} » : le M est-il celui de millions ?"),
    "Panne : 93 %": ("0.93", None, "« {} » : le nombre est-il la valeur de la case ?"),
}
NOTHING = (
    "", "-", "néant", "fermé le 15", "12/03/2024", "2024-03-12", "12.03.24", "12 mars", "1er trimestre", "2e", "T1",
    "N/A", "06 12 34 56 78", "12appels", "1e9", "12.5.3", "٣", "COVID", "à voir", "x" * 5000,
)  # fmt: skip


@pytest.mark.parametrize(("text", "number"), SURE.items())
def test_a_number_is_read_with_all_that_its_cell_holds(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(("text", "expected"), DOUBTFUL.items())
def test_a_number_of_two_readings_comes_with_a_question(text, expected):
    value, other, doubt = expected
    found = read_number(text)
    assert (found.value, found.other, found.doubt) == (Decimal(value), other and Decimal(other), doubt.format(text))


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


def test_a_number_among_words_keeps_the_words():
    assert read_number("Panne : 93 % (3 jours)").rest == "Panne 3 jours"
    assert read_number("4,2/5") == Number(
        Decimal("4.2"), Unit.MARK, counts=(Decimal("4.2"), Decimal(5)), doubt="« 4,2/5 » : est-ce une note sur 5 ?"
    )


@pytest.mark.parametrize(
    ("text", "writing", "value", "other"),
    [
        ("1,200", Writing.FRENCH, "1.2", None),
        ("1,200", Writing.DOTTED, "1.2", None),
        ("1,200", Writing.ENGLISH, "1200", None),
        ("1.200", Writing.FRENCH, "1200", "1.2"),
        ("1.200", Writing.DOTTED, "1200", None),
        ("1.200", Writing.ENGLISH, "1.2", None),
        ("12,5", Writing.ENGLISH, "12.5", None),
        ("98.7", Writing.FRENCH, "98.7", None),
    ],
)
def test_a_settled_writing_reads_three_digits_one_way(text, writing, value, other):
    found = read_number(text, writing=writing)
    assert (found.value, found.other, bool(found.doubt)) == (
        Decimal(value),
        other and Decimal(other),
        other is not None,
    )


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], WritingFound(Writing.FRENCH, True)),
        (["12", "fermé", "12/03/2024"], WritingFound(Writing.FRENCH, True)),
        (["12,5", "1,200"], WritingFound(Writing.FRENCH, True, ("12,5",))),
        (["1 200", "98 %"], WritingFound(Writing.FRENCH, True, ("1 200",))),
        (["1.355,90", "1.200"], WritingFound(Writing.DOTTED, True, ("1.355,90",))),
        (["95.2%", "1,200", "1,340"], WritingFound(Writing.ENGLISH, True, ("95.2",))),
        (["1,200.50", "1.200"], WritingFound(Writing.ENGLISH, True, ("1,200.50",))),
        (["1,200"], WritingFound(Writing.FRENCH, False, (), (), ("1,200",))),
        (["1.200", "12"], WritingFound(Writing.FRENCH, False, (), (), ("1.200",))),
        (["12,5", "1.200"], WritingFound(Writing.FRENCH, False, ("12,5",), (), ("1.200",))),
        (["98.7", "1.200"], WritingFound(Writing.ENGLISH, False, ("98.7",), (), ("1.200",))),
        (["12,5", "98.7"], WritingFound(Writing.FRENCH, True, ("12,5",), ("98.7",))),
        (["12,5", "98.7", "1,200"], WritingFound(Writing.FRENCH, False, ("12,5",), ("98.7",), ("1,200",))),
    ],
)
def test_the_writing_of_a_column_is_settled_by_all_its_numbers(texts, found):
    assert writing_of(texts) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 semaines", 14), ("1 mois", 30), ("2 mois et demi", 75), ("5 j", 5), ("48 heures", None), ("12", None)],
)
def test_a_duration_in_days_is_exact_or_asked(text, value):
    assert to_days(read_number(text)) == value


def test_hours_are_days_once_somebody_says_how_many_make_one():
    assert to_days(read_number("48 heures"), hours_per_day=Decimal(24)) == 2
    assert to_days(read_number("3h30"), hours_per_day=Decimal(7)) == Decimal("0.5")


@given(st.decimals(-(10**9), 10**9, places=4))
@example(Decimal("1.2000"))
@example(Decimal("1.234"))
def test_a_number_spelt_in_french_is_read_back(number):
    assert read_number(spelt(number), writing=Writing.FRENCH).value == number


@pytest.mark.parametrize("measure", ["count", "days"])
@pytest.mark.parametrize("text", ["1.000", "1.200", "12.345"])
def test_the_entry_form_and_the_import_doubt_the_same_numbers(text, measure):
    assert read_number(text, writing=Writing.FRENCH).doubt
    with pytest.raises(UserError) as refusal:
        parse_figure(text, measure)
    assert refusal.value.message == f"« {text} » se lit de deux façons : écrivez la virgule, et pas de point."


@given(st.decimals(0, 10**6, places=3), st.sampled_from(["{}", "{} ", "-{}", "{} 000"]), st.sampled_from(".,"))
def test_the_entry_form_takes_no_number_for_another_than_the_import(number, form, mark):
    text = form.format(f"{number:f}".replace(".", mark))
    found = read_number(text, writing=Writing.FRENCH)
    try:
        typed = parse_figure(text, "count")
    except UserError:
        return
    assert (found.value, found.doubt) == (typed, "")


PIECES = [*SURE, *DOUBTFUL, *NOTHING, "(", ")", "%", " ", "/", "-", "à", "mois", "h", "1"]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join))
def test_whatever_a_cell_holds_is_a_number_of_its_text_or_none(text):
    found = read_number(text)
    if found is not None:
        assert found.value.is_finite()
        assert len(found.rest) <= len(text)
        assert (found.unit == Unit.PERCENT) or not found.is_written_percent
        assert all(word in text for word in found.rest.split())


@pytest.mark.parametrize("piece", ["1 ", "1/", "1,", "(", "12 j ", "95 % ", "a ", "1:", "- ", "é", "env. "])
def test_a_long_text_costs_no_more_than_its_length(piece):
    for length in (2000, 100_000):
        begun = process_time()
        read_number((piece * length)[:length])
        writing_of([(piece * length)[:length]])
        assert process_time() - begun < 0.2
