"""Who answers for an action: each once, all of the préfecture."""

from types import SimpleNamespace

import pytest

from actions.rules.responsibles import Responsible, cleaned, refuse_outside
from core.base.errors import UserError

BRH = SimpleNamespace(pk=1, sigle="BRH", name="Ressources humaines")
COURRIER = SimpleNamespace(pk=2, sigle="", name="Courrier")


class Person(SimpleNamespace):
    def __str__(self):
        return "Anne Dupont"


ANNE = Person(pk=1)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], []),
        ([Responsible(), Responsible(words="  ")], []),
        ([Responsible(words=" tous  les services ")], [Responsible(words="tous  les services")]),
        ([Responsible(words="Tous"), Responsible(words="tous")], [Responsible(words="Tous")]),
        (
            [Responsible(unit=BRH, words="BRH"), Responsible(unit=COURRIER), Responsible(unit=BRH)],
            [Responsible(unit=BRH, words="BRH"), Responsible(unit=COURRIER)],
        ),
        (
            [Responsible(unit=BRH), Responsible(user=ANNE), Responsible(unit=BRH, user=ANNE)],
            [Responsible(unit=BRH), Responsible(user=ANNE)],
        ),
        (
            [Responsible(unit=BRH), Responsible(unit=BRH, user=ANNE)],
            [Responsible(unit=BRH), Responsible(user=ANNE)],
        ),
        ([Responsible(unit=BRH), Responsible(words="BRH")], [Responsible(unit=BRH), Responsible(words="BRH")]),
    ],
)
def test_each_responsible_is_kept_once_in_the_order_given(given, kept):
    assert cleaned(given) == kept


@pytest.mark.parametrize(
    ("one", "label"),
    [
        (Responsible(unit=BRH, words="B.R.H."), "BRH"),
        (Responsible(unit=COURRIER), "Courrier"),
        (Responsible(user=ANNE), "Anne Dupont"),
        (Responsible(words="correspondants"), "correspondants"),
    ],
)
def test_a_responsible_is_named_by_sigle_name_person_or_words(one, label):
    assert one.label == label


@pytest.mark.parametrize(
    ("one", "stranger"),
    [
        (Responsible(unit=COURRIER), "Courrier"),
        (Responsible(user=Person(pk=9)), "Anne Dupont"),
        (Responsible(unit=BRH, user=Person(pk=9)), "BRH"),
    ],
)
def test_a_stranger_is_refused_by_name(one, stranger):
    with pytest.raises(UserError) as refused:
        refuse_outside([Responsible(words="tous"), one], unit_ids={1}, user_ids={1}, prefecture="Aisne")
    assert str(refused.value) == (
        f"« {stranger} » n’est pas de « Aisne » : choisissez un responsable de cette préfecture."
    )
    assert refused.value.field == "responsibles"


def test_units_and_people_of_the_prefecture_and_words_are_accepted():
    given = [Responsible(unit=BRH, user=ANNE), Responsible(words="tous")]
    refuse_outside(given, unit_ids={1}, user_ids={1}, prefecture="Aisne")
