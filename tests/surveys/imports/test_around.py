"""What stands around the forms: feet of tables, sheets and places of other sites, personal numbers."""

from openpyxl import load_workbook

from tests.organisations.factories import SousPrefectureFactory
from tests.surveys.imports.conftest import COURTESY, answers, asked, fates, left_out, messages, planned

HEAD = ["N°", "Date", "Lieu", COURTESY]
FORM = ["1", "13/09/2021", "", "Satisfait"]
FEET = [["Total", "", "", "1 réponse"], ["Très satisfait", "", "", "0"], ["Taux", "", "", "0,5"]]


def test_totals_and_rates_under_the_forms_are_left_out_and_said(campaign, write):
    plan = planned(campaign, write(HEAD, FORM, [], *FEET))
    assert (messages(plan.errors), asked(plan), fates(plan)) == ([], [], ["created"])
    assert left_out(plan) == {"ligne de total", "pied du tableau : total, effectif ou taux"}


def test_a_legend_under_the_forms_is_no_form(campaign, write):
    plan = planned(campaign, write(HEAD, [*FORM[:3], "4"], [], ["1 = très satisfait, 4 = pas du tout satisfait"]))
    assert (messages(plan.errors), asked(plan), answers(plan)) == ([], [], [{"courtoisie": "very_dissatisfied"}])
    assert left_out(plan) == set()


def test_two_columns_that_say_when_a_form_was_sent_are_asked(campaign, write):
    path = write(["N°", "Submitted on", "Submitted at", COURTESY], ["1", "13/09/2021", "14/09/2021", "Satisfait"])
    assert {"role:Feuille 1:B", "role:Feuille 1:C"} <= set(asked(planned(campaign, path)))


def test_of_two_sheets_named_as_sites_only_ones_own_is_read_without_asking(campaign, write_xlsx):
    SousPrefectureFactory(name="Sous-préfecture d’Arles")
    campaign.site.name = "Sous-préfecture d’Aix-en-Provence"
    campaign.site.save()
    path = write_xlsx(HEAD, FORM, sheet="Aix")
    workbook = load_workbook(path)
    other = workbook.create_sheet("Arles")
    other.append(HEAD)
    other.append(["1", "14/09/2021", "", "Peu satisfait"])
    workbook.save(path)
    plan = planned(campaign, path)
    assert (asked(plan), fates(plan)) == (["sheet:Arles"], ["created", "asked"])
    plan = planned(campaign, path, {"sheet:Arles": "no"})
    assert (asked(plan), answers(plan)) == ([], [{"courtoisie": "satisfied"}])


def test_a_place_named_as_another_site_is_asked_and_a_new_one_is_told(campaign, write):
    SousPrefectureFactory(name="Sous-préfecture d’Arles")
    plan = planned(campaign, write(HEAD, [*FORM[:2], "Arles", "Satisfait"], ["2", "13/09/2021", "Hall B", "Satisfait"]))
    assert asked(plan) == ["word:lieu:arles"]
    assert messages(plan.warnings) == ["C3 Le lieu « Hall B » n’est pas connu sur ce site : il sera créé."]


def test_a_telephone_is_neither_a_number_of_form_nor_kept(campaign, write):
    rows = [[str(n), f"06 01 02 03 0{n}", "13/09/2021", "Satisfait"] for n in (1, 2)]
    plan = planned(campaign, write(["N°", "N° de portable", "Date", COURTESY], *rows))
    assert (asked(plan), [form["number"] for form in plan.reading["forms"]]) == ([], ["1", "2"])
    plan = planned(campaign, write(["Identifiant", "Date", COURTESY], *(row[1:] for row in rows)))
    assert [form["number"] for form in plan.reading["forms"]] == ["", ""]
    assert left_out(plan) == {"donnée personnelle, ni lue ni gardée"}
