"""Words are found and sorted as French people read them, on both databases."""

import unicodedata

import pytest
from django.db.models import F
from django.db.models.functions import Collate

from core.base.french import FRENCH, Folded, folded, sort_key
from core.models import HolidayZone

WORDS = [
    "Évry",
    "œuvres",
    "Étampes",
    "accueil bis",
    "Île",
    "Zone B",
    "d’été",
    "Accueil",
    "accueil",
    "evry 2",
    "à",
    "10",
]
IN_ORDER = [
    "10",
    "à",
    "accueil",
    "Accueil",
    "accueil bis",
    "d’été",
    "Étampes",
    "Évry",
    "evry 2",
    "Île",
    "œuvres",
    "Zone B",
]
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def zones():
    HolidayZone.objects.all().delete()
    return HolidayZone.objects.bulk_create(HolidayZone(code=str(n), name=word) for n, word in enumerate(WORDS))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("etampes", "Étampes"),
        ("ÉTAMPES", "Étampes"),
        (unicodedata.normalize("NFD", "étampes"), "Étampes"),
        ("oeuvres", "œuvres"),
        ("Œuvre", "œuvres"),
        ("d'ete", "d’été"),
        ("d’été", "d’été"),
        ("ile", "Île"),
    ],
)
def test_a_word_is_found_however_it_is_typed(zones, typed, shown):
    assert [zone.name for zone in HolidayZone.objects.filter(name__folded__contains=folded(typed))] == [shown]


def test_a_word_kept_decomposed_is_found_composed(zones):
    HolidayZone.objects.create(code="nfd", name=unicodedata.normalize("NFD", "Réclamation"))
    assert HolidayZone.objects.filter(name__folded__contains=folded("réclamation")).count() == 1


def test_the_database_folds_as_the_code_does(zones):
    in_database = HolidayZone.objects.annotate(plain=Folded(F("name"))).values_list("name", "plain")
    assert dict(in_database) == {word: folded(word) for word in WORDS}


def test_words_stand_in_the_order_of_the_dictionary(zones):
    rows = HolidayZone.objects.order_by(Collate("name", FRENCH))
    assert [row.name for row in rows] == IN_ORDER
    assert sorted(WORDS, key=sort_key) == IN_ORDER
