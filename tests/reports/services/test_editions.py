"""An edition validated, sealed, published: each step a row beside it, and what stops it."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.base.errors import UserError
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.jobs import notices
from core.models import Notice
from core.record import present
from organisations.enums import Role
from reports.models import EditionStep, Publication
from reports.services import annual_reports, editions
from reports.services.annual_reports import include
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.reports.factories import EditionFactory, FrozenChapterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(parent=PrefectureFactory(), name="Sous-préfecture de Test")


@pytest.fixture
def report(site):
    return annual_reports.open_report(site=site, year=2020, by=None)


@pytest.fixture
def direction(site):
    return user_with(Role.MANAGEMENT, site)


def edition_of(report, number=1, body="<p>Des mots.</p>"):
    edition = EditionFactory(report=report, number=number)
    chapter = report.chapters.get(title="Les actions engagées")
    FrozenChapterFactory(edition=edition, chapter=chapter, title=chapter.title, body=body)
    return edition


def sealed(edition, direction):
    editions.validate(edition, by=direction)
    edition.refresh_from_db()
    editions.seal(edition, by=None)
    return edition


def test_the_direction_validates_then_it_is_sealed_with_who_when_and_the_digest(report, direction):
    edition = edition_of(report)
    with pytest.raises(UserError, match="valider"):
        editions.seal(edition, by=None)
    sealed(edition, direction)
    assert [(step.step, step.by) for step in edition.steps.all()] == [("validated", direction), ("sealed", None)]
    assert edition.sealed.digest == editions.digest(edition)
    assert edition.state == "sealed"
    assert edition.sealed.history.count() == 1
    assert list(present.drifts()) == []
    for again in (editions.validate, editions.seal):
        with pytest.raises(UserError, match="déjà"):
            again(edition, by=direction)


def test_a_step_is_neither_changed_nor_taken_away(report, direction):
    edition = edition_of(report)
    step = editions.validate(edition, by=direction)
    for attempt in (lambda: EditionStep.objects.update(digest="0" * 64), lambda: EditionStep.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert step.edition == edition


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "« Les actions engagées » est vide"),
        ('<p><img src="data:image/png;base64,AA"></p>', "une image n’a pas de texte qui la remplace"),
        ('<p><img alt=" " src="a"><img src="b"></p>', "2 images n’ont pas de texte qui la remplace"),
    ],
)
def test_a_missing_chapter_or_a_picture_without_words_stops_the_sealing(report, direction, body, words):
    edition = edition_of(report, body=body)
    found = editions.obstacles(edition)
    assert [words in one.message for one in found] == [True]
    chapter = report.chapters.get(title="Les actions engagées")
    assert found[0].url == f"/bilans/chapitres/{chapter.pk}/"
    editions.validate(edition, by=direction)
    with pytest.raises(UserError, match="un point l’empêche"):
        editions.seal(edition, by=None)
    assert not EditionStep.objects.filter(step="sealed").exists()


def test_a_picture_with_its_words_stops_nothing(report):
    assert editions.obstacles(edition_of(report, body='<p><img alt="Le hall" src="data:,"></p>')) == []


def test_an_error_of_consistency_stops_it_and_a_warning_does_not(report, direction, monkeypatch):
    def check(site, year):
        assert (site, year) == (report.site, 2020)
        yield Contradiction("Deux dates se contredisent.", "/actions/1/", level="error")
        yield Contradiction("Une date surprend.")

    one = ConsistencyCheck("test", "Essai", check)
    monkeypatch.setitem(consistency_checks.known, "test", one)
    edition = edition_of(report)
    assert [(found.message, found.url) for found in editions.obstacles(edition)] == [
        ("Deux dates se contredisent.", "/actions/1/")
    ]
    editions.validate(edition, by=direction)
    with pytest.raises(UserError, match="Deux dates se contredisent"):
        editions.seal(edition, by=None)


def test_an_edition_of_before_is_made_again(report):
    assert "d’avant la mise à jour" in editions.obstacles(EditionFactory(report=report))[0].message


def test_an_older_edition_is_not_sealed_after_a_newer_one(report, direction):
    old, new = edition_of(report), edition_of(report, 2)
    sealed(new, direction)
    editions.validate(old, by=direction)
    with pytest.raises(UserError, match="plus récente"):
        editions.seal(old, by=None)


def test_a_correction_says_what_it_changes_of_the_sealed_one(report, direction):
    first = sealed(edition_of(report), direction)
    edition_of(report, 2, "<p>Un brouillon.</p>")
    third = edition_of(report, 3, "<p>D’autres mots.</p>")
    assert editions.differences_of(first) == (None, [])
    before, found = editions.differences_of(third)
    assert before == first
    assert [(one.title, one.changes[0].before, one.changes[0].after) for one in found] == [
        ("Les actions engagées", "Des mots.", "D’autres mots.")
    ]


def test_published_to_chosen_roles_who_are_told_once_by_mail(
    report, site, direction, django_capture_on_commit_callbacks
):
    head = user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site))
    above = user_with(Role.MANAGEMENT, site.parent)
    user_with(Role.MANAGEMENT, SousPrefectureFactory())
    other = user_with(Role.CONTRIBUTOR, site)
    edition = sealed(edition_of(report), direction)
    publication = editions.publish(edition, roles=["management"], by=None)
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted([direction.email, above.email])
    publication = editions.publish(edition, roles=["management", "head_of_service"], by=None)
    assert Notice.objects.filter(kind="report_published").count() == 3
    assert f"/bilans/publies/{publication.pk}/" in Notice.objects.first().body
    assert publication.readers == [Role.HEAD_OF_SERVICE, Role.MANAGEMENT]
    for person, sees in ((head, True), (direction, True), (above, True), (other, False)):
        assert Publication.objects.visible_to(person).exists() is sees
    assert notices.KIND
    assert mail.outbox == []


def test_a_role_held_elsewhere_does_not_read(report, site, direction):
    person = user_with(Role.CONTRIBUTOR, site)
    editions.publish(sealed(edition_of(report), direction), roles=["head_of_service"], by=None)
    user_with_head = user_with(Role.HEAD_OF_SERVICE, SousPrefectureFactory())
    assert not Publication.objects.visible_to(user_with_head).exists()
    assert not Publication.objects.visible_to(person).exists()
    assert Publication.objects.visible_to(user_with(Role.QUALITY_REFERENT, site)).exists()


def test_only_a_sealed_edition_is_published_to_somebody(report, direction):
    edition = edition_of(report)
    with pytest.raises(UserError, match="scellée"):
        editions.publish(edition, roles=["management"], by=None)
    sealed(edition, direction)
    with pytest.raises(UserError, match="au moins un rôle"):
        editions.publish(edition, roles=["technical_admin"], by=None)


def test_the_corrected_edition_takes_the_place_of_the_former_and_may_be_withdrawn(report, direction):
    first, second = sealed(edition_of(report), direction), sealed(edition_of(report, 2), direction)
    editions.publish(first, roles=["management"], by=None)
    published = editions.publish(second, roles=["management"], by=None)
    assert list(Publication.objects.all()) == [published]
    reasons = Publication.history.filter(history_type="-").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["Remplacée par l’édition 2"]
    editions.withdraw(published, by=direction, reason="Une erreur")
    assert not Publication.objects.exists()
    second.refresh_from_db()
    assert second.state == "sealed"


def test_a_chapter_left_out_is_not_missing(report, direction):
    include(report.chapters.get(title="Les actions engagées"), included=False, by=None)
    edition = EditionFactory(report=report)
    FrozenChapterFactory(edition=edition, chapter=report.chapters.last())
    assert editions.obstacles(edition) == []
