"""The import of action plans, declared: what a file says, what it changes at its site, how it is recorded."""

from django.urls import reverse

from actions.imports.reading import PlanReading
from actions.imports.writing import PlanWriter
from actions.models import Action, Finding, PlanImport, ResponsibleMatch
from actions.services import closing
from core.importing.kind import FileImport, Noun
from core.importing.plan import Plan
from core.importing.words import plain
from core.record import history
from core.record.deeds import Deed
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission


class PlanFile(FileImport[PlanImport]):
    """Plans of actions of a site."""

    code = "plans"
    namespace = "actions"
    title = "Importer un plan d’actions"
    noun = Noun("action", "actions", is_feminine=True)
    permission = Permission.ACTION_IMPORT
    model = PlanImport
    related = ("site",)

    def plan(self, book: Workbook) -> Plan:
        return PlanReading(self.record, self.given, book).plan()

    def hold(self) -> None:
        history.lock(self.record.site)
        for model, path in ((Finding, "plan__site"), (Action, "finding__plan__site")):
            rows = model._base_manager.select_for_update(of=("self",)).filter(**{path: self.record.site})
            list(rows.order_by("pk").values_list("pk"))

    def write(self, plan: Plan, *, by, reason: str) -> None:
        """Each plan at its day of effect; whom the words stand for is remembered for the site."""
        for planned in plan.extra["plans"]:
            own = set(map(id, planned.meanings))
            if kept := [line.content for line in plan.kept if id(line.content) in own]:
                PlanWriter(planned, kept, site=self.record.site, by=by, reason=reason).write()
        self._remember(plan, Deed(by, reason))

    def after_undo(self, touched, *, by, reason: str) -> None:
        findings = set(Action.objects.filter(pk__in=touched.get(Action, ())).values_list("finding", flat=True))
        closing.refresh(Finding.objects.filter(pk__in=findings).order_by("pk"), Deed(by, reason))

    @classmethod
    def scope_key(cls, record: PlanImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: PlanImport) -> str:
        return str(record.site)

    @classmethod
    def way(cls, record: PlanImport) -> list[tuple[str, str]]:
        return [("Plans d’actions", reverse("actions:plans"))]

    @classmethod
    def upload_url(cls, record: PlanImport) -> str:
        return reverse("actions:import-upload", args=[record.site.code])

    @classmethod
    def leads_to(cls, record: PlanImport) -> tuple[str, str]:
        return "Voir les plans d’actions", reverse("actions:plans")

    def _remember(self, plan: Plan, deed: Deed) -> None:
        """Who each words stand for, as a person chose it, for the next document of this site."""
        chosen = {
            plain(word.text): word.ask.value
            for word in plan.words.found.values()
            if word.kind == "responsible" and word.ask.code in self.given.chosen
        }
        known = {row.key: row for row in ResponsibleMatch.objects.filter(site=self.record.site, key__in=chosen)}
        for key, choice in chosen.items():
            kind, _, pk = choice.partition(":")
            match = known.get(key) or ResponsibleMatch(site=self.record.site, key=key)
            match.unit_id, match.user_id = int(pk) if kind == "unit" else None, int(pk) if kind == "user" else None
            deed.save(match)
