"""How a deadline and its responsibles look in a cell."""

from datetime import date

import pytest

from actions.tables import cells
from core.time.fuzzy_dates import FuzzyDate, parse
from tests.actions.factories import ActionFactory, ActionResponsibleFactory
from tests.organisations.factories import ServiceFactory, UserFactory

WRITTEN = date(2015, 10, 16)


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("15/11/15", ""),
        ("15/11/2015", ""),
        ("déjà fait", ""),
        ("dès que possible", ""),
        ("", ""),
        ("1er trim. 2016", "du 01/01/2016 au 31/03/2016"),
        ("15 novembre 2015", "le 15/11/2015"),
        ("avant le 15/03/2016", "au plus tard le 15/03/2016"),
    ],
)
def test_what_was_understood_is_told_where_the_words_do_not_say_it(words, understood):
    assert cells.understood_words(parse(words, written_on=WRITTEN)) == understood


def test_words_nobody_understood_ask_to_be_made_precise():
    assert cells.understood_words(FuzzyDate.stored("bientôt", None, None)) == "bientôt (à préciser)"


def test_a_deadline_is_its_words_then_what_was_understood():
    assert cells.deadline_html(parse("T4 2021", written_on=WRITTEN)) == (
        'T4 2021<span class="qp-under">du 01/10/2021 au 31/12/2021</span>'
    )
    assert cells.deadline_html(FuzzyDate()) == '<span class="qp-muted">sans échéance</span>'


@pytest.mark.django_db
def test_units_people_and_words_are_told_apart():
    action = ActionFactory()
    assert cells.responsibles_html(action) == '<span class="qp-muted">sans responsable</span>'
    ActionResponsibleFactory(action=action, unit=ServiceFactory(sigle="BRH", name="Ressources humaines"), position=0)
    ActionResponsibleFactory(
        action=action, unit=None, user=UserFactory(first_name="Ana", last_name="Petit"), position=1
    )
    ActionResponsibleFactory(action=action, unit=None, words="<Référent>", position=2)
    assert cells.responsibles_html(action) == (
        '<abbr title="Ressources humaines">BRH</abbr>, Ana Petit, <em>&lt;Référent&gt;</em>'
    )
    assert cells.responsibles_text(action) == "BRH, Ana Petit, <Référent>"
