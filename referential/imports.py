"""Import of the engagements of a version: titles, expected evidence, and the older engagements that each takes up."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from core.importing.asks import Ask
from core.importing.kind import Noun
from core.importing.plan import Plan
from core.importing.tables import Fit, Wanted
from core.importing.tables.readers import Day, Text
from core.importing.tables.table_import import Entered, TableImport
from core.importing.words import plain
from core.record import history
from organisations.permissions import Permission
from referential.models import Correspondence, Engagement, Module, Referential, ReferentialImport
from referential.scope import decides
from referential.services import texts
from referential.services.naming import codes_of

LONGEST_CODE = 20
_NUMBER_SIGN = re.compile(r"\s*(?:n ?[°ºo]|num[ée]ros?|codes?|r[ée]f(?:[ée]rences?)?)\.?(?: .*)?", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:module\s*)?(?P<code>\d{1,2}|[A-Z])\s*(?:[–—:.-]\s*(?P<title>.*))?$", re.IGNORECASE)
_LEAD = re.compile(r"^\s*(?:engagement\s*)?(?:n\s*°\s*)?E?[\d.]+\s*[–—:.-]*\s*", re.IGNORECASE)
_EARLIER = (
    r"(?:anciens?|precedents?) (?:engagements?|numeros?|referentiels?)(?: .*)?|"
    r"(?:correspond\w*|equivalen\w*|repren\w*)(?: .*)?"
)
_TITLES = r"(?:intitules?|libelles?|titres?|textes?|exigences?)(?: .*)?"
FIELDS = ("title", "subject", "expected_evidence", "compulsory_from")


class ReferentialFile(TableImport[ReferentialImport]):
    """Each line is an engagement of a module; what a line leaves empty stays as it is."""

    code = "referential"
    namespace = "referential"
    prefix = "import"
    title = "Importer les engagements d’un référentiel"
    noun = Noun("engagement", "engagements")
    permission = Permission.REFERENTIAL_EDIT
    seen_with = Permission.REFERENTIAL_VIEW
    model = ReferentialImport
    related = ("referential",)
    columns = (
        Wanted("module", "Module", heads=r"modules?(?: .*)?|volets?|chapitres?|axes?|piliers?", read=Text(220),
               colour="label", is_carried=True),
        Wanted("code", "Numéro", heads=r"engagements?(?: (?:n|no|numeros?))?|sous engagements?", read=Text(420),
               fit=lambda heading: Fit.EXACT if _NUMBER_SIGN.fullmatch(heading) else Fit.NONE, colour="key",
               is_key=True, is_required=True),
        Wanted("title", "Intitulé", heads=_TITLES, read=Text(400)),
        Wanted("subject", "Objet", heads=r"objets?|sujets?|themes?", read=Text(200)),
        Wanted("expected_evidence", "Preuves attendues", read=Text(), is_many=True,
               heads=r"(?:elements? de )?preuves?(?: .*)?|justificatifs?(?: .*)?|pieces?(?: .*)?|documents? attendus?"),
        Wanted("compulsory_from", "Obligatoire depuis", read=Day(), colour="date",
               heads=r"obligatoire(?: (?:depuis|a partir d\w*|le))*|(?:date d )?(?:entree en vigueur|application)"),
        Wanted("old", "Ancien engagement", read=Text(200), colour="key", heads=_EARLIER),
    )  # fmt: skip

    def settle_doubles(self, entries: Iterable[Entered]) -> list[Ask]:
        """The same number in one module twice is refused at its cell, once the module is known."""
        return []

    def stored(self, entries: Sequence[Entered]) -> dict[tuple[str, str], Engagement]:
        referential = self.record.referential
        rows = list(Engagement.objects.filter(module__referential=referential).select_related("module"))
        self.modules = {module.code: module for module in referential.modules.order_by("position")}
        self.titled = {plain(module.title): module.code for module in self.modules.values() if module.title}
        self.lone = {row.code: row.module.code for row in rows if [one.code for one in rows].count(row.code) == 1}
        self.earlier = _earlier(referential)
        links = Correspondence.objects.filter(new__in=rows).select_related("old")
        self.related: dict[int, list[Engagement]] = {}
        for one in links.order_by("pk"):
            self.related.setdefault(one.new_id, []).append(one.old)
        self.seen: dict[tuple[str, str], int] = {}
        self.new_modules: dict[str, str] = {}
        return {(row.module.code, row.code): row for row in rows}

    def match(self, entry: Entered, stored: dict[tuple[str, str], Engagement]) -> Engagement | None:
        """The engagement of that number in that module; `extra` is (module, number)."""
        values = entry.values
        told = values["code"]
        code = next(iter(codes_of(told)), "") or told.strip()
        if "title" not in values and (rest := _LEAD.sub("", told).strip()) and rest != code:
            values["title"] = rest[:400]
        module = self._module(values.pop("module", "") or entry.row.band, code)
        values["code"], entry.extra = code, (module, code)
        if len(code) > LONGEST_CODE:
            entry.wrong("code", f"« {code[:40]} » n’est pas un numéro : {LONGEST_CODE} caractères au plus.")
        elif not module:
            entry.wrong("module", f"Dites de quel module est l’engagement {code}.")
        elif line := self.seen.get(entry.extra):
            entry.wrong("code", f"L’engagement {code} est déjà à la ligne {line}.")
        self.seen.setdefault(entry.extra, entry.row.number)
        return stored.get((module, code))

    def check(self, entry: Entered) -> None:
        if words := entry.values.get("old"):
            codes = codes_of(words)
            entry.values["old"] = tuple(self.earlier[code] for code in codes if code in self.earlier)
            if missing := [code for code in codes if code not in self.earlier] or ([words] if not codes else []):
                entry.doubtful("old", f"« {', '.join(missing)} » n’est pas un engagement d’avant : non relié.")
            if not entry.values["old"]:
                del entry.values["old"]

    def before(self, entry: Entered, code: str) -> Any:
        return tuple(self.related.get(entry.target.pk, ())) if code == "old" else getattr(entry.target, code)

    def hold(self) -> None:
        history.lock(self.record.referential)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        for line in plan.kept:
            entry: Entered = line.content
            fields = {name: value for name, value in entry.values.items() if name in FIELDS}
            module, code = entry.extra
            row = entry.target
            if row is None:
                within = self._ensure(module, by=by, reason=reason)
                parent = within.engagements.filter(code=code.rpartition(".")[0]).first()
                row = texts.add_engagement(within, code=code, parent=parent, by=by, reason=reason, **fields)
            elif line.changes:
                row = texts.edit_engagement(row, by=by, reason=reason, **fields)
            for old in entry.values.get("old", ()):
                if old not in self.related.get(row.pk, ()):
                    texts.relate(old=old, new=row, by=by, reason=reason)

    def _module(self, words: str, code: str) -> str:
        """The code of the module that words name; that of its only engagement of the number; a new one."""
        if not words:
            return self.lone.get(code, "") or (next(iter(self.modules)) if len(self.modules) == 1 else "")
        if found := self.titled.get(plain(words)):
            return found
        numbered = _NUMBERED.match(words)
        number = numbered["code"] if numbered else plain(words).replace(" ", "-")[:LONGEST_CODE]
        if number not in self.modules:
            self.new_modules.setdefault(number, (numbered["title"] or "") if numbered else words)
        return number

    def _ensure(self, code: str, *, by: Any, reason: str) -> Module:
        if code not in self.modules:
            title = self.new_modules.get(code, "")[:200]
            self.modules[code] = texts.add_module(self.record.referential, code=code, title=title, by=by, reason=reason)
        return self.modules[code]

    @classmethod
    def may_use(cls, user: Any, record: ReferentialImport) -> bool:
        return decides(user)

    @classmethod
    def scope_key(cls, record: ReferentialImport) -> str:
        return record.referential.code

    @classmethod
    def place(cls, record: ReferentialImport) -> str:
        return str(record.referential)

    @classmethod
    def way(cls, record: ReferentialImport) -> list[tuple[str, str]]:
        return [("Référentiels", reverse("referential:referentials")), cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: ReferentialImport) -> str:
        return reverse("referential:import-upload", args=[record.referential.code])

    @classmethod
    def leads_to(cls, record: ReferentialImport) -> tuple[str, str]:
        return str(record.referential), reverse("referential:referential", args=[record.referential.code])


def _earlier(referential: Referential) -> dict[str, Engagement]:
    """The engagements of the version just before, by number; a number that two of its modules bear names none."""
    before = Referential.objects.exclude(pk=referential.pk).filter(in_force_from__isnull=False)
    if referential.in_force_from:
        before = before.filter(in_force_from__lt=referential.in_force_from)
    last = before.filter(modules__engagements__isnull=False).order_by("-in_force_from").first()
    rows = list(Engagement.objects.filter(module__referential=last).order_by("pk")) if last else []
    codes = [row.code for row in rows]
    return {row.code: row for row in rows if codes.count(row.code) == 1}
