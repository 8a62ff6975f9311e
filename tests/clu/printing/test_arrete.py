"""The arrêté that names the members, in the form of those that préfectures sign."""

import io
from datetime import date

import pytest
from odfdo import Document

from clu.printing import arrete, document
from tests.clu.factories import CommitteeFactory, MandateFactory, MemberFactory, OrderFactory
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture
def committee():
    root = PrefectureFactory(name="Préfecture des Bouches-du-Rhône")
    return CommitteeFactory(site=SousPrefectureFactory(name="Sous-préfecture d’Arles", parent=root), quorum=3)


def seat(committee, organisation, college="", **mandate):
    dates = {"starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}
    rank = committee.members.count()
    member = MemberFactory(committee=committee, organisation=organisation, college=college, position=rank)
    MandateFactory(member=member, **dates | mandate)


def lines(committee):
    """The sections as they read, one line each."""
    paper = arrete.order(committee, today=TODAY)
    return [line for one in paper.sections for line in (one.title, *one.paragraphs) if line]


def test_visas_reasons_and_articles_follow_each_other_with_the_seats_of_each_college(committee):
    OrderFactory(committee=committee, reference="Arrêté n° 2022-45", signed_on=date(2022, 1, 1))
    OrderFactory(committee=committee, reference="Arrêté à venir", signed_on=date(2027, 1, 1))
    seat(committee, "UFC", "users", holder="Mme Martin", function="présidente", deputy="M. Petit")
    seat(committee, "Ville d’Arles", "elected", holder="M. Roux", deputy="Mme Vidal", deputy_function="adjointe")
    seat(committee, "UDAF", "users", holder="", deputy="")
    told = lines(committee)
    assert told[0] == "Le préfet des Bouches-du-Rhône,"
    assert told[3:6] == [
        "Vu l’arrêté n° 2022-45 du 1er janvier 2022 ;",
        f"Considérant {arrete.REASONS['clu']}",
        "Sur proposition du secrétaire général,",
    ]
    assert told[6:-6] == [
        "Arrête",
        "Article 1er",
        "Le comité local des usagers est présidé par le préfet ou son représentant. Il est composé comme suit, dans "
        "l’ordre de nomination.",
        "A. Usagers et associations",
        "1° UFC : Mme Martin, présidente, titulaire – M. Petit, suppléant ;",
        "2° UDAF : titulaire à désigner – suppléant à désigner.",
        "B. Élus et collectivités",
        "1° Ville d’Arles : M. Roux, titulaire – Mme Vidal, adjointe, suppléante.",
        "Article 2",
        "Les membres sont nommés jusqu’au 31 décembre 2028 inclus.",
        "Article 3",
        "Le comité délibère valablement lorsque 3 de ses membres sont présents ou représentés par leur suppléant.",
    ]
    assert told[-6:] == ["Article 4", arrete.APPEAL, "Article 5", arrete.EXECUTION, *told[-2:]]
    assert told[-1] == told[0]


@pytest.mark.parametrize(
    ("ends", "terms", "seats"),
    [
        ([None, None], "Les membres sont nommés jusqu’à ce qu’un arrêté les remplace.", ["", ""]),
        (
            [date(2027, 1, 1), date(2028, 12, 31)],
            "Le mandat de chaque membre dure jusqu’à la date, incluse, portée à la suite de son nom.",
            [", jusqu’au 1er janvier 2027 ;", ", jusqu’au 31 décembre 2028."],
        ),
        (
            [date(2027, 1, 1), None],
            "Le mandat de chaque membre dure jusqu’à la date, incluse, portée à la suite de son nom ; celui pour "
            "lequel aucune date n’est portée dure jusqu’à ce qu’un arrêté y mette fin.",
            [", jusqu’au 1er janvier 2027 ;", "suppléant à désigner."],
        ),
    ],
)
def test_the_terms_are_said_once_or_beside_each_name(committee, ends, terms, seats):
    for rank, end in enumerate(ends):
        seat(committee, f"Association {rank}", holder=f"Mme {rank}", deputy="", ends_on=end)
    told = lines(committee)
    assert told[told.index("Article 2") + 1] == terms
    named = [line for line in told if "Association" in line]
    assert [line.endswith(end) for line, end in zip(named, seats, strict=True)] == [True, True]


def test_a_civility_keeps_its_capital_after_president(committee):
    committee.chair = "Mme la sous-préfète"
    assert "Le comité local des usagers est présidé par Mme la sous-préfète." in lines(committee)


def test_without_members_or_quorum_what_is_missing_is_left_to_be_completed(committee):
    committee.quorum, committee.chair = None, "La sous-préfète d’Arles"
    assert lines(committee)[7:9] == [
        "Le comité local des usagers est présidé par la sous-préfète d’Arles.",
        f"Il est composé de : {arrete.BLANK}",
    ]
    assert "délibère" not in " ".join(lines(committee))


def test_it_is_a_draft_in_both_formats(client, committee):
    seat(committee, "UFC", "users", holder="Mme Martin")
    paper = arrete.order(committee, today=TODAY)
    assert document.pdf(paper).startswith(b"%PDF")
    book = Document(io.BytesIO(document.odt(paper)))
    told = [one.text_recursive.replace("\u202f", " ") for one in book.body.get_paragraphs()]
    assert told[0] == "portant composition du comité local des usagers de la sous-préfecture d’Arles"
    assert told[1].startswith("Projet – numéro, date et lieu sont à compléter")
    assert "1° UFC : Mme Martin, titulaire – suppléant à désigner." in [one.replace("\xa0", " ") for one in told]
