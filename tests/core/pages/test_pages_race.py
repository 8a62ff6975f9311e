"""Two people save the same form at the same instant: one is kept, the other sees both versions."""

import threading

import pytest
from django.db import connection
from django.test import Client

from core.models import Holiday
from core.record import history
from organisations.enums import Role
from tests.core.factories import HolidayFactory
from tests.organisations.factories import PrefectureFactory, user_with

ROUNDS = 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.core.pages_site")
@pytest.mark.postgresql
def test_of_two_people_who_save_at_once_one_wins_and_the_other_sees_both_versions():
    user = user_with(Role.QUALITY_REFERENT, PrefectureFactory())
    holiday = HolidayFactory()
    for number in range(ROUNDS):
        version = history.version_of(holiday)
        barrier, answers = threading.Barrier(2), []

        def save(name, version=version, barrier=barrier, answers=answers, number=number):
            try:
                client = Client()
                client.force_login(user)
                data = {"zone": holiday.zone_id, "date": "2020-05-01", "label": f"{name} {number}"}
                barrier.wait()
                answer = client.post(f"/essai/jours/{holiday.pk}/modifier", data | {"_version": version})
                answers.append((answer.status_code, f"{name} {number}"))
            finally:
                connection.close()

        threads = [threading.Thread(target=save, args=(name,)) for name in ("Ana", "Luc")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(status for status, _ in answers) == [302, 409]
        [winner] = [label for status, label in answers if status == 302]
        assert Holiday.objects.get().label == winner
    assert holiday.history.count() == ROUNDS + 1
