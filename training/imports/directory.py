"""The people that a file names: found whatever the writing of their name, asked about when several have it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from core.importing.asks import Ask, Given, Option, settle
from core.importing.places import ReadPlace
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from organisations.models import Unit
from training.models import Agent, Post
from training.rules.names import name_key
from training.services.intake import Person

NEW, SAME, SEVERAL = "new", "same", "several"
ONE_OR_SEVERAL = (Option(SAME, "une seule personne"), Option(SEVERAL, "des personnes différentes"))
OF_THE_SERVICE = ("name", "tutee")  # who works in the service of the line; a tutor or a head may not
NEAR_ENOUGH = 90  # of 100: « Dupond Jean » for « Dupont Jean »


class Directory:
    """The agents of a préfecture with their posts: three queries."""

    def __init__(self, root: Unit, given: Given):
        self.root, self.given = root, given
        self.units = list(Unit.objects.filter(pk__in=Unit.objects.ids_below(root.pk)).order_by("pk"))
        top = _top(root)
        ids = Unit.objects.ids_below(top.pk) if top.pk != root.pk else {unit.pk for unit in self.units}
        self.by_key: dict[str, list[Agent]] = defaultdict(list)
        self.by_number: dict[str, Agent] = {}
        for agent in Agent.objects.known().filter(unit_id__in=ids).select_related("unit").order_by("pk"):
            self.by_key[agent.name_key].append(agent)
            if agent.number:
                self.by_number[plain(agent.number)] = agent
        self.posts: dict[int, list[Post]] = defaultdict(list)
        for post in Post.objects.filter(agent__unit_id__in=ids).select_related("theme").order_by("taken_on", "pk"):
            self.posts[post.agent_id].append(post)
        self.people: dict[tuple[str, str], Person] = {}
        self.asks: dict[str, Ask] = {}
        self._told_in: dict[str, dict[str, str]] = defaultdict(dict)  # name to add → plain service → its words
        self._units = self._by_name()

    # Units --------------------------------------------------------------------------------------------------------
    def unit_named(self, service: str) -> Unit | None:
        """The unit that words name for sure, by its name, sigle or code."""
        return self._units.get(plain(service))

    def _by_name(self) -> dict[str, Unit | None]:
        found: dict[str, Unit | None] = {}
        for unit in self.units:
            for name in {plain(unit.name), plain(unit.sigle), plain(unit.code)} - {""}:
                found[name] = None if name in found else unit
        return found

    # People -------------------------------------------------------------------------------------------------------
    def person(self, agent: Agent | None, *, key: str, name: str, apart: str = "", unit: Unit | None = None) -> Person:
        """The person of the file, one for one agent, one for one new name (`apart` tells two new ones apart)."""
        at = ("agent", str(agent.pk)) if agent else (key, apart)
        if at not in self.people:
            posts = list(self.posts.get(agent.pk, ())) if agent else []
            self.people[at] = Person(agent, name, unit or self.root, posts=posts)
        return self.people[at]

    def named(self, entry: Entered, code: str, *, service: str = "", number: str = "") -> Person | None:
        """Who a cell of a table of sessions or agreements names; None while it is asked."""
        name = entry.values[code]
        key, shown = name_key(name), " ".join(name.split())
        if not key:
            entry.wrong(code, f"« {shown} » n’est pas un nom.")
            return None
        if number and (agent := self.by_number.get(plain(number))):
            return self.person(agent, key=key, name=name)
        known = self._of_service(self.by_key.get(key, []), service)
        if len(known) == 1:
            self._tell_elsewhere(entry, code, known[0], service)
            return self.person(known[0], key=key, name=name)
        candidates = known or self._near(key)
        if not candidates:
            return self._newcomer(entry, code, key, service)
        several = "plusieurs agents portent ce nom" if known else "un agent porte presque ce nom"
        answer = self.ask(
            entry, code, f"{key}|{plain(service)}", candidates, f"« {shown} » : {several}. De qui s’agit-il ?"
        )
        if not answer:
            return None
        agent = next((one for one in candidates if str(one.pk) == answer), None)
        return self.person(agent, key=key, name=name, apart=plain(service), unit=self.unit_named(service))

    def _newcomer(self, entry: Entered, code: str, key: str, service: str) -> Person | None:
        """Somebody to add; one name told in two services may be two people, which is asked."""
        name, at, apart = entry.values[code], plain(service), ""
        shown, told = " ".join(name.split()), self._told_in[key]
        if code in OF_THE_SERVICE and at and told and at not in told:
            services = " », « ".join(told.values())
            question = f"« {shown} » : service « {services} », puis « {service} ». Est-ce une seule personne ?"
            places = [entry.row.place(code)]
            answer = self.settle(
                entry, f"new:{_digest(f'{key}|{at}')}", question=question, options=ONE_OR_SEVERAL, places=places
            )
            if not answer:
                return None
            apart = at if answer == SEVERAL else ""
        elif code in OF_THE_SERVICE and at:
            apart = at if (key, at) in self.people else ""
            told[at] = service
        if (key, apart) not in self.people:
            entry.doubtful(code, f"« {shown} » n’est pas encore connu : l’agent est ajouté, sans poste.")
        return self.person(None, key=key, name=name, apart=apart, unit=self.unit_named(service))

    def _tell_elsewhere(self, entry: Entered, code: str, agent: Agent, service: str) -> None:
        """The only one of a name works elsewhere than the line says: perhaps somebody else."""
        unit, posts = self.unit_named(service), self.posts.get(agent.pk, ())
        if code in OF_THE_SERVICE and unit is not None and posts and all(post.unit_id != unit.pk for post in posts):
            entry.doubtful(code, f"{self._told(agent)}, est le seul agent connu de ce nom : est-ce bien lui ?")

    def ask(self, entry: Entered, code: str, key: str, candidates: Sequence[Agent], question: str) -> str:
        """Who is meant: the answer, empty while nobody gave it. The name is not kept in the code of the question."""
        options = [
            *(Option(str(one.pk), self._told(one)) for one in candidates),
            Option(NEW, "une autre personne, à ajouter"),
        ]
        places = [entry.row.place(code)]
        return self.settle(entry, f"person:{_digest(key)}", question=question, options=options, places=places)

    def settle(
        self, entry: Entered, code: str, *, question: str, options: Sequence[Option], places: Iterable[ReadPlace]
    ) -> str:
        """An ask of this file alone, told once with all its places."""
        before = self.asks.get(code)
        told = (*(before.places if before else ()), *places)
        ask = settle(self.given, code, question, options, places=dict.fromkeys(told), is_remembered=False)
        self.asks[code] = ask
        if ask.is_open:
            entry.row.asked = code
        return ask.value

    def _of_service(self, agents: list[Agent], service: str) -> list[Agent]:
        """Those who work in the service told, where that tells them apart."""
        if len(agents) < 2 or not service:
            return agents
        wanted, unit = plain(service), self.unit_named(service)
        there = [
            agent
            for agent in agents
            if (unit is not None and agent.unit_id == unit.pk)
            or any(plain(post.service) == wanted for post in self.posts.get(agent.pk, ()))
        ]
        return there if len(there) == 1 else agents

    def _near(self, key: str) -> list[Agent]:
        from rapidfuzz.fuzz import ratio  # heavy: loaded by who meets an unknown name

        near = [one for one in self.by_key if ratio(key, one, score_cutoff=NEAR_ENOUGH) or shortens(key, one)]
        return [agent for one in near for agent in self.by_key[one]]

    def shortened(self, key: str) -> list[Agent]:
        """The agents whose name a shorter one may be, « DUPONT J. » for « DUPONT Jean », or the other way round."""
        if is_short(key):
            found = [one for one in self.by_key if shortens(key, one)]
        else:
            found = [one for one in self._short if shortens(one, key)]
        return [agent for one in found for agent in self.by_key[one]]

    @cached_property
    def _short(self) -> list[str]:
        return [one for one in self.by_key if is_short(one)]

    def spelt_nearly(self, key: str) -> Agent | None:
        """The agent whose name is spelt most like another one, near enough."""
        from rapidfuzz import fuzz, process  # heavy: loaded by who meets an unknown name

        found = process.extractOne(key, self.by_key.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        return self.by_key[found[0]][0] if found else None

    def _told(self, agent: Agent) -> str:
        posts = self.posts.get(agent.pk, ())
        since = f", depuis le {posts[-1].taken_on:%d/%m/%Y}" if posts else ""
        return f"{agent}, {posts[-1].service if posts else agent.unit}{since}"


def _digest(key: str) -> str:
    """The code of a question about a name, without the name."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def is_short(key: str) -> bool:
    """Whether a name is a single word, or has initials."""
    words = key.split()
    return len(words) == 1 or any(len(word) == 1 for word in words)


def shortens(key: str, whole: str) -> bool:
    """« dupont » or « dupont j » for « dupont jean »: a whole name, and the beginnings of the others."""
    words, others = key.split(), whole.split()
    for word in words:
        found = next((one for one in others if one.startswith(word)), None)
        if found is None:
            return False
        others.remove(found)
    return any(len(word) > 2 and word in whole.split() for word in words)


def _top(unit: Unit) -> Unit:
    while unit.parent is not None:
        unit = unit.parent
    return unit
