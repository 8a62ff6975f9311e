"""One reading of a file of plans with the answers given: what is stored is read once, then each plan is understood."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from django.utils import timezone

from actions import models
from actions.enums import Status
from actions.imports.comparing import compare_action, compare_finding
from actions.imports.doubts import ask_lists, ask_merged, ask_twice, with_action
from actions.imports.entries import PlanEntry, sources_of
from actions.imports.lists import ListReader
from actions.imports.origins import ask_origin, oddities, origin_named
from actions.imports.roles import (
    ACTION,
    COMMENT,
    DERIVED,
    FINDING,
    LABELS,
    ORIGIN,
    PLAN,
    RESPONSIBLE,
    SITE,
    WANTED,
    is_plan,
)
from actions.imports.stored import dates_of, match, plans_of
from actions.imports.titles import opens, origin_day, origin_of
from actions.imports.told import as_json
from actions.imports.understood import Meaning, Naming, understood
from actions.imports.whole_file import problems_of
from actions.imports.writing import PlannedPlan, instant_of
from core.base.words import in_words
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option
from core.importing.follow_up import DEADLINE, STATUS
from core.importing.follow_up.deadlines import Deadlines
from core.importing.follow_up.standing import StandingReader
from core.importing.follow_up.told import ToldDocument
from core.importing.layout import Layout
from core.importing.lines import Fate, Line, LineChange
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.plan import Plan
from core.importing.tables import Lines, account_of, read_lines, recognise
from core.importing.tables.documents import chosen_of
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.sheets.reading.model import Workbook
from organisations.models import Unit
from organisations.services.directory import KEEP, directory_of
from referential.services.naming import Book, book_of

_ABOUT = re.compile(r".+? – (.+?) · ")  # « Préfecture – Sous-préfecture · Audit interne… », of our own workbooks
GONE, OTHER_SITE, AROUND = "action déjà supprimée", "d’un autre site", "texte autour du plan"


class PlanReading:
    """Reads the plans of a workbook for a site."""

    def __init__(self, record: models.PlanImport, given: Given, book: Workbook):
        self.book, self.site, self.effective_on = book, record.site, record.effective_on
        self.today = timezone.localdate()
        self.asks: list[Ask] = []
        self.problems: list[Problem] = []
        self.left: list[tuple[PlanEntry, str]] = []
        self.given = self._only(record.sheet, given) if record.sheet else given
        self.words = Words(self.given)
        rows = models.ResponsibleMatch.objects.filter(site=self.site).values_list("key", "unit_id", "user_id")
        remembered = {key: f"unit:{unit}" if unit else f"user:{user}" if user else KEEP for key, unit, user in rows}
        self.directory = directory_of(self.site, remembered=remembered)
        self.books: dict[date, Book] = {}

    def plan(self) -> Plan:
        layout = recognise(self.book, WANTED, given=self.given, is_table=is_plan, opens=opens, technical=DERIVED)
        layout = with_action(chosen_of(self.book, layout, given=self.given))
        lines = read_lines(self.book, layout, WANTED, given=self.given, notes_to="comment")
        sources = sources_of(self.book, layout, lines)
        lists = [] if sources else [ListReader(sheet) for sheet in self.book.sheets if sheet.is_lines]
        self.problems += lines.problems
        for reader in lists:
            sources += reader.sources()
            self.problems += reader.problems
        for asked in (ask_twice, ask_merged, ask_lists):
            self.asks += asked(sources, self.given)
        planned = list(chain.from_iterable(map(self._plans, sources)))
        stored = plans_of(self.site, [one.title for one in planned])
        self.dates = dates_of(stored.values()) if stored else {}
        found = list(chain.from_iterable(self._lines(one, stored.get(plain(one.title))) for one in planned))
        self.problems += problems_of(layout, planned, found, self.problems)
        accounts = self._account(layout, lines, sources, lists)
        plan = Plan(
            layout,
            accounts,
            found,
            self.words,
            [*lines.asks, *self.asks],
            self.problems,
            reading={"actions": [one for line in found if (one := as_json(line))]},
            extra={"plans": planned},
        )
        self._settle(plan)
        accounts.close()
        return plan

    def _only(self, name: str, given: Given) -> Given:
        """One sheet was named by a command: the others are left aside."""
        names = [sheet.name for sheet in self.book.sheets]
        if name not in names:
            told = ", ".join(f"« {one} »" for one in names)
            self.problems.append(error(f"Le fichier n’a pas de feuille « {name} » : {told}.", ReadPlace(name)))
        chosen = {f"sheet:{one}": "yes" if one == name else "no" for one in names}
        return replace(given, chosen={**chosen, **given.chosen})

    # Plans ------------------------------------------------------------------------------------------------------------
    def _plans(self, source: ToldDocument) -> Iterator[PlannedPlan]:
        """One plan, or those that a column names; the lines of other sites are left out."""
        by_title: dict[str, list[PlanEntry]] = defaultdict(list)
        about = next((found[1] for cell in source.legend if (found := _ABOUT.match(cell.text))), "")
        is_other = bool(about) and plain(about) in self.other_sites
        for entry in source.entries:
            if why := OTHER_SITE if is_other else self._why_left(entry):
                self.left.append((entry, why))
            else:
                by_title[entry.plan].append(entry)
        for title, entries in by_title.items():
            own = replace(source, title=title, entries=entries)
            named = origin_named(entries[0].text(ORIGIN)) if entries[0].text(PLAN) else ""
            yield PlannedPlan(own, title, None, named or origin_of(title), origin_day(title), None, self.today)

    def _why_left(self, entry: PlanEntry) -> str:
        """Why a line is not taken: removed since, left out of its table, of another site."""
        if entry.is_gone:
            return GONE
        return (entry.row.left_out if entry.row else "") or self._other_site(entry)

    def _other_site(self, entry: PlanEntry) -> str:
        """A column of sites: the lines of the site that the import is for are taken."""
        text, site = entry.text(SITE), self.site
        if not text:
            return ""
        names = {plain(name) for name in (site.name, site.sigle, site.code)}
        known = "mine" if plain(text) in names else "other" if plain(text) in self.other_sites else ""
        options = [Option("mine", str(site)), Option("other", "Un autre site : ne pas reprendre")]
        answer = self.words.read("site", text, entry.at(SITE), options, known=known, proposed="mine")
        return OTHER_SITE if answer == "other" else ""

    @cached_property
    def other_sites(self) -> set[str]:
        rows = Unit.objects.sites().exclude(pk=self.site.pk).values_list("name", "sigle", "code")
        return {plain(name) for row in rows for name in row if name}

    def _complete(self, plan: PlannedPlan, stored: models.Plan | None) -> None:
        """What the plan is about: as it is stored, else as its title and its columns say it."""
        source = plan.source
        if stored:
            plan.stored, plan.origin, plan.origin_on = stored, stored.origin, stored.origin_on
            plan.is_changed = bool(source.updated_on and source.updated_on > (stored.updated_on or date.min))
        else:
            ask = ask_origin(plan, self.given)
            plan.origin, plan.is_changed = ask.value, True
            self.asks.append(ask)
        told = self.effective_on or source.updated_on
        plan.effective_on = min(told or self.today, self.today)
        book = self._book(plan.origin_on or plan.effective_on)
        rows = {(entry.section, entry.text("engagement")) for entry in source.entries}
        plan.referential = (stored.referential if stored else None) or book.referential_of(rows)
        self.problems += oddities(plan, told, self.today)

    def _book(self, on: date) -> Book:
        if on not in self.books:
            self.books[on] = book_of(on)
        return self.books[on]

    # Lines ------------------------------------------------------------------------------------------------------------
    def _lines(self, plan: PlannedPlan, stored: models.Plan | None) -> Iterator[Line]:
        """Each line of a plan: understood, matched with what is stored, compared."""
        self._complete(plan, stored)
        words, given, today = self.words, self.given, self.today
        marked, labels = (STATUS, ACTION, FINDING, DEADLINE, RESPONSIBLE), dict(Status.choices)
        standing = StandingReader(
            plan.source,
            words=words,
            given=given,
            today=today,
            labels=labels,
            coloured=marked,
            beside=(COMMENT, ACTION, FINDING, DEADLINE),
        )
        deadlines = Deadlines(plan.source, words=words, given=given, today=today, origin_on=plan.origin_on)
        book = self._book(plan.origin_on or plan.effective_on)
        naming = Naming(words=words, directory=self.directory, book=book, referential=plan.referential)
        for entry in plan.source.entries:
            said = standing.of(entry)
            meaning = understood(entry, said, deadlines.of(entry, said), today=self.today)
            naming.name(meaning)
            plan.meanings.append(meaning)
        self.asks += [*standing.asks, *deadlines.asks]
        match(plan.meanings, stored)
        if stored:
            self._warn_missing(plan, stored)
        compared: set[int] = set()
        for meaning in plan.meanings:
            yield self._line(plan, meaning, is_first=meaning.entry.finding not in compared)
            compared.add(meaning.entry.finding)

    def _warn_missing(self, plan: PlannedPlan, stored: models.Plan) -> None:
        """Say how many actions of the plan the document leaves out."""
        matched = {meaning.action.pk for meaning in plan.meanings if meaning.action}
        known = {one.pk for finding in stored.findings.all() for one in finding.actions.all()}
        if missing := len(known - matched):
            many, one = "actions du plan ne sont plus", "action du plan n’est plus"
            stay = "elles restent telles quelles" if missing > 1 else "elle reste telle quelle"
            message = f"{missing} {many if missing > 1 else one} dans le document : {stay}."
            self.problems.append(warning(message, plan.source.place))

    def _line(self, plan: PlannedPlan, meaning: Meaning, *, is_first: bool) -> Line:
        entry = meaning.entry
        changes = compare_finding(meaning) if is_first else []
        if entry.has_action:
            changes += compare_action(meaning, self.directory)
        is_new = meaning.finding is None or (entry.has_action and meaning.action is None)
        fate = Fate.CREATED if is_new else Fate.CHANGED if changes else Fate.UNCHANGED
        self._mark_late(plan, meaning, fate)
        written = [LineChange(LABELS[code], "", text) for code, text in entry.texts.items() if text]
        fate = Fate.REFUSED if entry.is_wrong else fate
        code = ACTION if entry.text(ACTION) else FINDING
        return Line(
            entry.key, entry.at(code), entry.text(code), fate, written, changes, entry.problems, content=meaning
        )

    def _mark_late(self, plan: PlannedPlan, meaning: Meaning, fate: Fate) -> None:
        """What changed after the day of effect, or was born after it, takes effect now: the past stays as it was."""
        at = instant_of(plan.effective_on)
        if at is None or fate == Fate.UNCHANGED:
            return
        if late := [day for day in self._lived(plan, meaning, fate) if day > at]:
            message = (
                f"Modifiée dans l’application le {in_words(timezone.localdate(max(late)))}, après le "
                f"{in_words(plan.effective_on)} : le changement prendra effet aujourd’hui."
            )
            meaning.entry.problems.append(warning(message, meaning.entry.at(FINDING)))

    def _lived(self, plan: PlannedPlan, meaning: Meaning, fate: Fate) -> list[datetime]:
        """When what a line changes was changed last, or what it is added to was born."""
        if fate == Fate.CHANGED:
            touched = [one for one in (meaning.finding, meaning.action) if one]
            return [self.dates[one._meta.model_name, one.pk].last for one in touched]
        parent = meaning.finding or plan.stored
        return [self.dates[parent._meta.model_name, parent.pk].first] if parent else []

    # The file as a whole ----------------------------------------------------------------------------------------------
    def _account(self, layout: Layout, lines: Lines, sources: list[ToldDocument], lists: list[ListReader]) -> Accounts:
        for entry, why in self.left:
            if entry.row:
                entry.row.left_out = why
        accounts = account_of(self.book, layout, lines)
        for source in sources:
            accounts.read(*source.used)
        for reader in lists:
            name = reader.sheet.name
            accounts.read(*((name, row, 1) for row in reader.read))
            accounts.leave_out((cell for cell in accounts.filled if cell[0] == name), AROUND)
        return accounts

    def _settle(self, plan: Plan) -> None:
        """The lines that wait for an answer, and the cells that do."""
        asked: set[tuple[str, int]] = set()
        for ask in plan.open_asks:
            places = [place for place in ask.places if place.row]
            asked |= {(place.sheet, place.row) for place in places}
            plan.accounts.ask(((place.sheet, place.row, place.column or 1) for place in places), ask.code)
        for line in plan.lines:
            if line.fate != Fate.REFUSED and _waits(line, asked):
                line.fate = Fate.ASKED


def _waits(line: Line, asked: set[tuple[str, int]]) -> bool:
    """Whether a place of a line, or the columns of its table, are asked about."""
    entry = line.content.entry
    rows = {(place.sheet, place.row) for place in (line.place, entry.place, *entry.places.values())}
    return bool(rows & asked) or entry.is_undecided
