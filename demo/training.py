"""Training and tutoring of the demonstration: rows from which the tables of Isère 2022 come out, and Aix today.

The names are made up; the counts are those of the bilan 2022 of Isère (section 1.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product

from organisations.models import Unit, User
from training.enums import Attendance, Contract
from training.models import Agent, Course, Enrolment, PastTraining, Post, Session, TrainingTheme, TutoringAgreement
from training.rules.dates import add_months
from training.services import intake, themes
from training.services.intake import AgentTold, AgreementTold, Person, SessionTold

REASON = "Reprise du tableau de suivi"
LAST_NAMES = (
    "ALLARD",
    "BARBIER",
    "CARLIER",
    "DELMAS",
    "ESTEVE",
    "FAVRE",
    "GARNIER",
    "HUBERT",
    "IMBERT",
    "JACQUET",
    "KELLER",
    "LACROIX",
    "MARCHAND",
    "NAVARRO",
    "OLLIVIER",
    "PERRIN",
    "QUENTIN",
    "RENAUD",
    "SABATIER",
    "TESSIER",
    "URBAIN",
    "VIDAL",
)
FIRST_NAMES = ("Alice", "Bruno", "Céline", "David")
DESK, DESKS = (
    "Accueil Général/DICII/SII",
    (
        "Accueil Général/DICII/SII",
        "Bureau asile, éloignement et contentieux",
        "Bureau droit au séjour/DICII/SII",
        "Plateforme Naturalisation/DICII/SII",
    ),
)
NEVER = None
STORY_ENDS = date(2023, 12, 31)  # nothing is told of Isère after its bilan: its posts stop there


def _spread(number: int, taken: date, trained: date | None) -> list[tuple[date, date | None]]:
    """So many agents alike, their dates a few days apart."""
    return [
        (taken + timedelta(days=11 * rank), trained and trained + timedelta(days=5 * rank)) for rank in range(number)
    ]


# (taken on, last training) of each agent: the first ones were due in 2022 or before, the last ones were not.
PHYSICAL = (
    *_spread(20, date(2014, 9, 1), date(2018, 2, 12)),
    *_spread(16, date(2021, 3, 1), NEVER),
    *_spread(9, date(2017, 1, 9), NEVER),
    *_spread(4, date(2016, 5, 2), date(2020, 9, 14)),
)
TELEPHONE = (*_spread(6, date(2015, 9, 1), date(2018, 5, 14)), *_spread(2, date(2016, 9, 1), date(2021, 10, 4)))
CERT = (*_spread(6, date(2021, 4, 1), NEVER), *_spread(22, date(2017, 11, 6), date(2020, 10, 5)))
INTERNET = _spread(2, date(2020, 6, 1), NEVER)
CONCERNED = (  # (code of the theme, agents, services in turn)
    ("accueil-physique", PHYSICAL, DESKS),
    ("accueil-telephonique", TELEPHONE, ("Standard",)),
    ("cert-38", CERT, ("CERT PC",)),
    ("internet", INTERNET, ("Communication interministérielle",)),
)
# (course, days of its sessions, seats of each, theme, present, absent, not selected, observation)
COURSES = (
    ("La communication consciente et bienveillante", ((5, 17),), None, "accueil-physique", 1, 0, 0, ""),
    (
        "L'écoute empathique au service de l'accueil, de l'accompagnement",
        ((6, 9), (10, 11)),
        12,
        "accueil-physique",
        20,
        1,
        0,
        "Dont 1 agent de sous-préfecture",
    ),
    ("Sociologie des populations étrangères", ((3, 22),), None, "accueil-physique", 3, 0, 0, ""),
    ("Initiation à la langue des signes", ((9, 13),), None, "accueil-physique", 2, 0, 3, ""),
    ("Gestion des conflits à l'accueil", ((4, 5),), None, "accueil-physique", 6, 0, 0, ""),
    ("Conduire des entretiens difficiles", ((11, 15),), None, "accueil-physique", 1, 0, 0, ""),
    ("Les valeurs du service public – Laïcité", ((12, 6),), None, "accueil-physique", 1, 0, 0, ""),
    (
        "Lutte contre la Fraude (agents du CERT 38)",
        ((10, 18),),
        None,
        "cert-38",
        6,
        0,
        0,
        "Formation en interne ; celle de la cellule fraudes est reportée au début de 2023",
    ),
)
AGREEMENTS = (
    (DESK, 3),
    ("CERT PC", 4),
    ("Bureau asile, éloignement et contentieux", 3),
    ("Bureau droit au séjour/DICII/SII", 4),
    ("Plateforme Naturalisation/DICII/SII", 7),
)
SKILLS = (
    "Orienter l’usager vers le bon guichet et vérifier les pièces de son dossier",
    "Enregistrer une demande de titre de séjour et remettre le récépissé",
    "Contrôler un justificatif de domicile et reconnaître un faux document",
    "Conduire un entretien d’assimilation et en rédiger le compte rendu",
)


def load_training(units: Mapping[str, Unit], people: Mapping[str, User], *, today: date) -> None:
    """The year 2022 of Isère, then Aix as it stands today; what is there already is left as it is."""
    themes.load(by=people["formation"])
    if not Agent.objects.filter(unit=units["38"]).exists():
        load_isere(units["38"], by=people["formation"])
    if not Agent.objects.filter(unit=units["13-aix-accueil"]).exists():
        load_aix(units, by=people["formation"], today=today)


def load_isere(site: Unit, *, by: User) -> None:
    """49, 8, 28, 2 agents and the référent; 40 trained in eight courses; 21 tutoring agreements."""
    cert = themes.add(
        site=site,
        code="cert-38",
        name="CERT 38 (fraude)",
        aliases=("CERT 38", "CERT", "Fraude"),
        position=3,
        by=by,
        reason=REASON,
    )
    known = {theme.code: theme for theme in TrainingTheme.objects.filter(site__isnull=True)} | {"cert-38": cert}
    told = list(_agents(site, known))
    intake.record_agents(told, by=by, reason=REASON)
    by_theme: dict[str, list[Agent]] = {code: [] for code in known}
    for one in told:
        by_theme[one.new_posts[0].theme.code].append(_agent(one))
    intake.record_sessions(list(_sessions(site, known, by_theme)), by=by, reason=REASON)
    intake.record_agreements(list(_agreements(site, told)), by=by, reason=REASON)


def _agents(site: Unit, known: Mapping[str, TrainingTheme]) -> Iterator[AgentTold]:
    names = (f"{last}\t{first}" for first, last in product(FIRST_NAMES, LAST_NAMES))
    for code, agents, services in CONCERNED:
        for rank, (taken, trained) in enumerate(agents):
            theme, person = known[code], Person(None, next(names), site)
            service = services[rank % len(services)]
            post = Post(unit=site, service=service, theme=theme, taken_on=taken, ended_on=STORY_ENDS)
            if rank % 12 == 11:
                post.contract, post.contract_ends_on = Contract.FIXED_TERM, date(2023, 6, 30)
            past = [PastTraining(theme=theme, on=trained, label="Tableau de suivi 2022")] if trained else []
            yield AgentTold(person=person, new_posts=[post], past=past)
    rq, taken = known["rq"], date(2019, 9, 2)
    post = Post(
        unit=site,
        service="Mission qualité et performance",
        theme=rq,
        taken_on=taken,
        exempt_from=taken,
        ended_on=STORY_ENDS,
        exempt_reason="Expérience justifiée : attestation du 12/06/2019",
    )
    yield AgentTold(person=Person(None, next(names), site), new_posts=[post])


def _sessions(
    site: Unit, known: Mapping[str, TrainingTheme], by_theme: Mapping[str, Sequence[Agent]]
) -> Iterator[SessionTold]:
    for rank, (name, days, seats, code, present, absent, declined, comment) in enumerate(COURSES):
        course = Course(unit=site, name=name, comment=comment, checked_on=date(2022, 12, 15))
        sessions = [
            Session(unit=site, course=course, starts_on=date(2022, *day), ends_on=date(2022, *day), seats=seats)
            for day in days
        ]
        states = [*[Attendance.PRESENT] * present, *[Attendance.ABSENT] * absent, *[Attendance.DECLINED] * declined]
        agents = by_theme[code]
        for place, state in enumerate(states):
            session, agent = sessions[place % len(sessions)], agents[(place + 3 * rank) % len(agents)]
            enrolment = Enrolment(state=state)
            covered = [known[code]] if place < len(sessions) else []
            person = Person(agent, str(agent), site)
            yield SessionTold(session=session, person=person, enrolment=enrolment, themes=covered)


def _agreements(site: Unit, told: Sequence[AgentTold]) -> Iterator[AgreementTold]:
    """One agreement in three was renewed: it counts once."""
    for service, number in AGREEMENTS:
        there = [one.person for one in told if one.new_posts[0].service == service]
        *tutees, tutor = there[: number + 1]
        for rank, tutee in enumerate(tutees):
            start = date(2022, 1, 10) + timedelta(days=30 * rank)
            agreement = TutoringAgreement(
                unit=site,
                service=service,
                starts_on=start,
                ends_on=add_months(start, 4),
                skills=SKILLS[rank % len(SKILLS)],
                head_signed_on=start,
                tutor_signed_on=start,
                tutee_signed_on=start,
            )
            renewals = []
            if rank % 3 == 0:
                after = agreement.ends_on + timedelta(days=1)
                renewed = TutoringAgreement(
                    unit=site,
                    service=service,
                    starts_on=after,
                    ends_on=add_months(after, 2),
                    renews=agreement,
                    skills=agreement.skills,
                )
                renewals.append(renewed)
            people = {"tutor": tutor, "tutee": tutee}
            yield AgreementTold(agreement=agreement, people=people, renewals=renewals)


def load_aix(units: Mapping[str, Unit], *, by: User, today: date) -> None:
    """A few agents of each service, one in each situation, and a session to come."""
    known = {theme.code: theme for theme in TrainingTheme.objects.filter(site__isnull=True)}
    told = [_of_aix(units, known, today, *row) for row in AIX]
    intake.record_agents(told, by=by, reason=REASON)
    newcomer, tutor = told[2].person, told[0].person
    start = add_months(today, -2)
    agreement = TutoringAgreement(
        unit=units["13-aix-accueil"],
        service=units["13-aix-accueil"].name,
        starts_on=start,
        ends_on=add_months(today, 4),
        skills=SKILLS[0],
        head_signed_on=start,
        tutor_signed_on=start,
        tutee_signed_on=start,
    )
    people = {"tutor": tutor, "tutee": newcomer}
    intake.record_agreements([AgreementTold(agreement=agreement, people=people)], by=by, reason=REASON)
    course = Course(unit=units["13-aix"], name="Accueillir un public en difficulté", provider="PFRH", checked_on=today)
    day = add_months(today, 1)
    session = Session(
        unit=units["13-aix"], course=course, starts_on=day, ends_on=day, place="Aix-en-Provence", seats=12
    )
    enrolled = SessionTold(
        session=session,
        person=newcomer,
        enrolment=Enrolment(state=Attendance.REGISTERED),
        themes=[known["accueil-physique"]],
    )
    intake.record_sessions([enrolled], by=by, reason=REASON)


# (service, theme, name, months since the post was taken, months since the last training, months before the CDD ends)
AIX = (
    ("13-aix-accueil", "accueil-physique", "BLANC\tNathalie", 60, 14, None),
    ("13-aix-accueil", "accueil-physique", "FONTAINE\tMarc", 84, 50, None),
    ("13-aix-accueil", "accueil-physique", "GUERIN\tLucie", 2, None, None),
    ("13-aix-accueil", "accueil-physique", "HENRY\tThomas", 3, None, 5),
    ("13-aix-numerique", "accueil-physique", "LAMBERT\tInès", 30, 46, None),
    ("13-aix-standard", "accueil-telephonique", "MOULIN\tPascal", 40, 20, None),
    ("13-aix-standard", "accueil-telephonique", "NICOLAS\tÉva", 13, None, None),
    ("13-aix-courrier", "accueil-telephonique", "PICARD\tOlivier", 7, None, None),
    ("13-aix-collectivites", "internet", "ROYER\tManon", 50, 45, None),
)


def _of_aix(
    units: Mapping[str, Unit], known: Mapping[str, TrainingTheme], today: date, *row: str | int | None
) -> AgentTold:
    code, theme_code, name, since, trained, left = row
    unit, theme = units[str(code)], known[str(theme_code)]
    post = Post(unit=unit, service=unit.name, theme=theme, taken_on=add_months(today, -int(since or 0)))
    if left is not None:
        post.contract, post.contract_ends_on = Contract.FIXED_TERM, add_months(today, int(left))
    past = []
    if trained is not None:
        past = [PastTraining(theme=theme, on=add_months(today, -int(trained)), label="Tableau de suivi")]
    return AgentTold(person=Person(None, str(name), unit), new_posts=[post], past=past)


def _agent(told: AgentTold) -> Agent:
    if told.person.agent is None:
        raise ValueError("record the people first")
    return told.person.agent
