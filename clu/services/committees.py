"""Committees and their seats: created, changed of kind by an arrêté, members and mandates."""

from datetime import date

from django.db import transaction

from clu.enums import KIND_ALIASES, College, CommitteeKind
from clu.models import Committee, Mandate, Member, Order
from clu.rules.mandates import first_overlap, period_of
from core.base.errors import UserError
from core.record import history
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields
from organisations.models import Unit

COMMITTEE_FIELDS = ("name", "quorum", "chair")
MEMBER_FIELDS = ("organisation", "college", "public", "structure", "position")
MANDATE_FIELDS = (
    "holder",
    "function",
    "email",
    "deputy",
    "deputy_function",
    "deputy_email",
    "order_words",
    "appointed_on",
    "starts_on",
    "ends_on",
)
VACANT_WORDS = "À désigner"


def kind_of(text: str) -> CommitteeKind:
    """The kind that a command names, CLUAC included. UserError for another word."""
    word = text.strip().lower()
    if word in KIND_ALIASES:
        return KIND_ALIASES[word]
    if word not in CommitteeKind.values:
        raise UserError(f"« {text} » n’est pas une instance : écrivez {', '.join(CommitteeKind.values)}.")
    return CommitteeKind(word)


def find(site: Unit, kind: str) -> Committee | None:
    """The committee of that kind at the site, or the one that was of that kind before an arrêté changed it."""
    return Committee.objects.of(site, kind).first()


@transaction.atomic
def create(
    *, site: Unit, kind: str, by, name: str = "", quorum: int | None = None, chair: str = "", reason: str = ""
) -> Committee:
    """Create a committee. UserError at a unit that is no site, or when the site has it already."""
    committee = Committee(site=site, kind=kind_of(kind), name=name.strip(), quorum=quorum, chair=chair.strip())
    if not site.is_site:
        raise UserError(
            f"« {site} » n’est pas un site : une instance se réunit à la préfecture ou à la sous-préfecture."
        )
    _refuse_twice(committee)
    history.save(committee, by=by, reason=reason)
    return committee


@transaction.atomic
def ensure(site: Unit, kind: str, *, by, reason: str = "") -> Committee:
    """The committee of that kind, created when it is missing."""
    history.lock(site)
    return find(site, kind) or create(site=site, kind=kind, by=by, reason=reason)


@transaction.atomic
def change(committee: Committee, *, by, reason: str = "", **fields) -> Committee:
    """Change its name, quorum and chair."""
    row = locked(committee)
    set_fields(row, fields, COMMITTEE_FIELDS)
    _refuse_twice(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(committee, row)


@transaction.atomic
def remove(committee: Committee, *, by, reason: str = "") -> None:
    """Remove a committee that never met."""
    if committee.meetings.exists():
        raise UserError("Cette instance s’est réunie : elle ne se supprime pas.")
    history.bulk_delete(Mandate.objects.filter(member__committee=committee), by=by, reason=reason)
    history.bulk_delete(committee.members.all(), by=by, reason=reason)
    history.bulk_delete(committee.orders.all(), by=by, reason=reason)
    history.delete(committee, by=by, reason=reason)


@transaction.atomic
def record_order(
    committee: Committee,
    *,
    reference: str,
    signed_on: date,
    by,
    kind: str = "",
    quorum: int | None = None,
    reason: str = "",
) -> Order:
    """Record an arrêté; with another `kind`, the committee has that kind from the day it is signed."""
    row = locked(committee)
    changes = bool(kind) and kind != row.kind
    last = max((order.signed_on for order in row.orders.all() if order.former_kind), default=None)
    if changes and last and signed_on <= last:
        raise UserError(f"Un arrêté du {last:%d/%m/%Y} change déjà la nature de l’instance.", field="signed_on")
    order = Order(
        committee=row, reference=reference.strip(), signed_on=signed_on, former_kind=row.kind if changes else ""
    )
    history.save(order, by=by, reason=reason)
    if changes:
        row.kind = kind_of(kind)
        _refuse_twice(row)
    row.quorum = quorum if quorum is not None else row.quorum
    Deed(by, reason or str(order)).save(row)
    brought_up_to_date(committee, row)
    return order


@transaction.atomic
def add_member(
    committee: Committee,
    *,
    organisation: str,
    by,
    college: str = College.NONE,
    public: str = "",
    structure=None,
    position: int | None = None,
    reason: str = "",
) -> Member:
    """Add a seat, last by default."""
    if not organisation.strip():
        raise UserError("Dites quel organisme siège.", field="organisation")
    last = committee.members.order_by("-position").values_list("position", flat=True).first() or 0
    member = Member(
        committee=committee,
        organisation=organisation.strip(),
        college=college,
        public=public.strip(),
        structure=structure,
        position=last + 1 if position is None else position,
    )
    history.save(member, by=by, reason=reason)
    return member


@transaction.atomic
def change_member(member: Member, *, by, reason: str = "", **fields) -> Member:
    row = locked(member)
    set_fields(row, fields, MEMBER_FIELDS)
    Deed(by, reason).save(row)
    return brought_up_to_date(member, row)


@transaction.atomic
def remove_member(member: Member, *, by, reason: str = "") -> None:
    """Remove a seat and its mandates. UserError once one of them was at a meeting."""
    if Mandate.objects.filter(member=member, attendances__isnull=False).exists():
        raise UserError("Ce membre a été invité à une réunion : mettez fin à son mandat plutôt que de l’effacer.")
    history.bulk_delete(member.mandates.all(), by=by, reason=reason)
    history.delete(member, by=by, reason=reason)


@transaction.atomic
def appoint(member: Member, *, by, reason: str = "", **fields) -> Mandate:
    """Give the seat a mandate: see `MANDATE_FIELDS`; nobody named leaves it « à désigner »."""
    seat = locked(member)
    mandate = Mandate(member=seat)
    set_fields(mandate, fields, MANDATE_FIELDS)
    _check(mandate)
    history.save(mandate, by=by, reason=reason)
    return mandate


@transaction.atomic
def change_mandate(mandate: Mandate, *, by, reason: str = "", **fields) -> Mandate:
    """Change a mandate, its end included."""
    locked(mandate.member)
    row = locked(mandate)
    set_fields(row, fields, MANDATE_FIELDS)
    _check(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(mandate, row)


@transaction.atomic
def remove_mandate(mandate: Mandate, *, by, reason: str = "") -> None:
    if mandate.attendances.exists():
        raise UserError("Cette personne a été invitée à une réunion : mettez fin à son mandat plutôt que de l’effacer.")
    history.delete(mandate, by=by, reason=reason)


def _check(mandate: Mandate) -> None:
    period = period_of(mandate)
    if period.first and period.last and period.last < period.first:
        raise UserError("Le mandat finit avant de commencer.", field="ends_on")
    others = mandate.member.mandates.exclude(pk=mandate.pk)
    if other := first_overlap(period, [period_of(row) for row in others]):
        raise UserError(
            f"Ce mandat en chevauche un autre de « {mandate.member} », {other.words}.",
            field="starts_on",
        )


def _refuse_twice(committee: Committee) -> None:
    same = Committee.objects.filter(site=committee.site_id, kind=committee.kind, name=committee.name)
    if same.exclude(pk=committee.pk).exists():
        raise UserError(f"« {committee.site} » a déjà cette instance : {committee.short}.", field="kind")
