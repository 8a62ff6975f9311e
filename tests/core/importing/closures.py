"""A small real import: the closed days of a site, from a table « Jour », « Raison », its pages and its command."""

from datetime import date, datetime

from django.urls import include, path

from core.importing.accounts import Accounts
from core.importing.asks import Option, settle
from core.importing.command import ImportCommand
from core.importing.forms import UploadForm
from core.importing.kind import FileImport, Noun
from core.importing.layout import ColumnRead, Layout, Role, TableRead
from core.importing.lines import Fate, Line, LineChange
from core.importing.pages import UploadPage
from core.importing.places import ReadPlace, error
from core.importing.plan import Plan
from core.importing.tables.personal import PERSONAL, is_personal_heading
from core.importing.urls import import_urls
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.record import history
from indicators.models import GridImport
from organisations.models import ClosedDay, Unit
from organisations.permissions import Permission
from qualepref import urls as site_urls

ROLES = (Role("day", "Jour", colour="date"), Role("label", "Raison", colour="label"))
OPTIONS = [*(Option(role.code, role.label) for role in ROLES), Option("-", "non lu")]
REASONS = [Option("Pont", "Pont"), Option("Travaux", "Travaux"), Option("Formation", "Formation des agents")]
HEADS = {"jour": "day", "date": "day", "raison": "label", "motif": "label"}
NOT_A_DAY = "Ce n’est pas une date."


class ClosuresFile(FileImport[GridImport]):
    code = "closures"
    namespace = "essai"
    title = "Importer des fermetures"
    noun = Noun("fermeture", "fermetures", is_feminine=True)
    permission = Permission.VALUE_IMPORT
    model = GridImport
    related = ("site",)

    def plan(self, book):
        sheet = book.sheets[0]
        filled = frozenset(
            (sheet.name, cell.row, cell.column) for row in sheet.rows for cell in row if not cell.is_empty
        )
        accounts, words = Accounts(filled), Words(self.given)
        columns = tuple(self._column(cell) for cell in next(sheet.rows, []))
        table = TableRead(sheet.name, sheet.name, (1, 1), (2, sheet.row_count), columns)
        stored = {row.date: row for row in ClosedDay.objects.filter(site=self.record.site)}
        for column in columns:
            accounts.read((sheet.name, 1, column.number))
            cells = [cell for cell in filled if cell[2] == column.number]
            if column.role.is_open:
                accounts.ask(cells, column.role.code)
            elif column.code == "-":
                accounts.leave_out([cell for cell in cells if cell[1] > 1], "colonne non lue (choisi)")
        lines = [
            line for row in range(2, sheet.row_count + 1) if (line := self._line(sheet, row, table, words, stored))
        ]
        accounts.read(*(cell for cell in filled if table.columns[cell[2] - 1].code in ("day", "label")))
        accounts.close()
        signature = "|".join(plain(column.heading) for column in columns)
        layout = Layout((table,), roles=ROLES, signature=signature, facts=(("Feuille", sheet.name),))
        return Plan(layout, accounts, lines=lines, words=words, reading={"rows": [{"cell": one.key} for one in lines]})

    def _column(self, cell):
        is_personal = is_personal_heading(cell.text)
        code, found = f"role:T:{cell.address[0]}", "-" if is_personal else HEADS.get(plain(cell.text), "")
        question = f"Que contient la colonne « {cell.text} » ?"
        place = ReadPlace("Feuille 1", cell.row, cell.column)
        proposed = "" if found else "label"
        ask = settle(self.given, code, question, OPTIONS, found=found, proposed=proposed, places=[place])
        return ColumnRead(cell.column, cell.text, ask, PERSONAL if is_personal else "")

    def _line(self, sheet, row, table, words, stored):
        days, labels = table.of_role("day"), table.of_role("label")
        if not days or not labels:
            return None
        day_cell, label_cell = sheet.cell(row, days[0].number), sheet.cell(row, labels[0].number)
        line = Line(day_cell.address, ReadPlace(sheet.name, row), label_cell.text)
        line.written = [LineChange("Jour", "", day_cell.text), LineChange("Raison", "", label_cell.text)]
        day = _day(day_cell.value)
        if day is None:
            line.problems.append(error(NOT_A_DAY, ReadPlace(sheet.name, row, days[0].number)))
            line.fate = Fate.REFUSED
            return line
        known = next((one.value for one in REASONS if plain(one.value) == plain(label_cell.text)), "")
        label = words.read(
            "raison", label_cell.text, ReadPlace(sheet.name, row, labels[0].number), REASONS, known=known
        )
        before = stored.get(day)
        line.content = (day, label, before)
        if not label:
            line.fate = Fate.ASKED
        elif before is None:
            line.changes = [LineChange(f"{day:%d/%m/%Y}", "", label)]
        elif before.label == label:
            line.fate = Fate.UNCHANGED
        else:
            line.fate, line.changes = Fate.CHANGED, [LineChange(f"{day:%d/%m/%Y}", before.label, label)]
        return line

    def hold(self):
        history.lock(self.record.site)

    def write(self, plan, *, by, reason):
        made = []
        for line in plan.kept:
            day, label, before = line.content
            if line.fate == Fate.CREATED:
                made.append(ClosedDay(site=self.record.site, date=day, label=label))
            elif line.fate == Fate.CHANGED:
                before.label = label
                history.save(before, by=by, reason=reason, fields=["label"])
        history.bulk_create(made, by=by, reason=reason)
        if any(row.label == "Formation" and row.date.year < 2000 for row in made):
            raise RuntimeError("the disk is full")

    @classmethod
    def scope_key(cls, record):
        return record.site.code

    @classmethod
    def place(cls, record):
        return str(record.site)

    @classmethod
    def upload_url(cls, record):
        return "/essai/importer/"

    @classmethod
    def leads_to(cls, record):
        return ("Voir les fermetures", "/essai/importer/")


def _day(value):
    if isinstance(value, datetime | date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return datetime.strptime(str(value), "%d/%m/%Y").date()
    except ValueError:
        return None


class ClosuresUpload(UploadPage):
    kind = ClosuresFile
    form_class = UploadForm

    def get_scope_unit_id(self):
        return Unit.objects.get(code="essai").pk

    def new_record(self, form):
        return GridImport(site=Unit.objects.get(code="essai"), year=2026)

    def latest(self):
        return GridImport.objects.visible_to(self.request.user)


class ClosuresCommand(ImportCommand):
    kind = ClosuresFile

    def record_of(self, options):
        return GridImport(site=Unit.objects.get(code="essai"), year=2026)


own = [path("importer/", ClosuresUpload.as_view(), name="import-upload"), *import_urls(ClosuresFile)]
urlpatterns = [path("essai/", include((own, "essai"))), *site_urls.urlpatterns]
