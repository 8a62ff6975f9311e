"""The referentials shipped: what is known is loaded, what is not stays empty, and loading twice changes nothing."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.base.errors import UserError
from referential.models import Correspondence, Engagement, Module, Referential
from referential.services import loading, texts
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped():
    return loading.load_all()


def engagements(referential: str, module: str) -> dict[str, str]:
    rows = Engagement.objects.filter(module__referential__code=referential, module__code=module)
    return dict(rows.order_by("position").values_list("code", "title"))


def test_the_five_versions_are_loaded_with_what_remains_to_complete(shipped):
    rows = Referential.objects.for_list().order_by("code")
    counts = [(r.code, r.module_count, r.engagement_count, r.to_complete_count) for r in rows]
    assert counts == [
        ("qual-e-ate", 0, 0, 0),
        ("qual-e-pref", 8, 23, 22),
        ("qualipref-2-0", 10, 15, 0),
        ("services-publics-plus-2021", 1, 9, 9),
        ("services-publics-plus-2023", 3, 8, 0),
    ]


def test_qual_e_pref_has_twenty_engagements_in_module_1_of_which_one_title_is_known(shipped):
    titles = engagements("qual-e-pref", "1")
    assert [code for code in titles if "." not in code] == [str(number) for number in range(1, 21)]
    assert {code: title for code, title in titles.items() if title} == {
        "1": "Nous vous informons sur les conditions de fonctionnement dans nos services"
    }
    sub = Engagement.objects.get(module__referential__code="qual-e-pref", code="16.3")
    assert (sub.parent.code, sub.subject) == ("16", "courriels types soumis à l’avis du CLU")


def test_module_4_of_qual_e_pref_holds_the_engagements_of_the_collectivites(shipped):
    assert list(engagements("qual-e-pref", "4")) == ["36", "37"]


def test_headings_of_qualipref_number_their_engagements_apart(shipped):
    assert engagements("qualipref-2-0", "pilotage") == {
        "3": "Formation du personnel",
        "4": "CLU (comité local des usagers)",
    }
    assert engagements("qualipref-2-0", "labellisation") == {"bilan annuel": "Bilan annuel"}
    assert "3" in engagements("qualipref-2-0", "1")


def test_14_3_becomes_compulsory_on_1_january_2017(shipped):
    sub = Engagement.objects.get(module__referential__code="qualipref-2-0", code="14.3")
    assert (sub.parent.code, sub.compulsory_from) == ("14", date(2017, 1, 1))


def test_every_line_says_where_it_comes_from(shipped):
    assert not Engagement.objects.filter(certainty="").exists()
    assert not Module.objects.filter(certainty="").exists()
    assert not Referential.objects.filter(source="").exists()


def test_the_correspondences_are_those_of_the_documents(shipped):
    rows = Correspondence.objects.for_list()
    assert [(row.old.short, row.new.short) for row in rows] == [
        ("E3", "E3"), ("E8", "E10"), ("E14", "E17"), ("E14", "E18"), ("E14.3", "E17"), ("E14.3", "E18"), ("E36", "E37"),
    ]  # fmt: skip


def test_loading_again_changes_nothing(shipped):
    again = loading.load_all()
    assert [(loader.created, loader.changed, loader.kept) for loader in again] == [(0, 0, [])] * 6


def test_a_title_completed_in_the_application_survives_the_next_loading(shipped):
    engagement = Engagement.objects.get(module__referential__code="qual-e-pref", code="17")
    texts.edit_engagement(engagement, by=UserFactory(), title="Un intitulé lu dans le texte")
    loader = loading.load(loading.DATA / "qual-e-pref.json")
    engagement.refresh_from_db()
    assert engagement.title == "Un intitulé lu dans le texte"
    assert loader.kept == [
        "qual-e-pref.json, modules[0].engagements[17] : « E17 – Un intitulé lu dans le texte » "
        "a été modifié dans l’application."
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"code": "x", "name": "X", "moduls": []}', r"f\.json, moduls : clé inconnue"),
        ('{"code": "x", "name": "X", "modules": [{"code": ""}]}', r"f\.json, modules\[0\]\.code : ce texte est obli"),
        (
            '{"code": "x", "name": "X", "modules": [{"code": "1", "engagements": [{"code": "1"}, {"code": "1"}]}]}',
            r"f\.json, modules\[0\]\.engagements\[1\]\.code : l’engagement « 1 » figure deux fois",
        ),
        (
            '{"code": "x", "name": "X", "modules": [{"code": "1", "engagements": [{"code": "1.1", "parent": "1"}]}]}',
            r"engagements\[0\]\.parent : l’engagement « 1 » doit être écrit avant ses sous-engagements",
        ),
        (
            '{"correspondences": [{"old": {"referential": "a", "module": "1", "code": "2"}, "new": {}}]}',
            r"f\.json, correspondences\[0\]\.old : pas d’engagement « 2 » dans le module « 1 » du référentiel « a »",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_and_nothing_is_written(tmp_path, content, sentence):
    path = tmp_path / "f.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=sentence):
        loading.load(path)
    assert not Referential.objects.exists()


def test_the_command_says_what_it_did_file_by_file():
    out = StringIO()
    call_command("load_referential", stdout=out)
    assert out.getvalue().splitlines()[1] == "Chargement de qual-e-pref.json : 32 créés, 0 modifié, 0 inchangé."


def test_the_command_refuses_in_one_sentence_and_loads_none_of_its_files(tmp_path):
    wrong = tmp_path / "faux.json"
    wrong.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"faux\.json, ligne 1"):
        call_command("load_referential", str(loading.DATA / "qual-e-ate.json"), str(wrong))
    assert not Referential.objects.exists()
