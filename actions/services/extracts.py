"""Dated files of the plans as they stood on a day, whose digest can be computed again from the history."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from django.core.files.base import File
from django.db.models import Q, QuerySet
from django.utils import timezone

from actions import as_of
from actions.as_of import UnitState
from actions.models import Plan, PlanExtract
from core import jobs
from core.base.errors import UserError
from core.models import Job
from organisations.models import Unit

Writer = Callable[[UnitState, datetime], bytes]
DIGEST_LENGTH = 64
JOB, LABEL_LENGTH = "plan_extract", 200


class ExtractOutcome(StrEnum):
    """What a verification finds."""

    UNKNOWN = "unknown"  # no extract has this digest
    GENUINE = "genuine"  # and the history still gives this state
    COMPLETED = "completed"  # genuine; changes that took effect by that day were recorded after the file
    BROKEN = "broken"  # the history does not give this state any more


_WORDS = {
    ExtractOutcome.UNKNOWN: "Aucun extrait n’a cette empreinte : le fichier a été modifié, ou il vient d’ailleurs.",
    ExtractOutcome.GENUINE: "Authentique : l’historique donne toujours cet état.",
    ExtractOutcome.COMPLETED: "Authentique : c’est l’état connu le jour où il a été produit. Des changements à effet "
    "de cette période ont été enregistrés depuis.",
    ExtractOutcome.BROKEN: "L’extrait est connu, mais l’historique ne donne plus le même état : prévenez "
    "l’administrateur.",
}


@dataclass(frozen=True)
class Verdict:
    """What is known of a file or a digest; `extracts` are those that have it, latest first."""

    outcome: ExtractOutcome
    extracts: tuple[PlanExtract, ...] = ()

    @property
    def is_genuine(self) -> bool:
        return self.outcome in {ExtractOutcome.GENUINE, ExtractOutcome.COMPLETED}

    @property
    def words(self) -> str:
        return _WORDS[self.outcome]


def produce(
    site: Unit,
    *,
    on: date,
    format: str,
    write: Writer,
    by,
    plan: Plan | int | None = None,
) -> tuple[PlanExtract, bytes]:
    """Write the state of a day in a file (`write(state, produced_at)`), and keep the digests of both."""
    extract, content = prepare(site, on=on, format=format, write=write, by=by, plan=plan)
    keep(extract)
    return extract, content


def prepare(
    site: Unit,
    *,
    on: date,
    format: str,
    write: Writer,
    by,
    plan: Plan | int | None = None,
) -> tuple[PlanExtract, bytes]:
    """The file, and the row that remains to be kept: a long print holds no transaction open."""
    if on > timezone.localdate():
        raise UserError(f"Le {on:%d/%m/%Y} n’est pas encore venu : choisissez un jour passé.", field="on")
    state, now, content = _written(site, on, plan, write)
    extract = PlanExtract(
        site=site,
        plan_id=getattr(plan, "pk", plan),
        stood_on=on,
        format=format,
        state_digest=as_of.digest(state),
        file_digest=sha256(content).hexdigest(),
        created_at=now,
        created_by=by,
    )
    return extract, content


def request(site: Unit, *, on: date, by, plan: int | None = None) -> Job:
    """Ask for the PDF of a day, whose layout takes seconds."""
    parameters = {"site_id": site.pk, "on": on.isoformat(), "plan": plan}
    return jobs.enqueue(JOB, by=by, label=f"Extrait au {on:%d/%m/%Y} – {site}"[:LABEL_LENGTH], parameters=parameters)


def keep(extract: PlanExtract) -> None:
    """Keep the digests of a file once it is delivered."""
    extract.save(force_insert=True)


def _written(site: Unit, on: date, plan: Plan | int | None, write: Writer) -> tuple[UnitState, datetime, bytes]:
    """The state, the instant at which it was known, the file. Begun again when a change that was being saved at that
    instant shows up meanwhile: the same state could not be computed from the history later."""
    while True:
        now = timezone.now()
        state = as_of.plan_state(site, on, plan=plan, known_at=now)
        content = write(state, now)
        if as_of.plan_state(site, on, plan=plan, known_at=now) == state:
            return state, now, content


def verify(given: File | bytes | str, *, among: QuerySet | None = None) -> Verdict:
    """What is known of a file, or of a digest as it is printed; `among` narrows to the extracts a person sees."""
    digest = _digest_of(given)
    known = PlanExtract.objects.all() if among is None else among
    rows = known.filter(Q(file_digest=digest) | Q(state_digest=digest)).select_related("site", "created_by")
    extracts = tuple(rows.order_by("-created_at", "-pk"))
    if not extracts:
        return Verdict(ExtractOutcome.UNKNOWN)
    latest = extracts[0]
    if _computed_again(latest, latest.created_at) != latest.state_digest:
        return Verdict(ExtractOutcome.BROKEN, extracts)
    same = _computed_again(latest, None) == latest.state_digest
    return Verdict(ExtractOutcome.GENUINE if same else ExtractOutcome.COMPLETED, extracts)


def _computed_again(extract: PlanExtract, known_at: datetime | None) -> str:
    return as_of.digest(as_of.plan_state(extract.site, extract.stood_on, plan=extract.plan_id, known_at=known_at))


def _digest_of(given: File | bytes | str) -> str:
    if isinstance(given, str):
        digest = "".join(given.split()).lower()
        if len(digest) != DIGEST_LENGTH or set(digest) - set("0123456789abcdef"):
            raise UserError("Une empreinte SHA-256 a 64 chiffres ou lettres de a à f.", field="digest")
        return digest
    chunks: Iterable[bytes] = (given,) if isinstance(given, bytes) else given.chunks()
    total = sha256()
    for chunk in chunks:
        total.update(chunk)
    return total.hexdigest()
