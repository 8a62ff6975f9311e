"""Sentences of the bilan about training, built from counts; no name stands in them."""

from collections.abc import Mapping

from core.base.words import counted
from training.enums import Attendance

REGISTERED = (Attendance.REGISTERED, Attendance.SELECTED, Attendance.PRESENT, Attendance.ABSENT, Attendance.DECLINED)
SELECTED = (Attendance.SELECTED, Attendance.PRESENT, Attendance.ABSENT)


def observation(sessions: int, seats: int | None, states: Mapping[str, int], comments: tuple[str, ...] = ()) -> str:
    """« 2 sessions pour 24 personnes. 1 agent inscrit absent. 5 agents inscrits, 2 retenus. »: what is to be told."""
    told = []
    if sessions > 1 or seats:
        places = f" pour {counted(seats, 'personne')}" if seats else ""
        told.append(f"{counted(sessions, 'session')}{places}")
    registered, selected = (sum(states.get(one, 0) for one in some) for some in (REGISTERED, SELECTED))
    if selected < registered:
        told.append(f"{counted(registered, 'agent inscrit', 'agents inscrits')}, {counted(selected, 'retenu')}")
    if absent := states.get(Attendance.ABSENT, 0):
        told.append(counted(absent, "agent inscrit absent", "agents inscrits absents"))
    sentences = [f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in (*told, *comments)]
    return " ".join(sentences)


def concerned_sentence(year: int, concerned: int, to_train: int) -> str:
    """« 88 agents concernés, dont 59 devaient suivre une formation en 2022. »"""
    if not concerned:
        return f"Aucun agent n’est suivi au titre de {year}."
    due = f"dont {to_train} {'devaient' if to_train > 1 else 'devait'} suivre une formation en {year}"
    if not to_train:
        due = f"dont aucun ne devait suivre une formation en {year}"
    return f"Le suivi compte {counted(concerned, 'agent concerné', 'agents concernés')} par thème d’accueil, {due}."


def trained_sentence(year: int, trained: int, courses: int) -> str:
    """« 40 agents ont été formés en 2022, dans 8 formations. »"""
    if not trained:
        return f"Aucune présence à une formation n’est enregistrée en {year}."
    verb = "ont été formés" if trained > 1 else "a été formé"
    return f"{counted(trained, 'agent')} {verb} en {year}, dans {counted(courses, 'formation')}."


def tutoring_sentence(year: int, agreements: int, services: int) -> str:
    """« 21 conventions de tutorat ont été en cours en 2022, dans 5 services. »"""
    if not agreements:
        return f"Aucune convention de tutorat n’a été en cours en {year}."
    verb = "ont été" if agreements > 1 else "a été"
    found = counted(agreements, "convention de tutorat", "conventions de tutorat")
    return f"{found} {verb} en cours en {year}, dans {counted(services, 'service')}."
