"""The ready questionnaires: criteria of the documents in their order, conditions, languages, engagements, reloading."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.base.errors import UserError
from referential.services import loading
from surveys.enums import CRITERION_KINDS, Kind, Language
from surveys.models import Question, QuestionEngagement, Questionnaire
from surveys.rules import questions as rules
from surveys.services import questionnaire_loading

pytestmark = pytest.mark.django_db

SATISFACTION = [  # seeds/002, in its order
    "la courtoisie des agents en contact avec le public",
    "la disponibilité",
    "la prise en compte des personnes en situation de handicap",
    "la prise en compte des personnes en difficulté",
    "l’usage d’un langage compréhensible",
    "l’orientation des usagers",
    "la signalétique mise en place",
    "les services disponibles à l’accueil",
    "le confort des espaces d’accueil et d’attente",
    "la prise en compte de la confidentialité",
    "le délai d’attente",
    "l’accueil téléphonique (serveur vocal interactif SVI)",
    "l’accueil téléphonique (standard)",
    "le transfert d’appels",
    "le point numérique",
]
CALLS = [
    "Serveur vocal interactif",
    "Prise en charge en moins de 5 sonneries",
    "Formule d’accueil",
    "Courtoisie",
    "Transfert d’appel",
    "En cas de transfert d’appel, identification du bureau concerné",
    "Prise de congé",
    "Réponse donnée à l’usager",
]


@pytest.fixture
def shipped():
    loading.load_all()
    return questionnaire_loading.load()


def criteria(code: str) -> list[str]:
    rows = Question.objects.filter(questionnaire__code=code, kind__in=CRITERION_KINDS).order_by("position")
    return list(rows.values_list("label", flat=True))


def file_with(tmp_path, *questions, **fields):
    path = tmp_path / "q.json"
    questionnaire = {"code": "q", "version": 1, "title": "Q", "kind": "satisfaction", "questions": list(questions)}
    path.write_text(json.dumps({"questionnaires": [questionnaire | fields]}), encoding="utf-8")
    return path


def test_the_fifteen_criteria_are_those_of_the_document_in_its_order(shipped):
    assert criteria("satisfaction") == SATISFACTION


def test_the_grid_of_calls_has_the_eight_criteria_of_the_document(shipped):
    assert criteria("mystere-appels") == CALLS


def test_the_model_asks_who_why_where_and_leaves_room_for_suggestions_without_making_them_criteria(shipped):
    others = Question.objects.filter(questionnaire__code="satisfaction").exclude(kind__in=CRITERION_KINDS)
    assert list(others.order_by("position").values_list("code", "kind")) == [
        ("motif", "choice"),
        ("guichet", "choice"),
        ("premiere-visite", "choice"),
        ("telephone", "choice"),
        ("suggestions", "text"),
        ("profil", "choice"),
    ]


def test_a_criterion_about_a_transfer_is_asked_after_a_transfer_only(shipped):
    conditional = Question.objects.filter(
        shown_if__isnull=False, questionnaire__code__in=["satisfaction", "mystere-appels"]
    )
    found = conditional.order_by("questionnaire__code", "position")
    assert list(found.values_list("code", "shown_if__code", "shown_if_answers")) == [
        ("transfert", "appel-transfere", ["oui"]),
        ("identification", "appel-transfere", ["oui"]),
        ("svi", "telephone", ["transfere", "direct"]),
        ("standard", "telephone", ["transfere", "direct"]),
        ("transfert", "telephone", ["transfere"]),
    ]


def test_what_the_public_reads_exists_in_french_easy_french_and_english(shipped):
    questions = Question.objects.filter(questionnaire__kind=Kind.SATISFACTION)
    texts = [(q.label, q.label_easy, q.label_en) for q in questions]
    texts += [(c["label"], c["label_easy"], c["label_en"]) for q in questions for c in q.choices]
    texts += [(q.help_text, q.help_text_easy, q.help_text_en) for q in questions if q.help_text]
    texts += [
        (r.introduction, r.introduction_easy, r.introduction_en)
        for r in Questionnaire.objects.filter(kind=Kind.SATISFACTION)
    ]
    assert [text for text in texts if not all(text)] == []
    assert len(Language) == 3


def test_each_questionnaire_says_honestly_where_it_comes_from(shipped):
    sources = dict(Questionnaire.objects.values_list("code", "source"))
    assert "n’a pas été trouvé" in sources["satisfaction"]
    assert "non trouvée" in sources["mystere-appels"]
    to_adapt = {
        code for code, source in sources.items() if "à adapter" in source and "aucune grille officielle" in source
    }
    assert to_adapt == sources.keys() - {"satisfaction", "mystere-appels"}


def test_a_question_serves_engagements_of_several_referentials(shipped):
    links = QuestionEngagement.objects.filter(question__code="standard", question__questionnaire__code="satisfaction")
    assert sorted(links.values_list("engagement__module__referential__code", "engagement__code")) == [
        ("qual-e-pref", "10"),
        ("qualipref-2-0", "8"),
    ]


def test_every_condition_and_every_list_of_choices_shipped_is_sound(shipped):
    for question in Question.objects.select_related("shown_if"):
        assert rules.problem_with_choices(question.kind, question.choices) == ""
        if question.shown_if:
            assert question.shown_if.position < question.position
            assert rules.problem_with_condition(question.shown_if, question.shown_if_answers) == ""


def test_loading_again_changes_nothing(shipped):
    again = questionnaire_loading.load()
    assert (again.created, again.changed, again.unchanged, again.kept) == (0, 0, shipped.created, [])


def test_without_referentials_the_questionnaires_load_and_the_lost_links_are_listed():
    loader = questionnaire_loading.load()
    assert Questionnaire.objects.count() == 7
    assert QuestionEngagement.objects.count() == 0
    assert all(line.startswith("questionnaires.json, questionnaires[") for line in loader.kept)


def test_a_version_already_used_is_not_touched(shipped, tmp_path):
    Questionnaire.objects.filter(code="satisfaction").update(frozen_at=timezone.now())
    path = file_with(tmp_path, {"code": "courtoisie", "kind": "scale", "label": "autre chose"}, code="satisfaction")
    loader = questionnaire_loading.load(path, force=True)
    assert (loader.created, loader.changed) == (0, 0)
    assert criteria("satisfaction") == SATISFACTION


REFUSED = {
    "a question twice": (
        [{"code": "a", "kind": "scale", "label": "A"}, {"code": "a", "kind": "scale", "label": "B"}],
        "q.json, questionnaires[0].questions[1].code : la question « a » figure deux fois dans ce questionnaire.",
    ),
    "a condition on a later question": (
        [{"code": "a", "kind": "scale", "label": "A", "shown_if": "b"}],
        "q.json, questionnaires[0].questions[0].shown_if : la question « b » doit être écrite avant celles qui en "
        "dépendent.",
    ),
    "a condition on an answer that does not exist": (
        [
            {"code": "a", "kind": "yes_no", "label": "A"},
            {"code": "b", "kind": "scale", "label": "B", "shown_if": "a", "shown_if_answers": ["peut-être"]},
        ],
        "q.json, questionnaires[0].questions[1].shown_if_answers : « peut-être » n’est pas une réponse à « A ».",
    ),
    "a choice without choices": (
        [{"code": "a", "kind": "choice", "label": "A"}],
        "q.json, questionnaires[0].questions[0].choices : il faut de 2 à 30 choix.",
    ),
    "a misspelt key": (
        [{"code": "a", "kind": "scale", "labell": "A"}],
        "q.json, questionnaires[0].questions[0].labell : clé inconnue.",
    ),
    "a list of something else": (
        [{"code": "a", "kind": "scale", "label": "A", "aliases": [3]}],
        "q.json, questionnaires[0].questions[0].aliases : une liste de textes est attendue.",
    ),
}


@pytest.mark.parametrize(("questions", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_with_its_place_and_nothing_is_written(tmp_path, questions, sentence):
    with pytest.raises(UserError) as refusal:
        questionnaire_loading.load(file_with(tmp_path, *questions))
    assert refusal.value.message.startswith(sentence)
    assert not Questionnaire.objects.exists()


def test_the_command_says_what_it_did_and_then_that_nothing_changed():
    loading.load_all()
    out = StringIO()
    call_command("load_questionnaires", stdout=out)
    call_command("load_questionnaires", stdout=out)
    first, second = out.getvalue().splitlines()
    assert first.startswith("Chargement de questionnaires.json : ")
    assert first.endswith(" 0 modifié, 0 inchangé.")
    assert second.startswith("Chargement de questionnaires.json : 0 créé, 0 modifié, ")


def test_the_command_refuses_in_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="ce fichier ne peut pas être lu"):
        call_command("load_questionnaires", str(tmp_path / "absent.json"))
