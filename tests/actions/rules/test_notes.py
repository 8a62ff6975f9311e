"""The thread of notes: every comment in its turn, one taken back gone from it."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from actions.rules.notes import ActionNote, thread

AT = datetime(2026, 11, 30)


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        ([], []),
        (["", ""], []),
        (["Devis demandé"], ["Devis demandé"]),
        (["", "Devis demandé", "Devis demandé", "Affiché"], ["Devis demandé", "Affiché"]),
        (["Devis demandé", "Affiché", "Devis demandé"], ["Devis demandé"]),
        (["Devis demandé", ""], []),
        (["Un", "Deux", "Un", "Trois"], ["Un", "Trois"]),
    ],
)
def test_each_comment_is_a_note_until_it_is_taken_back(comments, told):
    rows = [SimpleNamespace(comment=text, history_user="Anne", history_date=AT) for text in comments]
    assert thread(rows) == [ActionNote(text, "Anne", AT) for text in told]
