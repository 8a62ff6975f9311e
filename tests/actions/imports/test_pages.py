"""Import of plans in the browser: sending, preview, answers, recording, the contract, undoing, refusals."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Origin, Status
from actions.models import Action, ActionResponsible, Finding, Plan, PlanImport, ResponsibleMatch
from actions.services import actions as verbs
from actions.services import progress
from core.base.enums import ImportState
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ProofFactory
from tests.actions.imports.conftest import AISNE, PLAN_2019, ROW, act, page
from tests.core.importing import driving
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_plans_of_the_aisne_go_through_preview_recording_and_undoing(client, send, referential):
    record = send(file=AISNE)
    assert "37" in page(client, record)
    assert Plan.objects.count() == 0
    act(client, "commit", record)
    assert (Plan.objects.count(), Finding.objects.count(), Action.objects.count()) == (3, 37, 37)
    assert "Rien ne change" in page(client, send(file=AISNE))
    act(client, "undo", record)
    assert (Plan.objects.count(), Finding.objects.count(), Action.objects.count()) == (0, 0, 0)


def test_the_document_stands_on_the_left_and_what_it_becomes_on_the_right(client, send, referential):
    row = ("14 – Réponse", "Suivi\ndes courriers", "sidsic", "fin 2015", "En cours", "Note du 1/12")
    text = page(client, send(row))
    for shown in ("sidsic", "<strong>SIDSIC</strong>", "du 01/10/2015 au 31/12/2015", "Courriers et courriels"):
        assert shown in text


def test_an_error_stands_in_the_way_until_its_row_is_left_aside(client, send):
    record = send(ROW, ("", "Bilan", "", "01/10/15", "", ""))
    assert "L’échéance « 01/10/15 » précède l’origine du plan, le 16/10/2015." in page(client, record)
    act(client, "commit", record)
    assert Plan.objects.count() == 0
    act(client, "choices", record, skip_errors="1")
    act(client, "commit", record)
    assert list(Finding.objects.values_list("text", flat=True)) == ["Affichage à revoir"]


def test_whom_words_stand_for_is_chosen_once_and_remembered_for_the_site(client, send, site):
    legal = ServiceFactory(parent=site, sigle="DCL", name="Direction de la citoyenneté et de la légalité")
    user_with(Role.QUALITY_REFERENT, site)  # a second one: « RQ » may be either
    rows = [("", f"Constat {number}", "DRCTAJ / RQ", "", "", "") for number in range(3)]
    record = send(*rows)
    assert "« DRCTAJ » n’est ni une unité ni une personne connue : ces mots sont gardés." in page(client, record)
    act(client, "choices", record, **{"word:responsible:drctaj": f"unit:{legal.pk}"})
    act(client, "commit", record)
    assert ActionResponsible.objects.filter(unit=legal, words="DRCTAJ").count() == 3
    assert list(ResponsibleMatch.objects.values_list("key", "unit_id", "user_id")) == [("drctaj", legal.pk, None)]
    headings = ("Point relevé", "Responsable de l’action", "Quand")
    again = send(("Autre constat", "Rq, drctaj", "2017"), headings=headings, title="Plan suite au CLU du 27/11/2015")
    act(client, "commit", again)
    names = ActionResponsible.objects.filter(action__finding__text="Autre constat").order_by("position")
    assert [one.label for one in names.select_related("unit", "user")] == ["Rq", "DCL"]


def test_the_only_referent_answers_for_rq_without_a_question(client, send, referent):
    act(client, "commit", send(("", "Constat", "RQ", "", "", "")))
    row = ActionResponsible.objects.get()
    assert (row.user, row.words, row.label) == (referent, "RQ", "RQ")


def test_an_unknown_status_waits_for_a_person_and_is_remembered(client, send):
    record = send(("", "Constat", "", "", "Presque", ""))
    act(client, "commit", record)
    assert Action.objects.count() == 0
    act(client, "choices", record, **{"word:status:presque": "ongoing"})
    act(client, "commit", record)
    assert Action.objects.get().status == Status.ONGOING
    act(client, "commit", send(("", "Autre", "", "", "presque", ""), title="Plan suite au CLU du 27/11/2015"))
    assert Action.objects.filter(status=Status.ONGOING).count() == 2


def test_a_known_status_may_be_changed(client, send):
    record = send(("", "Constat", "", "", "Prévu", ""))
    act(client, "choices", record, **{"word:status:prevu": "ongoing"})
    act(client, "commit", record)
    assert Action.objects.get().status == Status.ONGOING


def test_an_unknown_engagement_may_be_told(client, send, referential):
    record = send(("99 – Promesse ancienne", "Constat", "", "", "", ""), ("8", "Téléphone", "", "", "", ""))
    text = page(client, record)
    assert "L’engagement « 99 – Promesse ancienne » n’est pas dans Qualipref\u202f2.0 : ses mots sont gardés." in text
    chosen = Finding.engagements.field.related_model.objects.get(module__code="1", code="8")
    act(client, "choices", record, **{"word:engagement:99 promesse ancienne": str(chosen.pk)})
    act(client, "commit", record)
    finding = Finding.objects.get(text="Constat")
    assert (finding.engagement_words, finding.engagements.get()) == ("99 – Promesse ancienne", chosen)


def test_a_plan_whose_title_says_nothing_may_be_told_its_origin(client, send):
    record = send(ROW, title="Nos actions", updated="")
    assert "L’origine du plan n’est pas dite par son titre : choisissez-la." in page(client, record)
    act(client, "choices", record, **{"origin:nos actions": "copil"})
    act(client, "commit", record)
    assert (Plan.objects.get().origin, Plan.objects.get().updated_on) == (Origin.COPIL, None)


def test_a_sheet_may_be_left_out(client, send, referential):
    record = send(file=AISNE)
    act(client, "choices", record, **{"sheet:Audit interne 2015": "no"})
    act(client, "commit", record)
    assert list(Plan.objects.order_by("pk").values_list("origin", flat=True)) == ["feedback", "external_audit"]


def test_what_changes_shows_what_it_was(client, send):
    act(client, "commit", send((*ROW[:4], "En cours", ROW[5])))
    assert "<del>En cours</del> → <strong>Réalisée</strong>" in page(client, send(ROW))


def test_what_changed_since_the_preview_is_shown_and_not_overwritten(client, send, referent):
    act(client, "commit", send((*ROW[:4], "En cours", "")))
    record = send((*ROW[:4], "FAIT", ""))
    data = {"seen": driving.seen(page(client, record))}
    progress.abandon(Action.objects.get(), reason="Sans objet", by=referent)
    answer = client.post(reverse("actions:import-commit", args=[record.pk]), data)
    assert answer.status_code == 409
    assert (Action.objects.get().status, Action.objects.get().status_reason) == (Status.ABANDONED, "Sans objet")


def test_a_row_changed_in_the_application_since_takes_effect_now(client, send, referent):
    act(client, "commit", send((*ROW[:4], "En cours", "")))
    action = Action.objects.get()
    verbs.change_action(action, comment="Vu avec le service", by=referent)
    record = send(ROW)
    assert "après le 07/10/2016 : le changement prendra effet aujourd’hui." in page(client, record)
    act(client, "commit", record)
    days = action.history.order_by("history_id").values_list("history_date", flat=True)
    assert days[0].year == 2016
    assert list(days) == sorted(days)
    action.refresh_from_db()
    assert (action.status, action.comment) == (Status.DONE, "Fait le 03/11/2015")


def test_a_pasted_text_gives_the_same_preview(client, send):
    record = send(text=PLAN_2019.read_text())
    assert "Plan d'actions issues De l'audit interne du 10 et 11 octobre 2019" in page(client, record)
    act(client, "commit", record)
    assert (Plan.objects.count(), Action.objects.count()) == (3, 22)
    assert "Rien ne change" in page(client, send(text=PLAN_2019.read_text()))


def test_a_day_of_effect_to_come_is_refused(client, site, referent):
    data = {"site": site.pk, "text": "x", "effective_on": "2099-01-01"}
    response = client.post(reverse("actions:import-upload", args=[site.code]), data)
    assert response.context_data["form"].errors["effective_on"] == ["Ce jour n’est pas encore venu."]
    assert PlanImport.objects.count() == 0


def test_a_file_that_is_no_plan_is_refused_in_words(client, send, tmp_path):
    file = tmp_path / "note.pdf"
    file.write_bytes(b"%PDF-1.4 rien")
    record = send(file=file)
    assert record.state == ImportState.REFUSED
    assert "c’est un document PDF, pas un classeur." in page(client, record)


def test_an_auditor_reads_an_import_without_its_buttons(client, send, site):
    record = send(ROW)
    act(client, "abandon", record)
    client.force_login(user_with(Role.AUDITOR, site))
    assert '<form method="post" action="/plans' not in page(client, record)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_preview_costs_the_same_queries_whatever_its_rows(
    client, send, referential, django_assert_num_queries, rows
):
    several = [("1 – Accueil", f"Constat {n}", "SIDSIC / RQ", "fin 2015", "FAIT", "Vu") for n in range(rows)]
    act(client, "commit", send(*several))
    record = send(*several)
    page(client, record)
    with django_assert_num_queries(QUERIES):
        page(client, record)


QUERIES = 27


@time_machine.travel("2026-11-22")
def test_the_last_imports_stand_under_the_form(client, send, site):
    send(ROW)
    text = client.get(reverse("actions:import-upload", args=[site.code])).text
    assert "plan.xlsx</a>, envoyé le 22/11/2026 à " in text
    assert "Rémi Quentin" in text


def test_a_home_without_site_says_so_and_leads_to_the_first_one(client, site, referent):
    assert client.get(reverse("actions:import-upload")).url == reverse("actions:import-upload", args=["02"])


# Undoing ----------------------------------------------------------------------------------------------------------
def test_undoing_gives_back_what_was_there(client, send, site):
    act(client, "commit", send(("1 – Accueil", "Affichage", "RQ / SIDSIC", "fin 2015", "En cours", "Noté")))
    before = list(Action.objects.values()), list(ActionResponsible.objects.values("action", "unit", "words"))
    record = send(("1 – Accueil", "Affichage", "BRH", "2016", "FAIT", "Fait le 03/11/2016"), updated="màj 07/12/16")
    act(client, "commit", record)
    assert Action.objects.get().status == Status.DONE
    assert Plan.objects.get().updated_on == date(2016, 12, 7)
    act(client, "undo", record)
    after = list(Action.objects.values()), list(ActionResponsible.objects.values("action", "unit", "words"))
    assert after == before
    assert Plan.objects.get().updated_on == date(2016, 10, 7)
    action = Action.objects.get()
    assert action.history.as_of(action.history.last().history_date.replace(year=2017)).status == Status.ONGOING


def test_undoing_is_refused_when_a_row_was_changed_since(client, send, referent):
    record = send((*ROW[:4], "", ""))
    act(client, "commit", record)
    progress.start(Action.objects.get(), by=referent)
    assert "Affichage à revoir" in act(client, "undo", record)
    assert Plan.objects.count() == 1


def test_two_previews_of_one_document_record_it_once(client, send):
    first, second = send(ROW), send(ROW)
    act(client, "commit", first)
    assert "Rien ne change" in page(client, second)
    assert Action.objects.count() == 1


def test_a_twin_shares_the_status_of_the_document_and_gets_its_own_back(client, send, referent):
    act(client, "commit", send((*ROW[:4], "En cours", "")))
    told = Action.objects.get()
    twin = ActionFactory(finding__plan__site=told.finding.plan.site, status=Status.ONGOING, merged_into=told)
    record = send(ROW, updated="màj 07/12/16")
    act(client, "commit", record)
    twin.refresh_from_db()
    assert (twin.status, twin.done_on) == (Status.DONE, date(2015, 11, 3))
    act(client, "undo", record)
    twin.refresh_from_db()
    assert (twin.status, twin.done_on) == (Status.ONGOING, None)


@pytest.mark.parametrize("what", ["proof", "action"])
def test_undoing_is_refused_when_something_hangs_on_it(client, send, referent, what):
    record = send(ROW)
    act(client, "commit", record)
    action = Action.objects.get()
    if what == "proof":
        ProofFactory(action=action)
    else:
        verbs.add_action(action.finding, text="Suite", status=Status.ABANDONED, status_reason="Sans objet", by=referent)
    act(client, "undo", record)
    assert Action.objects.filter(pk=action.pk).exists()
