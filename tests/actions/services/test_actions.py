"""Actions: added, changed, moved and removed; who answers for them."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from actions.enums import Status
from actions.models import Action, ActionResponsible, Finding
from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans, progress, responsibles
from core.base.errors import UserError
from core.record import history
from organisations.enums import Role
from tests.organisations.factories import (
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2016, 10, 7, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2016-11-10T10:00:00+01:00", tick=True):
        yield


def labels_of(action) -> list[str]:
    return [one.label for one in responsibles.of(action)]


def test_an_action_is_added_with_its_deadline_understood_and_its_responsibles(finding, service, rq):
    given = [Responsible(unit=service, words="BRH"), Responsible(user=rq), Responsible(words="correspondants")]
    action = actions.add_action(
        finding, text=" Former ", by=rq, responsibles=given, deadline="1er trim. 2017", comment=" Vu ",
        expected_effect=" Moins d’erreurs ", reason="Audit",
    )  # fmt: skip
    stored = Action.objects.get()
    assert stored == action
    assert (stored.text, stored.comment, stored.expected_effect) == ("Former", "Vu", "Moins d’erreurs")
    assert (stored.status, stored.position) == (Status.TODO, 0)
    assert (stored.deadline_text, stored.deadline_earliest, stored.deadline_latest) == (
        "1er trim. 2017", date(2017, 1, 1), date(2017, 3, 31),
    )  # fmt: skip
    assert (stored.promised_text, stored.promised_latest, stored.move_count) == ("1er trim. 2017", date(2017, 3, 31), 0)
    assert labels_of(stored) == ["BRH", "Anne Dupont", "correspondants"]
    assert [row.words for row in stored.responsibles.all()] == ["BRH", "", "correspondants"]
    rows = [*Action.history.all(), *ActionResponsible.history.all()]
    assert {(row.history_type, row.history_user, row.history_change_reason) for row in rows} == {("+", rq, "Audit")}


def test_actions_come_in_the_order_they_were_added(finding, rq):
    assert [actions.add_action(finding, text="", by=rq).position for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "fini"}, "Choisissez le statut de l’action."),
        ({"done_on": date(2016, 2, 1)}, "Seule une action réalisée a une date de réalisation."),
        ({"status": "done"}, "Indiquez le jour où l’action a été réalisée."),
        (
            {"status": "done", "done_on": date(2016, 2, 1)},
            "Dites en commentaire ce qui a été fait, ou joignez une preuve.",
        ),
        ({"status": "postponed"}, "Indiquez la raison du report : elle sera imprimée avec l’action."),
        ({"status": "abandoned"}, "Indiquez la raison de l’abandon : elle sera imprimée avec l’action."),
        (
            {"deadline": "septembre 2015"},
            "L’échéance « septembre 2015 » précède l’origine du plan, le 16/10/2015.",
        ),
    ],
)
def test_an_action_that_makes_no_sense_is_refused_in_one_sentence(finding, rq, fields, sentence):
    with pytest.raises(UserError) as refused:
        actions.add_action(finding, text="Action", by=rq, **fields)
    assert str(refused.value) == sentence
    assert Action.objects.count() == 0


def test_a_document_is_taken_over_as_it_is(finding, rq):
    action = actions.add_action(finding, text="", status="done", deadline="déjà fait", by=rq, effective_at=WRITTEN)
    assert (action.status, action.done_on, action.deadline_text) == (Status.DONE, None, "déjà fait")
    [row] = history.records_of(action)
    assert (row.history_date, row.recorded_at.date()) == (WRITTEN, date(2016, 11, 10))
    stored = Finding.objects.get()
    assert stored.closed_on == date(2016, 10, 7)


def test_a_year_left_out_is_understood_from_the_day_of_the_document(finding, rq):
    action = actions.add_action(finding, text="", deadline="courant novembre", by=rq, effective_at=WRITTEN)
    assert action.deadline_latest == date(2016, 11, 30)


class TestResponsibles:
    """They are of the préfecture of the plan's site."""

    def test_a_unit_or_a_person_of_the_same_prefecture_is_accepted(self, site, finding, rq):
        sibling = ServiceFactory(parent=SousPrefectureFactory(parent=site.parent), sigle="DLP")
        head = user_with(Role.HEAD_OF_SERVICE, sibling, first_name="Paul", last_name="Petit")
        given = [Responsible(unit=site.parent), Responsible(unit=sibling), Responsible(user=head)]
        action = actions.add_action(finding, text="", by=rq, responsibles=given)
        assert labels_of(action) == [site.parent.name, "DLP", "Paul Petit"]

    @pytest.mark.parametrize("stranger", ["unit", "head", "nobody"])
    def test_one_from_elsewhere_is_refused(self, site, finding, rq, stranger):
        elsewhere = ServiceFactory(sigle="BRH", name="Ailleurs")
        one = {
            "unit": Responsible(unit=elsewhere),
            "head": Responsible(user=user_with(Role.HEAD_OF_SERVICE, elsewhere)),
            "nobody": Responsible(user=UserFactory()),
        }[stranger]
        with pytest.raises(UserError) as refused:
            actions.add_action(finding, text="", by=rq, responsibles=[one])
        assert str(refused.value) == (
            f"« {one.label} » n’est pas de « {site.parent} » : choisissez un responsable de cette préfecture."
        )
        assert Action.objects.count() == 0

    def test_a_prefecture_that_belongs_to_a_larger_unit_keeps_its_own(self, rq):
        region = PrefectureFactory(kind="direction", name="Ministère")
        one, other = (PrefectureFactory(parent=region) for _ in range(2))
        finding = findings.add_finding(plans.create_plan(site=one, title="P", origin="clu", by=rq), text="C", by=rq)
        with pytest.raises(UserError, match="n’est pas de"):
            actions.add_action(finding, text="", by=rq, responsibles=[Responsible(unit=ServiceFactory(parent=other))])

    def test_those_that_stay_keep_their_row_and_one_who_left_since_may_stay(self, site, service, action, rq):
        head = user_with(Role.HEAD_OF_SERVICE, service)
        given = [Responsible(user=head), Responsible(words="tous"), Responsible(unit=service)]
        actions.change_action(action, by=rq, responsibles=given)
        rows = {row.label: row.pk for row in action.responsibles.all()}
        head.memberships.all().delete()
        actions.change_action(action, by=rq, reason="Relu", responsibles=[given[2], given[0]])
        assert labels_of(action) == ["BRH", str(head)]
        assert {row.label: row.pk for row in action.responsibles.all()}.items() <= rows.items()
        gone = ActionResponsible.history.get(history_type="-")
        assert (gone.words, gone.history_user, gone.history_change_reason) == ("tous", rq, "Relu")

    def test_saying_the_same_again_writes_nothing(self, service, action, rq):
        given = [Responsible(unit=service), Responsible(words="tous")]
        actions.change_action(action, by=rq, responsibles=given)
        count = ActionResponsible.history.count()
        actions.change_action(action, by=rq, responsibles=given)
        assert ActionResponsible.history.count() == count


def test_moving_a_promised_deadline_needs_a_reason_and_is_counted(action, rq):
    with pytest.raises(UserError) as refused:
        actions.change_action(action, by=rq, deadline="T2 2016")
    assert (refused.value.field, Action.objects.get().deadline_text) == ("reason", "1er trim. 2016")
    actions.change_action(action, by=rq, deadline="T2 2016", reason="Prestataire absent")
    stored = Action.objects.get()
    assert (stored.deadline_text, stored.move_count, stored.promised_text) == ("T2 2016", 1, "1er trim. 2016")


def test_a_first_promise_needs_none(finding, rq):
    action = actions.add_action(finding, text="", deadline="dès que possible", by=rq)
    assert (action.promised_text, action.move_count) == ("", 0)
    actions.change_action(action, by=rq, deadline="fin 2016")
    assert (action.promised_text, action.promised_latest, action.move_count) == ("fin 2016", date(2016, 12, 31), 0)


def test_words_left_as_they_are_keep_the_days_they_were_understood_as(finding, rq):
    with time_machine.travel("2015-11-02T10:00:00+01:00"):
        action = actions.add_action(finding, text="", deadline="courant novembre", by=rq)
    actions.change_action(action, by=rq, deadline="courant novembre", comment="Relu")
    assert Action.objects.get().deadline_latest == date(2015, 11, 30)


def test_the_day_it_was_done_is_mended_for_all_twins_and_only_once_done(plan, finding, action, rq):
    with pytest.raises(UserError, match="Seule une action réalisée"):
        actions.change_action(action, by=rq, done_on=date(2016, 2, 1))
    actions.change_action(action, by=rq, done_on=None, comment="Vu")  # as a form sends it
    twin = actions.add_action(finding, text="Idem", by=rq)
    twin.merged_into = action
    history.save(twin, by=rq)
    progress.mark_done(action, done_on=date(2016, 2, 1), by=rq)
    actions.change_action(twin, by=rq, reason="Erreur de saisie", done_on=date(2016, 1, 20))
    assert set(Action.objects.values_list("done_on", flat=True)) == {date(2016, 1, 20)}
    assert Finding.objects.get().closed_on == date(2016, 1, 20)
    for day in (None, date(2015, 10, 15), date(2016, 11, 11)):
        with pytest.raises(UserError):
            actions.change_action(action, by=rq, done_on=day)


def test_an_action_moves_to_the_end_of_another_finding_and_both_follow(plan, finding, action, rq):
    other = findings.add_finding(plan, text="Autre", by=rq)
    done = actions.add_action(finding, text="Faite", comment="Oui", status="done", done_on=date(2016, 2, 1), by=rq)
    actions.move_action(done, to=other, by=rq, reason="Mal rangée")
    stored = Action.objects.get(pk=done.pk)
    assert (stored.finding, stored.position, done.finding_id) == (other, 0, other.pk)
    closed = dict(Finding.objects.values_list("pk", "closed_on"))
    assert closed == {finding.pk: None, other.pk: date(2016, 2, 1)}
    actions.move_action(action, to=other, by=rq)
    assert dict(Finding.objects.values_list("pk", "closed_on")) == {finding.pk: None, other.pk: None}


def test_an_action_stays_on_its_site(action, rq):
    plan = plans.create_plan(site=SousPrefectureFactory(), title="Ailleurs", origin="clu", by=rq)
    with pytest.raises(UserError, match="reste sur son site"):
        actions.move_action(action, to=findings.add_finding(plan, text="Constat", by=rq), by=rq)


def test_a_removal_needs_its_reason_and_leaves_the_twins(finding, action, rq):
    twin = actions.add_action(finding, text="Idem", by=rq)
    twin.merged_into = action
    history.save(twin, by=rq)
    with pytest.raises(UserError, match="raison de la suppression"):
        actions.remove_action(action, by=rq, reason="")
    actions.remove_action(action, by=rq, reason="Doublon")
    assert [(one.pk, one.merged_into) for one in Action.objects.all()] == [(twin.pk, None)]
    with pytest.raises(UserError, match="a été supprimé entre-temps"):
        actions.change_action(action, by=rq, comment="Trop tard")


def test_a_field_that_no_person_changes_is_a_mistake_of_the_caller(action, rq):
    with pytest.raises(TypeError, match=r"Action\.status"):
        actions.change_action(action, by=rq, status="done")
