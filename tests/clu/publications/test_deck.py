"""The deck of a meeting: one outline in three formats, live figures, and what is blank said with its owner."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from odfdo import Document
from pptx import Presentation

from clu.enums import ItemContent
from clu.publications import deck_of
from clu.publications.deck import PARTS
from clu.publications.part import Asked
from core.pages import decks
from indicators.services import readings
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.audits.factories import AuditFactory, AuditRowFactory
from tests.clu.factories import AgendaItemFactory, CommitteeFactory, MeetingFactory, MemberFactory, NoteFactory
from tests.indicators.factories import AssignmentFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import ServiceFactory
from tests.training.factories import AgentFactory, PostFactory, TrainingThemeFactory

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 8)


@pytest.fixture
def meeting(site):
    return MeetingFactory(committee=CommitteeFactory(site=site), held_on=date(2022, 3, 10))


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site, sigle="SCI")


def item(meeting, content, **fields):
    return AgendaItemFactory(meeting=meeting, content=content, **fields)


def of(meeting):
    return deck_of(meeting, today=TODAY)


def test_a_meeting_without_agenda_shows_the_usual_one_and_says_its_blanks(meeting):
    deck = of(meeting)
    assert deck.slides[0].title == "Comité local des usagers"
    assert deck.slides[1].bullets[0] == "Présentation de la démarche Qual-e-pref"
    assert [blank.sentence for blank in deck.blanks if blank.what.startswith("Enquête")] == [
        "Enquête mystère close avant la réunion : non saisi, responsable : référent qualité",
        "Enquête de satisfaction close avant la réunion : non saisi, responsable : référent qualité",
    ]
    shown = [bullet for slide in deck.slides for bullet in slide.bullets]
    assert all(blank.sentence in shown for blank in deck.blanks)


def test_the_three_formats_have_the_same_slides_and_each_table_and_picture_its_words(meeting, service, site):
    indicator = IndicatorFactory(label="Taux d’appels aboutis", measure="rate")
    ValueFactory(indicator=indicator, site=site, unit=service, year=2022, month=1, value=Decimal("0.92"))
    readings.refresh_many({(indicator.pk, site.pk, 2022)})
    item(meeting, ItemContent.INDICATORS, title="Les indicateurs")
    slides = of(meeting).slides
    titles = [slide.title for slide in slides]

    deck = Presentation(io.BytesIO(decks.pptx(slides)))
    assert [page.shapes.title.text_frame.text for page in deck.slides] == titles
    graphics = [shape for page in deck.slides for shape in page.shapes if shape.has_chart or shape.has_table]
    assert [bool(shape._element.nvGraphicFramePr.cNvPr.get("descr")) for shape in graphics] == [True, True]
    assert all(page.notes_slide.notes_text_frame.text for page in deck.slides)

    pages = Document(io.BytesIO(decks.odp(slides))).body.get_draw_pages()
    assert [page.name.split(". ", 1)[1] for page in pages] == titles
    frames = [
        frame for page in pages for frame in page.get_elements("descendant::draw:frame[draw:image or table:table]")
    ]
    assert [bool(frame.get_element("svg:desc").text_recursive) for frame in frames] == [True, True]

    with pikepdf.open(io.BytesIO(decks.pdf(slides))) as document:
        assert (len(document.pages), bool(document.Root.MarkInfo.Marked)) == (len(slides), True)


def test_an_indicator_is_shown_up_to_the_month_before_the_meeting(meeting, service, site):
    indicator = IndicatorFactory(label="Taux d’appels aboutis", measure="rate")
    for month, value in ((1, "0.90"), (2, "0.94"), (3, "0.10")):
        ValueFactory(indicator=indicator, site=site, unit=service, year=2022, month=month, value=Decimal(value))
    readings.refresh_many({(indicator.pk, site.pk, 2022)})
    item(meeting, ItemContent.INDICATORS, title="Les indicateurs")
    table = next(slide for slide in of(meeting).slides if slide.rows)
    assert (table.head[1], table.head[4]) == ("Résultat, de janvier à février 2022", "N-1 (2021)")
    assert table.rows[0][1] == "92\u202f%"


def test_a_figure_that_nobody_typed_names_the_service_that_owes_it(meeting, service, site):
    indicator = IndicatorFactory(label="Mise à jour du SVI", measure="rate")
    AssignmentFactory(indicator=indicator, site=site, unit=service, valid_from=date(2021, 1, 1))
    ValueFactory(indicator=indicator, site=site, unit=service, year=2022, month=1, value=None, state="missing")
    other = IndicatorFactory(label="Courriers", measure="rate")
    ValueFactory(indicator=other, site=site, unit=service, year=2022, month=1, value=Decimal("0.5"))
    readings.refresh_many({(one.pk, site.pk, 2022) for one in (indicator, other)})
    item(meeting, ItemContent.INDICATORS)
    assert [blank.sentence for blank in of(meeting).blanks] == ["Mise à jour du SVI : non saisi, responsable : SCI"]


def test_actions_are_marked_r_and_c(meeting, site):
    finding = FindingFactory(
        plan=PlanFactory(site=site, origin="clu", origin_on=date(2019, 6, 25)), text="Ergonomie du site"
    )
    ActionFactory(finding=finding, text="Refaire le site", status="done", done_on=date(2020, 1, 15))
    ActionFactory(finding=finding, text="Écrire un guide", status="ongoing")
    item(meeting, ItemContent.PLAN, title="Le plan")
    rows = of(meeting).slides[-1].rows
    assert [row[1:] for row in rows] == [
        ("Refaire le site", "(R) réalisée", "15/01/2020"),
        ("Écrire un guide", "(C) en cours", "–"),
    ]


def test_what_was_asked_before_is_answered_with_the_state_of_its_action(meeting):
    before = MeetingFactory(committee=meeting.committee, held_on=date(2021, 6, 1))
    action = ActionFactory(text="Poser douze sièges", status="done", done_on=date(2021, 9, 1))
    NoteFactory(meeting=before, kind="request", text="Des sièges", action=action, position=1)
    NoteFactory(meeting=before, kind="request", text="Un ascenseur", position=2)
    NoteFactory(meeting=before, kind="request", text="Interne", is_internal=True, position=3)
    item(meeting, ItemContent.REPLIES, title="Vous avez demandé")
    assert of(meeting).slides[-1].rows == [
        ("Des sièges", "Poser douze sièges", "Réalisée le 01/09/2021"),
        ("Un ascenseur", "Réponse à donner", "Pas encore d’action"),
    ]


def test_training_is_told_by_theme_without_a_name_or_asked_for(meeting, service):
    item(meeting, ItemContent.TRAINING, title="Formations et tutorat")
    assert [blank.what for blank in of(meeting).blanks] == ["Formations et tutorat"]

    post = PostFactory(agent=AgentFactory(unit=service), theme=TrainingThemeFactory(), taken_on=date(2020, 9, 1))
    deck = of(meeting)
    assert deck.blanks == []
    assert deck.slides[-1].rows == [(post.theme.name, "1", "1"), ("Total", "1", "1")]
    shown = " ".join(
        str(part) for slide in deck.slides for part in (slide.title, slide.bullets, slide.rows, slide.notes)
    )
    assert post.agent.last_name not in shown


def test_a_free_item_says_the_words_of_its_speaker_or_asks_for_them(meeting):
    item(meeting, ItemContent.FREE, title="Réformes", text="- Titres de séjour\n- Permis", position=1)
    item(meeting, ItemContent.FREE, title="Travaux", speaker="M. Roux", position=2)
    deck = of(meeting)
    assert deck.slides[-2].bullets == ["Titres de séjour", "Permis"]
    assert [blank.owner for blank in deck.blanks] == ["M. Roux"]


def test_the_command_writes_each_format_and_refuses_another(meeting, tmp_path):
    for extension in ("pptx", "odp", "pdf"):
        path = tmp_path / f"clu.{extension}"
        call_command("meeting_deck", unit="38", committee="clu", date="2022-03-10", output=path, verbosity=0)
        assert path.stat().st_size > 10_000
    with pytest.raises(CommandError, match=r"s’écrit en \.pptx, \.odp ou \.pdf"):
        call_command("meeting_deck", unit="38", committee="clu", date="2022-03-10", output=tmp_path / "clu.key")
    with pytest.raises(CommandError, match="Aucune réunion de cette instance n’est enregistrée le 11/03/2022"):
        call_command("meeting_deck", unit="38", committee="clu", date="2022-03-11", output=tmp_path / "clu.pdf")


def test_a_clac_shows_its_structures_with_their_self_diagnosis_and_asks_the_others(site, service):
    other = ServiceFactory(parent=site, name="Bureau du séjour", sigle="BSE")
    meeting = MeetingFactory(committee=CommitteeFactory(site=site, kind="clac"), held_on=date(2022, 3, 10))
    for unit in (service, other):
        MemberFactory(committee=meeting.committee, organisation=unit.name, structure=unit)
    audit = AuditFactory(site=site, kind="self_diagnosis", starts_on=date(2022, 1, 10))
    AuditRowFactory(audit=audit, structure=service, score=3, result="", comment="affiche")
    item(meeting, ItemContent.APPROACH, title="Services Publics +")
    deck = of(meeting)
    table = next(slide for slide in deck.slides if slide.title.startswith("Structures du périmètre"))
    assert [row[1:] for row in table.rows] == [
        ("Sans écart", "1 engagement regardé, note 3 sur 4"),
        ("À faire", "non saisi, responsable : BSE"),
    ]
    assert "Autodiagnostic de « Bureau du séjour » : non saisi, responsable : BSE" in [
        blank.sentence for blank in deck.blanks
    ]


@pytest.mark.parametrize("content", ItemContent)
def test_each_content_of_an_item_has_slides_even_where_nothing_is_there(meeting, content):
    asked = Asked(meeting, item(meeting, content), period=(2022, 2))
    assert PARTS[content](asked).slides


def test_the_review_of_an_empty_year_is_that_of_the_meeting_or_says_that_nothing_is_there(meeting):
    review = item(meeting, "review", title="Bilan de l’année")
    asked = Asked(meeting, review, period=(2021, 12))
    assert [blank.what for blank in PARTS["review"](asked).blanks] == ["Réunions, actions et enquêtes de 2021"]
    MeetingFactory(committee=meeting.committee, held_on=date(2022, 1, 20))
    (slide,) = PARTS["review"](asked).slides
    assert (slide.title, slide.figures[0][:2]) == ("Bilan de l’année 2022", ("1", "réunion d’instance en 2022"))
