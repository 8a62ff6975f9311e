"""Passwords that are guessed first in France: common words, repetition, runs of the keyboard."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

WORDS = Path(__file__).with_name("mots-de-passe-courants.txt")
ROWS = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "aqwzsxedcrfvtgbyhnujikolpm",
    "1a2z3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)
RUN = 4  # letters side by side from which they are a run
DIFFERENT = 5  # characters at least
UNFORESEEN = 6  # letters that are neither a common word nor a run
_AS_LETTERS = str.maketrans("013457@$!|€", "oieastasiie")
COMMON = "Ce mot de passe est l’un des premiers qu’on essaie. Prenez plutôt quatre ou cinq mots sans rapport entre eux."
REPEATED = "Ce mot de passe répète la même chose. Prenez plutôt quatre ou cinq mots sans rapport entre eux."
ALONG_KEYS = "Ce mot de passe suit les touches du clavier. Prenez plutôt quatre ou cinq mots sans rapport entre eux."


def refusal(password: str) -> str:
    """Why a password is too easily guessed, in a sentence; empty when it is not."""
    text = _folded(password)
    if len(set(text)) < DIFFERENT or re.fullmatch(r"(.{1,12}?)\1+.{0,3}", text):
        return REPEATED
    rest = _without_runs(text)
    if len(re.sub(r"[^a-z0-9]", "", rest)) < UNFORESEEN and len(rest) < len(text) / 2:
        return ALONG_KEYS
    return COMMON if min(_unforeseen(text), _unforeseen(text.translate(_AS_LETTERS))) < UNFORESEEN else ""


class CommonInFrench:
    """Validator of Django's settings."""

    def validate(self, password: str, user=None) -> None:
        if words := refusal(password):
            raise ValidationError(words, code="password_too_common")

    def get_help_text(self) -> str:
        return "Pas un mot de passe courant, ni une suite de touches, ni une répétition."


def _unforeseen(text: str) -> int:
    """How many letters are left once up to three common words and what is no letter are taken away."""
    letters = re.sub(r"[^a-z]", "", text)
    digits = len(re.sub(r"\D", "", text)) if not letters else 0
    # The fewest letters outside common words in the first n, for each number of words used.
    best: list[dict[int, int]] = [{0: 0}]
    for end in range(1, len(letters) + 1):
        here = {used: left + 1 for used, left in best[end - 1].items()}
        for word in _ending_at(letters, end):
            for used, left in best[end - len(word)].items():
                if used < 3 and left < here.get(used + 1, 99):
                    here[used + 1] = left
        best.append(here)
    return min(best[-1].values()) + digits


def _ending_at(letters: str, end: int):
    words = common_words()
    return [letters[start:end] for start in range(max(0, end - 20), end - 2) if letters[start:end] in words]


def _without_runs(text: str) -> str:
    for row in ROWS:
        for line in (row, row[::-1]):
            for length in range(len(line), RUN - 1, -1):
                for start in range(len(line) - length + 1):
                    text = text.replace(line[start : start + length], "")
    return text


def _folded(password: str) -> str:
    text = unicodedata.normalize("NFKD", password.casefold())
    return "".join(char for char in text if not unicodedata.combining(char))


@cache
def common_words() -> frozenset[str]:
    """The words, three letters at least, without accents."""
    return frozenset(word for word in WORDS.read_text().split() if len(word) > 2)
