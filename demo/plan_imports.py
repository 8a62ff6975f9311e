"""The real plans of the Aisne (2016) and of 2019, taken in by the same path as any file sent by a person."""

from dataclasses import dataclass
from datetime import date

from django.core.files import File

from actions.imports.kind import PlanFile
from actions.models import PlanImport
from core.importing import engine
from core.sheets.reading.bounded import read
from demo.files import DATA
from organisations.models import Unit, User


@dataclass(frozen=True)
class SentDocument:
    """A document sent for a site; without a day of effect, that of its « màj »."""

    site: str
    file: str
    effective_on: date | None = None


DOCUMENTS = (
    SentDocument("02", "aisne_2016_plan_actions.xlsx"),  # « màj 07/10/16 »
    SentDocument(
        "demo", "plan_actions_2019.txt", date(2019, 11, 30)
    ),  # tells no day; its last action is of November 2019
)


def load_imports(units: dict[str, Unit], *, by: User) -> None:
    """Read, recognise and record each document, unless its site already has an import."""
    for sent in DOCUMENTS:
        if not PlanImport.objects.filter(site=units[sent.site]).exists():
            _load(sent, units[sent.site], by)


def _load(sent: SentDocument, site: Unit, by: User) -> None:
    path = DATA / sent.file
    record = PlanImport(site=site, effective_on=sent.effective_on)
    book = read(path, name=path.name)
    plan = engine.plan_book(PlanFile, record, book)
    with path.open("rb") as content:
        engine.record_at_once(PlanFile, record, File(content, name=path.name), book=book, plan=plan, by=by)
