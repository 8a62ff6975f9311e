"""The pages of results: bases, intervals, what is withheld, earlier years, cuts, one click to a finding."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Finding
from organisations.enums import Role
from surveys.enums import CampaignState, Channel, Kind, QuestionKind
from surveys.models import CriterionFinding
from surveys.services.results import refresh
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with
from tests.surveys.factories import (
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai d’attente", position=1)
    QuestionFactory(questionnaire=questionnaire, code="confort", label="le confort", position=2)
    QuestionFactory(questionnaire=questionnaire, code="suggestions", kind=QuestionKind.TEXT, position=3)
    return SurveyCampaignFactory(questionnaire=questionnaire, significance_threshold=5)


@pytest.fixture
def referent(campaign, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return client


def answer(campaign, satisfied, dissatisfied, code="attente", **fields):
    for level, number in (("satisfied", satisfied), ("dissatisfied", dissatisfied)):
        for _ in range(number):
            ResponseFactory(campaign=campaign, answers={code: level}, **fields)


def close(campaign):
    refresh(campaign)
    campaign.state = CampaignState.CLOSED
    campaign.save()
    return campaign


def page(campaign, name="results", *args):
    return reverse(f"surveys:{name}", args=[campaign.code, *args])


def test_each_percentage_comes_with_its_base_and_its_interval(campaign, referent):
    answer(campaign, 44, 7)
    answer(campaign, 3, 1, code="confort")
    response = referent.get(page(campaign))
    first, second = response.context["lines"]
    assert (first.percent, first.base, first.interval) == (
        "86,3\u202f%", "44 sur 51 réponses", "entre 74,3\u202f% et 93,2\u202f%",
    )  # fmt: skip
    assert (first.bar.rate, first.bar.low, first.bar.high) == ("86.3%", "74.3%", "93.2%")
    assert (second.percent, second.withheld, second.bar, second.interval) == (
        "non significatif", "4 réponses\u202f: il en faut 5", None, "",
    )  # fmt: skip
    assert 'width="86.3%"' in response.text
    assert "Résultats provisoires" in response.text


def test_a_campaign_without_a_form_says_what_to_do(campaign, referent):
    assert "Les résultats apparaissent avec les premiers formulaires" in referent.get(page(campaign)).text


def test_the_years_before_stand_beside_with_an_arrow_only_where_the_intervals_tell(campaign, referent):
    answer(campaign, 45, 5)
    for year, satisfied in ((2020, 20), (2019, 43)):
        before = SurveyCampaignFactory(
            questionnaire=campaign.questionnaire, site=campaign.site, starts_on=date(year, 9, 1),
            ends_on=date(year, 10, 1), significance_threshold=5,
        )  # fmt: skip
        answer(before, satisfied, 50 - satisfied)
        close(before)
    line = referent.get(page(campaign)).context["lines"][0]
    assert [(b.label, b.percent, b.base, b.arrow_words) for b in line.before] == [
        ("N-1", "40,0\u202f%", "50", "en hausse"),
        ("N-2", "86,0\u202f%", "50", ""),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"state": CampaignState.OPEN}, {"starts_on": date(2018, 1, 1)}, {"kind": Kind.MYSTERY}, {"site": None},
        {"questionnaire": None},
    ],
)  # fmt: skip
def test_what_is_not_the_same_survey_of_a_year_before_is_not_compared(campaign, referent, change):
    answer(campaign, 5, 5)
    fields = {
        "questionnaire": campaign.questionnaire, "site": campaign.site, "starts_on": date(2020, 1, 1),
        "state": CampaignState.CLOSED,
    }  # fmt: skip
    kept = {name: value for name, value in (fields | change).items() if value is not None}
    before = SurveyCampaignFactory(**kept)
    answer(before, 5, 5)
    refresh(before)
    assert referent.get(page(campaign)).context["comparison"].years == []


class TestCuts:
    def test_by_place_with_an_arrow_for_what_stands_apart(self, campaign, referent):
        hall, desk = (PlaceFactory(site=campaign.site, name=name, code=name.lower()) for name in ("Hall", "Guichet"))
        answer(campaign, 95, 5, place=hall)
        answer(campaign, 10, 30, place=desk)
        response = referent.get(page(campaign, "results-cut", "lieu"))
        _, whole, cells = response.context["matrix"][0]
        assert [(cell.percent, cell.arrow_words) for cell in (whole, *cells)] == [
            ("75,0\u202f%", ""),
            ("95,0\u202f%", "au-dessus de l’ensemble"),
            ("25,0\u202f%", "au-dessous de l’ensemble"),
        ]
        assert [head["label"] for head in response.context["heads"]] == ["Hall", "Guichet"]

    def test_a_base_of_few_in_a_group_is_told_to_be_too_small(self, campaign, referent):
        for channel, number in ((Channel.WEB, 20), (Channel.PAPER, 6), (Channel.QR, 6)):
            answer(campaign, number, 0, channel=channel)
            answer(campaign, 6 if channel == Channel.WEB else 3, 0, code="confort", channel=channel)
        _, _, cells = referent.get(page(campaign, "results-cut", "canal")).context["matrix"][1]
        assert sorted((cell.percent, cell.base, cell.is_withheld) for cell in cells) == [
            ("100,0\u202f%", "6 sur 6 réponses", False), ("n. c.", "", True), ("n. c.", "", True),
        ]  # fmt: skip

    def test_a_group_of_few_is_no_page_of_its_own(self, campaign, referent):
        answer(campaign, 10, 0, channel=Channel.WEB)
        answer(campaign, 1, 1, channel=Channel.PAPER)
        assert referent.get(page(campaign, "results-cut", "canal")).status_code == 404

    def test_by_month(self, campaign, referent):
        answer(campaign, 5, 0, answered_on=date(2021, 8, 31))
        answer(campaign, 0, 5, answered_on=date(2021, 9, 1))
        heads = referent.get(page(campaign, "results-cut", "mois")).context["heads"]
        assert [head["label"] for head in heads] == ["août 2021", "septembre 2021"]

    def test_by_site_among_those_one_reads(self, campaign, client):
        answer(campaign, 10, 0)
        others = [
            SurveyCampaignFactory(questionnaire=campaign.questionnaire, state=CampaignState.CLOSED) for _ in range(2)
        ]
        for other in others:
            answer(other, 6, 4)
            refresh(other)
        campaign.site.parent = others[0].site.parent
        campaign.site.save()
        client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site.parent))
        heads = client.get(page(campaign, "results-cut", "site")).context["heads"]
        assert [(head["label"], head["returns"]) for head in heads] == [(others[0].site.name, "10 formulaires")]

    @pytest.mark.parametrize("cut", ["autre", "lieu", "site"])
    def test_a_cut_that_says_nothing_is_not_a_page(self, campaign, referent, cut):
        answer(campaign, 5, 0)
        assert referent.get(page(campaign, "results-cut", cut)).status_code == 404


class TestFinding:
    def test_one_click_opens_a_finding_and_leads_to_it(self, campaign, referent):
        answer(campaign, 2, 8)
        answer(campaign, 9, 1, code="confort")
        close(campaign)
        lines = referent.get(page(campaign)).context["lines"]
        assert [line.may_open for line in lines] == [True, False]
        response = referent.post(page(campaign, "open-finding", "attente"))
        finding = Finding.objects.get()
        assert response.url == reverse("actions:finding", args=[finding.pk])
        assert CriterionFinding.objects.get().question.code == "attente"
        assert referent.get(page(campaign)).context["lines"][0].finding_url == response.url
        assert referent.post(page(campaign, "open-finding", "attente")).url == response.url
        assert Finding.objects.count() == 1

    def test_a_refusal_is_told_on_the_page_of_results(self, campaign, referent):
        answer(campaign, 2, 8)
        response = referent.post(page(campaign, "open-finding", "attente"), follow=True)
        assert "Attendez la clôture de la campagne" in response.text

    def test_an_unknown_criterion_is_not_a_page(self, campaign, referent):
        assert referent.post(page(close(campaign), "open-finding", "rien")).status_code == 404

    def test_nothing_is_offered_while_the_campaign_is_open_nor_to_readers(self, campaign, client):
        answer(campaign, 2, 8)
        client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
        assert not client.get(page(campaign)).context["may_act"]
        close(campaign)
        client.force_login(user_with(Role.MANAGEMENT, campaign.site))
        assert not client.get(page(campaign)).context["may_act"]


def test_a_mystery_campaign_is_told_in_its_own_words(campaign, referent):
    questionnaire = QuestionnaireFactory(kind=Kind.MYSTERY)
    QuestionFactory(questionnaire=questionnaire, code="svi", kind=QuestionKind.YES_NO, label="SVI")
    calls = SurveyCampaignFactory(
        kind=Kind.MYSTERY, questionnaire=questionnaire, site=campaign.site, significance_threshold=1
    )
    ResponseFactory(campaign=calls, answers={"svi": "yes"})
    response = referent.get(page(calls))
    assert response.context["lines"][0].base == "1 sur 1 test évalué"
    assert "Réponses aux usagers" not in [label for label, _, _ in response.context["tabs"]]


def test_an_open_mystery_campaign_is_hidden_from_those_it_tests(campaign, client):
    campaign.kind = Kind.MYSTERY
    campaign.save()
    client.force_login(user_with(Role.MANAGEMENT, campaign.site))
    assert client.get(page(campaign)).status_code == 404
    close(campaign)
    assert client.get(page(campaign)).status_code == 200


@pytest.mark.parametrize("name", ["results", "verbatims", "feedbacks"])
def test_the_queries_do_not_grow_with_the_forms(campaign, referent, name):
    answer(campaign, 1, 0, place=PlaceFactory(site=campaign.site), has_text=True)
    close(campaign)
    first = query_count(referent, page(campaign, name))
    for index in range(3):
        place = PlaceFactory(site=campaign.site, name=f"Lieu {index}")
        answer(campaign, 1, 1, place=place, channel=Channel.PAPER, has_text=True)
    refresh(campaign)
    assert query_count(referent, page(campaign, name)) == first
