"""Import of plans in the browser: sending, preview, choices, recording, undoing, refusals."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.enums import Origin, Status
from actions.models import Action, ActionResponsible, Finding, Plan, PlanImport, ResponsibleMatch
from actions.services import actions as verbs
from core.enums import ImportState
from organisations.enums import Role
from tests.actions.imports.conftest import AISNE, PLAN_2019, ROW, act, page
from tests.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db


def test_the_plans_of_the_aisne_go_through_preview_recording_and_undoing(client, send, referential):
    record = send(file=AISNE)
    text = page(client, record)
    assert "<strong>37</strong> lignes à créer, <strong>0</strong> à modifier, 0 inchangée." in text
    assert "Audit interne 2015 · Audit interne du 16/10/2015 · Qualipref\u202f2.0 · à effet du 07/10/2016" in text
    assert (
        "Réalisée\u202f: <strong>6</strong>, Reportée\u202f: <strong>1</strong>, Abandonnée\u202f: <strong>1</strong>."
        in text
    )
    assert Plan.objects.count() == 0
    assert "37 actions créées, 0 modifiée, dans 37 nouveaux constats et 3 nouveaux plans." in act(
        client, "commit", record
    )
    assert Action.objects.count() == 37
    assert "<strong>Rien ne change</strong>" in page(client, send(file=AISNE))
    assert "tout est revenu comme avant" in act(client, "undo", record)
    assert (Plan.objects.count(), Finding.objects.count(), Action.objects.count()) == (0, 0, 0)


def test_the_document_stands_on_the_left_and_what_it_becomes_on_the_right(client, send, referential):
    text = page(
        client, send(("14 – Réponse", "Suivi\ndes courriers", "sidsic", "fin 2015", "En cours", "Note du 1/12"))
    )
    for shown in (
        "Suivi<br>des courriers <code>B4</code>",
        "sidsic <code>C4</code>",
        "<strong>SIDSIC</strong>",
        "du 01/10/2015 au 31/12/2015",
        "<dd>En cours</dd>",
        "<dt>Thème</dt><dd>Courriers et courriels</dd>",
    ):
        assert shown in text


def test_an_error_stands_in_the_way_until_its_row_is_left_aside(client, send):
    record = send(ROW, ("", "Bilan", "", "01/10/15", "", ""))
    words = "L’échéance « 01/10/15 » précède l’origine du plan, le 16/10/2015."
    assert f"Feuille « Plan », cellule D5 : {words}" in page(client, record)
    assert "Rien n’est enregistré : corrigez le document" in act(client, "commit", record)
    assert Plan.objects.count() == 0
    act(client, "commit", record, ignore_errors="1")
    assert list(Finding.objects.values_list("text", flat=True)) == ["Affichage à revoir"]


def test_an_unknown_responsible_is_asked_once_chosen_and_remembered(client, send, site):
    legal = ServiceFactory(parent=site, sigle="DCL", name="Direction de la citoyenneté et de la légalité")
    user_with(Role.QUALITY_REFERENT, site)  # a second one: « RQ » may be either
    rows = [("", f"Constat {number}", "DRCTAJ / RQ", "", "", "") for number in range(3)]
    record = send(*rows)
    text = page(client, record)
    assert text.count('name="who:drctaj"') == 1
    assert "« DRCTAJ » n’est ni une unité ni une personne connue : ces mots sont gardés." in text
    assert 'optgroup label="Peut-être"><option value="user:' in text  # « RQ »: the référent of the site
    act(client, "commit", record, **{"who:drctaj": f"unit:{legal.pk}", "who:rq": "words"})
    assert ActionResponsible.objects.filter(unit=legal, words="DRCTAJ").count() == 3
    matches = ResponsibleMatch.objects.order_by("key").values_list("key", "unit_id", "user_id")
    assert list(matches) == [("drctaj", legal.pk, None), ("rq", None, None)]
    again = send(("", "Autre constat", "Rq, drctaj", "", "", ""), title="Plan suite à l’audit externe du 27/11/2015")
    assert "À décider" not in page(client, again)
    act(client, "commit", again)
    names = ActionResponsible.objects.filter(action__finding__text="Autre constat").order_by("position")
    assert [one.label for one in names.select_related("unit", "user")] == ["Rq", "DCL"]


def test_the_only_referent_answers_for_rq_without_a_question(client, send, referent):
    record = send(("", "Constat", "RQ", "", "", ""))
    text = page(client, record)
    assert "<strong>RQ</strong> (Rémi Quentin)" in text
    assert "À décider" not in text
    act(client, "commit", record)
    row = ActionResponsible.objects.get()
    assert (row.user, row.words, row.label) == (referent, "RQ", "RQ")


def test_a_choice_changed_or_impossible_is_taken_back(client, send, site):
    record = send(("", "Constat", "DRCTAJ", "", "", ""))
    act(client, "choices", record, **{"who:drctaj": "words"})
    assert "mots gardés" not in page(client, record)
    act(client, "choices", record, **{"who:drctaj": "unit:999999", "status:": "done", "who:" + "x" * 300: "words"})
    record.refresh_from_db()
    assert record.choices["responsibles"] == {"drctaj": "words"}
    act(client, "choices", record, **{"who:drctaj": ""})
    record.refresh_from_db()
    assert record.choices["responsibles"] == {}


def test_an_unknown_status_waits_for_a_person(client, send):
    record = send(("", "Constat", "", "", "Presque", ""))
    assert "« Presque » n’est pas un statut connu" in page(client, record)
    act(client, "commit", record)
    assert Action.objects.count() == 0
    act(client, "commit", record, **{"status:presque": "ongoing"})
    assert Action.objects.get().status == Status.ONGOING


def test_an_unknown_engagement_may_be_told(client, send, referential):
    record = send(("99 – Promesse ancienne", "Constat", "", "", "", ""), ("8", "Téléphone", "", "", "", ""))
    text = page(client, record)
    assert "L’engagement « 99 – Promesse ancienne » n’est pas dans Qualipref\u202f2.0 : ses mots sont gardés." in text
    chosen = Finding.engagements.field.related_model.objects.get(module__code="1", code="8")
    act(client, "commit", record, **{"engagement:99 promesse ancienne": str(chosen.pk)})
    finding = Finding.objects.get(text="Constat")
    assert (finding.engagement_words, finding.engagements.get()) == ("99 – Promesse ancienne", chosen)


def test_a_plan_whose_title_says_nothing_is_asked_its_origin(client, send):
    record = send(ROW, title="Nos actions", updated="")
    assert "L’origine du plan n’est pas dite par son titre : choisissez-la." in page(client, record)
    act(client, "commit", record, **{"plan-0": "1", "origin-0": "copil", "origin-on-0": "2015-11-02"})
    plan = Plan.objects.get()
    assert (plan.origin, plan.origin_on, plan.updated_on) == (Origin.COPIL, date(2015, 11, 2), None)


def test_a_plan_may_be_left_out(client, send, referential):
    record = send(file=AISNE)
    act(client, "choices", record, **{f"plan-{n}": "1" for n in range(3)}, **{"left-out-0": "1"})
    assert "<strong>20</strong> lignes à créer" in page(client, record)
    act(client, "commit", record, **{f"plan-{n}": "1" for n in range(3)}, **{"left-out-0": "1"})
    assert list(Plan.objects.order_by("pk").values_list("origin", flat=True)) == ["feedback", "external_audit"]


def test_what_changes_shows_what_it_was(client, send):
    act(client, "commit", send((*ROW[:4], "En cours", ROW[5])))
    text = page(client, send(ROW))
    assert '<details class="qp-row qp-row--look" open>' in text
    assert "<dt>Statut</dt><dd>En cours → <strong>Réalisée</strong>" in text


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
    assert record.name.startswith("Texte collé le ")
    text = page(client, record)
    assert "<strong>22</strong> lignes à créer" in text
    assert "Plan d&#x27;actions issues De l&#x27;audit interne du 10 et 11 octobre 2019" in text
    act(client, "commit", record)
    assert Plan.objects.count() == 3
    assert "<strong>Rien ne change</strong>" in page(client, send(text=PLAN_2019.read_text()))


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "file", "Déposez un fichier, ou collez un texte."),
        ({"text": "  "}, "file", "Déposez un fichier, ou collez un texte."),
        ({"text": "x", "effective_on": "2099-01-01"}, "effective_on", "Ce jour n’est pas encore venu."),
    ],
)
def test_what_cannot_be_sent_is_said_on_its_field(client, site, referent, data, field, words):
    response = client.post(reverse("actions:import-upload", args=[site.code]), {"site": site.pk} | data)
    assert response.context_data["form"].errors[field] == [words]
    assert PlanImport.objects.count() == 0


def test_a_file_and_a_text_are_not_sent_together(client, site, referent):
    file = SimpleUploadedFile("plan.csv", b"a;b")
    response = client.post(
        reverse("actions:import-upload", args=[site.code]), {"site": site.pk, "file": file, "text": "x"}
    )
    assert response.context_data["form"].errors["text"] == ["Déposez un fichier ou collez un texte, pas les deux."]


def test_a_file_that_is_no_plan_is_refused_in_words(client, send, tmp_path):
    file = tmp_path / "note.pdf"
    file.write_bytes(b"%PDF-1.4 rien")
    record = send(file=file)
    assert record.state == ImportState.REFUSED
    assert "c&#x27;est un document PDF, pas un classeur." in page(client, record)


def test_an_import_may_be_abandoned_and_read_by_an_auditor(client, send, site):
    record = send(ROW)
    act(client, "abandon", record)
    record.refresh_from_db()
    assert record.state == ImportState.ABANDONED
    assert "Cet import est abandonné" not in page(client, record)
    client.force_login(user_with(Role.AUDITOR, site))
    text = page(client, record)
    assert "Cet import a été abandonné" in text
    assert '<form method="post" action="/plans' not in text


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


QUERIES = 26


def test_what_waits_to_be_recorded_stands_on_the_home_page(client, send, site):
    record = send(ROW)
    assert f'href="/plans/imports/{record.pk}/"' in client.get("/").text
    act(client, "commit", record)
    assert "Plans à vérifier" not in client.get("/").text


@time_machine.travel("2026-11-22")
def test_the_last_imports_stand_under_the_form(client, send, site):
    send(ROW)
    text = client.get(reverse("actions:import-upload", args=[site.code])).text
    assert "plan.xlsx</a>, envoyé le 22/11/2026 à " in text
    assert "Rémi Quentin" in text
