"""The public holidays that seed the calendar."""

from datetime import date

from core.time.holidays import ZONES, seed

NAMES = {zone.code: sorted(set(seed(zone, [2026]).values())) for zone in ZONES}
NATIONAL = sorted([
    "Armistice 1918", "Ascension", "Assomption", "Fête du Travail", "Fête nationale", "Jour de l’an", "Lundi de Pâques",
    "Lundi de Pentecôte", "Noël", "Toussaint", "Victoire 1945",
])  # fmt: skip
ABOLITION = {
    "mayotte": date(2026, 4, 27), "martinique": date(2026, 5, 22), "guadeloupe": date(2026, 5, 27),
    "saint-martin": date(2026, 5, 28), "guyane": date(2026, 6, 10), "saint-barthelemy": date(2026, 10, 9),
    "la-reunion": date(2026, 12, 20),
}  # fmt: skip


def of(code: str, year: int = 2026) -> dict[date, str]:
    return seed(next(zone for zone in ZONES if zone.code == code), [year])


def test_the_eleven_national_holidays_are_in_every_zone_under_their_french_names():
    assert NAMES["metropole"] == NATIONAL
    assert NAMES["saint-pierre-et-miquelon"] == NATIONAL
    assert [code for code, names in NAMES.items() if not set(NATIONAL) <= set(names)] == []


def test_alsace_moselle_has_two_more():
    assert {day: label for day, label in of("alsace-moselle").items() if label not in NATIONAL} == {
        date(2026, 4, 3): "Vendredi saint",
        date(2026, 12, 26): "Saint-Étienne",
    }


def test_the_abolition_of_slavery_has_its_day_overseas_and_customary_days_are_left_out():
    found = {code: {day: label for day, label in of(code).items() if label not in NATIONAL} for code in ABOLITION}
    assert found == {code: {day: "Abolition de l’esclavage"} for code, day in ABOLITION.items()}


def test_local_days_of_the_pacific_are_marked_to_be_checked():
    for code in ("wallis-et-futuna", "polynesie-francaise", "nouvelle-caledonie"):
        local = [label for label in of(code).values() if label not in NATIONAL]
        assert local
        assert all(label.endswith(" (à vérifier)") for label in local)


def test_two_holidays_on_one_day_are_both_named():
    assert of("saint-martin", 2012)[date(2012, 5, 28)] == "Abolition de l’esclavage, Lundi de Pentecôte"
