"""French spaces and signs in what people typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.typography import typeset, typeset_html, unbroken

NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bilan : 2020", f"Bilan{NO_BREAK}: 2020"),
        ("Bilan: 2020", f"Bilan{NO_BREAK}: 2020"),
        ("Pourquoi ?", f"Pourquoi{NARROW}?"),
        ("Pourquoi?", f"Pourquoi{NARROW}?"),
        ("fait ; à faire !", f"fait{NARROW}; à faire{NARROW}!"),
        (f"fait{NO_BREAK};", f"fait{NARROW};"),
        ("98,7 % et 100%", f"98,7{NARROW}% et 100{NARROW}%"),
        ("le « suspendu »", f"le «{NARROW}suspendu{NARROW}»"),
        ("«suspendu»", f"«{NARROW}suspendu{NARROW}»"),
        ("« vraiment ? »", f"«{NARROW}vraiment{NARROW}?{NARROW}»"),
        ("l'accueil d'Aix", "l’accueil d’Aix"),
        ("etc...", "etc…"),
        ("M. Martin, Mme Durand, n° 5", f"M.{NO_BREAK}Martin, Mme{NO_BREAK}Durand, n°{NO_BREAK}5"),
        ("ouvert à 9:30", "ouvert à 9:30"),
        ("https://exemple.fr/a?b=c;d&e=%20f", "https://exemple.fr/a?b=c;d&e=%20f"),
        ("", ""),
    ],
)
def test_a_text_is_set_as_french_printers_do(typed, printed):
    assert typeset(typed) == printed


def test_tags_and_attributes_are_left_alone():
    html = '<p>Voir <a href="https://x.fr/?a=1 ; b">l\'aide</a> : 5 &lt; 6 !</p>'
    assert typeset_html(html) == (
        f'<p>Voir <a href="https://x.fr/?a=1 ; b">l’aide</a>{NO_BREAK}: 5 &lt; 6{NARROW}!</p>'
    )


@given(st.text(alphabet="ab1 '\u00a0\u202f«».;:!?%é", max_size=30))
def test_setting_twice_changes_nothing_more(text):
    once = typeset(text)
    assert typeset(once) == once


@given(st.text(alphabet="ab1 '«».;:!?%é&<>", max_size=30))
def test_only_spaces_apostrophes_and_dots_change(text):
    def letters(t):
        return [c for c in t.replace("…", "...") if c not in " '’\u00a0\u202f"]

    assert letters(typeset(text)) == letters(text)


def test_no_line_of_a_page_begins_with_a_closing_sign_and_the_words_quoted_stay():
    told = unbroken("« Taux d'appels » (a : b) : est-ce 2023 ?")
    assert told == "«\u00a0Taux d'appels\u00a0» (a\u00a0: b)\u00a0: est-ce 2023\u00a0?"
