"""A kind of import, declared by an app; preview, questions, contract, undo, pages and command follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models
from django.urls import reverse

from core.base.figures import format_number
from core.importing.asks import Given
from core.importing.plan import Plan
from core.models import AbstractImport

Record = TypeVar("Record", bound=AbstractImport)


@dataclass(frozen=True, slots=True)
class Noun:
    """The thing an import records: « valeur », « valeurs », feminine or not."""

    one: str
    many: str
    is_feminine: bool = False

    def agreed(self, number: int, stem: str) -> str:
        """« créée », « créées »: a participle as it agrees with that many of the thing."""
        return f"{stem}{'e' if self.is_feminine else ''}{'s' if number > 1 else ''}"

    def counted(self, number: int, stem: str) -> str:
        """« 37 actions créées »."""
        return f"{format_number(number)} {self.many if number > 1 else self.one} {self.agreed(number, stem)}"


class FileImport(Generic[Record]):
    """One kind of file. Instances are made by the mechanism, one per use: they may keep what they read once.

    A declaration names its model (an `AbstractImport` whose fields say what the file is about: site, year…), its
    permission (the model's scope says where it is held), and gives `plan` and `write`. A plain table gives `columns`
    instead of `plan`: see `core.importing.tables.TableImport`.
    """

    do_not_call_in_templates: ClassVar[bool] = True  # a template is given the class itself
    code: ClassVar[str]  # « grid »: the job kinds `read_grid` and `undo_grid`, the memory of its answers
    namespace: ClassVar[str]  # « indicators »: its addresses are `indicators:import`, `indicators:import-commit`…
    prefix: ClassVar[str] = "import"  # another one for the second import of an app
    title: ClassVar[str]  # « Importer une grille »
    noun: ClassVar[Noun]
    permission: ClassVar[str]
    seen_with: ClassVar[str] = "history_view"  # the permission to look at an import, beside sending it
    model: ClassVar[type[AbstractImport]]
    related: ClassVar[tuple[str, ...]] = ()  # what its pages read with the record: « site »
    word_labels: ClassVar[Mapping[str, str]] = {}  # kind of words → its heading in « Mots du fichier »; else the role's
    accepts_paste: ClassVar[bool] = True
    line_template: ClassVar[str] = "core/import/_line.html"
    answered: ClassVar[tuple[str, ...]] = ()  # fields of the record that answers change: the year of a grid
    summary_template: ClassVar[str] = ""
    keeps: ClassVar[tuple[type[models.Model], ...]] = ()  # what it created stays when it is undone

    def __init__(self, record: Record, given: Given):
        self.record = record
        self.given = given

    # What the app gives -------------------------------------------------------------------------------------------
    def plan(self, book: Any) -> Plan:
        """What recording the workbook would do, with the answers given. Reads the database, writes nothing.

        Constant number of queries. Raises SpreadsheetError only for a file in which nothing at all can be read.
        """
        raise NotImplementedError

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        """Record the kept lines through verbs of services, inside the transaction and changeset of the mechanism."""
        raise NotImplementedError

    def hold(self) -> None:
        """Lock what the plan rests on until the end of the transaction: the site, the rows that would change.

        Called before the last plan, so that nothing moves between it and `write`.
        """

    def after_undo(self, touched: dict[type[models.Model], set], *, by: Any, reason: str) -> None:
        """After the rows of the changeset (`touched`) were put back: refresh summaries; nothing by default."""

    @classmethod
    def scope_key(cls, record: Any) -> str:
        """What answers are remembered for, beside the headings: the site's code."""
        raise NotImplementedError

    @classmethod
    def place(cls, record: Any) -> str:
        """What the file is about, under the title: « Sous-préfecture d’Aix-en-Provence, 2020 »."""
        raise NotImplementedError

    @classmethod
    def way(cls, record: Any) -> list[tuple[str, str]]:
        """The way to its upload page: (label, address)."""
        return []

    @classmethod
    def upload_url(cls, record: Any) -> str:
        """Where another file for the same place is sent."""
        raise NotImplementedError

    @classmethod
    def leads_to(cls, record: Any) -> tuple[str, str]:
        """Where what was recorded is seen: (label, address)."""
        raise NotImplementedError

    @classmethod
    def may_use(cls, user: Any, record: Any) -> bool:
        """Whether the person imports that file: the scope of the model says where `permission` is held."""
        model: Any = cls.model
        return model.scope.allows(user, cls.permission, record)

    # What follows from it -----------------------------------------------------------------------------------------
    @classmethod
    def url_name(cls, page: str = "") -> str:
        """The name of one of its addresses: `actions:import-commit`."""
        return f"{cls.namespace}:{cls.prefix}{f'-{page}' if page else ''}"

    @classmethod
    def url(cls, record: Any, page: str = "") -> str:
        """One of the addresses of a record."""
        return reverse(cls.url_name(page), args=[record.pk])
