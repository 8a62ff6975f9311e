"""Data files: errors name their place, loading twice changes nothing, what a person changed is left."""

import json

import pytest

from core.base.errors import UserError
from core.models import Holiday, HolidayZone
from core.record import data_files, history
from core.record.data_files import Loader, Node
from tests.core.factories import HolidayFactory, HolidayZoneFactory
from tests.organisations.factories import UserFactory


def node(**value) -> Node:
    return Node(value, "zones.json, zones[2]")


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda n: n.text("name", required=True), "zones.json, zones[2].name : ce texte est obligatoire."),
        (lambda n: n.text("number"), "zones.json, zones[2].number : un texte est attendu, pas 12."),
        (lambda n: n.flag("word"), "zones.json, zones[2].word : true ou false est attendu, pas 'oui'."),
        (lambda n: n.date("word"), "zones.json, zones[2].word : une date comme 2019-02-04 est attendue, pas « oui »."),
        (lambda n: n.decimal("word"), "zones.json, zones[2].word : un nombre est attendu, pas 'oui'."),
        (
            lambda n: n.choice("word", ["a", "b"]),
            "zones.json, zones[2].word : « oui » n’est pas une valeur possible : a, b.",
        ),
        (lambda n: n.nodes("word"), "zones.json, zones[2].word : une liste est attendue."),
        (lambda n: n.node("word"), "zones.json, zones[2].word : un objet entre accolades est attendu ici."),
        (lambda n: n.only("word"), "zones.json, zones[2].number : clé inconnue. Clés possibles : word."),
    ],
)
def test_an_error_names_its_place_and_what_was_expected(read, sentence):
    with pytest.raises(UserError) as refused:
        read(node(word="oui", number=12))
    assert str(refused.value) == sentence


def test_a_nested_node_knows_its_way_from_the_root(tmp_path):
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"modules": [{"engagements": [{}, {"code": "2"}]}]}), encoding="utf-8")
    engagement = data_files.read(path).nodes("modules")[0].nodes("engagements")[1]
    assert engagement.place == "f.json, modules[0].engagements[1]"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"a": 1,\n "b": }', "f.json, ligne 2, colonne 7 : ce n’est pas du JSON valide (Expecting value)."),
        (b'"\xe9"', "f.json : ce fichier n’est pas en UTF-8."),
        (b"[]", "f.json : un objet entre accolades est attendu ici."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "f.json"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        data_files.read(path)
    assert str(refused.value) == sentence


def test_a_missing_file_is_refused_with_its_path(tmp_path):
    with pytest.raises(UserError, match=r"absent\.json : ce fichier ne peut pas être lu"):
        data_files.read(tmp_path / "absent.json")


def put_zone(loader: Loader, **values):
    return loader.put(HolidayZone, key={"code": "guyane"}, values={"name": "Guyane"} | values, place="zones[0]")


@pytest.mark.django_db
def test_putting_twice_changes_nothing_and_writes_no_history():
    put_zone(Loader(reason="premier"))
    again = Loader(reason="second")
    zone = put_zone(again)
    assert (again.created, again.changed, again.unchanged, again.kept) == (0, 0, 1, [])
    assert [row.history_change_reason for row in zone.history.all()] == ["premier"]


@pytest.mark.django_db
def test_a_newer_file_changes_what_nobody_edited():
    put_zone(Loader(reason="premier"))
    loader = Loader(reason="second")
    zone = put_zone(loader, name="Guyane française")
    assert (loader.changed, zone.name) == (1, "Guyane française")
    assert loader.summary == "0 créé, 1 modifié, 0 inchangé"


@pytest.mark.django_db
def test_what_a_person_edited_is_left_and_listed_unless_forced():
    zone = put_zone(Loader(reason="premier"))
    zone.name = "La Guyane"
    history.save(zone, by=UserFactory())
    loader = Loader(reason="second")
    put_zone(loader)
    zone.refresh_from_db()
    assert (zone.name, loader.kept) == ("La Guyane", ["zones[0] : « La Guyane » a été modifié dans l’application."])
    forced = Loader(reason="troisième", force=True)
    assert put_zone(forced).name == "Guyane"
    assert (forced.changed, forced.kept) == (1, [])


@pytest.mark.django_db
def test_what_a_person_deleted_does_not_come_back_unless_forced():
    holiday = HolidayFactory(zone=HolidayZoneFactory(), label="Fête locale")
    key = {"zone": holiday.zone, "date": holiday.date}
    history.delete(holiday, by=UserFactory())
    loader = Loader(reason="second")
    assert loader.put(Holiday, key=key, values={"label": "Fête locale"}, place="jours[0]") is None
    assert loader.kept == ["jours[0] : « Fête locale (01/05/2020) » a été supprimé dans l’application."]
    forced = Loader(reason="troisième", force=True)
    assert forced.put(Holiday, key=key, values={"label": "Fête locale"}, place="jours[0]").label == "Fête locale"


@pytest.mark.django_db
def test_a_value_the_model_refuses_is_told_with_its_place():
    with pytest.raises(UserError) as refused:
        put_zone(Loader(reason="premier"), name="x" * 101)
    assert str(refused.value).startswith("zones[0] : name : Assurez-vous que cette valeur comporte au plus 100")
