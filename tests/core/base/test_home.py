"""The lines of the home page: which is more urgent, and how far its day is."""

from datetime import date, timedelta

import pytest

from core.base.home import Todo, Urgency, once, sorted_queue
from core.base.words import due_words, since_words

TODAY = date(2026, 11, 30)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "urgency", "words"),
    [
        (-366, Urgency.LATER, "en retard depuis le 29/11/2025"),
        (-61, Urgency.LATE, "en retard depuis le 30/09/2026"),
        (-14, Urgency.LATE, "en retard de 14 jours"),
        (-1, Urgency.LATE, "en retard de 1 jour"),
        (0, Urgency.NOW, "pour aujourd’hui"),
        (1, Urgency.NOW, "pour demain"),
        (7, Urgency.NOW, "dans 7 jours"),
        (8, Urgency.SOON, "dans 8 jours"),
        (61, Urgency.SOON, "pour le 30/01/2027"),
    ],
)
def test_the_urgency_of_a_line_follows_from_its_day_and_is_told_in_days(days, urgency, words):
    todo = Todo("Quelque chose", due=in_days(days))
    assert (todo.urgency_on(TODAY), todo.when(TODAY), due_words(in_days(days), TODAY)) == (urgency, words, words)


@pytest.mark.parametrize(
    ("days", "words"), [(0, "aujourd’hui"), (1, "depuis hier"), (2, "depuis 2 jours"), (61, "depuis le 30/09/2026")]
)
def test_what_waits_says_since_when_and_is_for_now(days, words):
    todo = Todo("Quelque chose", since=in_days(-days))
    assert (todo.urgency_on(TODAY), todo.when(TODAY), since_words(in_days(-days), TODAY)) == (Urgency.NOW, words, words)


def test_the_queue_goes_from_the_alarm_to_what_has_no_day_the_oldest_first():
    told = {
        "alarme": Todo("alarme", urgency=Urgency.ALARM),
        "hier": Todo("hier", due=in_days(-1)),
        "avant-hier": Todo("avant-hier", due=in_days(-2)),
        "demain": Todo("demain", due=in_days(1)),
        "un jour": Todo("un jour", urgency=Urgency.LATER),
        "plus tard": Todo("plus tard", due=in_days(40)),
    }
    names = ["alarme", "avant-hier", "hier", "demain", "plus tard", "un jour"]
    assert [one.what for one in sorted_queue([told.values()], TODAY)] == names


def test_within_one_urgency_the_first_source_goes_first():
    weighty, other = [Todo("hier", due=in_days(-1)), Todo("demain", due=in_days(1))], [Todo("jadis", due=in_days(-9))]
    assert [one.what for one in sorted_queue([weighty, other], TODAY)] == ["hier", "jadis", "demain"]


def test_what_several_lines_rest_on_is_read_once_a_request(rf):
    request, read = rf.get("/"), []
    for _ in range(2):
        assert once(request, "essai", lambda: read.append(1) or len(read)) == 1
    assert once(rf.get("/"), "essai", lambda: 2) == 2
