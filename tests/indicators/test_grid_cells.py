"""The cells of the grid: typed, pasted, asked about in one go, taken back."""

import json
from decimal import Decimal
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.base.errors import UserError
from core.importing.asks import name_of
from indicators.enums import CampaignState, ValueState
from indicators.models import Reading, Value
from indicators.services import readings, values
from organisations.enums import Role
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SCRIPT = {"X-Saving": "1", "Accept": "application/json"}


@pytest.fixture
def today():
    with time_machine.travel("2020-12-15 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def followed(site, label: str, **more):
    """An indicator that the site enters."""
    indicator = IndicatorFactory(label=label, **more)
    AssignmentFactory(indicator=indicator, unit=site)
    readings.refresh(indicator.pk, site.pk, 2020)
    return indicator


@pytest.fixture
def rate(site):
    return followed(site, "Taux d’appels aboutis")


@pytest.fixture
def visits(site):
    return followed(site, "Usagers reçus", measure="count", direction="", year_rule="sum")


def send(client, site, *cells, **more):
    """The answer to cells [indicator, month, text, version]."""
    told = json.dumps([[cell[0].pk, *cell[1:], *([0] if len(cell) == 3 else [])] for cell in cells])
    address = reverse("indicators:grid-cells", args=[site.code, 2020])
    return client.post(address, {"cells": told} | more, headers=SCRIPT)


def stored():
    rows = Value.objects.order_by("indicator", "month")
    return [(row.month, row.state, row.value, row.numerator, row.denominator, row.reason) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("98,7 %", (3, "measured", Decimal("0.987"), None, None, "")),
        ("98,7", (3, "measured", Decimal("0.987"), None, None, "")),
        ("148/150", (3, "measured", Decimal("0.986667"), 148, 150, "")),
        ("148 sur 150", (3, "measured", Decimal("0.986667"), 148, 150, "")),
        ("-", (3, "no_case", None, None, None, "")),
        ("s.o.", (3, "not_applicable", None, None, None, "")),
        ("Fermé : travaux", (3, "closed", None, None, None, "travaux")),
    ],
)
def test_a_cell_is_read_as_people_write_it(client, referent, site, rate, text, expected):
    answer = send(client, site, (rate, 3, text))
    assert (answer.status_code, stored()) == (200, [expected])
    assert answer.json()["sentence"].startswith("Enregistré : Taux d’appels aboutis, mars : ")
    assert sorted(answer.json()["parts"]) == sorted([f"c{rate.pk}-3", f"d{rate.pk}", f"r{rate.pk}"])
    assert answer.json()["fields"]["version"] == "1"


def test_a_block_of_twelve_months_is_one_gesture_and_one_act(client, referent, site, rate, visits):
    cells = [(rate, month, f"9{month % 10} %") for month in range(1, 13)]
    cells += [(visits, month, str(100 + 3 * month * (-1) ** month)) for month in range(1, 13)]
    answer = send(client, site, *cells)
    assert answer.json()["sentence"] == "24 valeurs enregistrées."
    assert len(set(Value.history.values_list("changeset", flat=True))) == 1
    assert Reading.objects.get(indicator=visits).value == sum(100 + 3 * m * (-1) ** m for m in range(1, 13))


def test_what_is_doubtful_is_asked_in_one_confirmation_and_nothing_is_written_before(client, referent, site, rate):
    cells = [(rate, 1, "97 %"), (rate, 2, "grève"), (rate, 3, "grève"), (rate, 4, "covid")]
    answer = send(client, site, *cells)
    assert (answer.status_code, answer.json()["outcome"], stored()) == (422, "question", [])
    html = answer.json()["html"]
    name = name_of("word:state:greve")
    assert (html.count("<select"), f'name="{name}"' in html) == (1, True)
    answer = send(client, site, *cells, **{name: "closed"})
    assert answer.json()["sentence"] == "4 valeurs enregistrées."
    assert [(month, state, reason) for month, state, *_rest, reason in stored()] == [
        (1, "measured", ""), (2, "closed", "grève"), (3, "closed", "grève"), (4, "suspended", "covid"),
    ]  # fmt: skip


def test_a_ratio_typed_alone_is_asked(client, referent, site, rate):
    answer = send(client, site, (rate, 3, "0,9"))
    assert answer.json()["outcome"] == "question"
    assert "0,8 veut dire 80 %" in answer.json()["html"]
    send(client, site, (rate, 3, "0,9"), **{name_of(f"scale:{rate.pk}"): "ratio"})
    assert stored() == [(3, "measured", Decimal("0.9"), None, None, "")]


def test_a_state_that_must_say_why_asks_its_reason(client, referent, site, rate):
    answer = send(client, site, (rate, 3, "fermé"))
    assert ('name="reason"' in answer.json()["html"], stored()) == (True, [])
    send(client, site, (rate, 3, "fermé"), reason="Inventaire")
    assert stored() == [(3, "closed", None, None, None, "Inventaire")]


def test_a_closed_month_asks_why_it_is_corrected(client, referent, site, rate):
    CampaignFactory(site=site, year=2020, month=3, state=CampaignState.CLOSED)
    answer = send(client, site, (rate, 3, "95 %"))
    assert ('name="amendment_reason"' in answer.json()["html"], stored()) == (True, [])
    send(client, site, (rate, 3, "95 %"), amendment_reason="Relevé retrouvé")
    value = Value.objects.get()
    assert (value.is_amendment, value.history.get().history_change_reason) == (True, "Relevé retrouvé")


def test_a_figure_out_of_character_is_asked(client, referent, site, visits):
    for month in range(1, 6):
        ValueFactory(indicator=visits, unit=site, month=month, value=100)
    answer = send(client, site, (visits, 6, "1000"))
    assert "1\u202f000 s’écarte beaucoup de l’habitude (100). Est-ce exact" in unescape(answer.json()["html"])
    code = name_of(f"exact:{visits.pk}")
    kept = send(client, site, (visits, 6, "1000"), **{code: "no"}).json()
    assert (kept["outcome"], kept["sentence"]) == ("saved", "Rien n’est enregistré : la case reste comme avant.")
    assert Value.objects.count() == 5
    send(client, site, (visits, 6, "1000"), **{code: "yes"})
    assert Value.objects.get(month=6).value == 1000


def test_the_odd_figures_of_a_row_are_asked_about_together(client, referent, site, visits):
    for month in range(1, 6):
        ValueFactory(indicator=visits, unit=site, month=month, value=100)
    html = unescape(send(client, site, *((visits, month, "1000") for month in (6, 7, 8))).json()["html"])
    assert (html.count("<select"), "De même pour juillet, août." in html) == (1, True)


def test_figures_that_one_declines_are_counted_apart(client, referent, site, rate, visits):
    for month in range(1, 6):
        ValueFactory(indicator=visits, unit=site, month=month, value=100)
    odd = [(visits, month, "1000") for month in (6, 7)]
    no = {name_of(f"exact:{visits.pk}"): "no"}
    same = (visits, 5, "100", 1)
    told = send(client, site, *odd, same, **no).json()["sentence"]
    assert told == "Rien n’est enregistré, 2 non enregistrées à votre demande, 1 inchangée."
    told = send(client, site, (rate, 1, "97 %"), *odd, same, **no).json()["sentence"]
    assert told == "1 valeur enregistrée, 2 non enregistrées à votre demande, 1 inchangée."


def test_what_somebody_else_wrote_meanwhile_is_shown_and_chosen(client, referent, site, visits):
    other = ValueFactory(indicator=visits, unit=site, month=3, value=41, version=2)
    answer = send(client, site, (visits, 3, "43", 1))
    assert "a enregistré « 41 » entre-temps" in answer.json()["html"]
    send(client, site, (visits, 3, "43", 1), **{name_of(f"conflict:{visits.pk}:3:2"): "no"})
    other.refresh_from_db()
    assert other.value == 41
    send(client, site, (visits, 3, "43", 1), **{name_of(f"conflict:{visits.pk}:3:2"): "yes"})
    other.refresh_from_db()
    assert (other.value, other.version) == (43, 3)


def test_a_cell_sent_twice_is_written_once(client, referent, site, visits):
    send(client, site, (visits, 3, "43"))
    assert send(client, site, (visits, 3, "43")).json()["sentence"].startswith("Rien n’a changé")
    assert Value.objects.get().version == 1


def test_an_empty_cell_takes_the_figure_away_and_the_comment_of_another_is_kept(client, referent, site, visits):
    ValueFactory(indicator=visits, unit=site, month=2, value=40, comment="Relevé à la main")
    send(client, site, (visits, 2, "44", 1))
    assert Value.objects.get().comment == "Relevé à la main"
    send(client, site, (visits, 2, "", 2))
    assert (Value.objects.get().state, Value.history.first().history_change_reason) == (
        ValueState.MISSING,
        "Saisie effacée",
    )


def test_the_last_gestures_are_taken_back_one_after_the_other(client, referent, site, visits):
    first = send(client, site, (visits, 3, "43")).json()
    second = send(client, site, (visits, 3, "45", 1), (visits, 4, "46")).json()
    address = reverse("indicators:grid-cells", args=[site.code, 2020])
    refused = client.post(address, {"_undo": first["undo"]}, headers=SCRIPT)
    assert (refused.status_code, "modifié depuis" in refused.json()["sentence"]) == (422, True)
    told = client.post(address, {"_undo": second["undo"]}, headers=SCRIPT).json()
    assert told["sentence"] == "C’est annulé : 2 valeurs comme avant."
    assert {f"c{visits.pk}-3", f"c{visits.pk}-4"} <= set(told["parts"])
    assert [row[2] for row in stored()] == [43]
    client.post(address, {"_undo": first["undo"]}, headers=SCRIPT)
    assert (stored(), Reading.objects.get(indicator=visits).value) == ([], None)


def test_what_is_put_back_has_a_version_that_nobody_has_seen(client, referent, site, visits):
    address = reverse("indicators:grid-cells", args=[site.code, 2020])
    send(client, site, (visits, 3, "43"))
    taken = send(client, site, (visits, 3, "45", 1)).json()
    told = client.post(address, {"_undo": taken["undo"]}, headers=SCRIPT).json()
    assert told["fields"]["version"] == "3"
    other = send(client, site, (visits, 3, "46", 2)).json()
    assert (other["outcome"], "a enregistré « 43 » entre-temps" in other["html"]) == ("question", True)
    again = send(client, site, (visits, 3, "47", 3)).json()
    client.post(address, {"_undo": again["undo"]}, headers=SCRIPT)
    assert list(Value.objects.values_list("value", "version")) == [(43, 5)]


def test_a_gesture_is_not_taken_back_once_its_month_is_closed_nor_by_somebody_else(client, referent, site, visits):
    told = send(client, site, (visits, 3, "43")).json()
    CampaignFactory(site=site, year=2020, month=3, state=CampaignState.CLOSED)
    address = reverse("indicators:grid-cells", args=[site.code, 2020])
    refused = client.post(address, {"_undo": told["undo"]}, headers=SCRIPT)
    assert "mars 2020 a été clos depuis" in refused.json()["sentence"]
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    assert client.post(address, {"_undo": told["undo"]}, headers=SCRIPT).status_code == 422
    assert len(stored()) == 1


def test_what_cannot_be_entered_here_says_why_and_the_rest_waits_for_a_word(client, referent, site, rate, visits):
    collected = followed(site, "Délai calculé", collector="complaints.delay")
    quarterly = followed(site, "Délai des CIV", measure="days", frequency="quarterly")
    split = followed(site, "Courriers répondus")
    AssignmentFactory(indicator=split, unit=ServiceFactory(parent=site), site=site)
    cells = [(one, 2, "12") for one in (visits, collected, quarterly, split)] + [(visits, 3, "lundi 3 mars")]
    answer = send(client, site, *cells)
    html = answer.json()["html"]
    for why in (
        "vous ne saisissez pas cet indicateur",
        "aucun chiffre n’est attendu ce mois-là",
        "plusieurs services saisissent cet indicateur",
    ):
        assert why in html
    code = name_of("word:state:lundi 3 mars")
    sent = send(client, site, *cells, seen="1", **{code: "-"}).json()
    assert sent["sentence"] == "1 valeur enregistrée, 4 laissées de côté."
    assert [row[:3] for row in stored()] == [(2, "measured", Decimal(12))]


@pytest.mark.parametrize("text", ["9870 %", "-3 %"])
def test_a_cell_that_is_impossible_is_refused_with_its_reason(client, referent, site, rate, text):
    answer = send(client, site, (rate, 3, text))
    assert (answer.status_code, answer.json()["outcome"], stored()) == (422, "refused", [])
    assert answer.json()["sentence"] != ""


def test_a_head_of_service_pastes_for_the_own_service_only(client, site, visits):
    service = ServiceFactory(parent=site)
    own = IndicatorFactory(label="Courriels répondus", measure="count", direction="")
    AssignmentFactory(indicator=own, unit=service)
    readings.refresh(own.pk, site.pk, 2020)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    send(client, site, (own, 2, "12"), (visits, 2, "13"), seen="1")
    assert list(Value.objects.values_list("indicator", "unit", "value")) == [(own.pk, service.pk, 12)]


def test_cells_that_are_no_cells_are_refused(client, referent, site):
    address = reverse("indicators:grid-cells", args=[site.code, 2020])
    odd = ("[", "[[1]]", '[["a", 1, "", 0]]', '[[1, 13, "2", 0]]', f'[[{2**63}, 1, "2", 0]]', '[[1e999, 1, "2", 0]]')
    for told in ({"cells": cells} for cells in odd):
        assert client.post(address, told, headers=SCRIPT).status_code == 400
    many = json.dumps([[1, 1, "2", 0]] * 1_201)
    assert client.post(address, {"cells": many}, headers=SCRIPT).status_code == 422


def test_a_fault_of_the_writing_is_not_told_as_cells_that_do_not_read(client, referent, site, rate, monkeypatch):
    def fail(*_args, **_more):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(readings, "refresh_many", fail)
    with pytest.raises(ValueError, match="a fault of ours"):
        send(client, site, (rate, 3, "97 %"))


def first_query_on(table: str, queries) -> int:
    return next(rank for rank, one in enumerate(queries) if f'FROM "{table}"' in one["sql"])


def test_months_are_held_before_values_as_one_entry_does(client, referent, site, visits):
    with CaptureQueriesContext(connection) as queries:
        told = send(client, site, (visits, 3, "43")).json()
    assert first_query_on("indicators_campaign", queries) < first_query_on("indicators_value", queries)
    address = reverse("indicators:grid-cells", args=[site.code, 2020])
    with CaptureQueriesContext(connection) as queries:
        client.post(address, {"_undo": told["undo"]}, headers=SCRIPT)
    assert first_query_on("indicators_campaign", queries) < first_query_on("indicators_value", queries)


def test_an_act_that_wrote_nothing_is_not_taken_back(site):
    with pytest.raises(UserError, match="ce geste n’a rien écrit"):
        values.take_back(uuid4(), site_id=site.pk, year=2020, by=None, reason="Geste annulé")


def test_a_block_costs_the_same_queries_whatever_its_rows(client, referent, site, django_assert_max_num_queries):
    rows = [followed(site, f"Nombre {rank}", measure="count", direction="") for rank in range(3)]
    with django_assert_max_num_queries(40) as first:
        send(client, site, (rows[0], 1, "12"))
    with django_assert_max_num_queries(40) as second:
        send(client, site, *((row, month, "12") for row in rows for month in range(2, 11)))
    assert len(second) - len(first) <= 1
