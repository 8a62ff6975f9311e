"""What a file becomes: LimeSurvey and Sphinx files, what is refused and where, what is decided, what is remembered."""

from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.errors import UserError
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.reading import read
from surveys.enums import CampaignState
from surveys.imports.plan import CREATED, LEFT, REFUSED, UNCHANGED
from surveys.imports.planning import plan_of, table_of
from surveys.imports.table import Table
from surveys.models import HeaderMatch, Response
from tests.survey_factories import HeaderMatchFactory, PlaceFactory, ResponseFactory, ScenarioFactory
from tests.surveys.imports.conftest import messages, planned

CRITERIA = [
    "courtoisie", "disponibilite", "handicap", "difficulte", "langage", "orientation", "signaletique", "services",
    "confort", "confidentialite", "attente", "svi", "standard", "transfert", "point-numerique",
]  # fmt: skip
HEAD = ["N° observation", "Date de saisie", "Satisfaction : la disponibilité", "Suggestions"]


def statuses(plan) -> list[str]:
    return [form.status for form in plan.forms]


class TestLimeSurvey:
    def test_labels_with_the_code_and_the_words_of_the_question(self, campaign, write):
        path = write(
            ["id. ID de la réponse", "submitdate. Date de soumission", "lastpage. Dernière page",
             "startlanguage. Langue de départ", "ipaddr. Adresse IP",
             "SAT[SQ001]. Êtes-vous satisfait de… [la courtoisie des agents en contact avec le public]",
             "SAT[SQ002]. Êtes-vous satisfait de… [la disponibilité]",
             "SUG. Avez-vous des suggestions pour améliorer notre accueil ?"],
            ["1", "2021-09-01 10:22:31", "3", "fr", "10.1.2.3", "Très satisfait", "Non concerné", "Merci, rien à dire"],
            ["2", "2021-09-02 11:00:00", "3", "en", "10.1.2.4", "Peu satisfait", "", ""],
            sep=",",
        )  # fmt: skip
        plan = planned(campaign, path)
        assert (plan.errors, plan.undecided, statuses(plan)) == ([], [], [CREATED, CREATED])
        first, second = (form.read for form in plan.forms)
        assert first.answers == {
            "courtoisie": "very_satisfied", "disponibilite": "na", "suggestions": "Merci, rien à dire",
        }  # fmt: skip
        assert (first.number, first.day, first.language, second.language) == ("1", date(2021, 9, 1), "fr", "en")

    def test_bare_codes_and_ranks_in_the_order_of_the_criteria(self, campaign, write):
        path = write(
            ["id", "submitdate", *[f"A1[SQ{rank:03}]" for rank in range(1, 16)]],
            ["1", "2021-09-01 10:22:31", *["A1"] * 10, "A4", *["A5"] * 4],
        )
        plan = planned(campaign, path)
        assert (plan.errors, plan.counts["created"]) == ([], 1)
        answers = plan.forms[0].read.answers
        assert (answers["courtoisie"], answers["attente"], answers["point-numerique"]) == (
            "very_satisfied", "very_dissatisfied", "na",
        )  # fmt: skip
        told = messages(plan.warnings)
        words = "la courtoisie des agents en contact avec le public"
        assert f"C1 La colonne « A1[SQ001] » est lue comme « {words} » : vérifiez." in told
        assert any(message.startswith("C2 Des réponses sont des codes : ils sont lus dans l’ordre") for message in told)

    def test_ranks_can_be_read_the_other_way_round(self, campaign, write):
        path = write(["id", "submitdate", "courtoisie"], ["1", "2021-09-01", "1"])
        assert planned(campaign, path, {"reversed": True}).forms[0].read.answers == {"courtoisie": "very_dissatisfied"}

    def test_the_address_of_a_machine_is_not_even_kept(self, campaign, write):
        head = ["id", "submitdate", "ipaddr", "refurl", "courtoisie"]
        path = write(head, ["1", "2021-09-01", "10.1.2.3", "http://x", "1"])
        plan = planned(campaign, path)
        assert [heading.text for heading in plan.table.headings] == ["id", "submitdate", "courtoisie"]
        assert "10.1.2.3" not in str(plan.table.to_json())

    def test_a_form_begun_and_not_sent_is_left_out(self, campaign, write):
        path = write(["id", "submitdate", "courtoisie"], ["1", "", "1"], ["2", "2021-09-01", "1"])
        plan = planned(campaign, path)
        assert statuses(plan) == [LEFT, CREATED]
        assert "B2 Ce formulaire n’a pas été terminé : il est laissé de côté." in messages(plan.warnings)

    def test_days_that_the_tool_did_not_keep_are_those_of_the_end_of_the_campaign_or_chosen(self, campaign, write):
        path = write(["id", "submitdate", "courtoisie"], ["1", "1980-01-01 00:00:00", "1"])
        plan = planned(campaign, path)
        assert (plan.forms[0].read.day, plan.needs_day, plan.errors) == (date(2021, 12, 3), True, [])
        told = "Le fichier ne donne pas la date des formulaires : ils sont datés du 03/12/2021."
        assert f" {told}" in messages(plan.warnings)
        assert planned(campaign, path, {"day": "2021-09-15"}).forms[0].read.day == date(2021, 9, 15)


class TestBadInput:
    def test_an_unknown_column_waits_for_a_decision(self, campaign, write):
        plan = planned(campaign, write([*HEAD, "Couleur"], ["1", "01/09/2021", "Satisfait", "", "bleu"]))
        assert [column.heading.text for column in plan.undecided] == ["Couleur"]
        with pytest.raises(UserError, match="Décidez d’abord de ce que deviennent ces colonnes : « Couleur »"):
            plan.require_ready()

    def test_an_unknown_column_without_a_cell_is_nobodys_problem(self, campaign, write):
        plan = planned(campaign, write([*HEAD, "Couleur"], ["1", "01/09/2021", "Satisfait", "", ""]))
        assert (plan.undecided, plan.is_ready) == ([], True)

    def test_an_unknown_label_is_told_with_its_cell(self, campaign, write):
        plan = planned(campaign, write(HEAD, ["1", "01/09/2021", "Moyen", ""], ["2", "01/09/2021", "Satisfait", ""]))
        assert messages(plan.errors) == [
            "C2 « Moyen » n’est pas une réponse connue à cette question : dites ce qu’elle veut dire, ou corrigez le "
            "fichier."
        ]
        assert statuses(plan) == [REFUSED, CREATED]
        assert [(label.text, number) for label, number in plan.unknown_labels] == [("Moyen", 1)]
        with pytest.raises(UserError, match="corrigez le fichier, ou laissez de côté les lignes en erreur"):
            plan.require_ready()

    def test_an_unknown_label_may_be_decided(self, campaign, write):
        path = write(HEAD, ["1", "01/09/2021", "Moyen", ""], ["2", "01/09/2021", "Bof", ""])
        keys = [label.key for label, _ in planned(campaign, path).unknown_labels]
        plan = planned(campaign, path, {"labels": {keys[0]: "dissatisfied", keys[1]: ""}})
        assert plan.forms[0].read.answers == {"disponibilite": "dissatisfied"}
        assert (plan.errors, statuses(plan)) == ([], [CREATED, LEFT])

    @pytest.mark.parametrize(
        ("day", "message"),
        [
            ("05/08/2021", "B2 Le 05/08/2021 est hors de la campagne (du 06/08/2021 au 03/12/2021)."),
            ("04/12/2021", "B2 Le 04/12/2021 est hors de la campagne (du 06/08/2021 au 03/12/2021)."),
            ("01/09/2199", "B2 Le 01/09/2199 est à venir : vérifiez la date."),
            ("hier", "B2 « hier » n’est pas une date : écrivez-la comme 08/08/2021."),
            ("31/02/2021", "B2 « 31/02/2021 » n’est pas une date : écrivez-la comme 08/08/2021."),
            ("", "B2 La date manque."),
        ],
    )
    def test_a_day_that_is_not_of_the_campaign_is_refused(self, campaign, write, day, message):
        lines = [["1", day, "Satisfait", ""], ["2", "01/09/2021", "Satisfait", ""]]
        plan = planned(campaign, write(HEAD, *lines))
        assert (messages(plan.errors), statuses(plan)) == ([message], [REFUSED, CREATED])

    def test_a_line_said_twice_counts_once(self, campaign, write):
        line = ["7", "01/09/2021", "Satisfait", ""]
        plan = planned(campaign, write(HEAD, line, line))
        assert (statuses(plan), plan.errors) == ([CREATED, LEFT], [])
        assert messages(plan.warnings) == ["A3 Le formulaire n° 7 est déjà à la ligne 2 : il n’est compté qu’une fois."]

    def test_a_number_with_two_contents_is_refused(self, campaign, write):
        lines = [["7", "01/09/2021", answer, ""] for answer in ("Satisfait", "Peu satisfait")]
        plan = planned(campaign, write(HEAD, *lines))
        assert messages(plan.errors) == ["A3 Le numéro 7 est déjà celui de la ligne 2, avec d’autres réponses."]

    def test_without_numbers_the_content_makes_the_form(self, campaign, write):
        head, line = HEAD[1:], ["01/09/2021", "Satisfait", ""]
        plan = planned(campaign, write(head, line, line, ["01/09/2021", "Peu satisfait", ""]))
        assert statuses(plan) == [CREATED, LEFT, CREATED]
        told = "Cette ligne est identique à la ligne 2 : elle n’est comptée qu’une fois."
        assert messages(plan.warnings) == [f"A3 {told}"]

    @pytest.mark.parametrize(
        ("state", "message"),
        [
            (CampaignState.CLOSED, " L’enquête est close : elle ne reçoit plus de formulaire."),
            (CampaignState.DRAFT, " L’enquête n’est pas encore ouverte."),
        ],
    )
    def test_a_campaign_that_is_not_open_takes_nothing_new(self, campaign, write, state, message):
        campaign.state = state
        plan = planned(campaign, write(HEAD, ["1", "01/09/2021", "Satisfait", ""]))
        assert messages(plan.errors) == [message]

    def test_html_and_formulas_are_texts_like_any_other(self, campaign, write):
        texts = ["<script>alert(1)</script>", "=HYPERLINK(1)", "+33", "@x"]
        lines = [[number, "01/09/2021", "Satisfait", text] for number, text in enumerate(texts)]
        plan = planned(campaign, write(HEAD, *lines))
        assert [form.read.answers["suggestions"] for form in plan.forms] == texts

    def test_a_text_too_long_is_refused_with_its_cell(self, campaign, write):
        plan = planned(campaign, write(HEAD, ["1", "01/09/2021", "Satisfait", "x" * 5_001]))
        assert messages(plan.errors) == ["D2 Le texte est trop long : 5 000 caractères au plus."]

    def test_a_line_without_answer_is_left_out(self, campaign, write):
        plan = planned(campaign, write(HEAD, ["1", "01/09/2021", "", ""]))
        assert messages(plan.warnings) == ["A2 Cette ligne n’a aucune réponse : elle est laissée de côté."]

    def test_two_columns_for_one_question_are_refused(self, campaign, write):
        plan = planned(campaign, write([*HEAD, "disponibilité"], ["1", "01/09/2021", "Satisfait", "", "Satisfait"]))
        told = "E1 Deux colonnes disent « la disponibilité » : celle-ci et C1. N’en gardez qu’une."
        assert told in messages(plan.errors)

    def test_a_file_of_something_else_says_so(self, campaign, write):
        plan = planned(campaign, write(["Mois", "Taux"], ["janvier", "98"]))
        assert messages(plan.file_errors) == [
            " Aucune colonne ne correspond à une question du questionnaire : indiquez ce que chacune contient."
        ]

    def test_headings_without_lines_say_so(self, campaign, write):
        assert " Le tableau n’a aucune ligne sous ses en-têtes." in messages(planned(campaign, write(HEAD)).errors)

    def test_a_file_without_table_is_refused(self, campaign, write):
        with pytest.raises(SpreadsheetError, match="Aucun tableau de réponses n’a été trouvé"):
            planned(campaign, write(["Bonjour"]))

    def test_an_answer_to_a_question_not_asked_is_told(self, calls, write):
        head = ["N° appel", "Date", "L’appel a-t-il été transféré ?", "Transfert d'appel"]
        path = write(head, ["1", "12/05/2021", "Non", "Oui"])
        plan = planned(calls, path)
        assert plan.forms[0].read.answers == {"appel-transfere": "non"}
        told = "« Transfert d’appel » ne devait pas être posée ici : sa réponse ne compte pas."
        assert messages(plan.warnings) == [f"D2 {told}"]


class TestWorkbooks:
    def test_true_dates_and_numbers_are_read(self, campaign, write_xlsx):
        lines = [[1, date(2021, 9, 1), "Satisfait", None], [2.0, date(2021, 9, 2), 2, None]]
        plan = planned(campaign, write_xlsx(HEAD, *lines))
        assert plan.errors == []
        assert [(form.read.number, form.read.day) for form in plan.forms] == [
            ("1", date(2021, 9, 1)), ("2", date(2021, 9, 2)),
        ]  # fmt: skip

    def test_the_other_sheets_are_told(self, campaign, tmp_path, write_xlsx):
        path = write_xlsx(HEAD, [1, date(2021, 9, 1), "Satisfait", None])
        workbook = load_workbook(path)
        workbook.create_sheet("Notes").append(["à", "garder"])
        workbook.save(path)
        assert messages(planned(campaign, path).warnings) == [" La feuille « Notes » n’est pas lue."]


class TestDecisions:
    def test_a_column_may_be_chosen_or_left_out(self, campaign, write):
        path = write([*HEAD, "Couleur", "Accueil"], ["1", "01/09/2021", "Satisfait", "", "bleu", "Peu satisfait"])
        plan = planned(campaign, path, {"columns": {"couleur": "", "accueil": "courtoisie"}})
        assert plan.forms[0].read.answers == {"disponibilite": "satisfied", "courtoisie": "dissatisfied"}
        assert plan.to_remember() == {"couleur": "", "accueil": "courtoisie"}

    def test_what_is_remembered_of_the_site_is_used(self, campaign, write):
        HeaderMatchFactory(site=campaign.site, questionnaire_code="satisfaction", key="couleur", target="courtoisie")
        HeaderMatchFactory(questionnaire_code="satisfaction", key="autre", target="courtoisie")  # another site
        HeaderMatchFactory(site=campaign.site, questionnaire_code="satisfaction", key="gone", target="question-gone")
        head = [*HEAD, "Couleur", "Autre", "Gone"]
        plan = planned(campaign, write(head, ["1", "01/09/2021", "", "", "Satisfait", "x", "y"]))
        assert plan.forms[0].read.answers == {"courtoisie": "satisfied"}
        assert [column.heading.text for column in plan.undecided] == ["Autre", "Gone"]

    def test_a_place_is_known_by_its_name_or_chosen_or_to_be_created(self, campaign, write):
        hall = PlaceFactory(site=campaign.site, name="Hall d’accueil", code="hall")
        head = ["N°", "Date", "Lieu", "courtoisie"]
        places = ["HALL D'ACCUEIL", "hall", "Guichet 2"]
        lines = [[number, "01/09/2021", place, "Satisfait"] for number, place in enumerate(places)]
        plan = planned(campaign, write(head, *lines))
        assert [(place.text, place.place_id) for place in plan.places] == [
            ("HALL D'ACCUEIL", hall.pk), ("hall", hall.pk), ("Guichet 2", None),
        ]  # fmt: skip
        plan = planned(campaign, write(head, *lines), {"places": {"guichet 2": hall.pk, "hall": 10**9}})
        assert [place.place_id for place in plan.places] == [hall.pk] * 3

    def test_a_mystery_file_has_its_tester_its_duration_and_its_scenario(self, calls, write):
        scenario = ScenarioFactory(campaign=calls, title="Horaires")
        head = ["N° appel", "Date", "Enquêteur", "Durée", "Scénario", "SVI"]
        lines = [
            ["1", "12/05/2021", "Préfecture de l’Ain", "2:30", "horaires", "Oui"],
            ["2", "12/05/2021", "", "x", "?!a", "Oui"],
        ]
        plan = planned(calls, write(head, *lines))
        first = plan.to_write().forms[0]
        assert (first.tester, first.duration, first.scenario) == ("Préfecture de l’Ain", 150, scenario)
        assert messages(plan.warnings) == [
            "D3 « x » n’est pas une durée en secondes.",
            "E3 Aucun scénario de la campagne ne s’appelle « ?!a ».",
        ]


class TestAlreadyThere:
    def test_a_known_form_with_other_answers_is_left_as_it_is(self, campaign, write):
        path = write(HEAD, ["1", "01/09/2021", "Satisfait", ""])
        key = planned(campaign, path).forms[0].key
        ResponseFactory(campaign=campaign, key=key, answers={"disponibilite": "dissatisfied"})
        plan = planned(campaign, path)
        assert statuses(plan) == [UNCHANGED]
        assert messages(plan.warnings) == [
            "A2 Le formulaire n° 1 est déjà enregistré avec d’autres réponses : il n’est pas modifié."
        ]

    def test_a_form_set_aside_by_a_person_stays_so(self, campaign, write):
        path = write(HEAD, ["1", "01/09/2021", "Satisfait", ""])
        key = planned(campaign, path).forms[0].key
        ResponseFactory(campaign=campaign, key=key, withdrawn_at=timezone.now(), withdrawn_reason="essai")
        plan = planned(campaign, path)
        assert statuses(plan) == [UNCHANGED]
        assert messages(plan.warnings) == ["A2 Le formulaire n° 1 a été écarté : il le reste."]

    def test_the_keys_of_two_campaigns_differ(self, campaign, calls, write):
        path = write(["N°", "Date", "courtoisie"], ["1", "12/05/2021", "1"])
        assert planned(campaign, path).forms[0].key != planned(calls, path).forms[0].key

    def test_lines_that_say_what_other_ways_in_already_said_are_pointed_out(self, campaign, write):
        alike = {"campaign": campaign, "answered_on": date(2021, 9, 1), "answers": {"disponibilite": "satisfied"}}
        ResponseFactory(**alike, channel="paper")
        ResponseFactory(**alike | {"answered_on": date(2021, 9, 2)}, channel="tablet")
        lines = [["1", "01/09/2021", "Satisfait", ""], ["2", "01/09/2021", "Satisfait", ""]]
        plan = planned(campaign, write(HEAD, *lines, ["3", "01/09/2021", "Satisfait", "Merci"]))
        assert (plan.errors, plan.counts["created"]) == ([], 3)
        (warning,) = messages(plan.warnings)
        assert warning.strip().startswith("1 ligne dit la même chose, le même jour, qu’un formulaire déjà reçu")

    @pytest.mark.parametrize("number", [1, 3])
    def test_planning_takes_the_same_queries_whatever_the_number_of_lines(
        self, campaign, write, number, django_assert_num_queries
    ):
        lines = [[n, "01/09/2021", f"Lieu {n}", "Satisfait"] for n in range(number)]
        path = write(["N°", "Date", "Lieu", "courtoisie"], *lines)
        table = table_of(campaign, read(path, name=path.name))
        with django_assert_num_queries(5):  # questions, columns remembered, forms known, places, forms alike
            plan_of(campaign, table)


def test_the_preview_keeps_the_whole_table(campaign, write):
    table = planned(campaign, write(HEAD, ["1", "01/09/2021", "Satisfait", "Merci"])).table
    assert Table.from_json(table.to_json()) == table


def test_no_row_is_written_by_planning(campaign, write):
    planned(campaign, write(HEAD, ["1", "01/09/2021", "Satisfait", ""]))
    assert (Response.objects.count(), HeaderMatch.objects.count()) == (0, 0)
