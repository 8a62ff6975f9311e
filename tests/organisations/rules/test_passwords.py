"""Which passwords are guessed first."""

import pytest
from django.core.exceptions import ValidationError

from organisations.rules.passwords import ALONG_KEYS, COMMON, REPEATED, CommonInFrench, common_words, refusal


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("aaaaaaaaaaaa", REPEATED),
        ("abcabcabcabc", REPEATED),
        ("Soleil!Soleil!", REPEATED),
        ("azertyuiop12", ALONG_KEYS),
        ("poiuytreza98", ALONG_KEYS),
        ("123456789012", ALONG_KEYS),
        ("Azerty123456!", ALONG_KEYS),
        ("motdepasse2026", COMMON),
        ("M0td3P@sse2026!", COMMON),
        ("Prefecture2026", COMMON),
        ("qualiteprefecture", COMMON),
        ("Préfecture-Qualité", COMMON),
        ("jetaimemaman59", COMMON),
        ("Marseille13013", COMMON),
        ("Juillet-2026-!", COMMON),
        ("cheval correct batterie agrafe", ""),
        ("vT9#kq2LmXe8", ""),
        ("Zut! le héron gris de 7h", ""),
        ("trombone-cactus-69-piscine", ""),
    ],
)
def test_a_password_is_refused_for_what_makes_it_easy(password, words):
    assert refusal(password) == words


def test_the_refusal_is_that_of_the_form():
    with pytest.raises(ValidationError, match="premiers qu’on essaie"):
        CommonInFrench().validate("Bienvenue2026!!")
    assert CommonInFrench().validate("vT9#kq2LmXe8") is None


def test_the_words_are_as_they_are_looked_up():
    assert len(common_words()) > 500
    assert all(word.isascii() and word == word.lower() for word in common_words())


def test_a_long_password_is_judged_at_once():
    assert refusal("motdepasse" * 400) == REPEATED
    assert refusal("".join(chr(97 + n * 7 % 26) for n in range(4000))) is not None
