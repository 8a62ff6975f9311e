"""The arrêté that names the members of a committee, as préfectures write them: visas, reasons, articles, signature.

What only the préfet knows (number, day, place) is left to be completed: it is a draft until it is signed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from clu.enums import College, CommitteeKind
from clu.models import Committee
from clu.printing.document import MeetingPaper, PaperSection
from clu.rules.mandates import SeatOn, seats_on
from core.base.words import counted, long_day
from organisations.models import Unit

BLANK = "………"
VISAS = (
    "Vu le code des relations entre le public et l’administration, notamment ses articles R. 133-1 à R. 133-15 ;",
    "Vu le décret n° 2004-374 du 29 avril 2004 modifié relatif aux pouvoirs des préfets, à l’organisation et à "
    "l’action des services de l’État dans les régions et départements ;",
)
REASONS = {
    CommitteeKind.CLU: "que la démarche qualité de la préfecture associe les usagers, réunis au moins une fois par an "
    "en comité local, à la qualité de l’accueil et des réponses qui leur sont faites ;",
    CommitteeKind.COPIL: "que la démarche qualité de la préfecture est conduite par un comité de pilotage qui en suit "
    "les engagements, les résultats et les actions ;",
    CommitteeKind.CLAC: "que le programme Services Publics + demande l’amélioration continue de l’accueil et des "
    "réponses, à laquelle usagers, élus, agents et structures du périmètre sont associés en un même comité local ;",
}
PREFECTURE = "préfecture "
_ARTICLE = re.compile(r"^(?:Le |La |L[’'])")  # « Mme la sous-préfète » keeps its capital
APPEAL = (
    "Le présent arrêté peut être contesté devant le tribunal administratif compétent dans un délai de deux mois à "
    "compter de sa publication."
)
EXECUTION = (
    "Le secrétaire général de la préfecture est chargé de l’exécution du présent arrêté, qui est publié au recueil des "
    "actes administratifs."
)


def order(committee: Committee, *, today: date) -> MeetingPaper:
    """The draft of the arrêté that names those who sit today."""
    name, kind = committee.name_on(today), committee.kind_on(today)
    seats = seats_on(committee.members.with_mandates(), today)
    who = _signs(committee.site)
    before = [f"Vu {_the(order.reference)} du {long_day(order.signed_on)} ;" for order in _known(committee, today)]
    opening = [f"{who},", *VISAS, *before, f"Considérant {REASONS[kind]}", "Sur proposition du secrétaire général,"]
    sections = [PaperSection("", paragraphs=opening), PaperSection("Arrête", look="decides")]
    for number, (first, *others) in enumerate(_articles(committee, seats, name), start=1):
        title = "Article 1er" if number == 1 else f"Article {number}"
        sections += [PaperSection(title, paragraphs=first, level=3, look="article"), *others]
    sections.append(PaperSection("", paragraphs=[f"Fait à {BLANK}, le {BLANK}", f"{who},"], look="signature"))
    subtitle = f"portant composition du {name} de {_lower(committee.site)}"
    return MeetingPaper(
        f"Arrêté n° {BLANK} du {BLANK}",
        subtitle,
        sections,
        foot=f"Projet d’arrêté – {committee.short_on(today)} – {committee.site}",
        draft="Projet – numéro, date et lieu sont à compléter ; l’arrêté vaut par sa signature.",
    )


def _articles(committee: Committee, seats: list[SeatOn], name: str) -> Iterator[list]:
    """Each article: the paragraphs under its title, then the sections that follow."""
    chair = committee.chair or "le préfet ou son représentant"
    intro = f"Le {name} est présidé par {_ARTICLE.sub(lambda found: found[0].lower(), chair)}."
    if not seats:
        yield [[intro, f"Il est composé de : {BLANK}"]]
    else:
        yield [[f"{intro} Il est composé comme suit, dans l’ordre de nomination."], *_colleges(seats)]
    yield [[_terms(seats)]]
    if committee.quorum:
        present = counted(committee.quorum, "de ses membres est présent", "de ses membres sont présents")
        yield [[f"Le comité délibère valablement lorsque {present} ou représentés par leur suppléant."]]
    yield [[APPEAL]]
    yield [[EXECUTION]]


def _colleges(seats: list[SeatOn]) -> Iterator[PaperSection]:
    """The seats of each college, numbered in their order; a committee without colleges has one list."""
    by_college: dict[str, list[SeatOn]] = {}
    for seat in seats:
        by_college.setdefault(seat.member.college, []).append(seat)
    is_one_end = len({seat.mandate.ends_on for seat in seats}) == 1
    for letter, (college, rows) in zip("ABCDEFG", by_college.items(), strict=False):
        named = "Autres membres" if college == College.NONE else College(college).label
        title = f"{letter}. {named}" if len(by_college) > 1 else named if college else ""
        lines = [f"{rank}° {_seat(seat, is_one_end)}" for rank, seat in enumerate(rows, start=1)]
        yield PaperSection(title, paragraphs=[f"{line} ;" for line in lines[:-1]] + [f"{lines[-1]}."], level=4)


def _seat(seat: SeatOn, is_one_end: bool) -> str:
    """« UFC-Que Choisir, pour les consommateurs : Mme Martin, présidente, titulaire ; M. Petit, suppléant »."""
    mandate, member = seat.mandate, seat.member
    what = f"{member.organisation}{f' ({member.public})' if member.public else ''}"
    holder = ", ".join(filter(None, (mandate.holder, mandate.function))) or "titulaire à désigner"
    deputy = ", ".join(filter(None, (mandate.deputy, mandate.deputy_function)))
    substitute = "suppléante" if deputy.startswith(("Mme", "Madame")) else "suppléant"
    told = [
        f"{holder}, titulaire" if mandate.holder else holder,
        f"{deputy}, {substitute}" if deputy else "suppléant à désigner",
    ]
    ends = f", jusqu’au {long_day(mandate.ends_on)}" if mandate.ends_on and not is_one_end else ""
    return f"{what} : {' – '.join(told)}{ends}"


def _terms(seats: Iterable[SeatOn]) -> str:
    ends = {seat.mandate.ends_on for seat in seats}
    if ends == {None} or not ends:
        return "Les membres sont nommés jusqu’à ce qu’un arrêté les remplace."
    if len(ends) == 1:
        return f"Les membres sont nommés jusqu’au {long_day(ends.pop())} inclus."
    rest = (
        " ; celui pour lequel aucune date n’est portée dure jusqu’à ce qu’un arrêté y mette fin" if None in ends else ""
    )
    return f"Le mandat de chaque membre dure jusqu’à la date, incluse, portée à la suite de son nom{rest}."


def _known(committee: Committee, today: date) -> list:
    return sorted((one for one in committee.orders.all() if one.signed_on <= today), key=lambda one: one.signed_on)


def _the(reference: str) -> str:
    """« l’arrêté n° 2022-45 », whatever was typed."""
    low = f"{reference[:1].lower()}{reference[1:]}"
    return f"l’{low}" if low.startswith("arrêté") else f"l’arrêté {reference}"


def _signs(site: Unit) -> str:
    """« Le préfet de l’Isère » where the name of the préfecture says it."""
    root = site.ancestors(include_self=True).first() or site
    rest = root.name[len(PREFECTURE) :] if root.name.lower().startswith(PREFECTURE) else ""
    return f"Le préfet {rest}".strip()


def _lower(site: Unit) -> str:
    name = str(site)
    return f"la {name[:1].lower()}{name[1:]}" if name.lower().startswith(("préf", "sous-")) else name
