"""The life of an import through its pages: read, answered, recorded as shown, undone."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from core import jobs
from core.base.enums import ImportState
from core.base.errors import UserError
from core.importing import engine
from core.importing.cards import imports_to_check
from core.models import ImportMemory
from core.record import history
from core.tasks import erase_expired
from organisations.enums import Role
from organisations.models import ClosedDay
from tests.core.importing.closures import NOT_A_DAY, ClosuresFile
from tests.core.importing.driving import seen
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
HEADS = ("Jour", "Raison")
PONT, WORKS = ("12/05/2026", "Pont"), ("24/12/2026", "Travaux")


def labels():
    return list(ClosedDay.objects.order_by("date").values_list("label", flat=True))


def test_a_file_is_shown_as_it_is_read_then_recorded_and_undone(driver, send):
    record = send(HEADS, PONT, WORKS)
    text = driver.page(record)
    assert "Voici comment nous lisons votre tableau" in text
    assert "6 cellules : 6 lues" in text
    assert "2 fermetures à créer." in text
    assert "Import enregistré : 2 fermetures créées." in driver.commit(record)
    assert labels() == ["Pont", "Travaux"]
    counts = {"created": 2, "changed": 0, "unchanged": 0, "rows": {"organisations.ClosedDay": {"+": 2}}}
    assert driver.reloaded(record).counts == counts
    assert "2 ajouts" in driver.page(record)
    assert "tout est revenu comme avant" in driver.act(record, "undo")
    assert labels() == []


def test_signing_in_again_under_a_preview_leads_back_to_it(driver, send):
    record = send(HEADS, PONT)
    asked = driver.client.get(ClosuresFile.url(record, "choices"))
    assert (asked.status_code, asked.url) == (302, ClosuresFile.url(record))


def test_a_pasted_table_is_read_like_a_file(driver, send):
    record = send(HEADS, PONT, pasted=True)
    assert (record.source, record.name) == ("paste", f"Texte collé le {timezone.localdate():%d-%m-%Y}.txt")
    assert "collé le" in driver.page(record)
    driver.commit(record)
    assert labels() == ["Pont"]


def test_a_value_typed_meanwhile_is_neither_overwritten_nor_passed_over(driver, send, site):
    record = send(HEADS, PONT)
    shown = seen(driver.page(record))
    ClosedDay.objects.create(site=site, date="2026-05-12", label="Formation")
    text = driver.act(record, "commit", seen=shown)
    assert "Rien n’a été enregistré : quelque chose a changé depuis l’aperçu" in text
    assert "l’aperçu disait « à créer : 12/05/2026 : Pont »" in text
    assert "maintenant « à modifier : 12/05/2026 : Formation → Pont »" in text
    assert labels() == ["Formation"]
    driver.act(record, "commit", seen=seen(text))
    assert labels() == ["Pont"]


def test_a_second_press_records_nothing_twice(driver, send):
    record = send(HEADS, PONT)
    shown = seen(driver.page(record))
    driver.act(record, "commit", seen=shown)
    assert "Cet import est déjà enregistré." in driver.act(record, "commit", seen=shown)
    assert labels() == ["Pont"]


def test_what_another_person_answered_meanwhile_is_shown_before_it_is_recorded(driver, send):
    record = send(HEADS, PONT)
    shown = seen(driver.page(record))
    driver.answer(record, word__raison__pont="Travaux")
    text = driver.act(record, "commit", seen=shown)
    assert "Rien n’a été enregistré" in text
    assert labels() == []


def test_a_doubtful_column_and_an_unknown_word_are_asked_then_remembered_and_forgotten(driver, send):
    heads = ("Jour", "Pourquoi")
    record = send(heads, ("12/05/2026", "Ravalement"))
    text = driver.page(record)
    assert "Que contient la colonne « Pourquoi » ?" in text
    assert "2 à décider" in text
    assert ClosuresFile.url(record, "commit") not in text
    with pytest.raises(UserError, match="Il reste 1 question à décider"):
        engine.commit(ClosuresFile, record, seen=seen(text), by=None)
    driver.answer(record, role__T__B="label")
    assert driver.open_codes(record) == ["word:raison:ravalement"]
    driver.answer(record, word__raison__ravalement="Travaux")
    assert "1 fermeture créée" in driver.commit(record)
    assert ImportMemory.objects.get().answers == {"role:T:B": "label", "word:raison:ravalement": "Travaux"}
    again = send(heads, ("13/05/2026", "Ravalement"))
    text = driver.page(again)
    assert "2 choix ont été repris de votre dernier import aux mêmes titres (« mémorisé »)" in text
    assert "1 fermeture à créer." in text
    assert "sont oubliés" in driver.act(again, "forget")
    assert ImportMemory.objects.count() == 0
    assert "Que contient la colonne « Pourquoi » ?" in driver.page(again)


def test_what_is_remembered_of_a_site_says_nothing_of_another_one(driver, send, site):
    record = send(("Jour", "Pourquoi"), PONT)
    driver.answer(record, role__T__B="label")
    driver.commit(record)
    site.code = "ailleurs"
    assert ImportMemory.objects.filter(scope="essai").count() == 1
    history.save(site, by=None)
    SousPrefectureFactory(code="essai")
    record.site = site
    assert len(engine.plan_of(ClosuresFile, record).open_asks) == 1


def test_proposals_are_accepted_by_their_button_alone(driver, send):
    record = send(("Jour", "Pourquoi"), PONT)
    driver.act(record, "choices")
    assert driver.open_codes(record) == ["role:T:B"]
    driver.act(record, "choices", confirms="1")
    assert driver.open_codes(record) == []


def test_an_answer_that_is_not_offered_is_refused(driver, send):
    record = send(("Jour", "Pourquoi"), PONT)
    assert "n’est pas l’une de celles qui sont proposées" in driver.answer(record, role__T__B="deadline")
    assert driver.reloaded(record).choices == {}


def test_a_choice_changed_on_the_page_is_shown_before_it_is_recorded(driver, send):
    record = send(HEADS, PONT)
    ask = engine.plan_of(ClosuresFile, record).words.table[0].ask
    text = driver.commit(record, **{ask.name: "Travaux"})
    assert "Vos choix changent la lecture" in text
    assert labels() == []
    driver.commit(record)
    assert labels() == ["Travaux"]


def test_a_line_in_error_stands_in_the_way_until_it_is_left_aside(driver, send):
    record = send(HEADS, PONT, ("31/02/2026", "Pont"))
    text = driver.page(record)
    assert f"cellule A3 : {NOT_A_DAY}" in text
    assert "corrigez le fichier" in driver.commit(record)
    assert labels() == []
    assert "lignes laissées de côté" in driver.act(record, "choices", skip_errors="1")
    driver.commit(record)
    assert labels() == ["Pont"]


def test_an_unread_column_is_left_out_with_its_reason(driver, send):
    record = send((*HEADS, "Note"), (*PONT, "à voir"))
    driver.answer(record, role__T__C="-")
    text = driver.page(record)
    assert "6 cellules : 5 lues, 1 non reprise" in text
    assert "colonne non lue (choisi)" in text


def test_nothing_changes_is_said_with_what_was_left_out(driver, send):
    driver.commit(send(HEADS, PONT))
    record = send((*HEADS, "Note"), (*PONT, "à voir"))
    assert "Rien ne change" not in driver.page(record)
    driver.answer(record, role__T__C="-")
    told = "Rien ne change : tout ce que nous lisons dans ce fichier est déjà enregistré."
    assert f"{told} 1 cellule n’est pas reprise." in driver.page(record)
    assert "1 ligne sans changement" in driver.page(record)
    assert "Pont" in driver.page(record, "?lignes=toutes")


def test_what_breaks_while_recording_leaves_nothing_half_written(driver, send):
    record = send(HEADS, PONT, ("01/02/1999", "Formation"))
    with pytest.raises(RuntimeError):
        driver.commit(record)
    assert labels() == []
    assert driver.reloaded(record).state == ImportState.PREVIEW
    assert ImportMemory.objects.count() == 0


def test_undoing_tells_line_by_line_what_was_changed_since_and_undoes_the_rest_on_demand(driver, send, referent):
    record = send(HEADS, PONT, WORKS)
    driver.commit(record)
    day = ClosedDay.objects.get(label="Pont")
    day.label = "Férié local"
    history.save(day, by=referent)
    text = driver.act(record, "undo")
    assert "Rien n’a été annulé : 1 élément a changé depuis" in text
    assert "Pont (12/05/2026) : modifié depuis" in text or "Férié local (12/05/2026) : modifié depuis" in text
    assert labels() == ["Férié local", "Travaux"]
    driver.act(record, "undo", keep_changed="1")
    assert labels() == ["Férié local"]


def test_a_large_import_is_undone_in_the_background(driver, send, monkeypatch):
    monkeypatch.setattr(engine, "LARGE", 1)
    record = send(HEADS, PONT, WORKS)
    driver.commit(record)
    driver.client.post(ClosuresFile.url(record, "undo"))
    job = driver.reloaded(record).job
    assert (job.kind, labels()) == ("undo_closures", ["Pont", "Travaux"])
    jobs.run_now(job)
    assert labels() == []
    assert driver.reloaded(record).state == ImportState.UNDONE


def test_a_large_import_tells_what_was_changed_since_too(driver, send, referent, monkeypatch):
    monkeypatch.setattr(engine, "LARGE", 1)
    record = send(HEADS, PONT, WORKS)
    driver.commit(record)
    history.delete(ClosedDay.objects.get(label="Pont"), by=referent)
    driver.client.post(ClosuresFile.url(record, "undo"))
    jobs.run_now(driver.reloaded(record).job)
    text = driver.page(record)
    assert "Rien n’a été annulé : 1 élément a changé depuis" in text
    assert f"Pont (12/05/2026) : supprimé depuis par {referent}" in text
    driver.client.post(ClosuresFile.url(record, "undo"), {"keep_changed": "1"})
    jobs.run_now(driver.reloaded(record).job)
    assert "Cet import a été annulé" in driver.page(record)
    assert labels() == []


def test_the_file_goes_for_good_with_the_delay_of_undoing(driver, send):
    record = send(HEADS, PONT)
    waiting = send(HEADS, WORKS)
    driver.commit(record)
    kept = driver.reloaded(record)
    later = timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS + 2)
    with time_machine.travel(later, tick=False):
        erase_expired()
        assert not kept.file.storage.exists(kept.file.name)
        erased = driver.reloaded(record)
        assert (bool(erased.file), erased.preview, erased.digest) == (False, {}, kept.digest)
        assert driver.reloaded(waiting).state == ImportState.ABANDONED
        assert not engine.is_undoable(erased)
        with pytest.raises(UserError, match="ne s’annule plus"):
            engine.undo(ClosuresFile, erased, by=None)


def test_a_personal_column_is_neither_shown_nor_kept(driver, send, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record = send((*HEADS, "Courriel"), (*PONT, "claire.petit@exemple.fr"))
    assert "claire.petit" not in str(record.preview) + driver.page(record)
    assert not record.file
    assert list(Path(settings.MEDIA_ROOT).rglob("*.csv")) == []
    driver.commit(record)
    assert labels() == ["Pont"]


def test_the_home_page_lists_what_waits_to_be_checked(client, send, site, referent):
    record = send(HEADS, PONT)
    request = type("Request", (), {"user": referent})
    (line,) = imports_to_check(request)
    assert (line.what, line.url, line.action) == (
        "Import à vérifier : fichier.csv", ClosuresFile.url(record), "Vérifier",
    )  # fmt: skip
    stranger = type("Request", (), {"user": user_with(Role.QUALITY_REFERENT, SousPrefectureFactory())})
    assert list(imports_to_check(stranger)) == []


def test_errors_questions_and_cells_left_out_are_downloaded(driver, client, send):
    record = send((*HEADS, "Note"), (*PONT, "à voir"), ("31/02/2026", "Ravalement", ""))
    answer = client.get(ClosuresFile.url(record, "problems") + "?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert [line.split('"')[1] for line in text.splitlines()] == ["Nature", "Erreur", "Question"]
    assert NOT_A_DAY in text
    assert "Jour ; Raison ; non lu" in text


def test_a_preview_takes_the_same_queries_whatever_the_number_of_lines(client, send, django_assert_num_queries):
    first = date(2026, 1, 1)
    for count in (1, 40):
        rows = [(f"{first + timedelta(days=n):%d/%m/%Y}", "Pont") for n in range(count)]
        record = send(HEADS, *rows)
        with django_assert_num_queries(7):
            client.get(ClosuresFile.url(record))


def test_two_thousand_lines_stay_light(client, send):
    first = date(2020, 1, 1)
    rows = [(f"{first + timedelta(days=n):%d/%m/%Y}", "Pont" if n % 2 else f"Motif {n % 300}") for n in range(2_000)]
    record = send(HEADS, *rows)
    text = client.get(ClosuresFile.url(record)).content.decode()
    assert len(text) < 250_000
    assert (text.count('class="qp-import-line '), text.count("<select")) == (100, 103)
    assert "et 50 autres questions, après celles-ci" in text
    assert text.count("<select") < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_who_may_not_import_reads_without_a_form_and_strangers_find_nothing(client, driver, send, site):
    record = send(HEADS, PONT)
    client.force_login(user_with(Role.AUDITOR, site))
    text = driver.page(record)
    assert "1 fermeture à créer." in text
    assert "<form" not in text.partition("<main")[2].partition("</main>")[0]
    assert client.post(ClosuresFile.url(record, "commit")).status_code == 403
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory()))
    assert client.get(ClosuresFile.url(record)).status_code == 404
