"""From a state to the words of each cell: statuses as the services say them, bands, engagements, what became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from actions.as_of import digest
from actions.as_of.fates import Fate, Fates
from actions.exports.composing import document_of, sheets_of
from actions.exports.sheets import PlanSheet, SheetLine
from core.importing.follow_up.statuses import said_of
from tests.actions.exports.states import action, finding, plan, state

PRODUCED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = date(2017, 3, 12)


def sheet_of(*findings, fates: Fates | None = None, **fields) -> PlanSheet:
    return document_of(state(plan(*findings, **fields)), produced_at=PRODUCED, fates=fates).plans[0]


def line_of(*, fates: Fates | None = None, **fields) -> SheetLine:
    return next(iter(sheet_of(finding(action(**fields)), fates=fates).lines()))


def test_a_document_names_its_site_its_day_its_production_and_the_digest_of_its_state():
    shown = state(plan())
    made = document_of(shown, produced_at=PRODUCED)
    assert (made.site, made.stood_on, made.produced_at, made.digest) == (
        "Préfecture de l’Aisne", date(2016, 10, 7), PRODUCED, digest(shown),
    )  # fmt: skip


def test_what_became_of_the_items_changes_the_print_and_not_the_digest():
    shown = state(plan(finding(action(5))))
    gone = Fates(actions={5: Fate("removed", LATER, None, "")})
    plain, told = (document_of(shown, produced_at=PRODUCED, fates=fates) for fates in (None, gone))
    assert (plain.digest, plain.plans == told.plans) == (told.digest, False)


@pytest.mark.parametrize(
    ("status", "done_on", "words"),
    [
        ("todo", None, "À faire"),
        ("ongoing", None, "En cours"),
        ("done", None, "FAIT"),
        ("done", date(2015, 11, 3), "FAIT le 03/11/2015"),
        ("postponed", None, "Reporté"),
        ("abandoned", None, "Abandonné"),
    ],
)
def test_a_status_is_said_as_the_services_say_it_and_read_back_as_itself(status, done_on, words):
    said = line_of(status=status, done_on=done_on).status
    back = said_of(said, said, today=date(2026, 11, 29))
    assert (said, back.status, back.done_on) == (words, status, done_on)


@pytest.mark.parametrize(
    ("comment", "reason", "words"),
    [
        ("Envoyé", "", "Envoyé"),
        ("", "Circulaire non publiée", "Raison : Circulaire non publiée"),
        ("Suivi", "Circulaire non publiée", "Suivi\nRaison : Circulaire non publiée"),
        ("Circulaire non publiée, reporté", "Circulaire non publiée", "Circulaire non publiée, reporté"),
    ],
)
def test_the_reason_of_a_status_is_printed_once(comment, reason, words):
    assert line_of(comment=comment, status_reason=reason).comment == words


def test_responsibles_stand_one_under_the_other():
    assert line_of(responsibles=("RQ", "DLP", "SIDSIC")).responsible == "RQ\nDLP\nSIDSIC"


def test_an_action_removed_since_is_struck_with_who_and_why():
    gone = Fates(actions={1: Fate("removed", LATER, "Claire Fabre", "doublon")})
    line = line_of(fates=gone)
    assert (line.mark, line.is_gone) == ("supprimée le 12/03/2017 par Claire Fabre : doublon", True)


def test_an_action_merged_since_names_its_leader_and_stays():
    twins = Fates(actions={1: Fate("merged", LATER, None, "", leader=2)})
    sheet = sheet_of(finding(action(1), action(2, title="Communiquer sur les MSAP")), fates=twins)
    assert [(line.mark, line.is_gone) for line in sheet.lines()] == [
        ("jumelée le 12/03/2017 avec « Communiquer sur les MSAP »", False), ("", False),
    ]  # fmt: skip


def test_a_leader_that_is_in_another_plan_is_named_too():
    twins = Fates(actions={1: Fate("merged", LATER, None, "", leader=9)}, titles={9: "Communiquer sur les MSAP"})
    assert line_of(fates=twins).mark == "jumelée le 12/03/2017 avec « Communiquer sur les MSAP »"
    assert line_of(fates=twins, merged_into=9).mark == "jumelée le 12/03/2017 avec « Communiquer sur les MSAP »"


def test_the_page_of_some_findings_tells_the_whole_plan():
    shown = plan(finding(action(1), pk=1), finding(action(2), pk=2))
    [sheet] = sheets_of(state(shown, plan(pk=2)), shown=[replace(shown, findings=shown.findings[1:])])
    assert sheet.about == "Audit interne du 16/10/2015 · 2 actions : 2 à faire"
    assert [line.pk for line in sheet.lines()] == [2]


def test_an_action_that_was_a_twin_on_that_day_says_so():
    assert line_of(merged_into=9).mark == "jumelée avec l’action n° 9"


def test_a_finding_removed_since_without_action_says_so():
    gone = Fates(findings={1: Fate("removed", LATER, None, "doublon")})
    [section] = sheet_of(finding(), fates=gone).sections
    assert section.groups[0].findings[0].told == "Enquêtes mystères à programmer\n[supprimé le 12/03/2017 : doublon]"


def test_the_two_dates_of_a_plan_taken_over_are_said_once_and_again_where_they_differ():
    later = {"recorded_on": date(2026, 11, 22)}
    sheet = sheet_of(finding(action(1, **later), action(2, **later), action(3)), **later)
    assert sheet.recorded == "Plan repris d’un document : effet le 07/10/2016, enregistré le 22/11/2026"
    assert [line.recorded for line in sheet.lines()] == ["", "", ""]
    sheet = sheet_of(finding(action(1), action(2, **later)))
    assert (sheet.recorded, [line.recorded for line in sheet.lines()]) == (
        "", ["", "effet le 07/10/2016, enregistré le 22/11/2026"],
    )  # fmt: skip


def test_an_action_is_late_on_that_day_after_the_last_day_of_its_deadline():
    assert [line_of(status=status).is_late for status in ("todo", "done", "abandoned")] == [True, False, False]


def test_sections_become_bands_and_findings_that_follow_share_their_engagement():
    first = {"section": "Module 1", "engagement_words": "1 – Nous vous informons"}
    sheet = sheet_of(
        finding(pk=1, **first), finding(pk=2, **first), finding(pk=3, section="Module 1", engagements=("17", "18")),
        finding(pk=4, module="Module 4 – Collectivités", engagements=("36",)), finding(pk=5, section="Pilotage"),
        finding(pk=6, section="Pilotage"),
    )  # fmt: skip
    assert [
        (section.title, [(group.words, len(group.findings)) for group in section.groups]) for section in sheet.sections
    ] == [
        ("Module 1", [("1 – Nous vous informons", 2), ("Engagements 17, 18", 1)]),
        ("Module 4 – Collectivités", [("Engagement 36", 1)]),
        ("Pilotage", [("", 1), ("", 1)]),
    ]


def test_the_kind_of_a_finding_is_said_unless_it_is_a_plain_one():
    sheet = sheet_of(finding(), finding(pk=2, kind="nonconformity"))
    kinds = [block.kind for section in sheet.sections for group in section.groups for block in group.findings]
    assert kinds == ["", "Écart"]


def test_a_plan_is_told_with_its_origin_and_its_counts():
    done, todo = action(1, status="done"), action(2)
    assert [
        sheet_of(finding(done, todo, action(3, status="done"))).about,
        sheet_of(finding(todo), origin_on=None, site="Sous-préfecture de Laon").about,
        sheet_of().about,
    ] == [
        "Audit interne du 16/10/2015 · 3 actions : 2 réalisées, 1 à faire",
        "Sous-préfecture de Laon · Audit interne · 1 action : 1 à faire",
        "Audit interne du 16/10/2015 · aucune action",
    ]


def test_its_sheet_is_named_after_its_origin_and_year():
    assert [sheet_of().tab, sheet_of(origin="clu", origin_on=None).tab] == ["Audit interne 2015", "CLU"]
