"""Which indicator each row is, what recording it would change, and what is asked before."""

from decimal import Decimal

import pytest

from core.importing.lines import Fate
from core.sheets.reading.bounded import read
from core.sheets.reading.model import Workbook
from indicators.exports import grid as exported
from indicators.imports.gridfile import GridFile
from indicators.models import GridImport, Reading, RowMatch, Target
from indicators.services import grids, values
from indicators.services.values import EntryCell, Figure
from organisations.enums import Role
from tests.core.page_checks import downloaded
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory
from tests.indicators.imports.grids import (
    CALLS,
    DAYS,
    DELAY,
    MONTHS,
    RATES,
    VISITS,
    asked,
    full,
    months,
    planned,
    sheet,
    simple,
    workbook,
)
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
HEADS = ["Famille", "Indicateur", "Engagement", "N-1", "Objectif", *MONTHS, "Moyenne", "Commentaires"]


def fates(plan):
    return {line.label: line.fate for line in plan.lines}


def written(site, plan, year=2023):
    grids.write(site, year, [line.content for line in plan.kept], by=None, reason="Import")


def test_columns_in_another_order_with_titles_and_families(site):
    rows = [
        ["Préfecture de l'Exemple"],
        [None, "Suivi des indicateurs qualité, année 2023"],
        [],
        ["Commentaires", "Cible", *MONTHS, "Moyenne annuelle", "Libellé", "Eng.", "Thème", "Résultat 2022"],
        ["Bien en mars", "≥ 92 %", *RATES, 0.95, CALLS, 10, "Téléphone", "88 %"],
    ]
    entry = planned(site, rows).lines[0].content
    assert (entry.indicator.code, entry.family, entry.engagement, entry.comment_month) == (
        "appels",
        "Téléphone",
        "E10",
        "mars",
    )
    assert (entry.target_text, entry.past_text, entry.mean_note) == ("≥\u202f92\u202f%", "88\u202f%", "")


def test_bare_words_name_the_families_and_totals_and_notes_are_left_out(site):
    rows = simple(
        ["Accueil"],
        [CALLS, *RATES],
        [],
        ["Divers"],
        ["Nombre de tablettes", *[5] * 12],
        ["Total", *[9] * 12],
        ["* hors Covid"],
    )
    plan = planned(site, rows)
    assert [(line.label, line.content.family) for line in plan.kept] == [
        (CALLS, "Accueil"),
        ("Nombre de tablettes", "Divers"),
    ]
    assert (fates(plan)["Total"], fates(plan)["* hors Covid"]) == (Fate.LEFT_OUT, Fate.LEFT_OUT)


@pytest.mark.parametrize(
    ("label", "value", "measure"),
    [
        ("Taux de satisfaction du guichet", "80 %", "rate"),
        ("Délai d’instruction", 3, "days"),
        ("Visites du hall", 250, "count"),
        ("Dossiers complets", 0.45, "rate"),
    ],
)
def test_an_unknown_indicator_is_created_with_its_unit(site, label, value, measure):
    plan = planned(site, simple([label, *[value] * 12]))
    assert (asked(plan), plan.lines[0].content.measure) == ([], measure)
    assert plan.lines[0].changes[0].label == "nouvel indicateur"


def test_a_delay_is_never_taken_for_a_rate(site):
    IndicatorFactory(code="reponse", label="Taux de réponse aux courriels", measure="rate")
    plan = planned(site, simple(["Délai de réponse aux courriels", *[3] * 12]))
    assert plan.lines[0].content.indicator is None


def test_opposite_words_are_not_the_same_indicator(site):
    assert planned(site, simple(["Taux d’appels perdus", *[0.01] * 12])).lines[0].content.indicator is None
    assert planned(site, simple(["Taux d’appels non aboutis", *[0.1] * 12])).lines[0].content.indicator is None


def test_a_label_that_nearly_fits_is_asked_about_and_the_answer_is_followed(site):
    rows = simple(["Part des appels téléphoniques pris", *RATES])
    plan = planned(site, rows, answers={"row:|part des appels telephoniques pris|": "appels"})
    assert plan.lines[0].content.indicator.code == "appels"
    aside = planned(site, rows, answers={"row:|part des appels telephoniques pris|": "-"})
    assert (fates(aside), aside.accounts.reasons["ligne laissée de côté (choisi)"]) == (
        {"Part des appels téléphoniques pris": "left_out"},
        12,
    )


def test_rows_told_apart_by_a_place_are_all_asked_about(site):
    plan = planned(site, simple([f"{CALLS} - Arles", *RATES], [f"{CALLS} - Préfecture", *RATES]))
    assert asked(plan) == ["row:|taux d appels aboutis arles|", "row:|taux d appels aboutis prefecture|"]


def test_two_rows_for_one_indicator_are_asked_about_and_leaving_either_aside_is_enough(site):
    rows = simple([CALLS, *RATES], ["taux d’appels  ABOUTIS", *[0.5] * 12])
    plan = planned(site, rows)
    codes = asked(plan)
    assert codes == ["row:|taux d appels aboutis||1/2", "row:|taux d appels aboutis||2/2"]
    for kept, left, value in ((0, 1, 0.952), (1, 0, 0.5)):
        answered = planned(site, rows, answers={codes[kept]: "appels", codes[left]: "-"})
        assert (asked(answered), answered.errors, answered.reading["values"][0]["value"]) == ([], [], value)
    both = planned(site, rows, answers=dict.fromkeys(codes, "appels"))
    assert ["est choisi pour plusieurs lignes : 2 et 3" in problem.message for problem in both.errors] == [True]


def test_a_looser_label_gives_way_to_the_very_words(site):
    plan = planned(site, simple(["Taux des appels aboutis au standard", *[0.8] * 12], [CALLS, *RATES]))
    assert fates(plan)[CALLS] == Fate.CREATED
    assert asked(plan) in ([], ["row:|taux des appels aboutis au standard|"])


def test_what_was_chosen_before_answers_were_kept_by_headings_is_still_found(site):
    RowMatch.objects.create(site=site, key="|appels pris|", indicator=IndicatorFactory(code="pris", label="Décrochés"))
    RowMatch.objects.create(site=site, key="|divers|", indicator=None)
    plan = planned(site, simple(["Appels pris", *RATES], ["Divers", *[3] * 12]))
    assert [line.content.indicator and line.content.indicator.code for line in plan.lines] == ["pris", None]
    assert fates(plan)["Divers"] == Fate.CREATED


def test_the_mean_that_a_file_prints_is_compared_and_not_recorded(site):
    rows = [HEADS, ["", DELAY, "", "", "", *[6] * 12, 6.0, ""], ["", CALLS, "", "", "", *RATES, 0.5, ""]]
    plan = planned(site, rows)
    notes = [line.content.mean_note for line in plan.lines]
    assert notes == ["", "Le fichier imprime « 0,5 » (R3) ; nous lisons 95,2\u202f%."]
    assert plan.accounts.reasons["moyenne ou total de l’année : comparé, non repris"] == 2


def test_a_comment_in_the_column_of_the_mean_is_still_a_comment(site):
    rows = [HEADS, ["", CALLS, "", "", "", *RATES, "Panne du standard en mars", 0.95]]
    assert planned(site, rows).lines[0].content.comment_month == "mars"


def test_recorded_then_sent_again_nothing_changes(site):
    rows = [
        HEADS,
        ["", CALLS, "E10", 0.88, "92 %", *RATES, 0.95, "Panne en mars"],
        ["", VISITS, "", "79/mois", "", *[5] * 12, "", ""],
    ]
    first = planned(site, rows)
    assert first.counts == {"created": 24, "changed": 0, "unchanged": 0}
    written(site, first)
    again = planned(site, rows)
    assert (again.counts, again.changes_nothing) == ({"created": 0, "changed": 0, "unchanged": 24}, True)


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_a_grid_that_we_exported_comes_back_without_a_change(site, form, tmp_path):
    rows = [
        HEADS,
        ["", CALLS, "E10", 0.881, "92 %", *RATES, 0.95, "Panne en mars"],
        ["", DELAY, "", 7, "< 9 jours", *DAYS, "", ""],
    ]
    written(site, planned(site, rows))
    indicator = planned(site, rows).lines[0].content.indicator
    values.enter(
        EntryCell(indicator, site.pk, site.pk, 2023, 1),
        Figure(numerator=1837, denominator=1868, comment="Forte affluence"),
        by=None,
        confirmed=True,
    )
    values.enter(EntryCell(indicator, site.pk, site.pk, 2023, 2), Figure(state="suspended", reason="grève"), by=None)
    readings = list(Reading.objects.for_dashboard(site.pk, 2023))
    answer = exported.respond(form, readings, site=site, year=2023)
    path = tmp_path / f"grille.{form}"
    path.write_bytes(downloaded(answer))
    plan = planned(site, read(path, name=path.name))
    assert ([str(change) for line in plan.lines for change in line.changes], plan.changes_nothing) == ([], True)
    assert asked(plan) == []


def test_a_value_that_changes_shows_what_it_was_and_a_blank_erases_nothing(site):
    written(site, planned(site, simple([CALLS, *RATES])))
    plan = planned(site, simple([CALLS, 0.5, *[None] * 11]))
    assert [(str(change), change.place.cell) for change in plan.lines[0].changes] == [
        ("janvier : 95,2\u202f% → 50\u202f%", "B2")
    ]
    assert plan.counts == {"created": 0, "changed": 1, "unchanged": 0}


def test_counts_typed_before_are_kept_when_the_rate_reads_the_same(site):
    written(site, planned(site, simple([CALLS, *RATES])))
    indicator = planned(site, simple([CALLS, *RATES])).lines[0].content.indicator
    values.enter(
        EntryCell(indicator, site.pk, site.pk, 2023, 1),
        Figure(numerator=1837, denominator=1868),
        by=None,
        confirmed=True,
    )
    assert planned(site, simple([CALLS, "98,3 %", *RATES[1:]])).changes_nothing
    assert not planned(site, simple([CALLS, "98,4 %", *RATES[1:]])).changes_nothing


def test_targets_and_past_results_that_change_are_changes_of_their_own(site):
    rows = [["Indicateur", "Objectif", "N-1", *MONTHS], [CALLS, "95 %", "85 %", *RATES]]
    written(site, planned(site, simple([CALLS, *RATES])))
    plan = planned(site, rows)
    assert [str(change) for change in plan.lines[0].changes] == [
        "cible : ≥\u202f90\u202f% → ≥\u202f95\u202f%",
        "résultat N-1 : 85\u202f%",
    ]
    assert (plan.changes_nothing, plan.other_changes, plan.is_ready) == (False, 2, True)
    written(site, plan)
    assert Target.objects.get(site=site).value == Decimal("0.95")
    assert planned(site, rows).changes_nothing


def test_several_services_that_enter_an_indicator_are_asked_about(site):
    indicator = planned(site, simple([CALLS, *RATES])).lines[0].content.indicator
    services = [ServiceFactory(parent=site) for _ in range(2)]
    for service in services:
        AssignmentFactory(indicator=indicator, site=site, unit=service)
    plan = planned(site, simple([CALLS, *RATES]))
    assert asked(plan) == ["unit:|taux d appels aboutis|"]
    chosen = planned(site, simple([CALLS, *RATES]), answers={asked(plan)[0]: str(services[1].pk)})
    assert chosen.lines[0].content.unit_id == services[1].pk


def test_closed_months_need_one_reason_or_are_left_alone(site):
    CampaignFactory(site=site, year=2023, month=2, state="closed")
    plan = planned(site, simple([CALLS, *RATES]))
    assert [(ask.code, "février" in ask.question) for ask in plan.open_asks] == [("file:amendment", True)]
    given = planned(site, simple([CALLS, *RATES]), answers={"file:amendment": "Erreur de relevé"})
    assert given.extra["amendment_reason"] == "Erreur de relevé"
    left = planned(site, simple([CALLS, *RATES]), answers={"file:amendment": "-"})
    assert (left.extra["amendment_reason"], left.counts["created"], 2 in months(left, CALLS)) == ("", 11, False)


def test_planning_asks_the_database_as_often_for_one_row_as_for_many(site, django_assert_num_queries):
    for count in (1, 60):
        rows = simple(*([f"Nombre de visites {number}", *[5] * 12] for number in range(count)))
        with django_assert_num_queries(12):
            planned(site, rows)


def test_a_list_of_a_thousand_rows_is_no_grid(site):
    rows = simple(*([f"Indicateur n° {number}", 5] for number in range(1001)))
    plan = planned(site, rows)
    assert ["Le tableau compte 1001 lignes" in problem.message for problem in plan.errors] == [True]
    assert plan.lines == []


def test_answers_are_remembered_for_the_headings_and_not_for_bare_words(site):
    one = planned(site, simple([CALLS, *RATES])).layout.signature
    assert one == planned(site, simple([DELAY, *DAYS], [CALLS, *RATES])).layout.signature
    assert one != planned(site, [["Indicateur", "Mesure", *MONTHS], [CALLS, "Taux", *RATES]]).layout.signature


def test_the_declaration_says_where_it_stands(site):
    record = GridImport(site=site, year=2023)
    assert (GridFile.scope_key(record), GridFile.place(record)) == ("essai", "Préfecture d’essai, 2023")
    may = [GridFile.may_use(user_with(role, site), record) for role in (Role.QUALITY_REFERENT, Role.AUDITOR)]
    assert may == [True, False]
    assert isinstance(workbook(sheet([])), Workbook)
    assert full([1]) == {1: 1}
