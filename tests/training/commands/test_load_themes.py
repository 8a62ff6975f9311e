"""`load_themes`: the shipped themes that are missing, once."""

from django.core.management import call_command

from training.models import Requirement, TrainingTheme


def test_shipped_themes_are_loaded_once_with_their_delays(db, capsys):
    for told in ("5 créés", "0 créé"):
        call_command("load_themes")
        assert capsys.readouterr().out == f"Thèmes livrés avec l’application : {told}.\n"

    assert (TrainingTheme.objects.count(), Requirement.objects.count()) == (5, 5)
