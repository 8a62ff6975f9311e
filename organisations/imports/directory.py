"""Import of the services of a site and of the people who hold roles there: one line a service, or a person in it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from core.importing.asks import Option
from core.importing.kind import Noun
from core.importing.lines import LineChange
from core.importing.plan import Plan
from core.importing.tables import Wanted
from core.importing.tables.readers import Choice, Text
from core.importing.tables.table_import import Entered, TableImport
from core.importing.words import plain
from core.record import history
from organisations.enums import Role, UnitKind
from organisations.models import DirectoryImport, Membership, Unit, User
from organisations.permissions import Permission
from organisations.rules.units import place_error
from organisations.services import directory_file

ROLES: dict[str, str] = {
    str(Role.QUALITY_REFERENT): r"referente?s? qualites?|rq",
    str(Role.DEPUTY_REFERENT): r"referente?s? qualite (?:adjointe?|suppleante?)|suppleante?s?(?: du referent qualite)?",
    str(Role.HEAD_OF_SERVICE): r"(?:chefs?|cheffes?|responsables?)(?: (?:de|du|d) .*)?",
    str(Role.CONTRIBUTOR): r"contributeurs?|contributrices?|saisie",
    str(Role.RECEPTION_AGENT): r"agente?s? d accueil|accueil",
    str(Role.MANAGEMENT): r"direction|prefete?|sous prefete?|secretaire generale?|directeurs?|directrices?",
    str(Role.TRAINING_MANAGER): r"(?:gestionnaires?|correspondante?s?) (?:de )?(?:la )?formation",
    str(Role.TECHNICAL_ADMIN): r"administrat(?:eur|rice)s?(?: techniques?)?",
}
KINDS: dict[str, str] = {
    str(UnitKind.SERVICE): r"services?|missions?|poles?|cellules?",
    str(UnitKind.BUREAU): r"bureaux?",
    str(UnitKind.DIRECTION): "dir",
}
NO_ROLE = "Dites le rôle de cette personne : sans rôle, un compte ne donne accès à rien."
NO_ADDRESS = "Sans adresse électronique, aucun compte n’est ouvert pour cette personne."


class Told(NamedTuple):
    """What a line is about, where it is known already: the unit, the account."""

    unit: Unit | None
    user: User | None


class DirectoryFile(TableImport[DirectoryImport]):
    """A unit that is not known is created under its parent; a person with an address gets an account and a role."""

    code = "directory"
    namespace = "organisations"
    prefix = "directory-import"
    title = "Importer les services et les personnes"
    noun = Noun("ligne", "lignes", is_feminine=True)
    permission = seen_with = Permission.ACCOUNT_EDIT
    model = DirectoryImport
    related = ("site__holiday_zone",)
    joins = False
    columns = (
        Wanted(
            "unit",
            "Service",
            heads=r"services?|bureaux?|unites?|poles?|entites?|structures?|affectations?|nom du service",
            read=Text(200),
            colour="label",
            is_required=True,
            is_carried=True,
        ),
        Wanted(
            "parent",
            "Rattaché à",
            heads=r"rattachee?s? a|rattachements?|unites? (?:parente?s?|superieures?)|sous l autorite de|parent",
            read=Text(200),
        ),
        Wanted("kind", "Nature", heads=r"natures?|types?", read=Choice.of(UnitKind, KINDS)),
        Wanted("sigle", "Sigle", heads=r"sigles?|acronymes?|abreviations?", read=Text(30)),
        Wanted("code", "Code", heads=r"codes?", read=Text(60)),
        Wanted("last", "Nom", heads=r"noms?(?: de famille)?|patronymes?", read=Text(100)),
        Wanted("first", "Prénom", heads=r"prenoms?", read=Text(100)),
        Wanted(
            "name",
            "Nom et prénom",
            heads=r"noms? (?:et )?prenoms?|prenoms? (?:et )?noms?|agents?|personnes?|identites?",
            read=Text(200),
        ),
        Wanted(
            "email",
            "Courriel",
            heads=r"courriels?|e ?mails?|mails?|mel|adresses? (?:electroniques?|e ?mails?|mails?)(?: .*)?",
            read=Text(254),
        ),
        Wanted(
            "role",
            "Rôle",
            heads=r"roles?|profils?|droits?|habilitations?|fonctions?",
            read=Choice([Option(str(one), str(one.label)) for one in Role if one != Role.AUDITOR], ROLES),
        ),
    )

    def stored(self, entries: Sequence[Entered]) -> set[tuple[int, int, str]]:
        """The roles that the people of the file hold already; the units and the accounts are kept beside."""
        site = self.record.site
        self.units = list(Unit.objects.filter(pk__in=Unit.objects.ids_below(site.pk)).order_by("position", "code"))
        self.known: dict[str, list[Unit]] = {}
        for unit in self.units:
            for word in {plain(unit.name), plain(unit.sigle), plain(unit.code)} - {""}:
                self.known.setdefault(word, []).append(unit)
        self.news = {plain(one.values["unit"]): one for one in reversed(entries) if self._is_new(one)}
        emails = {_email(entry) for entry in entries} - {""}
        self.users = {user.email: user for user in User.objects.filter(email__in=emails)}
        self.people: dict[str, Entered] = {}
        self.codes: dict[str, Entered] = {}
        codes = {entry.values["code"] for entry in entries if "code" in entry.values}
        self.taken = set(Unit.objects.filter(code__in=codes).values_list("code", flat=True))
        held = Membership.objects.filter(user__in=self.users.values(), unit__in=self.units, valid_until__isnull=True)
        return set(held.values_list("user_id", "unit_id", "role"))

    def match(self, entry: Entered, stored: set[tuple[int, int, str]]) -> Unit | None:
        """The unit of a line that would change nothing."""
        unit, user = entry.extra = Told(self._unit(entry), self.users.get(_email(entry)))
        has_role = user is not None and unit is not None and (user.pk, unit.pk, entry.values.get("role")) in stored
        return unit if unit is not None and (has_role or not _email(entry)) else None

    def check(self, entry: Entered) -> None:
        name, first = entry.values["unit"], self.news.get(plain(entry.values["unit"]))
        if len(self.known.get(plain(name), ())) > 1:
            entry.wrong("unit", f"Plusieurs unités s’appellent « {name} » : écrivez le code de la bonne.")
        elif first is entry:
            self._check_new(entry)
        elif first is not None and not _email(entry):
            entry.row.left_out = f"« {name} » est déjà dit à la ligne {first.row.number}"
        if _email(entry):
            self._check_person(entry)
        elif any(code in entry.values for code in ("last", "first", "name", "role")):
            entry.doubtful("email", NO_ADDRESS)

    def changes(self, entry: Entered) -> list[LineChange]:
        found = []
        if self._creates(entry):
            kind, parent = UnitKind(self._kind(entry)).label, self._parent_name(entry)
            found.append(LineChange(f"{kind}", "", f"{entry.values['unit']}, sous {parent}", entry.row.place("unit")))
        if entry.target is None and (email := _email(entry)):
            label = "Rôle" if entry.extra and entry.extra.user else "Compte et rôle"
            role = Role(entry.values["role"]).label
            found.append(LineChange(label, "", f"{_person(entry)} ({email}), {role}", entry.row.place("email")))
        return found

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        entries: list[Entered] = [line.content for line in plan.kept]
        new = [
            directory_file.NewUnit(
                plain(entry.values["unit"]),
                entry.values["unit"],
                self._kind(entry),
                self._parent(entry),
                entry.values.get("sigle", ""),
                entry.values.get("code", ""),
            )
            for entry in entries
            if self._creates(entry)
        ]
        people = [
            directory_file.Holder(_email(entry), *_names(entry), entry.values["role"], self._place(entry))
            for entry in entries
            if entry.target is None and _email(entry)
        ]
        directory_file.record(self.record.site, new, people, by=by, reason=reason)

    @classmethod
    def scope_key(cls, record: DirectoryImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: DirectoryImport) -> str:
        return str(record.site)

    @classmethod
    def way(cls, record: DirectoryImport) -> list[tuple[str, str]]:
        return [("Unités", reverse("organisations:units")), cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: DirectoryImport) -> str:
        return reverse("organisations:directory-import-upload", args=[record.site.code])

    @classmethod
    def leads_to(cls, record: DirectoryImport) -> tuple[str, str]:
        return str(record.site), reverse("organisations:unit", args=[record.site.code])

    # The unit of a line --------------------------------------------------------------------------------------------
    def _is_new(self, entry: Entered) -> bool:
        return "unit" in entry.values and not entry.row.left_out and self._unit(entry) is None

    def _unit(self, entry: Entered) -> Unit | None:
        """The unit known under the name of a line, or under its code."""
        wanted = plain(entry.values.get("code", "")), plain(entry.values["unit"])
        return next((self.known[word][0] for word in wanted if word in self.known), None)

    def _creates(self, entry: Entered) -> bool:
        return self.news.get(plain(entry.values["unit"])) is entry

    def _kind(self, entry: Entered) -> str:
        return entry.values.get("kind") or UnitKind.SERVICE

    def _parent(self, entry: Entered) -> Unit | str:
        """The parent of a new unit: known, or the key of one of the file; the site where nothing says."""
        word = plain(entry.values.get("parent", ""))
        return self.known[word][0] if word in self.known else word or self.record.site

    def _parent_name(self, entry: Entered) -> str:
        return entry.values.get("parent") or str(self.record.site)

    def _place(self, entry: Entered) -> Unit | str:
        """The unit of a role: known, or the key of one of the file."""
        return self._unit(entry) or plain(entry.values["unit"])

    def _check_new(self, entry: Entered) -> None:
        parents = list(self._above(entry))
        last = parents[-1] if parents else None
        if not isinstance(last, Unit):
            told = entry.values["parent"]
            same = plain(told) in self.news
            why = "se rattache à elle-même" if same else "n’est ni une unité connue ni une ligne de ce tableau"
            entry.wrong("parent", f"« {told} » {why}.")
            return
        above = parents[0]
        kind = above.kind if isinstance(above, Unit) else self._kind(self.news[above])
        if why := place_error(self._kind(entry), kind):
            entry.wrong("kind", why)
        self._check_code(entry)
        by = self.record.sent_by
        if by is not None and not by.can(Permission.UNIT_EDIT, last.pk):
            entry.wrong("unit", f"Vous ne pouvez pas créer d’unité sous « {last} ».")

    def _check_code(self, entry: Entered) -> None:
        code = entry.values.get("code", "")
        is_twice = bool(code) and self.codes.setdefault(code, entry) is not entry
        if why := directory_file.why_no_code(code, {*self.taken, code} if is_twice else self.taken):
            entry.wrong("code", why)

    def _above(self, entry: Entered) -> Iterator[Unit | str]:
        """The parents of a new unit, up to the first that is known; cut short where there is none, or a loop."""
        seen = {plain(entry.values["unit"])}
        above = self._parent(entry)
        while isinstance(above, str) and above in self.news and above not in seen:
            yield above
            seen.add(above)
            above = self._parent(self.news[above])
        yield above

    # The person of a line -------------------------------------------------------------------------------------------
    def _check_person(self, entry: Entered) -> None:
        email, role = _email(entry), entry.values.get("role")
        try:
            validate_email(email)
        except ValidationError:
            entry.wrong("email", f"« {entry.values['email']} » n’est pas une adresse électronique.")
            return
        if not role and "role" not in entry.asked:
            entry.wrong("email", NO_ROLE)
        if why := self._why_no_account(email, entry):
            entry.wrong("email", why)
        if role and entry.target is None and (why := self._why_not_given(email, role, entry)):
            entry.wrong("role", why)

    def _why_no_account(self, email: str, entry: Entered) -> str:
        """Why the line opens no account, nor finds one."""
        other, user = self.people.setdefault(email, entry), self.users.get(email)
        if _names(other) != _names(entry):
            return f"Cette adresse est celle de {_person(other)} à la ligne {other.row.number}."
        if user is None:
            return "" if all(_names(entry)) else "Donnez le nom et le prénom de cette personne."
        return "" if user.is_active else f"Le compte de {user} est fermé : rouvrez-le d’abord."

    def _why_not_given(self, email: str, role: str, entry: Entered) -> str:
        by = self.record.sent_by
        if by is None:
            return ""
        if by.email == email:
            return "Vous ne pouvez pas changer vos propres rôles."
        first = self.news.get(plain(entry.values["unit"]), entry)
        anchor = self._unit(entry) or next(
            (one for one in self._above(first) if isinstance(one, Unit)), self.record.site
        )
        given = by.access.can_grant(role, anchor.pk)
        return "" if given else f"Vous ne pouvez pas donner le rôle « {Role(role).label} » à « {anchor} »."


def _email(entry: Entered) -> str:
    return entry.values.get("email", "").removeprefix("mailto:").strip().lower()


def _names(entry: Entered) -> tuple[str, str]:
    """First and last name; of « DUPONT Jean » and « Jean DUPONT », what is in capitals is the last name."""
    first, last = entry.values.get("first", ""), entry.values.get("last", "")
    words = entry.values.get("name", last if not first else "").split()
    if not words or (first and last):
        return first, last
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    family = capitals if 0 < len(capitals) < len(words) else words[1:]
    return " ".join(word for word in words if word not in family), " ".join(family)


def _person(entry: Entered) -> str:
    return " ".join(filter(None, _names(entry)))
