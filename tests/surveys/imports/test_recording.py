"""Recording an import, undoing it, taking it back; the same through the command."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from core.base.errors import UserError
from core.importing import engine
from surveys.imports.survey_file import SurveyFile
from surveys.models import CampaignResult, Place, Response, SurveyImport
from surveys.services import campaigns, intake
from tests.organisations.factories import UserFactory
from tests.surveys.imports.conftest import SATISFACTION, planned, recorded

pytestmark = pytest.mark.both
HEAD = ["N°", "Date", "Lieu", "Satisfaction : la disponibilité"]
LINES = [["1", "13/09/2021", "Hall", "Satisfait"], ["2", "14/09/2021", "Hall", "Peu satisfait"]]


def undone(record, *, by=None):
    return engine.undo(SurveyFile, record, by=by)


def test_recording_writes_the_forms_the_places_and_the_results(campaign, write):
    user = UserFactory()
    record = recorded(campaign, write(HEAD, *LINES), by=user)
    first, second = Response.objects.order_by("number")
    assert (first.answers, first.channel, first.number, first.place.name, first.source, first.entered_by) == (
        {"disponibilite": "satisfied"}, "file", "1", "Hall", record, user,
    )  # fmt: skip
    assert second.place == first.place
    assert CampaignResult.objects.get(campaign=campaign).returns == 2


class TestUndoing:
    def test_the_forms_are_set_aside_the_places_stay_and_the_results_follow(self, campaign, write):
        undone(recorded(campaign, write(HEAD, *LINES)), by=UserFactory())
        assert Response.objects.counted().count() == 0
        assert (CampaignResult.objects.get(campaign=campaign).returns, Place.objects.count()) == (0, 1)
        assert list(Response.objects.values_list("withdrawn_reason", flat=True)) == ["Import annulé"] * 2
        assert Response.history.count() == 2

    def test_sending_the_file_again_takes_its_forms_back_as_it_now_says_them(self, campaign, write):
        undone(recorded(campaign, write(HEAD, *LINES)))
        corrected = write(HEAD, ["1", "13/09/2021", "Guichet", "Très satisfait"], LINES[1])
        assert planned(campaign, corrected).counts == {"created": 0, "changed": 2, "unchanged": 0}
        record = recorded(campaign, corrected)
        first = Response.objects.get(number="1")
        assert (first.answers, first.place.name, first.source, first.withdrawn_reason) == (
            {"disponibilite": "very_satisfied"}, "Guichet", record, "",
        )  # fmt: skip
        undone(record)
        assert Response.objects.counted().count() == 0

    def test_it_is_refused_once_the_campaign_is_closed(self, campaign, write):
        record = recorded(campaign, write(HEAD, *LINES))
        campaigns.close(campaign, by=None)
        with pytest.raises(UserError, match="la campagne n’est pas ouverte, ses résultats sont arrêtés"):
            undone(SurveyImport.objects.get(pk=record.pk))
        assert Response.objects.counted().count() == 2

    def test_a_form_set_aside_by_a_person_meanwhile_keeps_its_reason(self, campaign, write):
        record = recorded(campaign, write(HEAD, *LINES))
        intake.set_aside(Response.objects.get(number="1"), by=UserFactory(), reason="formulaire d’essai")
        undone(record)
        assert Response.objects.get(number="1").withdrawn_reason == "formulaire d’essai"


class TestCommand:
    def run(self, *arguments) -> dict:
        out = io.StringIO()
        try:
            call_command("import_survey", *map(str, arguments), "--format", "json", stdout=out)
        except CommandError as error:
            return json.loads(out.getvalue()) | {"code": error.returncode}
        return json.loads(out.getvalue()) | {"code": 0}

    def test_a_column_not_recognised_is_asked_with_its_cells_and_nothing_is_written(self, campaign, write):
        path = write([*HEAD, "Amabilité"], [*LINES[0], "Satisfait"])
        content = self.run(path, "--campaign", campaign.code)
        assert [(ask["code"], ask["cells"]) for ask in content["asks"]] == [("role:Feuille 1:E", ["E1:E2"])]
        assert (content["code"], content["created"], Response.objects.count()) == (3, 0, 0)

    def test_a_column_can_be_told_or_left_out(self, campaign, write):
        path = write([*HEAD, "Amabilité", "Q9"], [*LINES[0], "Satisfait", "Satisfait"])
        options = ("--column", "Amabilité=", "--column", "Q9=courtoisie")
        content = self.run(path, "--campaign", campaign.code, *options)
        assert (content["created"], content["code"]) == (1, 0)
        assert Response.objects.get().answers == {"disponibilite": "satisfied", "courtoisie": "satisfied"}

    def test_marks_have_their_direction_and_forms_their_day(self, campaign, write):
        path = write(["N°", "la disponibilité"], ["1", "4"], ["2", "1"])
        content = self.run(path, "--campaign", campaign.code, "--reversed", "--day", "2021-09-15", "--dry-run")
        assert [form["answers"] for form in content["forms"]] == [
            {"disponibilite": "very_satisfied"}, {"disponibilite": "very_dissatisfied"},
        ]  # fmt: skip
        assert (content["code"], {form["answered_on"] for form in content["forms"]}) == (0, {"2021-09-15"})

    def test_the_forms_are_told_and_every_cell_accounted_for(self, campaign, write):
        content = self.run(write(HEAD, *LINES), "--campaign", campaign.code, "--dry-run")
        assert content["forms"][0] == {
            "row": 2, "sheet": "Feuille 1", "number": "1", "answered_on": "2021-09-13",
            "answers": {"disponibilite": "satisfied"}, "deduced": [],
        }  # fmt: skip
        assert content["cells"] == {"filled": 12, "read": 12, "left_out": 0, "asked": 0}

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--campaign", "inconnue"], "Aucune campagne d’enquête n’a le code « inconnue »."),
            (["--campaign", "enquete-2021", "--column", "Q9=inconnue"], "--column : « Q9=inconnue » ne se lit pas"),
            (["--campaign", "enquete-2021", "--day", "hier"], "--day : « hier » n’est pas une date"),
        ],
    )
    def test_wrong_parameters_are_told_in_one_sentence(self, campaign, arguments, message):
        with pytest.raises(CommandError, match=message):
            call_command("import_survey", str(SATISFACTION), *arguments)

    def test_results_in_words(self, campaign, write):
        call_command("import_survey", str(write(HEAD, *LINES)), "--campaign", campaign.code, stdout=io.StringIO())
        campaigns.change(campaign, by=UserFactory(), significance_threshold=2)
        out = io.StringIO()
        call_command("survey_results", "--campaign", campaign.code, stdout=out)
        lines = out.getvalue().splitlines()
        assert lines[0] == "la courtoisie des agents en contact avec le public\u202f: non significatif (0 sur 0)"
        assert lines[1] == "la disponibilité\u202f: 50\u202f% (1 sur 2, entre 9,5\u202f% et 90,5\u202f%)"

    def test_results_of_an_unknown_campaign_are_refused(self, db):
        with pytest.raises(CommandError, match="Aucune campagne d’enquête n’a le code « rien »"):
            call_command("survey_results", "--campaign", "rien")
