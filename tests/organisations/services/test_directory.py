"""Who the words of a cell stand for: the nearest unit, a person, what was chosen before, or nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.enums import Role
from organisations.services.directory import KEEP, directory_of
from tests.organisations.factories import (
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def aix(prefecture):
    return SousPrefectureFactory(code="13-aix", sigle="SP AIX", name="Sous-préfecture d’Aix", parent=prefecture)


def found(site, cell: str, **remembered) -> list[tuple]:
    """Each name of a cell: the code of its unit or the address of its person, its words."""
    directory = directory_of(site, remembered=remembered)
    known = [(directory.values.get(directory.known(piece)), piece) for piece in directory.pieces(cell)]
    return [(getattr(one, "code", "") or getattr(one, "email", ""), piece) for one, piece in known]


@pytest.mark.parametrize("words", ["ACC", "acc", "Accueil général", "ACCUEIL GENERAL", "13-aix-accueil", "Acc."])
def test_a_unit_is_known_by_its_sigle_its_name_or_its_code(aix, words):
    ServiceFactory(parent=aix, code="13-aix-accueil", sigle="ACC", name="Accueil général")
    assert found(aix, words) == [("13-aix-accueil", words)]


def test_of_two_homonyms_the_one_of_the_site_answers(prefecture, aix):
    ServiceFactory(parent=prefecture, code="13-accueil", sigle="ACC", name="Accueil du siège")
    ServiceFactory(parent=aix, code="13-aix-accueil", sigle="ACC", name="Accueil d’Aix")
    assert found(aix, "ACC") == [("13-aix-accueil", "ACC")]
    assert found(prefecture, "ACC") == [("", "ACC")]  # both are below the préfecture: a person decides


def test_units_of_the_whole_prefecture_answer_for_a_sub_prefecture(prefecture, aix):
    ServiceFactory(parent=prefecture, code="13-sidsic", sigle="SIDSIC", name="Informatique")
    assert found(aix, "SIDSIC / SP AIX") == [("13-sidsic", "SIDSIC"), ("13-aix", "SP AIX")]


@pytest.mark.parametrize("words", ["Marie Curie", "CURIE Marie", "marie@example.invalid"])
def test_a_person_is_known_by_name_or_address(aix, words):
    user_with(Role.CONTRIBUTOR, aix, first_name="Marie", last_name="Curie", email="marie@example.invalid")
    assert found(aix, words) == [("marie@example.invalid", words)]


def test_a_person_of_another_prefecture_is_not_known(aix):
    user_with(Role.CONTRIBUTOR, PrefectureFactory(), first_name="Marie", last_name="Curie")
    assert found(aix, "Marie Curie") == [("", "Marie Curie")]


def test_a_name_written_twice_answers_once(aix):
    assert found(aix, "RQ / rq") == [("", "RQ")]


def test_what_a_person_chose_comes_before_what_the_words_say(aix):
    legal = ServiceFactory(parent=aix, code="13-dcl", sigle="DCL", name="Légalité")
    ServiceFactory(parent=aix, code="13-drctaj", sigle="DRCTAJ", name="Ancienne direction")
    assert found(aix, "DRCTAJ", drctaj=f"unit:{legal.pk}") == [("13-dcl", "DRCTAJ")]
    assert found(aix, "DRCTAJ", drctaj="words") == [("", "DRCTAJ")]
    assert found(aix, "DRCTAJ", drctaj="unit:999999") == [("13-drctaj", "DRCTAJ")]


def test_what_was_chosen_to_stay_words_is_known_as_such(aix):
    assert directory_of(aix, remembered={"services": KEEP}).known("services") == KEEP
    assert directory_of(aix, remembered={}).known("services") == ""


def test_rq_is_the_only_referent_of_the_nearest_place(prefecture, aix):
    user_with(Role.QUALITY_REFERENT, prefecture, email="chef-lieu@example.invalid")
    user_with(Role.DEPUTY_REFERENT, prefecture, email="seconde@example.invalid")
    assert found(aix, "RQ / Référente qualité suppléante") == [
        ("chef-lieu@example.invalid", "RQ"),
        ("seconde@example.invalid", "Référente qualité suppléante"),
    ]
    user_with(Role.QUALITY_REFERENT, aix, email="aix@example.invalid")
    assert found(aix, "R.Q.") == [("aix@example.invalid", "R.Q.")]
    assert found(prefecture, "rq") == [("chef-lieu@example.invalid", "rq")]


def test_of_two_referents_a_person_chooses_and_one_who_left_is_none(aix):
    yesterday = timezone.localdate() - timedelta(days=1)
    MembershipFactory(user=UserFactory(), unit=aix, role=Role.QUALITY_REFERENT, valid_until=yesterday)
    assert found(aix, "RQ") == [("", "RQ")]
    for name in ("Un", "Zwei"):
        user_with(Role.QUALITY_REFERENT, aix, last_name=name)
    assert found(aix, "RQ") == [("", "RQ")]


def test_a_unit_called_rq_comes_before_the_role(aix):
    ServiceFactory(parent=aix, code="13-rq", sigle="RQ", name="Mission qualité")
    user_with(Role.QUALITY_REFERENT, aix)
    assert found(aix, "RQ") == [("13-rq", "RQ")]


@pytest.mark.parametrize("size", [1, 3])
def test_a_directory_costs_the_same_queries_whatever_its_size(prefecture, aix, django_assert_num_queries, size):
    for _ in range(size):
        user_with(Role.CONTRIBUTOR, ServiceFactory(parent=aix))
    with django_assert_num_queries(9):
        directory_of(aix, remembered={}).known("Inconnu")
