"""Hostile input to the pages of every app: an answer in words, never a failure, nothing executed, no right kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.base.enums import JobState
from core.models import Holiday
from core.record import history
from indicators.enums import Measure, YearRule
from indicators.models import Assignment, Target
from indicators.services import readings
from organisations import links
from organisations.enums import Role
from organisations.models import ClosedDay, Membership, User
from referential.models import Perimeter
from reports.models import Chapter
from reports.services import annual_reports
from tests.core.factories import DoneJobFactory, HolidayFactory, JobFactory
from tests.indicators.factories import AssignmentFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import MembershipFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.referential.factories import ModuleFactory
from tests.reports.factories import AnnualReportFactory

pytestmark = pytest.mark.django_db
TOO_BIG, ENDLESS = str(2**63), "9" * 5000
MARKUP = '"><img src=x onerror=alert(1)><svg onload=alert(2)>{{7*7}}\u202e'


@pytest.fixture
def site():
    return SousPrefectureFactory(code="h-site", name="Site")


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.mark.parametrize("version", [TOO_BIG, ENDLESS, "٣", "x"])
def test_an_absurd_version_of_a_form_is_another_version(client, referent, version):
    holiday = HolidayFactory()
    data = {"date": "2020-05-01", "label": "Autre", "_version": version}
    assert client.post(reverse("core:holiday-edit", args=[holiday.pk]), data).status_code == 409
    assert Holiday.objects.get().label == holiday.label


@pytest.mark.parametrize("key", [TOO_BIG, ENDLESS, "-1", "x"])
def test_a_key_no_database_holds_is_a_choice_that_does_not_exist(client, referent, site, key):
    ModuleFactory()
    indicator = IndicatorFactory()
    assigned = client.post(
        reverse("indicators:assignment-create", args=[indicator.code]), {"units": key, "valid_from": "2020-01-01"}
    )
    retained = client.post(
        reverse("referential:perimeter-create"), {"site": site.pk, "modules": key, "valid_from": "2020-01-01"}
    )
    assert (assigned.status_code, retained.status_code) == (200, 200)
    assert len(assigned.content) < 100_000
    assert not Assignment.objects.exists()
    assert not Perimeter.objects.exists()


def test_a_nul_in_an_address_or_in_other_labels_is_no_failure(client, referent, site):
    indicator = IndicatorFactory(owner=site)
    form = client.get(reverse("indicators:indicator-edit", args=[indicator.code])).context_data["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"aliases": "Appels\0"}
    assert client.post(reverse("indicators:indicator-edit", args=[indicator.code]), typed).status_code == 200
    assert client.get(reverse("organisations:account-create"), {"unite": "\0"}).status_code == 200


def test_a_zone_that_does_not_exist_has_no_page(client, referent):
    assert client.get(reverse("core:holiday-add", args=["inconnue"])).status_code == 404


def test_a_role_ends_on_the_last_day_of_the_calendar(client, referent, site):
    role = MembershipFactory(unit=site, role=Role.HEAD_OF_SERVICE)
    assert client.post(reverse("organisations:membership-end", args=[role.pk]), {"on": "9999-12-31"}).status_code == 302
    assert Membership.objects.get(pk=role.pk).valid_until == date(9999, 12, 31)


def test_a_month_of_a_year_without_calendar_is_refused_in_words(client, referent, site):
    answer = client.post(reverse("indicators:campaign-open", args=[site.code, 2000, 1]), follow=True)
    assert "complétez le calendrier" in answer.text


@pytest.mark.parametrize("typed", ["1000000000", "99999999999", "999999999999999999"])
def test_a_target_too_big_to_be_stored_is_refused(client, referent, site, typed):
    indicator = IndicatorFactory(measure=Measure.COUNT, year_rule=YearRule.SUM)
    data = {"site": site.pk, "direction": ">=", "value": typed, "valid_from": "2020-01-01"}
    answer = client.post(reverse("indicators:target-create", args=[indicator.code]), data)
    assert "La cible est trop grande" in answer.text
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["tri=zzz", "tri=-", "page=-1", f"page={ENDLESS}", "page=٣", "par_page=0", "q=%00", "q=%ED%A0%80", "role=zzz"],
)
@pytest.mark.parametrize("name", ["organisations:accounts", "indicators:catalogue", "reports:reports", "core:jobs"])
def test_absurd_parameters_of_a_list_are_put_up_with(client, referent, name, query):
    assert client.get(f"{reverse(name)}?{query}").status_code == 200


def test_markup_typed_anywhere_is_shown_as_typed(client, referent, site):
    service = ServiceFactory(code="h-service", name=MARKUP, parent=site)
    indicator = IndicatorFactory(code="h", label=MARKUP, definition=MARKUP)
    AssignmentFactory(indicator=indicator, unit=service)
    ValueFactory(indicator=indicator, unit=service, comment=MARKUP, value=Decimal("0.5"))
    readings.refresh(indicator.pk, site.pk, 2020)
    day = ClosedDay(site=site, date=date(2020, 5, 22), label=MARKUP)
    history.save(day, by=referent, reason=MARKUP)
    job = JobFactory(label=MARKUP, error=MARKUP, state=JobState.FAILED, requested_by=referent)
    pages = [
        reverse("organisations:units"),
        reverse("organisations:unit", args=[service.code]),
        reverse("organisations:closed-days", args=[site.code]),
        reverse("indicators:indicator", args=["h"]),
        reverse("indicators:grid", args=[site.code, 2020]),
        reverse("indicators:dashboard", args=[site.code, 2020, 12]),
        reverse("indicators:why", args=["h", site.code, 2020]),
        reverse("indicators:entry", args=[2020, 2]),
        reverse("core:job", args=[job.uuid]),
    ]
    for page in pages:
        text = client.get(page).text
        assert "onerror" in text, page
        assert "<img src=x" not in text, page
        assert "<svg onload" not in text, page


def test_a_chapter_keeps_words_and_drops_what_could_run(referent, site):
    chapter = annual_reports.open_report(site=site, year=2020, by=referent).chapters.first()
    hostile = '<p>Mot</p><script>a()</script><a href="javascript:b()">lien</a><img src=x onerror=c()><svg onload=d()>'
    annual_reports.write_chapter(chapter, title="Titre", text=hostile, by=referent)
    assert Chapter.objects.get(pk=chapter.pk).text == '<p>Mot</p><a rel="noopener noreferrer">lien</a>'


def test_the_link_of_an_account_closed_since_opens_nothing(client, site):
    user = user_with(Role.CONTRIBUTOR, site)
    address = links.password_link(user).split("//", 1)[1].split("/", 1)[1]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert 'name="new_password1"' not in client.get(f"/{address}", follow=True).text


def test_the_administration_does_not_filter_on_passwords(client, site):
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    answer = client.get(reverse("admin:organisations_user_changelist"), {"password__startswith": "argon2"})
    assert answer.status_code == 400


def test_who_lost_the_report_neither_restarts_its_job_nor_opens_its_file(client, referent, site):
    report = AnnualReportFactory(site=site)
    asked = {"kind": "render_report", "parameters": {"report_id": report.pk}, "requested_by": referent}
    done, stopped = DoneJobFactory(**asked), JobFactory(state=JobState.CANCELLED, **asked)
    assert b"".join(client.get(reverse("core:job-file", args=[done.uuid])).streaming_content) == b"%PDF-1.7"
    role = referent.memberships.get()
    role.role, role.valid_until = Role.RECEPTION_AGENT, timezone.localdate()
    role.save()
    assert client.get(reverse("core:job-file", args=[done.uuid])).status_code == 404
    assert reverse("core:job-file", args=[done.uuid]) not in client.get(reverse("core:job", args=[done.uuid])).text
    again = client.post(reverse("core:job-restart", args=[stopped.uuid]), follow=True)
    assert "Vous ne pouvez plus demander ce travail." in again.text


def test_who_lost_the_site_restarts_neither_its_dashboard_nor_its_import(referent, site):
    other = SousPrefectureFactory()
    for kind in ("compute_dashboard", "read_grid"):
        declared = jobs.kind_of(kind)
        job = JobFactory(kind=kind, parameters={"site_id": other.pk, "pk": 0}, requested_by=referent)
        assert not declared.is_restartable_by(referent, job)
