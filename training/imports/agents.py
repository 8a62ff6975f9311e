"""A table of agents: one line per agent and theme, or one column per theme. Empty or « NC » is no row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.importing.asks import Given, Option
from core.importing.layout import Layout, TableRead
from core.importing.lines import LineChange
from core.importing.tables import Wanted
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from core.sheets.reading.model import Workbook
from organisations.models import Unit
from training.enums import PastKind
from training.imports.agents_columns import COLUMNS, TECHNICAL, THEME_HEADS, complete
from training.imports.base import OF_A_PERSON, TrainingTable, said
from training.imports.cells import NamedThemes, ThemeCell, Themes, ThemeSaid, ThemesOf, ThemeWord, theme_key
from training.imports.directory import NEW, ONE_OR_SEVERAL, SAME, SEVERAL, Directory, is_short, shortens
from training.imports.titles import Reader, TitlesTold, themes_in, words_of
from training.models import Agent, Enrolment, PastTraining, Post, TrainingImport, TrainingTheme
from training.rules.names import name_key
from training.rules.statuses import HeldPeriod, end_of
from training.services.intake import AgentTold, Person, record_agents

UNSURE = ("accueil", "standard", "qualite", "")  # of a title: also said of services and programmes


@dataclass(kw_only=True)
class AgentLine(AgentTold):
    """What a line says: whose it is, the post, what is said of each theme; then what recording it does."""

    service: str
    unit: Unit
    wishes: dict[TrainingTheme, ThemeSaid]
    changes: list[LineChange] = field(default_factory=list)

    def change(self, label: str, before: Any, after: Any, place: Any) -> None:
        self.changes.append(LineChange(label, said(before), said(after), place))


class AgentsTable(TrainingTable):
    file_kind, label = "agents", "des agents et leurs formations"
    technical = rf"{TECHNICAL}|{OF_A_PERSON}"
    record_lines = staticmethod(record_agents)
    heading = frozenset({"name", "first_name", "number", "taken_on", "last_training"})

    def __init__(self, record: TrainingImport, given: Given, themes: Themes):
        super().__init__(record, given, themes)
        theme = Wanted("theme", "Thème", heads=THEME_HEADS, read=ThemesOf(themes), colour="key")
        by_theme = [
            Wanted(
                themes.role(one),
                one.name,
                names=tuple(one.names),
                fit=themes.heads(one),
                read=ThemeCell(),
                group="Thèmes",
                colour="key",
                is_group=True,
                is_many=True,
            )
            for one in themes.themes
        ]
        self.columns = (*COLUMNS, theme, *by_theme)
        self.theme_codes = {themes.role(one): one for one in themes.themes}
        self.needs = (("name",), ("taken_on",), ("theme", *self.theme_codes))
        self.known_days: set[tuple[int, int, date]] = set()

    def score(self, codes: set[str]) -> tuple[int, int]:
        """The day of taking a post is told of agents alone."""
        met, known = super().score(codes)
        return met, known + 10 * ("taken_on" in codes)

    # What the titles say ------------------------------------------------------------------------------------------
    def title_readers(self) -> Mapping[str, Reader]:
        return {"theme": themes_in(self.themes), "service": words_of}

    def titles_of(self, book: Workbook, layout: Layout) -> dict[str, TitlesTold]:
        """One theme a table: its title or the name of its sheet, unless it names a service that no column says."""
        found = super().titles_of(book, layout)
        for table in layout.tables:
            if not table.is_read or self._tells_themes(table):
                continue
            told = found[table.name]
            for text, key in told.texts if "theme" not in told.values else ():
                theme = self.themes.named(text) if theme_key(text) not in UNSURE else None
                if theme and (table.of_role("service") or self.directory.unit_named(text) is None):
                    told.values["theme"] = NamedThemes([theme])
                    told.cells += [key] if key else []
                    break
        return found

    def _tells_themes(self, table: TableRead) -> bool:
        return any(table.of_role(code) for code in ("theme", *self.theme_codes))

    def _ask_themes(self, entries: Sequence[Entered]) -> None:
        """The theme of a table that tells none, by its columns nor by its titles: nothing of it would be recorded."""
        for entry in entries:
            table, code = entry.row.table, f"table-theme:{entry.row.table.name}"
            if "theme" in entry.values or self._tells_themes(table) or table.is_undecided or entry.row.left_out:
                continue
            answer = self.directory.settle(
                entry,
                code,
                question=f"« {table.name} » ne dit pas le thème de ses lignes : lequel est-ce ?",
                options=[Option(str(theme.pk), theme.name) for theme in self.themes.themes],
                places=[table.place(table.headings[0], 0)],
            )
            if answer:
                entry.values["theme"] = NamedThemes([self.themes.by_pk[answer]])

    # Whom the lines are about ------------------------------------------------------------------------------------
    def look(self, entries: Sequence[Entered]) -> None:
        self._ask_themes(entries)
        told = [entry for entry in entries if {"name", "taken_on"} <= entry.values.keys() and not entry.row.left_out]
        by_key: dict[str, list[Entered]] = defaultdict(list)
        for entry in told:
            number = plain(entry.values.get("number", ""))
            by_key[f"#{number}" if number else name_key(self.name_of(entry))].append(entry)
        for entry in told:
            complete(entry, is_trained=any(one.on for one in self._wishes(entry).values()))
        self._refuse_shortened(by_key)
        for key, lines in by_key.items():
            self._settle_person(key, lines)
        self._settle_contradictions(told)
        agents = [entry.extra.person.agent.pk for entry in told if entry.extra and entry.extra.person.agent]
        self.known_days = _known_days(agents)

    def _refuse_shortened(self, by_key: Mapping[str, Sequence[Entered]]) -> None:
        """« J. DUPONT » beside « DUPONT Jean », both unknown: one person or two, the file is to say which."""
        unknown = [key for key in by_key if not key.startswith("#") and key not in self.directory.by_key]
        for key in filter(is_short, unknown):
            whole = next((one for one in unknown if one != key and shortens(key, one)), None)
            if whole:
                other = by_key[whole][0].row.number
                why = f"Ce nom abrège peut-être celui de la ligne {other} : écrivez le nom et le prénom en entier."
                for entry in by_key[key]:
                    entry.wrong("name", why)

    def _settle_person(self, key: str, lines: Sequence[Entered]) -> None:
        """Whose lines those of one name are: one person's, or several people's, which is asked and never guessed."""
        places = {plain(self.service_of(entry)[0]) for entry in lines}
        is_doubtful = not key.startswith("#") and (len(places) > 1 or self._differ(lines))
        answer = SAME
        if is_doubtful:
            numbers = ", ".join(str(entry.row.number) for entry in lines)
            answer = self.directory.settle(
                lines[0],
                f"one:{lines[0].row.key}",
                question=f"Les lignes {numbers} portent le même nom : est-ce une seule personne ?",
                options=ONE_OR_SEVERAL,
                places=[entry.row.place("name") for entry in lines],
            )
            if not answer:
                for entry in lines:
                    entry.row.asked = f"one:{lines[0].row.key}"
                return
        for entry in lines:
            service, unit = self.service_of(entry)
            apart = f"{plain(service)}|{entry.values['taken_on']}" if answer == SEVERAL else ""
            person = self._person(entry, key, service, unit, apart=apart)
            if person is not None:
                wishes = self._wishes(entry)
                entry.extra = AgentLine(person=person, service=service, unit=unit, wishes=wishes)

    def _differ(self, lines: Sequence[Entered]) -> bool:
        """Whether lines of one name, service and theme hold the post from different days at the same time."""
        spans = [(self._wishes(entry).keys(), _period(entry)) for entry in lines]
        return any(
            themes & others and mine != yours and mine.meets(yours)
            for rank, (themes, mine) in enumerate(spans)
            for others, yours in spans[rank + 1 :]
        )

    def _person(self, entry: Entered, key: str, service: str, unit: Unit, *, apart: str) -> Person | None:
        """The person of a line; None while it is asked."""
        directory, name = self.directory, self.name_of(entry)
        if key.startswith("#"):
            number = entry.values["number"]
            known = directory.by_number.get(plain(number))
            if known and known.name_key != name_key(name):
                entry.wrong("name", f"Le matricule {number} est celui d’un agent d’un autre nom.")
                return None
            person = directory.person(known, key=key, name=name, unit=unit)
            person.number = number
            return person
        candidates = directory.by_key.get(key, [])
        there = [one for one in candidates if _works_in(one, service, unit, directory)]
        if len(there) > 1:
            since = entry.values["taken_on"]
            exact = [one for one in there if any(post.taken_on == since for post in directory.posts.get(one.pk, ()))]
            there = exact if len(exact) == 1 else there
        if len(there) == 1:
            return directory.person(there[0], key=key, name=name)
        shown = " ".join(name.split())
        question = f"« {shown} » ({service}) : un agent de ce nom est déjà connu. Est-ce la même personne ?"
        if not candidates:
            candidates = directory.shortened(key)
            question = f"« {shown} » ({service}) : un agent connu a ce nom, en abrégé. Est-ce la même personne ?"
        if not candidates:
            self._tell_near(entry, key)
            return directory.person(None, key=key, name=name, apart=apart, unit=unit)
        answer = directory.ask(entry, "name", f"{key}|{plain(service)}|{apart}", there or candidates, question)
        if not answer:
            return None
        agent = next((one for one in candidates if str(one.pk) == answer), None)
        return directory.person(
            agent, key=key, name=name, apart=(apart or plain(service)) if answer == NEW else "", unit=unit
        )

    def _tell_near(self, entry: Entered, key: str) -> None:
        """A name spelt nearly as that of an agent who is known: perhaps the same person."""
        near = self.directory.spelt_nearly(key)
        if near is not None:
            entry.doubtful("name", f"Un agent porte presque ce nom : {near}. Si c’est le même, corrigez le nom.")

    def _settle_contradictions(self, entries: Sequence[Entered]) -> None:
        """The same person twice: the same words are left out, others are refused at their cell."""
        seen: dict[tuple[int, str, int], list[Entered]] = defaultdict(list)
        for entry in entries:
            if not entry.extra:
                continue
            line, values = entry.extra, _said_by(entry)
            twins = [
                other
                for theme in line.wishes
                for other in seen[id(line.person), plain(line.service), theme.pk]
                if _period(other).meets(_period(entry))
            ]
            same = next((other for other in twins if _said_by(other) == values), None)
            if same:
                entry.row.left_out = f"dit la même chose que la ligne {same.row.number}"
            elif twins:
                entry.wrong("name", f"Cet agent tient déjà ce poste à la ligne {twins[0].row.number}.")
            for theme in line.wishes:
                seen[id(line.person), plain(line.service), theme.pk].append(entry)

    def _wishes(self, entry: Entered) -> dict[TrainingTheme, ThemeSaid]:
        """What the line says of each theme it is concerned by."""
        found = {theme: entry.values[code] for code, theme in self.theme_codes.items() if code in entry.values}
        last = entry.values.get("last_training") or ThemeSaid(ThemeWord.UNTRAINED)
        found |= dict.fromkeys(entry.values.get("theme", ()), last)
        situation = entry.values.get("situation", "")
        if situation in (ThemeWord.EXEMPT, ThemeWord.NOT_CONCERNED):
            words = entry.row.text("situation")
            found = {theme: ThemeSaid(ThemeWord(situation), one.on, words) for theme, one in found.items()}
        return {theme: one for theme, one in found.items() if one.told != ThemeWord.NOT_CONCERNED}

    # What recording does -----------------------------------------------------------------------------------------
    def match(self, entry: Entered, stored: Directory) -> Agent | Person | None:
        """Nothing new: the person it is about; else None, for a line that creates."""
        line: AgentLine | None = entry.extra
        if line is None:
            return entry.values["name"]  # asked, or refused
        for code, end in (("ended_on", "La fin du poste"), ("contract_ends_on", "La fin du contrat")):
            if (on := entry.values.get(code)) and on < entry.values["taken_on"]:
                entry.wrong(
                    code, f"{end} ({on:%d/%m/%Y}) précède la prise de poste ({entry.values['taken_on']:%d/%m/%Y})."
                )
                return line.person
        for theme, wish in line.wishes.items():
            self._take(entry, line, theme, wish)
        return None if line.new_posts else line.person

    def _take(self, entry: Entered, line: AgentLine, theme: TrainingTheme, wish: ThemeSaid) -> None:
        place = entry.row.place(self._code_of(entry, theme))
        post = self._post(entry, line, theme)
        if post is None:
            post = Post(unit=line.unit, service=line.service, theme=theme, taken_on=entry.values["taken_on"])
            self._fill(post, entry, wish)
            self._tell_others(entry, line, post)
            line.new_posts.append(post)
            line.person.posts.append(post)
            line.change(theme.name, "", _told(post), place)
        else:
            self._revise(entry, line, post, wish)
        for on in wish.days:
            self._training(entry, line, theme, on)

    def _tell_others(self, entry: Entered, line: AgentLine, post: Post) -> None:
        """The same theme still held in another service: perhaps left since."""
        for other in line.person.posts:
            if other.theme_id == post.theme_id and HeldPeriod(other.taken_on, other.ends_on).meets(_period(entry)):
                entry.doubtful("taken_on", f"Cet agent tient aussi ce poste : {other}. S’il l’a quitté, dites-le.")

    def _post(self, entry: Entered, line: AgentLine, theme: TrainingTheme) -> Post | None:
        """The post of the person that the line tells again."""
        service, taken_on = plain(line.service), entry.values["taken_on"]
        own = [post for post in line.person.posts if post.theme_id == theme.pk and plain(post.service) == service]
        exact = [post for post in own if post.taken_on == taken_on]
        around = [post for post in own if HeldPeriod(post.taken_on, post.ends_on).meets(_period(entry))]
        return next(iter(exact or around), None)

    def _fill(self, post: Post, entry: Entered, wish: ThemeSaid) -> None:
        for code in ("taken_on", "ended_on", "contract", "contract_ends_on"):
            if code in entry.values:
                setattr(post, code, entry.values[code])
        if wish.told == ThemeWord.EXEMPT and post.exempt_from is None:
            post.exempt_from, post.exempt_reason = post.taken_on, wish.words[:200] or "dispensé"

    def _revise(self, entry: Entered, line: AgentLine, post: Post, wish: ThemeSaid) -> None:
        names = ("taken_on", "ended_on", "contract", "contract_ends_on", "exempt_from")
        before = {name: getattr(post, name) for name in names}
        self._fill(post, entry, wish)
        changed = [name for name in names if getattr(post, name) != before[name]]
        for name in changed:
            label = f"{post.theme} : {post._meta.get_field(name).verbose_name}"
            line.change(label, before[name], getattr(post, name), entry.row.place(name))
        if changed and post not in line.changed_posts and post.pk:
            line.changed_posts.append(post)

    def _training(self, entry: Entered, line: AgentLine, theme: TrainingTheme, on: date) -> None:
        code = self._code_of(entry, theme, "last_training")
        if self.refuse_future(entry, code, on, "La formation"):
            return
        agent = line.person.agent
        key = (agent.pk if agent else id(line.person), theme.pk, on)
        if key in self.known_days:
            return
        self.known_days.add(key)
        line.past.append(PastTraining(theme=theme, on=on, kind=PastKind.TRAINING, label="Tableau de suivi"))
        line.change(f"{theme} : formation", "", on, entry.row.place(code))

    def _code_of(self, entry: Entered, theme: TrainingTheme, otherwise: str = "theme") -> str:
        code = self.themes.role(theme)
        return code if code in entry.values else otherwise


def _period(entry: Entered) -> HeldPeriod:
    return HeldPeriod(
        entry.values["taken_on"], end_of(entry.values.get("ended_on"), entry.values.get("contract_ends_on"))
    )


def _said_by(entry: Entered) -> Mapping[str, Any]:
    """What a line says, the writing of the name apart."""
    return {code: value for code, value in entry.values.items() if code not in ("name", "first_name", "service")}


def _works_in(agent: Agent, service: str, unit: Unit, directory: Directory) -> bool:
    """Whether an agent is known in that service, or nowhere yet."""
    posts = directory.posts.get(agent.pk, ())
    if not posts:
        return True
    return any(plain(post.service) == plain(service) or post.unit_id == unit.pk != directory.root.pk for post in posts)


def _known_days(agents: Sequence[int]) -> set[tuple[int, int, date]]:
    """(agent, theme, day) of the trainings that are recorded already."""
    past = PastTraining.objects.filter(agent__in=agents).values_list("agent_id", "theme_id", "on")
    attended = Enrolment.objects.present().filter(agent__in=agents)
    covered = attended.values_list("agent_id", "session__covered__theme_id", "session__ends_on")
    return {*past.order_by(), *covered.order_by()}


def _told(post: Post) -> str:
    """« prise de poste 01/09/2023, CDD jusqu’au 31/08/2024, dispensé »."""
    parts = [f"prise de poste {post.taken_on:%d/%m/%Y}", post.get_contract_display()]
    parts += [f"jusqu’au {post.ends_on:%d/%m/%Y}"] if post.ends_on else []
    parts += ["dispensé"] if post.exempt_from else []
    return ", ".join(parts)
