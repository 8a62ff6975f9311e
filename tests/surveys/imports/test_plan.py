"""What a file becomes: exports of each tool and layout, what is asked, what is refused and where."""

from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from surveys.enums import CampaignState
from surveys.models import Response
from tests.surveys.factories import PlaceFactory, ResponseFactory, ScenarioFactory
from tests.surveys.imports.conftest import COURTESY, WAITING, answers, asked, fates, left_out, messages, planned

HEAD = ["N°", "Date", COURTESY, WAITING]
DAY = "13/09/2021"


def lines(*pairs):
    return [[str(number), DAY, *pair] for number, pair in enumerate(pairs, start=1)]


class TestTools:
    def test_limesurvey_with_words_leaves_what_was_not_sent_and_the_address_of_the_machine(self, campaign, write):
        head = ["id. ID de la réponse", "submitdate. Date de soumission", "lastpage. Dernière page",
                "startlanguage. Langue de départ", "ipaddr. Adresse IP", f"SAT[SQ001]. Satisfait de… [{COURTESY}]",
                "SUG. Avez-vous des suggestions pour améliorer notre accueil ?"]  # fmt: skip
        plan = planned(campaign, write(
            head, ["1", "2021-09-01 10:22:31", "3", "en", "10.1.2.3", "Très satisfait(e)", "Merci,\nrien à dire"],
            ["2", "", "1", "fr", "10.1.2.4", "Satisfait(e)", ""], sep=",",
        ))  # fmt: skip
        assert (plan.errors, asked(plan), fates(plan)) == ([], [], ["created", "left_out"])
        assert answers(plan) == [{"courtoisie": "very_satisfied", "suggestions": "Merci,\nrien à dire"}]
        assert (plan.lines[0].content.read.day, plan.lines[0].content.read.language) == (date(2021, 9, 1), "en")
        assert left_out(plan) == {
            "colonne technique", "donnée personnelle, ni lue ni gardée", "formulaire commencé et non envoyé",
        }  # fmt: skip

    def test_limesurvey_with_codes_asks_the_columns_in_order_then_the_scale_once(self, campaign, write):
        path = write(
            ["id", "submitdate", *[f"A1[SQ{rank:03}]" for rank in range(1, 16)]],
            ["1", "2021-09-01 10:22:31", *["A1"] * 10, "A4", *["A2"] * 4],
        )
        plan = planned(campaign, path)
        assert [ask.proposed for ask in plan.open_asks][:2] == ["courtoisie", "disponibilite"]
        roles = {ask.code: ask.proposed for ask in plan.open_asks}
        assert asked(planned(campaign, path, roles)) == ["scale:échelle de codes"]
        plan = planned(campaign, path, roles | {"scale:échelle de codes": "1-4-"})
        assert (asked(plan), fates(plan)) == ([], ["created"])
        assert (answers(plan)[0]["courtoisie"], answers(plan)[0]["attente"]) == ("very_satisfied", "very_dissatisfied")

    def test_framaforms_gives_the_day_on_which_a_form_was_sent(self, campaign, write):
        head = ["Numéro", "Soumis le", "Temps de finalisation", "Modifié le", "Brouillon", COURTESY]
        plan = planned(campaign, write(head, ["1", *["13/09/2021 - 10:32"] * 3, "0", "Satisfait(e)"]))
        assert (asked(plan), answers(plan)) == ([], [{"courtoisie": "satisfied"}])
        assert plan.reading["forms"][0]["answered_on"] == "2021-09-13"

    def test_a_scale_told_between_brackets_names_no_question(self, campaign, write):
        head = ["Soumis le", f"{COURTESY} [1 très satisfait - 4 pas du tout satisfait]"]
        plan = planned(campaign, write(head, [DAY, "1"], [DAY, "4"]))
        assert (asked(plan), answers(plan)) == (
            [], [{"courtoisie": "very_satisfied"}, {"courtoisie": "very_dissatisfied"}],
        )  # fmt: skip

    def test_google_forms_of_an_american_account_is_read_by_its_days_over_12(self, campaign, write):
        head = ["Horodateur", f"Votre satisfaction [{COURTESY}]"]
        path = write(head, ["09/12/2021 10:32:45", "Satisfait"], ["09/25/2021 8:01:02", "Satisfait"], sep=",")
        plan = planned(campaign, path)
        assert [form["answered_on"] for form in plan.reading["forms"]] == ["2021-09-12", "2021-09-25"]

    def test_days_that_may_be_read_both_ways_are_asked_once(self, campaign, write):
        path = write(["Horodateur", COURTESY], ["09/10/2021 10:32:45 AM", "Satisfait"], ["10/11/2021", "Satisfait"])
        plan = planned(campaign, path)
        assert (asked(plan), fates(plan)) == (["set:Feuille 1:A:dates"], ["asked", "asked"])
        plan = planned(campaign, path, {"set:Feuille 1:A:dates": "mdy"})
        assert [form["answered_on"] for form in plan.reading["forms"]] == ["2021-09-10", "2021-10-11"]

    def test_microsoft_forms_is_dated_by_its_end_and_keeps_nobody(self, campaign, write):
        head = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", COURTESY]
        head += ["Points - la courtoisie", "Par quels moyens nous avez-vous contactés ?", "Suggestions"]
        line = ["1", "13/09/2021 10:00", "14/09/2021 10:04", "a@b.invalid", "Jean DUPONT", "Satisfait"]
        plan = planned(campaign, write(head, [*line, "", "Guichet;", "RAS"]))
        assert (plan.errors, asked(plan)) == ([], [])
        assert [form["answered_on"] for form in plan.reading["forms"]] == ["2021-09-14"]
        assert left_out(plan) == {
            "colonne technique", "colonne vide", "donnée personnelle, ni lue ni gardée",
            "question qui n’est pas dans le questionnaire",
        }  # fmt: skip

    def test_the_columns_of_framaforms_and_sphinx_are_known(self, campaign, write):
        head = ["Numéro de série", "SID", "Heure de soumission", "Heure de fin", "Brouillon", "UID", COURTESY]
        line = ["1", "9", "13/09/2021 - 10:00", "13/09/2021 - 10:00", "", "0", "Satisfait"]
        plan = planned(campaign, write(head, line))
        assert (asked(plan), fates(plan), plan.errors) == ([], ["created"], [])
        head = ["N° observation", "DATE_SAISIE", "DATE_ENREG", "TEMPS_SAISIE", "APPAREIL_SAISIE", COURTESY]
        line = ["1", "13/09/2021 10:00", "13/09/2021 10:02", "120", "Mobile", "Satisfait"]
        plan = planned(campaign, write(head, line))
        assert (asked(plan), fates(plan), plan.errors) == ([], ["created"], [])


class TestScales:
    def test_four_levels_of_another_wording_are_read_by_their_order(self, campaign, write):
        path = write(HEAD, *lines(["Insatisfait", "Très insatisfait"], ["Très satisfait", "Satisfait"]))
        assert answers(planned(campaign, path)) == [
            {"courtoisie": "dissatisfied", "attente": "very_dissatisfied"},
            {"courtoisie": "very_satisfied", "attente": "satisfied"},
        ]

    def test_a_scale_with_one_more_level_is_asked_as_a_whole_once_for_all_its_criteria(self, campaign, write):
        path = write(HEAD, *lines(["Très satisfait", "Moyen, sans plus"], ["Satisfait", "Très satisfait"]))
        plan = planned(campaign, path)
        kind = "word:échelle de satisfaction:"
        assert asked(plan) == [f"{kind}tres satisfait", f"{kind}moyen sans plus", f"{kind}satisfait"]
        assert [ask.proposed for ask in plan.open_asks] == ["very_satisfied", "", "satisfied"]
        chosen = {"tres satisfait": "very_satisfied", "moyen sans plus": "-", "satisfait": "satisfied"}
        given = {f"{kind}{words}": answer for words, answer in chosen.items()}
        assert answers(planned(campaign, path, given)) == [
            {"courtoisie": "very_satisfied"}, {"courtoisie": "satisfied", "attente": "very_satisfied"},
        ]  # fmt: skip

    def test_marks_of_five_levels_follow_the_direction_of_the_heading_and_each_level_is_asked(self, campaign, write):
        head = ["N°", "Date", f"{COURTESY} (de 1 pas du tout à 5 tout à fait)"]
        plan = planned(campaign, write(head, ["1", DAY, "5"], ["2", DAY, "3"], ["3", DAY, "1"]))
        assert [ask.value for ask in plan.all_asks if ask.code.startswith("scale:")] == ["1-5+"]
        assert [(one.text, one.proposed) for one in plan.open_asks] == [
            ("5", "very_satisfied"), ("3", ""), ("1", "very_dissatisfied"),
        ]  # fmt: skip

    @pytest.mark.parametrize("legend", ["Notes : 4 = très satisfait … 1 = pas du tout satisfait", ""])
    def test_a_legend_over_the_table_or_in_the_headings_tells_the_direction(self, campaign, write, legend):
        aside = "" if legend else " (1 = pas du tout satisfait, 4 = très satisfait)"
        head = ["N°", "Date", COURTESY + aside, WAITING + aside]
        path = write(*([[legend]] if legend else []), head, *lines(["4", "3"], ["1", "2"]))
        plan = planned(campaign, path)
        assert (asked(plan), plan.accounts.counts["left_out"]) == ([], 0)
        assert answers(plan) == [
            {"courtoisie": "very_satisfied", "attente": "satisfied"},
            {"courtoisie": "very_dissatisfied", "attente": "dissatisfied"},
        ]

    def test_a_mark_told_to_be_no_level_is_not_concerned(self, campaign, write):
        aside = " (1 très satisfait … 4 pas du tout satisfait, 5 non concerné)"
        plan = planned(campaign, write(["N°", "Date", COURTESY, WAITING + aside], *lines(["Satisfait", "5"])))
        assert (asked(plan), answers(plan)) == ([], [{"courtoisie": "satisfied", "attente": "na"}])

    def test_headings_that_tell_one_end_are_two_scales_each_with_its_direction_proposed(self, campaign, write):
        head = ["N°", "Date", f"{COURTESY} (4 = très satisfait)", f"{WAITING} (1 = très satisfait)"]
        plan = planned(campaign, write(head, *lines(["4", "1"], ["3", "4"])))
        assert [(ask.code, ask.proposed) for ask in plan.open_asks] == [
            ("scale:échelle de notes", "1-4+"), ("scale:échelle de notes (2)", "1-4-"),
        ]  # fmt: skip

    def test_words_that_say_nobody_answered_ask_nothing(self, campaign, write):
        path = write(HEAD, *lines(["Satisfait", "Sans réponse"], ["(vide)", "Peu satisfait"], ["NR", "Satisfait"]))
        assert (asked(planned(campaign, path)), answers(planned(campaign, path))) == (
            [], [{"courtoisie": "satisfied"}, {"attente": "dissatisfied"}, {"attente": "satisfied"}],
        )  # fmt: skip

    def test_a_heading_of_another_year_is_asked(self, campaign, write):
        head = ["N°", "Date", f"{COURTESY} (2019)", f"{WAITING} (2021)"]
        assert asked(planned(campaign, write(head, *lines(["Satisfait", "Satisfait"])))) == ["role:Feuille 1:C"]

    def test_numbers_of_answers_under_each_level_are_refused(self, campaign, write):
        path = write(["N°", "Date", f"{COURTESY} [Très satisfait]", f"{COURTESY} [Satisfait]"], *lines(["3", "5"]))
        (told,) = messages(planned(campaign, path).errors)
        assert told.startswith("C2 Ce tableau compte déjà les réponses")

    def test_a_stranger_beside_the_four_levels_is_asked_alone(self, campaign, write):
        words = ["Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait", "Non utilisé"]
        plan = planned(campaign, write(HEAD, *lines(*([word, "Satisfait"] for word in words))))
        assert asked(plan) == ["word:échelle de satisfaction:non utilise"]

    def test_words_beside_marks_are_no_counts(self, campaign, write):
        path = write(HEAD, *lines(["Très satisfait", "4"], ["Satisfait", "3"], ["Très satisfait", "1"]))
        assert (messages(planned(campaign, path).errors), asked(planned(campaign, path))) == (
            [], ["scale:échelle de notes"],
        )  # fmt: skip

    def test_marks_of_four_levels_need_their_direction_only(self, campaign, write):
        path = write(HEAD, *lines(["4", "3"], ["1", "Non concerné"]))
        assert asked(planned(campaign, path)) == ["scale:échelle de notes"]
        assert answers(planned(campaign, path, {"scale:échelle de notes": "1-4+"})) == [
            {"courtoisie": "very_satisfied", "attente": "satisfied"},
            {"courtoisie": "very_dissatisfied", "attente": "na"},
        ]

    def test_a_code_past_the_last_level_is_never_taken_for_not_concerned(self, campaign, write):
        plan = planned(campaign, write(HEAD, *lines(["1", "5"])), {"scale:échelle de notes": "1-4-"})
        assert (asked(plan), answers(plan)) == (["word:échelle de notes:5"], [{"courtoisie": "very_satisfied"}])

    @pytest.mark.parametrize("values", [("😀", "☹"), ("Oui", "Non"), ("Tout à fait d’accord", "Pas d’accord")])
    def test_other_writings_are_asked_word_by_word(self, campaign, write, values):
        plan = planned(campaign, write(HEAD, *lines(values)))
        assert (len(plan.open_asks), answers(plan)) == (2, [{}])

    def test_several_answers_to_a_question_that_takes_one_are_asked(self, campaign, write):
        head = ["N°", "Date", "Pour quelle raison êtes-vous venu ?", COURTESY]
        plan = planned(campaign, write(head, ["1", DAY, "Une demande de renseignement;Un rendez-vous;", "Satisfait"]))
        assert (len(plan.open_asks), answers(plan)) == (1, [{"courtoisie": "satisfied"}])
        plan = planned(campaign, write(head, ["1", DAY, "Un rendez-vous;", "Satisfait"]))
        assert answers(plan) == [{"motif": "rendez-vous", "courtoisie": "satisfied"}]


class TestLayouts:
    def test_one_column_per_answer_under_its_question(self, campaign, write):
        words = ["Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait"]
        head = ["N°", "Date", "la courtoisie", "", "", "", "le délai d’attente", "", "", ""]
        path = write(head, ["", "", *words, *words], ["1", DAY, "X", "", "", "", "0", "0", "1", "0"])
        assert answers(planned(campaign, path)) == [{"courtoisie": "very_satisfied", "attente": "dissatisfied"}]
        path = write(head, ["", "", *words, *words], ["1", DAY, "X", "X", "", "", "", "", "", "X"])
        assert messages(planned(campaign, path).errors) == [
            f"D3 Deux réponses sont cochées à « {COURTESY} » : n’en gardez qu’une."
        ]

    def test_the_answer_may_stand_in_the_heading(self, campaign, write):
        head = ["N°", "Date", f"{COURTESY} [Très satisfait]", f"{COURTESY} [Satisfait]"]
        assert answers(planned(campaign, write(head, ["1", DAY, "", "✓"]))) == [{"courtoisie": "satisfied"}]

    def test_questions_going_down(self, campaign, write):
        path = write(["Question", "F1", "F2"], ["Date", DAY, "14/09/2021"], [COURTESY, "Satisfait", "Peu satisfait"],
                     [WAITING, "Satisfait", "Satisfait"])  # fmt: skip
        plan = planned(campaign, path)
        assert (asked(plan), fates(plan)) == ([], ["created", "created"])
        assert answers(plan)[1] == {"courtoisie": "dissatisfied", "attente": "satisfied"}

    @pytest.mark.parametrize(
        "rows",
        [
            [["Critère", "Très satisfait", "Satisfait", "Non concerné"], [COURTESY, "120", "30", "1"]],
            [["Réponse", COURTESY, WAITING], ["Satisfait", "80 %", "70 %"], ["Insatisfait", "20 %", "30 %"]],
        ],
    )
    def test_answers_already_counted_are_refused_by_their_name(self, campaign, write, rows):
        (problem,) = planned(campaign, write(*rows)).errors
        assert problem.message.startswith("Ce tableau compte déjà les réponses")

    def test_the_importance_of_a_criterion_is_not_its_satisfaction(self, campaign, write):
        head = ["N°", "Date", f"Satisfaction : {WAITING}", f"Importance : {WAITING}"]
        plan = planned(campaign, write(head, ["1", DAY, "Peu satisfait", "Tout à fait"]))
        assert [(ask.code, ask.proposed) for ask in plan.open_asks] == [("role:Feuille 1:D", "-")]
        assert answers(plan) == [{"attente": "dissatisfied"}]

    def test_a_renamed_criterion_is_asked_and_another_question_is_left_out_with_its_reason(self, campaign, write):
        head = ["N°", "Date", COURTESY, "Amabilité du personnel", "Votre âge"]
        rows = [[str(n), DAY, "Satisfait", "Peu satisfait", "18 à 25 ans"] for n in range(3)]
        plan = planned(campaign, write(head, *rows))
        assert asked(plan) == ["role:Feuille 1:D"]
        assert left_out(plan) == {"question qui n’est pas dans le questionnaire"}
        plan = planned(campaign, write(head, *rows), {"role:Feuille 1:D": "attente"})
        assert answers(plan)[0] == {"courtoisie": "satisfied", "attente": "dissatisfied"}

    def test_the_other_sheets_are_left_out_and_told(self, campaign, write_xlsx):
        path = write_xlsx(HEAD, [1, date(2021, 9, 1), "Satisfait", None], [2.0, date(2021, 9, 2), "Satisfait", None])
        workbook = load_workbook(path)
        workbook.create_sheet("Notes").append(["à", "garder"])
        workbook.save(path)
        plan = planned(campaign, path)
        assert [line.content.read.number for line in plan.lines] == ["1", "2"]
        assert {sheet for sheet, _why, _places in plan.accounts.left_out()} == {"Notes"}


class TestDays:
    def test_a_file_without_a_day_asks_which_one_and_today_is_never_taken_alone(self, campaign, write):
        path = write(["id", "submitdate", COURTESY], ["1", "1980-01-01 00:00:00", "Satisfait"])
        plan = planned(campaign, path)
        assert (asked(plan), plan.open_asks[0].proposed, fates(plan)) == (["file:day"], "2021-12-03", ["asked"])
        plan = planned(campaign, path, {"file:day": "2021-09-15"})
        assert (fates(plan), plan.reading["forms"][0]["answered_on"]) == (["created"], "2021-09-15")

    @pytest.mark.parametrize(
        ("day", "message"),
        [
            ("05/08/2021", "B2 Le 05/08/2021 est hors de la campagne (du 06/08/2021 au 03/12/2021)."),
            ("01/09/2199", "B2 Le 01/09/2199 est à venir : vérifiez la date."),
            ("hier", "B2 « hier » n’est pas une date : écrivez-la comme 08/08/2021."),
            ("31/02/2021", "B2 Le 31 février 2021 n’existe pas."),
            ("", "B2 La date manque."),
        ],
    )
    def test_a_day_that_is_not_of_the_campaign_is_an_error_at_its_cell(self, campaign, write, day, message):
        rows = [["1", day, "Satisfait", ""], *lines(["Satisfait", ""], ["Satisfait", ""])[1:]]
        plan = planned(campaign, write(HEAD, *rows))
        assert (messages(plan.errors), fates(plan)) == ([message], ["refused", "created"])


class TestAround:
    def test_a_place_is_known_by_its_name_or_code_or_to_be_created_or_chosen(self, campaign, write):
        hall = PlaceFactory(site=campaign.site, name="Hall d’accueil", code="hall")
        rows = [[str(n), DAY, place, "Satisfait"] for n, place in enumerate(["HALL D'ACCUEIL", "hall", "Guichet 2"])]
        path = write(["N°", "Date", "Lieu", COURTESY], *rows)
        plan = planned(campaign, path)
        assert [line.content.place for line in plan.lines] == [str(hall.pk), str(hall.pk), "+"]
        assert str(plan.lines[2].changes[1]) == "Lieu : Guichet 2 (à créer)"
        plan = planned(campaign, path, {"word:lieu:guichet 2": str(hall.pk)})
        assert {line.content.place for line in plan.lines} == {str(hall.pk)}

    def test_a_mystery_file_has_its_tester_its_duration_and_its_scenario(self, calls, write):
        scenario = ScenarioFactory(campaign=calls, title="Horaires")
        head = ["N° appel", "Date", "Enquêteur", "Durée", "Scénario", "SVI"]
        rows = [["1", "13/05/2021", "Préfecture de l’Ain", "2:30", "horaires", "Oui"],
                ["2", "13/05/2021", "", "x", "?!a", "Oui"]]  # fmt: skip
        plan = planned(calls, write(head, *rows))
        first = plan.lines[0].content
        assert (first.read.tester, first.read.duration, first.scenario) == (
            "Préfecture de l’Ain", 150, str(scenario.pk),
        )  # fmt: skip
        assert messages(plan.warnings) == ["D3 « x » n’est pas une durée en secondes."]
        assert asked(plan) == ["word:scénario:a"]

    def test_an_answer_to_a_question_not_asked_is_told_and_none_is_invented(self, calls, write):
        head = ["N° appel", "Date", "L’appel a-t-il été transféré ?", "Transfert d'appel"]
        plan = planned(calls, write(head, ["1", "13/05/2021", "Non", "Oui"], ["2", "13/05/2021", "", "Oui"]))
        assert answers(plan) == [{"appel-transfere": "non"}, {"transfert": "yes"}]
        assert messages(plan.warnings) == [
            "D2 « Transfert d’appel » ne devait pas être posée ici : sa réponse ne compte pas."
        ]


class TestBadInput:
    def test_html_and_formulas_are_texts_like_any_other(self, campaign, write):
        texts = ["<script>alert(1)</script>", "=HYPERLINK(1)", "+33", "@x"]
        rows = [[str(number), DAY, "Satisfait", text] for number, text in enumerate(texts)]
        plan = planned(campaign, write(["N°", "Date", COURTESY, "Suggestions"], *rows))
        assert [form["suggestions"] for form in answers(plan)] == texts

    def test_a_text_too_long_is_refused_with_its_cell(self, campaign, write):
        path = write(["N°", "Date", COURTESY, "Suggestions"], ["1", DAY, "Satisfait", "x" * 5_001])
        assert messages(planned(campaign, path).errors) == ["D2 Le texte est trop long : 5 000 caractères au plus."]

    def test_a_line_without_answer_is_left_out(self, campaign, write):
        plan = planned(campaign, write(HEAD, *lines(["", ""], ["Satisfait", ""])))
        assert (fates(plan), left_out(plan)) == (["left_out", "created"], {"ligne sans réponse"})

    @pytest.mark.parametrize(
        ("state", "message"),
        [
            (CampaignState.CLOSED, " L’enquête est close : elle ne reçoit plus de formulaire."),
            (CampaignState.DRAFT, " L’enquête n’est pas encore ouverte."),
        ],
    )
    def test_a_campaign_that_is_not_open_takes_nothing_new(self, campaign, write, state, message):
        campaign.state = state
        assert messages(planned(campaign, write(HEAD, *lines(["Satisfait", ""]))).errors) == [message]

    def test_a_table_of_one_answer_by_line_is_refused_with_what_to_do(self, campaign, write):
        rows = [[number, words, "Satisfait"] for number in "123" for words in (COURTESY, WAITING)]
        (told,) = messages(planned(campaign, write(["Répondant", "Question", "Réponse"], *rows)).errors)
        assert told.startswith("B1 Ce tableau donne une réponse par ligne")

    def test_headings_without_lines_say_so(self, campaign, write):
        assert messages(planned(campaign, write(HEAD)).errors) == [" Le tableau n’a aucune ligne sous ses en-têtes."]


@pytest.mark.parametrize("number", [1, 3])
def test_planning_takes_the_same_queries_whatever_the_number_of_lines(
    campaign, write, number, django_assert_num_queries
):
    rows = [[str(n), DAY, f"Lieu {n}", "Satisfait"] for n in range(number)]
    path = write(["N°", "Date", "Lieu", COURTESY], *rows)
    ResponseFactory.create_batch(number, campaign=campaign, withdrawn_at=timezone.now(), withdrawn_reason="essai")
    with django_assert_num_queries(4):  # questions, forms known, places, sites
        planned(campaign, path)
    assert Response.objects.count() == number
