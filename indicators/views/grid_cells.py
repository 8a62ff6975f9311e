"""What is typed, pasted or taken back in the cells of the grid: one address, answered for the queue of the page."""

import json
from collections.abc import Iterable

from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils import timezone

from core.base.errors import UserError
from core.base.months import month_name
from core.base.races import settled
from core.base.words import counted
from core.pages import in_place, saving
from core.pages.saving import SavingOutcome
from core.record import changesets
from indicators.enums import Source
from indicators.imports.block import AMENDMENT, REASON, SEEN, Block, BlockReader, Typed, typed_in_words
from indicators.rules.months import months_over
from indicators.services import values
from indicators.tables.grid import grid_row, place_of
from indicators.views.sites import SiteYearPage, edits_of, readings_of
from organisations.permissions import Permission

ERASED = "Saisie effacée"
LARGEST_KEY = 2**63 - 1


class GridCells(SiteYearPage):
    """The cells of one gesture: written, asked about in one go, or taken back by its token."""

    permission = Permission.VALUE_ENTER
    http_method_names = ("post", "options")

    def get_scope_unit_id(self) -> None:
        """Each cell says whether the person may enter it: a service has its own figures at the site."""

    def post(self, request, **kwargs) -> HttpResponse:
        try:
            if in_place.UNDO in request.POST:
                return self.take_back(request.POST[in_place.UNDO])
            cells = self.cells()
        except UserError as error:
            return saving.answer(SavingOutcome.REFUSED, error.message)
        except (OverflowError, TypeError, ValueError):
            return HttpResponseBadRequest("Ces cases ne se lisent pas : rechargez la page.")
        try:
            return settled(lambda: self.write(cells))
        except UserError as error:
            return saving.answer(SavingOutcome.REFUSED, error.message)

    @transaction.atomic
    def write(self, cells: list[Typed]) -> HttpResponse:
        block = BlockReader(self.site, self.year, cells, user=self.request.user, answers=self.request.POST).read()
        is_seen = len(cells) == 1 or not block.left_out or SEEN in self.request.POST
        if block.is_waiting or not is_seen:
            return self.ask(block, cells)
        if not block.changes and block.left_out:
            return saving.answer(SavingOutcome.REFUSED, " ".join(self.told(block)))
        with changesets.opened() as act:
            values.write_many(
                block.changes,
                by=self.request.user,
                reason=_reason_of(cells),
                source=Source.TYPED,
                amendment_reason=self.request.POST.get(AMENDMENT, ""),
            )
        return self.answer(self.sentence(block, cells), cells, act if block.changes else None)

    def cells(self) -> list[Typed]:
        """The cells sent; the version of a single one may have been told since (static/js/saving.js). ValueError,
        TypeError or OverflowError on what is no cell."""
        sent = json.loads(self.request.POST.get("cells", "[]"))
        cells = [Typed(int(pk), int(month), str(text), int(version)) for pk, month, text, version in sent]
        if not all(0 < cell.indicator_id <= LARGEST_KEY and 1 <= cell.month <= 12 for cell in cells):
            raise ValueError
        told = self.request.POST.get("version", "")
        return [cells[0]._replace(version=int(told))] if len(cells) == 1 and told else cells

    def ask(self, block: Block, cells: list[Typed]) -> HttpResponse:
        """One confirmation of all that is doubtful; nothing is written before."""
        context = {
            "block": block,
            "asks": [ask for ask in block.asks if ask.is_open],
            "answered": [ask for ask in block.asks if not ask.is_open],
            "closed": [month_name(month) for month in sorted(set(block.closed))],
            "total": len(cells),
            "told": self.told(block),
            "names": {"reason": REASON, "amendment": AMENDMENT, "seen": SEEN},
            "given": self.request.POST,
        }
        html = render_to_string("indicators/grid/_asks.html", context, self.request)
        sentence = "Une réponse est attendue avant d’enregistrer."
        if len(cells) == 1 and context["asks"]:
            sentence = context["asks"][0].question
        return saving.answer(SavingOutcome.QUESTION, sentence, html=html)

    def told(self, block: Block) -> list[str]:
        return [f"{one.where} : {one.why}." if one.where else one.why for one in block.left_out]

    def sentence(self, block: Block, cells: list[Typed]) -> str:
        if not block.changes and not block.declined:
            return "Rien n’a changé : ces valeurs étaient déjà enregistrées."
        if len(cells) == 1:
            if block.declined:
                return "Rien n’est enregistré : la case reste comme avant."
            return f"Enregistré : {typed_in_words(block.changes)}."
        number = len(block.changes)
        told = (
            (block.declined, "non enregistrée à votre demande", "non enregistrées à votre demande"),
            (block.unchanged, "inchangée", ""),
            (len(block.left_out), "laissée de côté", "laissées de côté"),
        )
        first = counted(number, "valeur enregistrée", "valeurs enregistrées") if number else "Rien n’est enregistré"
        return ", ".join([first, *(counted(*one) for one in told if one[0])]) + "."

    def take_back(self, token: str) -> HttpResponse:
        """Undo one of the last gestures; refused once a value was changed again."""
        act = in_place.act_of(token, self.request.user, place_of(self.site.pk, self.year))
        rows = values.take_back(
            act, site_id=self.site.pk, year=self.year, by=self.request.user, reason=in_place.TAKEN_BACK
        )
        cells = [Typed(row.indicator_id, row.month, "", 0) for row in rows]
        return self.answer(f"C’est annulé : {counted(len(cells), 'valeur')} comme avant.", cells, None)

    def answer(self, sentence: str, cells: Iterable[Typed], act) -> HttpResponse:
        """What was done, what undoes it, and the pieces of the grid that changed."""
        more = {"undo": in_place.signed(act, self.request.user, place_of(self.site.pk, self.year))} if act else {}
        parts, fields = self.parts(list(cells))
        return saving.answer(SavingOutcome.SAVED, sentence, parts=parts, fields=fields, **more)

    @property
    def shown(self) -> int:
        """The month that a phone shows."""
        asked = self.request.POST.get("shown", "")
        return int(asked) if asked.isdecimal() else 0

    def parts(self, cells: list[Typed]) -> tuple[dict[str, str], dict[str, str]]:
        """The months written, the reading and the count of each row; the version of a single cell."""
        months: dict[int, set[int]] = {}
        for cell in cells:
            months.setdefault(cell.indicator_id, set()).add(cell.month)
        edits = edits_of(self.request.user, self.site, self.year)
        place = {"site_code": self.site.code, "year": self.year, "shown": self.shown}
        place["ended"] = months_over(self.year, timezone.localdate())
        parts: dict[str, str] = {}
        version = ""
        for reading in readings_of(self.request.user, self.site, self.year).filter(indicator__in=months):
            row = grid_row(reading, edit=edits.get(reading.indicator_id), **place)
            for cell in (row.cells[month - 1] for month in sorted(months[row.pk])):
                parts[f"c{row.pk}-{cell.month}"] = self.part("_edit_cell", row=row, cell=cell)
                version = str(cell.version)
            parts[f"r{row.pk}"] = self.part("_year_cell", row=row)
            parts[f"d{row.pk}"] = self.part("_done_cell", row=row)
        return parts, {"version": version} if len(cells) == 1 and version else {}

    def part(self, name: str, **context) -> str:
        return render_to_string(f"indicators/grid/{name}.html", context)


def _reason_of(cells: list[Typed]) -> str:
    """« Effacé » where nothing is typed in any of them."""
    return "" if any(cell.text.strip() for cell in cells) else ERASED
