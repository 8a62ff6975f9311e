"""What becomes of a form of a file: recorded, already there, asked about, refused or left out, and why."""

from dataclasses import dataclass

from core.base.errors import UserError
from core.base.words import in_words
from core.importing.lines import Fate, Line, LineChange
from core.importing.places import error, warning
from surveys.imports.answers import ReadForm
from surveys.imports.columns import DATE, NUMBER, is_stamp
from surveys.imports.matching import CORRECTED, KEPT, FormMatch
from surveys.models import Campaign
from surveys.services import intake

UNFINISHED, EMPTY = "formulaire commencé et non envoyé", "ligne sans réponse"
TWICE, AS_STORED = "formulaire déjà donné à la ligne {}", "formulaire déjà enregistré, gardé tel quel (choisi)"


@dataclass(frozen=True)
class PlannedForm:
    """A form and what is recorded of it: handed to `write`."""

    read: ReadForm
    match: FormMatch
    place: str = ""
    scenario: str = ""


@dataclass(frozen=True)
class Fates:
    """What becomes of a form: recorded, already there, asked about, refused or left out, and why."""

    campaign: Campaign

    def line(self, form: PlannedForm, told: list[LineChange]) -> Line:
        read = form.read
        fate = self._fate(read, form.match)
        name = f"n° {read.number}" if read.number else f"ligne {read.row.number}"
        label = f"{name}, {in_words(read.day)}" if read.day else name
        changes = told if fate in (Fate.CREATED, Fate.CHANGED, Fate.ASKED) else []
        return Line(
            read.row.key, read.row.place_of_row, label, fate, changes=changes, problems=read.problems, content=form
        )

    def _fate(self, read: ReadForm, match: FormMatch) -> Fate:
        if match.twin:
            return self._twice(read, match.twin)
        if match.known and not match.known.was_undone:
            return self._known(read, match)
        return Fate.REFUSED if read.has_error else self._of_new(read, match)

    def _of_new(self, read: ReadForm, match: FormMatch) -> Fate:
        """The fate of a form without error that nothing recorded tells yet, or tells no more."""
        if read.is_unfinished:
            return self._without_day(read)
        is_asked = bool(read.asked or read.row.asked)
        if not (read.answers or is_asked):
            return _left_out(read, EMPTY)
        if not self._is_in_campaign(read):
            return Fate.REFUSED
        if is_asked or read.day is None:
            return Fate.ASKED
        return Fate.CHANGED if match.known else Fate.CREATED

    def _is_in_campaign(self, read: ReadForm) -> bool:
        try:
            if read.day:
                intake.check_day(self.campaign, read.day)
        except UserError as refusal:
            _refused(read, DATE, refusal.message)
            return False
        return True

    def _twice(self, read: ReadForm, twin: ReadForm) -> Fate:
        if (read.answers, read.day) == (twin.answers, twin.day):
            return _left_out(read, TWICE.format(twin.row.number))
        message = f"Le numéro {read.number} est déjà celui de la ligne {twin.row.number}, avec d’autres réponses."
        return _refused(read, NUMBER, message)

    def _known(self, read: ReadForm, match: FormMatch) -> Fate:
        if match.differs and match.lot:
            if match.lot.value == CORRECTED and not read.asked:
                return Fate.CHANGED
            return _left_out(read, AS_STORED) if match.lot.value == KEPT else Fate.ASKED
        if match.known and match.known.withdrawn_at is not None:
            name = f"Le formulaire n° {read.number}" if read.number else "Ce formulaire"
            read.problems[:] = [warning(f"{name} a été écarté : il le reste.", read.row.place(NUMBER))]
        return Fate.ASKED if read.asked else Fate.UNCHANGED

    def _without_day(self, read: ReadForm) -> Fate:
        """Some tools date a form when it is sent: without a day it was begun and not finished."""
        if any(is_stamp(column.heading) == 1 for column in read.row.table.of_role(DATE)):
            return _left_out(read, UNFINISHED)
        return _refused(read, DATE, "La date manque.")


def _left_out(read: ReadForm, why: str) -> Fate:
    read.row.left_out = why
    return Fate.LEFT_OUT


def _refused(read: ReadForm, code: str, message: str) -> Fate:
    read.problems.append(error(message, read.row.place(code)))
    return Fate.REFUSED
