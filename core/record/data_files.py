"""Data files shipped with the application (referentials, catalogue): read with the place of each error, loaded twice
without effect, and never over what a person has changed since."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from core.base.errors import UserError
from core.base.words import changes_in_words, counted
from core.record import history


class Node:
    """An object of a data file, which knows its place: `qual-e-pref.json, modules[2].engagements[0]`."""

    def __init__(self, value: Any, place: str):
        self.place = place
        if not isinstance(value, dict):
            raise UserError(f"{place} : un objet entre accolades est attendu ici.")
        self._value = value

    def error(self, key: str, message: str) -> UserError:
        return UserError(f"{self._at(key)} : {message}")

    def only(self, *keys: str) -> None:
        """Refuse a misspelt key rather than ignore it in silence."""
        for key in self._value:
            if key not in keys:
                raise self.error(key, f"clé inconnue. Clés possibles : {', '.join(keys)}.")

    def has(self, key: str) -> bool:
        return self._value.get(key) is not None

    def text(self, key: str, *, required: bool = False) -> str:
        value = self._value.get(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise self.error(key, f"un texte est attendu, pas {value!r}.")
        if required and not value.strip():
            raise self.error(key, "ce texte est obligatoire.")
        return value.strip()

    def texts(self, key: str) -> list[str]:
        value = self._value.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(key, "une liste de textes est attendue.")
        return [item.strip() for item in value]

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self._value.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"true ou false est attendu, pas {value!r}.")
        return value

    def date(self, key: str, *, required: bool = False) -> date | None:
        text = self.text(key, required=required)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self.error(key, f"une date comme 2019-02-04 est attendue, pas « {text} ».") from None

    def decimal(self, key: str) -> Decimal:
        value = self._value.get(key)
        try:
            return Decimal(str(value))
        except InvalidOperation:
            raise self.error(key, f"un nombre est attendu, pas {value!r}.") from None

    def choice(self, key: str, choices: Iterable[str], *, default: str = "") -> str:
        value = self.text(key) or default
        if value not in list(choices):
            raise self.error(key, f"« {value} » n’est pas une valeur possible : {', '.join(c for c in choices if c)}.")
        return value

    def node(self, key: str) -> "Node":
        return Node(self._value.get(key), self._at(key))

    def nodes(self, key: str) -> list["Node"]:
        value = self._value.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, "une liste est attendue.")
        return [Node(item, f"{self._at(key)}[{index}]") for index, item in enumerate(value)]

    def _at(self, key: str) -> str:
        return f"{self.place}{'.' if self.place.endswith(']') else ', '}{key}"


def read(path: Path | str) -> Node:
    """The root of a JSON data file; a file that cannot be read is refused with its line."""
    path = Path(path)
    try:
        return Node(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal), path.name)
    except OSError as error:
        raise UserError(f"{path} : ce fichier ne peut pas être lu ({error.strerror or error}).") from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} : ce fichier n’est pas en UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"ligne {error.lineno}, colonne {error.colno}"
        raise UserError(f"{path.name}, {place} : ce n’est pas du JSON valide ({error.msg}).") from None


@dataclass
class Loader:
    """Writes the rows of a data file and counts what it did."""

    reason: str
    by: Any = None
    force: bool = False
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    written: list[Model] = field(default_factory=list)

    def put(self, model: type[Model], *, key: dict, values: dict, place: str) -> Any:
        """Create or update the row known by `key`; leave it when a person has edited or deleted it since."""
        instance = model._default_manager.filter(**key).first()
        if instance is None:
            return self._create(model, key=key, values=values, place=place)
        different = {name: value for name, value in values.items() if getattr(instance, name) != value}
        if not different:
            self.unchanged += 1
        elif not self.force and _edited_by_a_person(instance):
            self.kept.append(f"{place} : « {instance} » a été modifié dans l’application.")
        else:
            self._write(instance, different, place)
            self.changed += 1
        return instance

    def _create(self, model: type[Model], *, key: dict, values: dict, place: str) -> Any:
        deleted = model.history.filter(**key, history_type="-", history_user__isnull=False).first()
        if deleted is not None and not self.force:
            self.kept.append(f"{place} : « {deleted.instance} » a été supprimé dans l’application.")
            return None
        instance = model(**key)
        self._write(instance, values, place)
        self.created += 1
        return instance

    def _write(self, instance: Model, values: dict, place: str) -> None:
        for name, value in values.items():
            setattr(instance, name, value)
        try:
            instance.full_clean()
        except ValidationError as error:
            problems = [f"{name} : {' '.join(messages)}" for name, messages in error.message_dict.items()]
            raise UserError(f"{place} : {' ; '.join(problems)}") from None
        history.save(instance, by=self.by, reason=self.reason)
        self.written.append(instance)

    @property
    def summary(self) -> str:
        parts = changes_in_words(self.created, self.changed, self.unchanged)
        return f"{parts}, {counted(len(self.kept), 'laissé')}" if self.kept else parts


def _edited_by_a_person(instance: Model) -> bool:
    last = instance.history.order_by("-history_date", "-history_id").first()
    return last is not None and last.history_user_id is not None
