"""The real plans of the Aisne (2016) and of 2019, taken in by the same path as any file sent by a person."""

from dataclasses import dataclass
from datetime import date

from django.core.files import File

from actions.imports.planning import plan_of
from actions.imports.reading import read_document, recognised
from actions.models import PlanImport
from actions.services import imports
from core.enums import ImportState
from core.imports import flow
from organisations.models import Unit, User
from reports.demo.files import DATA


@dataclass(frozen=True)
class Sent:
    """A document sent for a site; without a day of effect, that of its « màj »."""

    site: str
    file: str
    effective_on: date | None = None


DOCUMENTS = (
    Sent("02", "aisne_2016_plan_actions.xlsx"),  # « màj 07/10/16 »
    Sent("demo", "plan_actions_2019.txt", date(2019, 11, 30)),  # tells no day; its last action is of November 2019
)


def load_imports(units: dict[str, Unit], *, by: User) -> None:
    """Read, recognise and record each document, unless its site already has an import."""
    for sent in DOCUMENTS:
        if not PlanImport.objects.filter(site=units[sent.site]).exists():
            _load(sent, units[sent.site], by)


def _load(sent: Sent, site: Unit, by: User) -> None:
    path = DATA / sent.file
    document = recognised(read_document(path, name=path.name))
    record = PlanImport(
        site=site, effective_on=sent.effective_on, state=ImportState.PREVIEW, preview={"document": document.to_json()}
    )
    with path.open("rb") as content:
        flow.keep(record, File(content, name=path.name), by=by)
    told = {"site": site, "effective_on": sent.effective_on}
    imports.commit(record, lambda: plan_of(document, **told).to_write(), by=by)
