"""Deadlines that move or wait for a meeting."""

from datetime import date

import pytest
import time_machine

from actions.models import Action
from actions.services import actions, deadlines, progress
from core.base import registries
from core.base.errors import UserError
from core.base.registries import EventDate
from core.record import history
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meetings(monkeypatch):
    """The dates of a committee, as another app registers them; tests write them."""
    days: list[date] = []
    registry = registries.Registry("event_dates")
    registry.register(EventDate("comite", "prochain comité", lambda site, on: [day for day in days if day >= on]))
    monkeypatch.setattr(registries, "event_dates", registry)
    return days


@pytest.fixture
def waiting(meetings, finding, rq):
    with time_machine.travel("2015-11-02T10:00:00+01:00"):
        return actions.add_action(finding, text="À présenter", deadline="pour le prochain comité", by=rq)


def moved(action) -> list[tuple]:
    return [
        (str(move.old.latest), str(move.new.latest), move.new.text, move.reason, move.drift_days)
        for move in deadlines.ledger(action)
    ]


def test_a_deadline_waits_for_its_meeting_and_follows_it(waiting, meetings, rq):
    assert (waiting.deadline_event, waiting.deadline_latest, waiting.promised_latest) == ("comite", None, None)
    assert deadlines.follow_events() == 0
    meetings.append(date(2016, 2, 4))
    assert deadlines.follow_events(by=rq, on=date(2015, 12, 1)) == 1
    stored = Action.objects.get()
    assert (stored.deadline_earliest, stored.deadline_latest) == (date(2016, 2, 4), date(2016, 2, 4))
    assert (stored.deadline_text, stored.promised_latest, stored.move_count) == (
        "pour le prochain comité", date(2016, 2, 4), 0,
    )  # fmt: skip
    assert history.last_change(stored).history_change_reason == (
        "L’échéance suit la date de « prochain comité », le 04/02/2016"
    )
    assert deadlines.follow_events(on=date(2015, 12, 1)) == 0


def test_a_meeting_moved_is_followed_until_it_is_held_and_told_in_the_ledger(waiting, meetings):
    meetings.append(date(2016, 2, 4))
    deadlines.follow_events(on=date(2015, 12, 1))
    meetings[:] = [date(2016, 3, 10)]
    assert deadlines.follow_events(on=date(2016, 1, 5)) == 1
    waiting.refresh_from_db()
    assert (waiting.deadline_latest, waiting.promised_latest, waiting.move_count) == (
        date(2016, 3, 10), date(2016, 2, 4), 0,
    )  # fmt: skip
    assert [move[-1] for move in moved(waiting)] == [None, 35]
    assert deadlines.drift(waiting) == 35
    meetings[:] = [date(2016, 9, 1)]
    assert deadlines.follow_events(on=date(2016, 3, 10)) == 0


def test_a_meeting_held_before_the_words_were_written_is_not_the_next_one(waiting, meetings):
    meetings += [date(2015, 11, 2), date(2015, 6, 1)]
    assert deadlines.follow_events(on=date(2015, 12, 1)) == 0


def test_only_pending_actions_of_the_site_follow(waiting, meetings, rq):
    meetings.append(date(2016, 2, 4))
    assert deadlines.follow_events(SousPrefectureFactory(), on=date(2015, 12, 1)) == 0
    progress.abandon(waiting, reason="Sans objet", by=rq)
    assert deadlines.follow_events(waiting.finding.plan.site, on=date(2015, 12, 1)) == 0


def test_a_meeting_already_known_gives_its_day_at_once(meetings, finding, rq):
    meetings.append(date(2016, 2, 4))
    with time_machine.travel("2015-11-02T10:00:00+01:00"):
        action = actions.add_action(finding, text="", deadline="pour le prochain comité", by=rq)
    assert (action.deadline_latest, action.promised_latest) == (date(2016, 2, 4), date(2016, 2, 4))


def test_an_event_that_nobody_registers_any_more_is_left_alone(waiting, monkeypatch):
    monkeypatch.setattr(registries, "event_dates", registries.Registry("event_dates"))
    assert deadlines.follow_events() == 0


def test_the_ledger_tells_each_move_and_the_whole_drift(action, rq):
    progress.move_deadline(action, deadline="30/04/2016", reason="Prestataire absent", by=rq)
    progress.start(action, by=rq)
    progress.postpone(action, deadline="30/06/2016", reason="Grève", by=rq)
    assert moved(action) == [
        ("2016-03-31", "2016-04-30", "30/04/2016", "Prestataire absent", 30),
        ("2016-04-30", "2016-06-30", "30/06/2016", "Grève", 61),
    ]
    assert [move.who for move in deadlines.ledger(action)] == [rq, rq]
    assert (deadlines.drift(action), action.move_count) == (91, 2)


@pytest.mark.parametrize(
    ("deadline", "reason", "sentence"),
    [
        ("30/04/2016", " ", "Indiquez la raison du changement d’échéance : l’ancienne reste lisible avec elle."),
        ("1er trim. 2016", "Erreur", "Cette échéance est déjà celle de l’action."),
        ("01/10/2015", "Erreur", "L’échéance « 01/10/2015 » précède l’origine du plan, le 16/10/2015."),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(action, rq, deadline, reason, sentence):
    with pytest.raises(UserError) as refused:
        progress.move_deadline(action, deadline=deadline, reason=reason, by=rq)
    assert str(refused.value) == sentence
    assert Action.objects.get().move_count == 0


def test_a_deadline_may_come_nearer_or_be_withdrawn_with_its_reason(action, rq):
    progress.move_deadline(action, deadline="15/02/2016", reason="Urgent", by=rq)
    assert deadlines.drift(action) == -45
    progress.move_deadline(action, deadline="", reason="Plus de date", by=rq)
    assert (action.deadline_text, deadlines.drift(action), action.move_count) == ("", None, 2)
    progress.move_deadline(action, deadline="T3 2016", reason="", by=rq)
    assert (action.move_count, action.promised_text) == (2, "1er trim. 2016")
