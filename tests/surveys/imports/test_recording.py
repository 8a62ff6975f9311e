"""Recording an import, sending it again, undoing it, taking it back; what is refused; the same through the commands."""

import io
import json

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command

from core.enums import ImportState
from core.errors import UserError
from core.imports import flow
from surveys.models import CampaignResult, HeaderMatch, Place, Response, SurveyImport
from surveys.services import campaigns, imports, intake
from tests.factories import UserFactory
from tests.surveys.imports.conftest import SATISFACTION, planned

HEAD = ["N°", "Date", "Lieu", "Satisfaction : la disponibilité"]
LINES = [["1", "01/09/2021", "Hall", "Satisfait"], ["2", "02/09/2021", "Hall", "Peu satisfait"]]


def recorded(campaign, path, choices=None, *, by=None):
    plan = planned(campaign, path, choices)
    preview = {"table": plan.table.to_json()}
    record = SurveyImport(campaign=campaign, state=ImportState.PREVIEW, preview=preview, choices=choices or {})
    with path.open("rb") as content:
        flow.keep(record, File(content, name=path.name), by=by)
    return imports.commit(record, plan.to_write(), by=by)


def test_recording_writes_the_forms_the_places_and_the_results(campaign, write):
    user = UserFactory()
    record = recorded(campaign, write(HEAD, *LINES), by=user)
    first, second = Response.objects.order_by("number")
    assert (first.answers, first.channel, first.number, first.place.name, first.source, first.entered_by) == (
        {"disponibilite": "satisfied"}, "file", "1", "Hall", record, user,
    )  # fmt: skip
    assert second.place == first.place
    assert CampaignResult.objects.get(campaign=campaign).returns == 2
    assert record.changes[-1] == {"forms": {"created": 2, "changed": 0, "unchanged": 0}}


def test_a_column_decided_is_remembered_for_the_next_file_of_the_site(campaign, write):
    path = write([*HEAD, "Couleur"], ["1", "01/09/2021", "Hall", "Satisfait", "bleu"])
    recorded(campaign, path, {"columns": {"couleur": ""}})
    match = HeaderMatch.objects.get()
    assert (match.site, match.questionnaire_code, match.key, match.target) == (
        campaign.site, "satisfaction", "couleur", "",
    )  # fmt: skip
    assert planned(campaign, path).undecided == []


class TestUndoing:
    def test_the_forms_are_set_aside_and_the_results_follow(self, campaign, write):
        record = recorded(campaign, write(HEAD, *LINES))
        imports.undo(record, by=UserFactory())
        assert Response.objects.counted().count() == 0
        assert CampaignResult.objects.get(campaign=campaign).returns == 0
        assert list(Response.objects.values_list("withdrawn_reason", flat=True)) == ["Import annulé"] * 2
        assert Response.history.count() == 2

    def test_what_was_remembered_is_forgotten_and_the_places_stay(self, campaign, write):
        path = write([*HEAD, "Couleur"], ["1", "01/09/2021", "Hall", "Satisfait", "bleu"])
        imports.undo(recorded(campaign, path, {"columns": {"couleur": ""}}), by=None)
        assert (HeaderMatch.objects.count(), Place.objects.count()) == (0, 1)

    def test_sending_the_file_again_takes_its_forms_back_as_it_now_says_them(self, campaign, write):
        path = write(HEAD, *LINES)
        imports.undo(recorded(campaign, path), by=None)
        corrected = write(HEAD, ["1", "03/09/2021", "Guichet", "Très satisfait"], LINES[1])
        plan = planned(campaign, corrected)
        assert plan.counts == {"created": 0, "changed": 2, "unchanged": 0}
        record = recorded(campaign, corrected)
        first = Response.objects.get(number="1")
        assert (first.answers, first.place.name, first.source, first.withdrawn_reason) == (
            {"disponibilite": "very_satisfied"}, "Guichet", record, "",
        )  # fmt: skip
        assert Response.objects.counted().count() == 2

    def test_it_is_refused_once_the_campaign_is_closed(self, campaign, write):
        record = recorded(campaign, write(HEAD, *LINES))
        campaigns.close(campaign, by=None)
        record.refresh_from_db()
        with pytest.raises(UserError, match="la campagne n’est pas ouverte, ses résultats sont arrêtés"):
            imports.undo(record, by=None)
        assert Response.objects.counted().count() == 2

    def test_twice_is_refused(self, campaign, write):
        record = recorded(campaign, write(HEAD, *LINES))
        imports.undo(record, by=None)
        with pytest.raises(UserError, match="Cet import a été annulé"):
            imports.undo(record, by=None)

    def test_a_form_set_aside_by_a_person_meanwhile_keeps_its_reason(self, campaign, write):
        record = recorded(campaign, write(HEAD, *LINES))
        intake.set_aside(Response.objects.get(number="1"), by=UserFactory(), reason="formulaire d’essai")
        imports.undo(record, by=None)
        assert Response.objects.get(number="1").withdrawn_reason == "formulaire d’essai"


def test_a_campaign_closed_meanwhile_takes_nothing(campaign, write):
    path = write(HEAD, *LINES)
    plan = planned(campaign, path)
    campaigns.close(campaign, by=None)
    record = SurveyImport(campaign=campaign, state=ImportState.PREVIEW)
    with path.open("rb") as content:
        flow.keep(record, File(content, name=path.name), by=None)
    with pytest.raises(UserError, match="L’enquête est close"):
        imports.commit(record, plan.to_write(), by=None)
    assert Response.objects.count() == 0


class TestCommand:
    def run(self, *arguments) -> dict:
        out = io.StringIO()
        try:
            call_command("import_survey", *map(str, arguments), "--format", "json", stdout=out)
        except CommandError as error:
            return json.loads(out.getvalue()) | {"refusal": str(error)}
        return json.loads(out.getvalue())

    def test_an_unknown_column_stops_it_with_its_cell_and_nothing_is_written(self, campaign, write):
        path = write([*HEAD, "Couleur"], ["1", "01/09/2021", "Hall", "Satisfait", "bleu"])
        content = self.run(path, "--campaign", campaign.code)
        message = "La colonne « Couleur » n’est pas reconnue : --column dit ce qu’elle contient, ou la laisse."
        assert content["errors"] == [{"sheet": "Feuille 1", "cell": "E1", "message": message}]
        assert content["refusal"] == f"enquete.csv\u202f: Feuille « Feuille 1 », cellule E1 : {message}"
        assert (content["created"], Response.objects.count(), SurveyImport.objects.count()) == (0, 0, 0)

    def test_a_column_can_be_told_or_left_out(self, campaign, write):
        path = write([*HEAD, "Couleur", "Q9"], ["1", "01/09/2021", "Hall", "Satisfait", "bleu", "Satisfait"])
        content = self.run(path, "--campaign", campaign.code, "--column", "Couleur=", "--column", "Q9=courtoisie")
        assert (content["created"], content["errors"]) == (1, [])
        assert Response.objects.get().answers == {"disponibilite": "satisfied", "courtoisie": "satisfied"}

    def test_several_errors_are_counted_in_the_sentence(self, campaign, write):
        content = self.run(
            write(HEAD, ["1", "01/09/2021", "", "Bof"], ["2", "hier", "", "Bof"]), "--campaign", campaign.code
        )
        assert content["refusal"].endswith("(et 2 autres erreurs)")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--campaign", "inconnue"], "Aucune campagne d’enquête n’a le code « inconnue »."),
            (["--campaign", "enquete-2021", "--column", "Q9=inconnue"], "--column : « Q9=inconnue » ne se lit pas"),
            (["--campaign", "enquete-2021", "--day", "hier"], "--day : « hier » n’est pas une date"),
        ],
    )
    def test_wrong_parameters_are_told_in_one_sentence(self, campaign, arguments, message):
        with pytest.raises(CommandError, match=message):
            call_command("import_survey", str(SATISFACTION), *arguments)

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("absent.csv", None, "le fichier est introuvable"),
            ("image.png", b"\x89PNG\r\n\x1a\n\x00\x00", "c'est une image, pas un classeur"),
            ("gros.csv", b"N;Date;courtoisie\n" + b"x" * (10 * 1024 * 1024), "le maximum est de 10 Mo"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_told_in_one_sentence(self, campaign, tmp_path, name, content, message):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CommandError, match=message):
            call_command("import_survey", str(path), "--campaign", campaign.code)

    def test_the_text_form_says_counts_and_warnings(self, campaign, write):
        out = io.StringIO()
        call_command("import_survey", str(write(HEAD, LINES[0], LINES[0])), "--campaign", campaign.code, stdout=out)
        assert out.getvalue().splitlines() == [
            "1 créé, 0 modifié, 0 inchangé",
            "Feuille « Feuille 1 », cellule A3 : "
            "Le formulaire n° 1 est déjà à la ligne 2 : il n’est compté qu’une fois.",
        ]

    def test_what_a_command_recorded_can_be_undone_in_the_browser(self, campaign):
        call_command("import_survey", str(SATISFACTION), "--campaign", campaign.code, stdout=io.StringIO())
        imports.undo(SurveyImport.objects.get(), by=UserFactory())
        assert Response.objects.counted().count() == 0

    def test_results_in_words(self, campaign, write):
        call_command("import_survey", str(write(HEAD, *LINES)), "--campaign", campaign.code, stdout=io.StringIO())
        campaigns.change(campaign, by=UserFactory(), significance_threshold=2)
        out = io.StringIO()
        call_command("survey_results", "--campaign", campaign.code, stdout=out)
        lines = out.getvalue().splitlines()
        assert lines[0] == "la courtoisie des agents en contact avec le public : non significatif (0 sur 0)"
        assert lines[1] == "la disponibilité : 50\u202f% (1 sur 2, entre 9,5\u202f% et 90,5\u202f%)"

    def test_results_of_an_unknown_campaign_are_refused(self, db):
        with pytest.raises(CommandError, match="Aucune campagne d’enquête n’a le code « rien »"):
            call_command("survey_results", "--campaign", "rien")
