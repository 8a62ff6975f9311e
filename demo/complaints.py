"""Complaints of the demonstration: the balance of the Isère in 2022 as cases, and a living inbox at Aix."""

import uuid
from datetime import date, timedelta

from django.core.files import File

from complaints.enums import Channel, MessageKind, Nature, Outcome, OutOfScope, Topic
from complaints.imports.register import ComplaintsFile
from complaints.models import Complaint, ComplaintImport, ReplyTemplate, Tally
from complaints.services import cases, replies, steering
from core.importing import engine
from core.record import history
from core.sheets.reading.bounded import read
from demo.files import DATA, read_json
from organisations.models import Unit, User

ISERE = DATA / "isere_2022_reclamations.csv"
TEMPLATES = (
    (
        MessageKind.ACKNOWLEDGEMENT,
        "Accusé de réception",
        "Votre message du {received_on}",
        "Bonjour,\n\nVotre message a bien été reçu le {received_on}, sous la référence {reference}. Une réponse vous "
        "sera faite au plus tard le {answer_by}.\n\n{site}",
    ),
    (
        MessageKind.ANSWER,
        "Réponse",
        "Réponse à votre message {reference}",
        "Bonjour,\n\nVous nous avez écrit le {received_on}.\n\n[…]\n\n{site}",
    ),
    (
        MessageKind.REDIRECTION,
        "Demande d’information : où s’adresser",
        "Votre demande {reference}",
        "Bonjour,\n\nVotre demande porte sur un dossier individuel. Son avancement se suit sur le site où vous l’avez "
        "déposé ; cette boîte traite de l’accueil et de l’organisation du service.\n\n{site}",
    ),
)


def load_complaints(units: dict[str, Unit], people: dict[str, User], *, today: date) -> None:
    """The register of the Isère by its file, and the inbox of Aix as it stands today."""
    if Complaint.objects.exists():
        return
    _load_isere(units["38"], by=None)
    aix, by = units["13-aix"], people["rq"]
    for kind, title, subject, body in TEMPLATES:
        template = ReplyTemplate(site=aix, kind=kind, title=title, subject=subject, body=body)
        template.approved_on = date(2022, 3, 10)
        history.save(template, by=by, reason="Avis du CLU du 10 mars 2022")
    for row in read_json("complaints"):
        _tell(aix, units["13-aix-standard"], row, today=today, by=by)
    _load_tally(aix, today=today, by=by)


def _load_isere(site: Unit, *, by: User | None) -> None:
    record = ComplaintImport(site=site)
    book = read(ISERE, name=ISERE.name)
    plan = engine.plan_book(ComplaintsFile, record, book)
    with ISERE.open("rb") as content:
        engine.record_at_once(ComplaintsFile, record, File(content, name=ISERE.name), book=book, plan=plan, by=by)


def _tell(site: Unit, service: Unit, row: dict, *, today: date, by: User) -> None:
    channel, name, kind = row["channel"], row["name"], row["kind"]
    received = today - timedelta(days=row["days"])
    mail = f"{name.split()[0].lower()}@exemple.invalid" if name and channel != Channel.LETTER else ""
    person = {"name": name, "email": mail, "text": row["text"]}
    is_inside = kind != Nature.INFORMATION_REQUEST
    case = cases.register(
        site,
        channel=channel,
        received_on=received,
        by=by,
        kind=kind,
        theme=row["theme"],
        person=person,
        in_scope=is_inside,
        out_of_scope="" if is_inside else OutOfScope.INDIVIDUAL_FILE,
    )
    if row["done"]:
        _follow(case, row["done"], service, next_day=min(received + timedelta(days=1), today), today=today, by=by)


def _follow(case: Complaint, done: str, service: Unit, *, next_day: date, today: date, by: User) -> None:
    if done == "redirected":
        replies.redirect(case, by=by, template=None)
        return
    if done == "closed":
        cases.close(case, outcome=Outcome.NO_FURTHER, by=by, on=next_day)
        return
    cases.acknowledge(case, on=next_day, by=by)
    if done == "transmitted":
        cases.transmit(case, to=service, on=next_day, by=by)
    elif done == "waiting":
        cases.suspend(case, asked_on=next_day, by=by)
    elif done == "answered":
        cases.answer(case, on=min(case.received_on + timedelta(days=4), today), by=by)
        cases.close(case, outcome=Outcome.FOUNDED, lesson="Revoir le fléchage et les horaires avec le CLU.", by=by)


def _load_tally(site: Unit, *, today: date, by: User) -> None:
    if Tally.objects.exists():
        return
    for days, theme in ((0, Topic.WAITING), (0, Topic.APPOINTMENT), (1, Topic.WAITING), (2, Topic.SIGNAGE)):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{site.code}/{days}/{theme}")
        steering.tap(site=site, by=by, key=key, theme=theme, place="Hall", on=today - timedelta(days=days))
