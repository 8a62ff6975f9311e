"""A table of sessions: one line per session, or one per agent enrolled in it with the state of the enrolment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.base.words import counted
from core.importing.asks import Ask, Given, Option
from core.importing.lines import LineChange
from core.importing.places import PlaceLevel
from core.importing.tables import Wanted
from core.importing.tables.readers import NumberOf, Text
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from training.enums import HELD, Attendance
from training.imports.attendances import BY_STATE, SIGNATURE, STATES, People, fold, people_of, says_state
from training.imports.base import FIRST_NAME, NUMBER, OF_A_PERSON, SERVICE, TrainingTable, name_column
from training.imports.cells import DayOrMonth, FirstDay, NamedThemes, Themes, ThemesOf, span_in
from training.imports.directory import Directory
from training.imports.titles import Reader, first_day, last_day, seats, themes_in, words_of
from training.models import Course, Enrolment, Session, SessionTheme, TrainingImport, TrainingTheme
from training.services.intake import SessionTold, record_sessions

DEFAULT_STATE = "default-state"
COLUMNS = (
    Wanted(
        "course",
        "Formation",
        heads=r"(?:intitules?|libelles?|noms?|titres?) (?:de )?(?:la |l |du )?(?:formation|stage|cours|action|session)|"
        r"(?:intitules?|libelles?|titres?)|"
        r"formations?(?: suivies?)?|stages?|cours|actions? de formation",
        read=Text(200),
        colour="label",
        is_required=True,
        is_carried=True,
    ),
    Wanted(
        "starts_on",
        "Début",
        heads=r"(?:dates? )?(?:de |du )?(?:debut)(?: (?:de |du )?(?:la )?(?:formation|session|stage))?|"
        r"dates? (?:de |du )?(?:la |l )?(?:formation|session|stage)|"
        r"dates?|du|jours?|sessions?(?: du)?|periodes?",
        read=FirstDay(),
        colour="date",
        is_required=True,
        is_carried=True,
    ),
    Wanted("ends_on", "Fin", heads=r"(?:dates? )?(?:de |du )?fin(?: .*)?|au", read=DayOrMonth(), colour="date"),
    Wanted("place", "Lieu", heads=r"lieux?(?: .*)?|salles?|villes?", read=Text(200)),
    Wanted(
        "seats",
        "Places",
        heads=r"(?:nombre |nb |nbre )?(?:de |d )?places?(?: .*)?|capacites?|jauges?|effectif (?:max.*|prevu)",
        read=NumberOf(),
        colour="value",
    ),
    replace(name_column(is_required=False), read=People(200)),
    FIRST_NAME,
    NUMBER,
    SERVICE,
    Wanted(
        "state",
        "État",
        heads=r"etats?(?: .*)?|statuts?(?: .*)?|presences?(?: (?!j(?:our)? ?\d|\d|matin|apres).*)?|"
        r"situations?|inscriptions?|participations?",
        read=STATES,
        colour="status",
    ),
    *BY_STATE,
    SIGNATURE,
    Wanted(
        "provider", "Organisme", heads=r"organismes?(?: .*)?|prestataires?|formateurs?|organisateurs?", read=Text(200)
    ),
    Wanted("comment", "Observation", heads=r"observations?|remarques?|commentaires?|notes?", read=Text(500)),
)
TECHNICAL = r"attestations?.*|duree.*|heures?|horaires?|n|no|num(?:ero)?|rang|cout.*|grade|corps|categorie"


@dataclass(kw_only=True)
class SessionLine(SessionTold):
    """What a line says: the session, who and where the enrolment stands; then what recording it does."""

    state: str
    is_new_session: bool = False
    before: str = ""
    changes: list[LineChange] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.is_new_session or (self.enrolment is not None and self.enrolment.pk is None)


class SessionsTable(TrainingTable):
    file_kind, label = "sessions", "des sessions de formation"
    technical = rf"{TECHNICAL}|{OF_A_PERSON}"
    record_lines = staticmethod(record_sessions)
    is_by_service = False
    heading = frozenset({"course", "starts_on", "name"})
    needs = (("course",), ("starts_on",), ("name", "seats", "state", "place", *(one.code for one in BY_STATE)))

    def __init__(self, record: TrainingImport, given: Given, themes: Themes):
        super().__init__(record, given, themes)
        theme = Wanted(
            "theme", "Thèmes", heads=r"themes?(?: .*)?|domaines?(?: .*)?|modules?", read=ThemesOf(themes), colour="key"
        )
        self.columns = (*COLUMNS, theme)
        self.sessions: dict[tuple[str, date, str], Session] = {}
        self.courses: dict[str, Course] = {}
        self.covered: dict[int, set[int]] = defaultdict(set)  # id(session) → themes
        self.seated: dict[int, set[object]] = defaultdict(set)  # id(session) → who takes a seat
        self.enrolments: dict[tuple[int, object], tuple[Enrolment, Entered | None]] = {}
        self.default_state = ""
        self.partly: list[Ask] = []  # the lines that some half-days alone are signed on

    def title_readers(self) -> Mapping[str, Reader]:
        return {
            "course": words_of,
            "starts_on": first_day,
            "ends_on": last_day,
            "place": words_of,
            "provider": words_of,
            "seats": seats,
            "theme": themes_in(self.themes),
        }

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        found = [one for entry in super().gathered(entries) for one in people_of(entry)]
        for entry in found:
            if ask := fold(entry, self.given):
                self.partly.append(ask)
        return found

    def look(self, entries: Sequence[Entered]) -> None:
        if self.partly:
            places = [place for ask in self.partly for place in ask.places]
            self.directory.asks[self.partly[0].code] = replace(self.partly[0], places=tuple(places))
        self._read_known()
        self._settle_default(entries)
        for entry in entries:
            if {"course", "starts_on"} <= entry.values.keys() and not entry.row.left_out:
                self._look_at(entry)

    def _read_known(self) -> None:
        """The courses and sessions of the site, with their themes and enrolments: four queries."""
        unit = self.record.unit
        sites = [unit.pk, unit.site.pk]
        self.courses = {plain(one.name): one for one in Course.objects.filter(unit__in=sites).order_by("pk")}
        by_pk = {}
        for session in Session.objects.filter(unit__in=sites).select_related("course").order_by("pk"):
            by_pk[session.pk] = session
            self.sessions[plain(session.course.name), session.starts_on, plain(session.place)] = session
        for row in SessionTheme.objects.filter(session__in=by_pk).order_by("pk"):
            self.covered[id(by_pk[row.session_id])].add(row.theme_id)
        for row in Enrolment.objects.filter(session__in=by_pk).order_by("pk"):
            session = by_pk[row.session_id]
            self.enrolments[id(session), row.agent_id] = (row, None)
            if row.state in HELD:
                self.seated[id(session)].add(row.agent_id)

    def _settle_default(self, entries: Sequence[Entered]) -> None:
        """A table without states: whether its lines tell people enrolled, or people trained."""
        named = [entry for entry in entries if "name" in entry.values]
        if not named or any(map(says_state, named)):
            self.default_state = Attendance.REGISTERED
            return
        self.default_state = self.directory.settle(
            named[0],
            DEFAULT_STATE,
            question="Ce tableau ne dit pas où en sont les inscriptions : que sont ses agents ?",
            options=[Option(value, str(value.label)) for value in (Attendance.PRESENT, Attendance.REGISTERED)],
            places=[entry.row.place("name") for entry in named],
        )
        for entry in named:
            entry.row.asked = entry.row.asked or ("" if self.default_state else DEFAULT_STATE)

    def _look_at(self, entry: Entered) -> None:
        starts_on = entry.values["starts_on"]
        if span := span_in(entry.row.text("starts_on")):  # « du 12 au 13 mai 2022 »
            entry.values.setdefault("ends_on", span[1])
        ends_on = entry.values.get("ends_on", starts_on)
        if ends_on < starts_on:
            entry.wrong("ends_on", f"La fin ({ends_on:%d/%m/%Y}) précède le début ({starts_on:%d/%m/%Y}).")
            return
        session, is_new = self._session(entry, ends_on)
        person = None
        if "name" in entry.values:
            service, _ = self.service_of(entry)
            entry.values["name"], kept = self.name_of(entry), entry.values["name"]
            wanted = service if "service" in entry.values else ""
            person = self.directory.named(entry, "name", service=wanted, number=entry.values.get("number", ""))
            entry.values["name"] = kept
            if person is None:
                return
        state = entry.values.get("state") or self.default_state
        if person is not None and "state" not in entry.values and says_state(entry) and not self._is_refused(entry):
            entry.doubtful("name", "Rien ne dit si cet agent était présent : il reste inscrit.")
        if state:
            entry.extra = SessionLine(session=session, person=person, state=state, is_new_session=is_new)
            entry.extra.themes = self._themes(entry, session)
            if person is not None:
                self._enrol(entry, entry.extra)

    def _is_refused(self, entry: Entered) -> bool:
        return bool(entry.row.asked) or any(one.level == PlaceLevel.ERROR for one in entry.problems)

    def _session(self, entry: Entered, ends_on: date) -> tuple[Session, bool]:
        """The session of a line, known, told above, or new."""
        values = entry.values
        name, place = " ".join(values["course"].split()), values.get("place", "")
        key = (plain(name), values["starts_on"], plain(place))
        if key in self.sessions:
            return self.sessions[key], False
        course = self.courses.get(plain(name))
        if course is None:
            course = Course(unit=self.record.unit.site, name=name, provider=values.get("provider", ""))
            self.courses[plain(name)] = course
        seats = values.get("seats")
        comment = values.get("comment", "") if "name" not in values else ""
        session = Session(
            unit=self.record.unit.site,
            course=course,
            starts_on=values["starts_on"],
            ends_on=ends_on,
            place=place,
            seats=int(seats) if seats is not None else None,
            comment=comment,
        )
        self.sessions[key] = session
        return session, True

    def _themes(self, entry: Entered, session: Session) -> list[TrainingTheme]:
        """The themes that the line adds to its session; without any, a theme of the course's own name."""
        told = entry.values.get("theme", ())
        if not told and not self.covered[id(session)] and not entry.row.table.of_role("theme"):
            own = self.themes.named(session.course.name)
            told = (own,) if own else ()
        new = [theme for theme in told if theme.pk not in self.covered[id(session)]]
        if new and self.covered[id(session)]:
            entry.doubtful(
                "theme", f"« {session} » : une présence comptera aussi pour {NamedThemes(new)}, pour tous les présents."
            )
        self.covered[id(session)].update(theme.pk for theme in new)
        return new

    def _enrol(self, entry: Entered, line: SessionLine) -> None:
        """The enrolment of the line, new or known; the same person twice, a seat too many and the future are told."""
        session, person = line.session, line.person
        assert person is not None
        who = person.agent.pk if person.agent else id(person)
        if line.state in (Attendance.PRESENT, Attendance.ABSENT):
            code = "state" if "state" in entry.values else "starts_on"
            if self.refuse_future(entry, code, session.starts_on, "La session"):
                return
        known, told_by = self.enrolments.get((id(session), who), (None, None))
        if told_by is not None and known is not None:
            if known.state == line.state:
                entry.row.left_out = f"dit la même chose que la ligne {told_by.row.number}"
            else:
                entry.wrong(
                    "name", f"Cet agent est déjà dit « {known.get_state_display()} » à la ligne {told_by.row.number}."
                )
            return
        line.enrolment = known or Enrolment(session=session, state=line.state)
        line.before = known.state if known else ""
        line.is_changed, line.enrolment.state = line.before != line.state, line.state
        self.enrolments[id(session), who] = (line.enrolment, entry)
        self._seat(entry, line, who)

    def _seat(self, entry: Entered, line: SessionLine, who: object) -> None:
        seats, seated = line.session.seats, self.seated[id(line.session)]
        seated.discard(who)
        if line.state in HELD:
            seated.add(who)
            if seats is not None and len(seated) > seats:
                entry.wrong(
                    "name", f"« {line.session} » a {counted(seats, 'place')} : cet agent serait le {len(seated)}e."
                )

    # What recording does -----------------------------------------------------------------------------------------
    def match(self, entry: Entered, stored: Directory) -> object:
        line: SessionLine | None = entry.extra
        if line is None:
            return entry.values["course"]
        place = entry.row.place
        if line.is_new_session:
            line.changes.append(LineChange("Session", "", str(line.session), place("course")))
        for theme in line.themes:
            line.changes.append(LineChange("Thème", "", theme.name, place("theme")))
        if line.enrolment is not None and line.before != line.state:
            before = str(Attendance(line.before).label) if line.before else ""
            line.changes.append(LineChange(str(line.person), before, str(Attendance(line.state).label), place("state")))
        return None if line.is_new else line.session

    def check(self, entry: Entered) -> None:
        line: SessionLine | None = entry.extra
        if line and line.is_new_session and not self.covered[id(line.session)]:
            entry.doubtful("course", "Cette session ne compte pour aucun thème : dites lequel, si elle en couvre un.")
