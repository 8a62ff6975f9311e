"""What each document says: list of an arrêté, convocation, sheet to sign, minutes, the whole file of a meeting."""

from collections.abc import Callable, Mapping
from datetime import date

from clu.enums import MandateStatus, Presence
from clu.models import Committee, Meeting
from clu.printing.document import MeetingPaper, PaperSection
from clu.publications.deck import deck_of
from clu.rules.mandates import SeatOn, seats_on
from clu.rules.minutes import MinutesBlock, lines_of, person_words
from core.base.words import counted, in_words
from core.pages.decks import Slide

MEMBER_HEAD = ("Organisme", "Titulaire", "Suppléant", "Public représenté", "Mandat")
SIGN_HEAD = ("Nom", "Organisme", "Qualité", "Signature")
DRAFT = "Projet – ce compte rendu n’est pas encore validé."
EMPTY_LINES = 4  # for those nobody expected


def members(committee: Committee, *, today: date) -> MeetingPaper:
    """The members on a day, by college, as an arrêté lists them."""
    seats = seats_on(committee.members.with_mandates(), today)
    colleges: dict[str, list[SeatOn]] = {}
    for seat in seats:
        colleges.setdefault(seat.member.get_college_display(), []).append(seat)
    orders = [f"{order.reference}, signé le {in_words(order.signed_on)}" for order in committee.orders.all()]
    sections = [PaperSection("Acte de nomination", bullets=orders)] if orders else []
    for college, rows in colleges.items():
        lines = [_member_row(seat) for seat in rows]
        sections.append(PaperSection(college, head=MEMBER_HEAD, rows=lines, caption=counted(len(lines), "siège")))
    if not seats:
        sections.append(PaperSection("Membres", paragraphs=["Aucun membre n’est enregistré à cette date."]))
    name = committee.name_on(today)
    return MeetingPaper(f"Membres du {name}", f"{committee.site}, au {in_words(today)}", sections, foot=str(committee))


def convocation(meeting: Meeting, *, today: date) -> MeetingPaper:
    """Where, when, and the order of the day."""
    name = meeting.committee.name_on(meeting.held_on)
    facts = [f"Le {in_words(meeting.held_on)}{_hour(meeting)}", *([meeting.place] if meeting.place else [])]
    if meeting.chair:
        facts.append(f"Sous la présidence de {meeting.chair}")
    sections = [
        PaperSection(
            "Convocation",
            paragraphs=[f"Vous êtes invité(e) à la réunion du {name}.", *facts, meeting.note],
        ),
        _agenda(meeting),
    ]
    return _of(meeting, "Convocation", sections)


def sign_in_sheet(meeting: Meeting, *, today: date) -> MeetingPaper:
    """The sheet to sign: everybody expected, and lines for the others."""
    rows = [
        (row.person or "–", row.organisation, "suppléant" if row.is_deputy else row.function, "")
        for row in meeting.attendances.all()
    ]
    rows += [("", "", "", "")] * EMPTY_LINES
    sections = [
        PaperSection(
            "Feuille de présence", head=SIGN_HEAD, rows=rows, caption="Signez en face de votre nom", is_tall=True
        )
    ]
    return _of(meeting, "Feuille de présence", sections)


def minutes(meeting: Meeting, *, today: date) -> MeetingPaper:
    """The validated minutes; the draft, said to be one, while they are not."""
    is_draft = meeting.validated_on is None
    text = meeting.minutes if is_draft else meeting.validated_minutes
    sections = _sections_of(text) or [PaperSection("", paragraphs=["Le compte rendu n’est pas rédigé."])]
    if not is_draft:
        sections.append(PaperSection("", paragraphs=[f"Compte rendu validé le {in_words(meeting.validated_on)}."]))
    return _of(meeting, "Compte rendu", sections, draft=DRAFT if is_draft else "")


def dossier(meeting: Meeting, *, today: date) -> MeetingPaper:
    """Everything of a meeting in one file: convocation, agenda, sheet, who came, minutes, and what was shown."""
    parts = [convocation(meeting, today=today), sign_in_sheet(meeting, today=today)]
    sections = [section for part in parts for section in _on_a_page(part.sections)]
    if came := _came(meeting):
        sections.append(came)
    if meeting.minutes:
        title = "Compte rendu" if meeting.validated_on else "Compte rendu (projet)"
        sections += [PaperSection(title, is_new_page=True), *_lower(minutes(meeting, today=today).sections)]
    _cover, *slides = deck_of(meeting, today=today).slides
    sections += [PaperSection("Présentation", is_new_page=True), *(_slide_section(slide) for slide in slides)]
    return _of(meeting, "Dossier de séance", sections)


DOCUMENTS: Mapping[str, tuple[str, Callable[..., MeetingPaper]]] = {
    "convocation": ("Convocation", convocation),
    "emargement": ("Feuille de présence", sign_in_sheet),
    "compte-rendu": ("Compte rendu", minutes),
    "dossier": ("Dossier de séance", dossier),
}


def _member_row(seat: SeatOn) -> tuple[str, ...]:
    mandate = seat.mandate
    holder = ", ".join(filter(None, (mandate.holder or "À désigner", mandate.function)))
    is_over = seat.status == MandateStatus.EXPIRED
    ends = f"{'expiré le' if is_over else 'jusqu’au'} {in_words(mandate.ends_on)}" if mandate.ends_on else "sans terme"
    return seat.organisation, holder, mandate.deputy or "À désigner", seat.member.public or "–", ends


def _agenda(meeting: Meeting) -> PaperSection:
    items = [f"{item.title}{f' ({item.speaker})' if item.speaker else ''}" for item in meeting.items.all()]
    return PaperSection("Ordre du jour", bullets=items or ["L’ordre du jour sera communiqué."])


def _came(meeting: Meeting) -> PaperSection | None:
    rows = [row for row in meeting.attendances.all() if row.presence]
    lines = [(person_words(row), Presence(row.presence).label, row.comment or "–") for row in rows]
    return (
        PaperSection("Présence", head=("Personne", "Présence", "Précision"), rows=lines, is_new_page=True)
        if lines
        else None
    )


def _sections_of(text: str) -> list[PaperSection]:
    """Minutes as sections: what stands before the first title has none."""
    found: list[tuple[str, list[str], list[str]]] = [("", [], [])]
    for line in lines_of(text):
        if line.block == MinutesBlock.TITLE:
            found.append((line.text, [], []))
        else:
            found[-1][2 if line.block == MinutesBlock.BULLET else 1].append(line.text)
    return [
        PaperSection(title, paragraphs, bullets)
        for title, paragraphs, bullets in found
        if title or paragraphs or bullets
    ]


def _on_a_page(sections) -> list[PaperSection]:
    """The first one begins a page."""
    first, *others = sections
    return [PaperSection(**{**vars(first), "is_new_page": True}), *others]


def _lower(sections) -> list[PaperSection]:
    return [PaperSection(**{**vars(section), "level": 3}) for section in sections]


def _slide_section(slide: Slide) -> PaperSection:
    """A slide as it reads: figures and bars told in words."""
    figures = [" ".join(filter(None, figure)) for figure in slide.figures]
    bars = [bar.words for bar in slide.bars]
    return PaperSection(
        slide.title, bullets=[*figures, *slide.bullets, *bars], head=slide.head, rows=slide.rows, level=3
    )


def _of(meeting: Meeting, title: str, sections, *, draft: str = "") -> MeetingPaper:
    name = meeting.committee.name_on(meeting.held_on)
    subtitle = f"{name[:1].upper()}{name[1:]}, réunion du {in_words(meeting.held_on)} – {meeting.committee.site}"
    kept = [PaperSection(**{**vars(one), "paragraphs": [text for text in one.paragraphs if text]}) for one in sections]
    return MeetingPaper(title, subtitle, kept, foot=f"{meeting.title} – {meeting.committee.site}", draft=draft)


def _hour(meeting: Meeting) -> str:
    return f" à {meeting.starts_at:%H h %M}" if meeting.starts_at else ""
