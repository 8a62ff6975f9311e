"""One reading of a file of plans with the answers given: what is stored is read once, then each plan is understood."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from django.utils import timezone

from actions import models
from actions.enums import Origin, Status
from actions.imports.doubts import ask_lists, ask_merged, ask_twice, with_action
from actions.imports.entries import PlanEntry, sources_of
from actions.imports.lists import ListReader
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
from actions.imports.understood import Meaning, Naming, compare_action, compare_finding, understood
from actions.imports.writing import PlannedPlan, instant_of
from core.base.words import in_words
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option, settle
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

MOST_ROWS = 5_000
EXPECTED = (
    "il faut un tableau avec une colonne « Constat » ou « Action » et une autre parmi « Engagement », « Responsable », "
    "« Échéance », « Réalisation » et « Commentaire », ou une liste « Points relevés » puis une liste « Actions »"
)
ORIGINS = [Option(origin.value, origin.label) for origin in Origin]
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
        lists = [ListReader(sheet) for sheet in self.book.sheets if sheet.is_lines and not sources]
        sources += [source for reader in lists for source in reader.sources()]
        self.problems += [*lines.problems, *(problem for reader in lists for problem in reader.problems)]
        for asked in (ask_twice, ask_merged, ask_lists):
            self.asks += asked(sources, self.given)
        planned = [one for source in sources for one in self._plans(source)]
        stored = plans_of(self.site, [one.title for one in planned])
        self.dates = dates_of(stored.values()) if stored else {}
        found = [line for one in planned for line in self._lines(one, stored.get(plain(one.title)))]
        self._check(layout, planned, found)
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
            gone = GONE if entry.is_gone else entry.row.left_out if entry.row else ""
            if why := OTHER_SITE if is_other else gone or self._other_site(entry):
                self.left.append((entry, why))
            else:
                by_title[entry.plan].append(entry)
        for title, entries in by_title.items():
            own = replace(source, title=title, entries=entries)
            told = entries[0].text(ORIGIN) if entries[0].text(PLAN) else ""
            named = next((origin.value for origin in Origin if plain(origin.label) == plain(told)), "")
            yield PlannedPlan(own, title, None, named or origin_of(title), origin_day(title), None, self.today)

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
        source, title = plan.source, plain(plan.title)
        if stored:
            plan.stored, plan.origin, plan.origin_on = stored, stored.origin, stored.origin_on
            plan.is_changed = bool(source.updated_on and source.updated_on > (stored.updated_on or date.min))
        else:
            ask = settle(
                self.given,
                f"origin:{title}"[:200],
                f"De quoi est né « {plan.title} » ?",
                ORIGINS,
                found=plan.origin,
                places=[source.place],
                text=plan.title,
                is_remembered=False,
            )
            plan.origin, plan.is_changed = ask.value, True
            self.asks.append(ask)
        told = self.effective_on or source.updated_on
        plan.effective_on = min(told or self.today, self.today)
        book = self._book(plan.origin_on or plan.effective_on)
        rows = {(entry.section, entry.text("engagement")) for entry in source.entries}
        plan.referential = (stored.referential if stored else None) or book.referential_of(rows)
        if told and told > self.today:
            self._warn(
                plan, f"La date de mise à jour du {in_words(told)} est à venir : le plan prendra effet aujourd’hui."
            )
        elif told and plan.origin_on and told < plan.origin_on:
            self._warn(
                plan, f"La mise à jour du {in_words(told)} précède l’origine du plan, le {in_words(plan.origin_on)}."
            )
        if not stored and plan.origin == Origin.OTHER:
            self._warn(plan, "L’origine du plan n’est pas dite par son titre : choisissez-la.")
        if not stored and plan.origin_on and plan.origin_on > self.today:
            message = f"L’origine du plan, le {in_words(plan.origin_on)}, est à venir."
            self.problems.append(error(message, source.place))
        if stored and source.updated_on and stored.updated_on and source.updated_on < stored.updated_on:
            days = (
                f"{in_words(source.updated_on)}, plus ancien que le plan, mis à jour le {in_words(stored.updated_on)}"
            )
            self._warn(plan, f"Ce document est du {days}.")

    def _book(self, on: date) -> Book:
        if on not in self.books:
            self.books[on] = book_of(on)
        return self.books[on]

    def _warn(self, plan: PlannedPlan, message: str) -> None:
        self.problems.append(warning(message, plan.source.place))

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
        matched = {meaning.action.pk for meaning in plan.meanings if meaning.action}
        known = [one.pk for finding in stored.findings.all() for one in finding.actions.all()] if stored else []
        if missing := len(set(known) - matched):
            many, one = "actions du plan ne sont plus", "action du plan n’est plus"
            stay = "elles restent telles quelles" if missing > 1 else "elle reste telle quelle"
            self._warn(plan, f"{missing} {many if missing > 1 else one} dans le document : {stay}.")
        compared: set[int] = set()
        for meaning in plan.meanings:
            yield self._line(plan, meaning, is_first=meaning.entry.finding not in compared)
            compared.add(meaning.entry.finding)

    def _line(self, plan: PlannedPlan, meaning: Meaning, *, is_first: bool) -> Line:
        entry = meaning.entry
        changes = compare_finding(meaning) if is_first else []
        if entry.has_action:
            changes += compare_action(meaning, self.directory)
        is_new = meaning.finding is None or (entry.has_action and meaning.action is None)
        fate = Fate.CREATED if is_new else Fate.CHANGED if changes else Fate.UNCHANGED
        self._mark_late(plan, meaning, fate)
        written = [LineChange(LABELS[code], "", text) for code, text in entry.texts.items() if text]
        label = entry.text(ACTION) or entry.text(FINDING)
        fate = Fate.REFUSED if any(one.level == "error" for one in entry.problems) else fate
        return Line(
            entry.key,
            entry.at(ACTION) if entry.text(ACTION) else entry.at(FINDING),
            label,
            fate,
            written,
            changes,
            entry.problems,
            content=meaning,
        )

    def _mark_late(self, plan: PlannedPlan, meaning: Meaning, fate: Fate) -> None:
        """What changed after the day of effect, or was born after it, takes effect now: the past stays as it was."""
        at = instant_of(plan.effective_on)
        if at is None or fate == Fate.UNCHANGED:
            return
        touched = [one for one in (meaning.finding, meaning.action) if one]
        late = [self.dates[one._meta.model_name, one.pk].last for one in touched] if fate == Fate.CHANGED else []
        parent = meaning.finding or plan.stored
        if fate == Fate.CREATED and parent:
            late.append(self.dates[parent._meta.model_name, parent.pk].first)
        if late := [day for day in late if day > at]:
            message = (
                f"Modifiée dans l’application le {in_words(timezone.localdate(max(late)))}, après le "
                f"{in_words(plan.effective_on)} : le changement prendra effet aujourd’hui."
            )
            meaning.entry.problems.append(warning(message, meaning.entry.at(FINDING)))

    # The file as a whole ----------------------------------------------------------------------------------------------
    def _check(self, layout: Layout, planned: list[PlannedPlan], found: list[Line]) -> None:
        """What is wrong with the file: nothing in it, too much, two plans of one title."""
        if len(found) > MOST_ROWS:
            message = f"Le fichier compte {len(found)} lignes ; {MOST_ROWS} au plus sont lues : vérifiez-le."
            self.problems.append(error(message, found[MOST_ROWS].place))
            found.clear()
        has_open = any(ask.is_open for ask in layout.all_asks())
        if not found and not has_open and not any(problem.level == "error" for problem in self.problems):
            empty = next((table for table in layout.tables if table.is_read), None)
            message = f"Aucun plan d’actions n’a été trouvé dans le fichier : {EXPECTED}."
            if empty:
                message = "Le tableau est vide : aucune ligne ne suit l’en-tête."
            place = empty.place(empty.headings[1], empty.columns[0].number) if empty else ReadPlace()
            self.problems.append(error(message, place))
        seen: dict[str, PlannedPlan] = {}
        for plan in planned:
            other = seen.setdefault(plan.title.casefold(), plan)
            if other is not plan:
                sheets = dict.fromkeys(f"« {one.source.sheet} »" for one in (other, plan))
                which = f"Les feuilles {' et '.join(sheets)}"
                which = which if len(sheets) > 1 else f"Deux plans de la feuille {', '.join(sheets)}"
                self.problems.append(error(f"{which} portent le même titre : changez-en un.", plan.source.place))

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
            entry = line.content.entry
            rows = {(place.sheet, place.row) for place in (line.place, entry.place, *entry.places.values())}
            if line.fate != Fate.REFUSED and (rows & asked or entry.is_undecided):
                line.fate = Fate.ASKED
