"""Attendance sheets count persons, whatever they are ticked with."""

import pytest
from django.core.management.base import CommandError

from clu.models import Attendance, Meeting
from tests.clu.factories import CommitteeFactory, MandateFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(run, site, table):
    """Import a sheet for the CLU of 10 March 2022 and give what `meetings` says of it."""

    def sheet(*rows, path=None):
        run("import_attendance", str(path or table(*rows)), unit="38", committee="clu", date="2022-03-10")
        return run("meetings", unit="38", year=2022)

    return sheet


def counted(told):
    (meeting,) = told
    return tuple(meeting["attendance"].values())


def test_a_sheet_creates_the_committee_and_the_meeting(sheet):
    told = sheet(["Nom", "Organisme", "Présence"], ["Mme Martin", "UFC", "présente"], ["M. Roux", "CCI", "excusé"])
    assert told == [
        {
            "committee": "clu",
            "date": "2022-03-10",
            "agenda": [],
            "attendance": {"present": 1, "excused": 1, "absent": 0},
        }
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Nom", "Organisme", "P/E/A"], ["Ali", "x", "P"], ["Bay", "x", "E"], ["Cho", "y", "A"], ["Duc", "y", "p"]],
        [["Nom", "Organisme", "Présent", "Excusé", "Absent"], ["Ali", "x", "X", "", ""], ["Bay", "x", "", "x", ""],
         ["Cho", "y", "", "", "X"], ["Duc", "y", "✓", "", ""]],
        [["Nom", "Prénom", "Structure", "P", "E", "A"], ["Ali", "Al", "x", "1", "", ""],
         ["Bay", "Bo", "x", "", "1", ""], ["Cho", "Cy", "y", "", "", "1"], ["Duc", "Di", "y", "1", "", ""]],
        [["Participant", "Organisation", "Statut"], ["Ali", "x", "Présent(e)"], ["Bay", "x", "Excusée, pouvoir à Z"],
         ["Cho", "y", "Absent non excusé"], ["Duc", "y", "présent en retard"]],
        [["Nom et prénom", "Organisme", "Présents", "Excusés"], ["Ali", "x", "oui", "non"], ["Bay", "x", "non", "oui"],
         ["Cho", "y", "", ""], ["Duc", "y", "oui", "non"]],
    ],
)  # fmt: skip
def test_words_ticks_and_initials_say_who_came(sheet, rows):
    assert counted(sheet(*rows)) == (2, 1, 1)


def test_an_organisation_may_be_present_and_excused(sheet):
    told = sheet(["Nom", "Organisme", "Présence"], ["Ali", "Draguignan", "présent"], ["Bay", "Draguignan", "excusé"])
    assert counted(told) == (1, 1, 0)


def test_a_signed_sheet_leaves_absent_who_did_not_sign(sheet):
    told = sheet(["Nom", "Organisme", "Émargement"], ["Ali", "x", "signé"], ["Bay", "x", ""])
    assert counted(told) == (1, 0, 1)


def test_the_same_sheet_again_changes_nothing_and_a_later_one_corrects(sheet):
    first = [["Nom", "Organisme", "Présence"], ["Ali", "x", "présent"], ["Bay", "x", "absent"]]
    sheet(*first)
    assert counted(sheet(*first)) == (1, 0, 1)
    assert counted(sheet(["Nom", "Organisme", "Présence"], ["Bay", "x", "excusé"])) == (1, 1, 0)
    assert Meeting.objects.count() == 1


def test_a_person_told_twice_counts_once_and_a_contradiction_is_refused_at_its_cell(sheet):
    heads = ["Nom", "Organisme", "Présence"]
    assert counted(sheet(heads, ["Ali", "x", "présent"], ["Ali", "x", "présent"])) == (1, 0, 0)
    with pytest.raises(CommandError, match="A3 : « Bay » est déjà à la ligne 2, avec une autre présence"):
        sheet(heads, ["Bay", "x", "présent"], ["Bay", "x", "absent"])


def test_two_ticks_for_one_person_are_refused(sheet):
    with pytest.raises(CommandError, match="Deux présences sont cochées"):
        sheet(["Nom", "Présent", "Excusé", "Absent"], ["Ali", "X", "X", ""])


def test_a_holder_and_a_deputy_are_known_by_their_mandate_and_a_colleague_is_a_guest(sheet, site):
    member = MemberFactory(committee=CommitteeFactory(site=site), organisation="UFC")
    mandate = MandateFactory(member=member, holder="Mme Anne Martin", deputy="M. Petit")
    sheet(["Nom", "Organisme", "Présence"], ["MARTIN Anne", "UFC", "P"], ["Petit", "UFC", "P"], ["Roux", "UFC", "P"])
    assert list(Attendance.objects.values_list("person", "mandate", "is_deputy")) == [
        ("MARTIN Anne", mandate.pk, False),
        ("Petit", mandate.pk, True),
        ("Roux", None, False),
    ]


def test_a_meeting_of_which_nobody_noted_who_came_has_no_count(run, site):
    Meeting.objects.create(committee=CommitteeFactory(site=site), held_on="2022-05-18")
    assert counted(run("meetings", unit="38", year=2022)) == (None, None, None)


def test_a_wrong_day_is_refused(run, site, table):
    path = table(["Nom", "Organisme", "Présence"], ["Ali", "x", "P"])
    with pytest.raises(CommandError, match="--date : « 10/03/2022 » n’est pas une date"):
        run("import_attendance", str(path), unit="38", committee="clu", date="10/03/2022")
