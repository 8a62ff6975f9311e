"""The list of campaigns and their preparation."""

from datetime import date

import pytest

from surveys.models import Campaign
from tests.core.page_checks import check_list_page
from tests.surveys.factories import (
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)
from tests.surveys.views.campaigns.conftest import url

pytestmark = pytest.mark.django_db
LIST_QUERIES, DETAIL_QUERIES, PLACES_QUERIES = 8, 10, 8


def test_the_list_costs_the_same_queries_whatever_its_rows(client, rq, site):
    check_list_page(client, url("campaigns"), lambda: SurveyCampaignFactory(site=site), queries=LIST_QUERIES)


def test_the_list_counts_the_returns_and_says_what_waits_to_be_closed(client, rq, site, campaign):
    ResponseFactory.create_batch(3, campaign=campaign)
    ResponseFactory(campaign=campaign, withdrawn_at="2026-03-10T10:00Z")
    SurveyCampaignFactory(site=site, title="Passée", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 9), code="p")
    page = client.get(url("campaigns"))
    assert [(row.title, row.returns) for row in page.context_data["table"].data.data] == [
        ("Enquête 2026", 3),
        ("Passée", 0),
    ]
    assert "À clore" in page.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"kind": "mystery"}, ["appels"]),
        ({"state": "draft"}, ["brouillon"]),
        ({"year": "2025"}, ["appels"]),
        ({"q": "tablette"}, ["brouillon"]),
        ({"year": "abc"}, []),
    ],
)
def test_the_list_is_filtered(client, rq, site, campaign, query, codes):
    SurveyCampaignFactory(
        site=site, kind="mystery", code="appels", starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 9)
    )
    SurveyCampaignFactory(site=site, state="draft", code="brouillon", terms="Tablette dans le hall")
    rows = client.get(url("campaigns"), query).context_data["table"].data.data
    assert [row.code for row in rows] == codes


def test_a_campaign_is_prepared_with_the_goal_of_250_at_the_only_site_one_runs(client, rq, site, questionnaire):
    form = client.get(url("campaign-create-satisfaction")).context_data["form"]
    assert (form["goal"].value(), form["site"].value()) == (250, site.pk)
    response = client.post(
        url("campaign-create-satisfaction"),
        {
            "site": site.pk, "title": "Enquête d’avril", "questionnaire": questionnaire.pk, "starts_on": "2026-04-01",
            "ends_on": "30/04/2026", "goal": "250", "significance_threshold": "10", "public_threshold": "5",
        },
    )  # fmt: skip
    made = Campaign.objects.get()
    assert response.url == url("campaign", "enquete-davril-13-aix")
    assert (made.state, made.ends_on, made.goal) == ("draft", date(2026, 4, 30), 250)


def test_a_mystery_campaign_chooses_among_the_grids_and_counts_tests(client, rq, questionnaire):
    grid = QuestionFactory(questionnaire=QuestionnaireFactory(kind="mystery")).questionnaire
    form = client.get(url("campaign-create-mystery")).context_data["form"]
    assert list(form.fields["questionnaire"].queryset) == [grid]
    assert form.fields["goal"].label == "Tests prévus"


def test_an_older_version_is_no_longer_offered_once_the_next_one_was_used(client, rq):
    def version(number, frozen_at):
        made = QuestionnaireFactory(code="satisfaction", version=number, frozen_at=frozen_at)
        QuestionFactory(questionnaire=made)
        return made

    first, second, third = version(1, "2025-01-01T00:00Z"), version(2, "2026-01-01T00:00Z"), version(3, None)
    form = client.get(url("campaign-create-satisfaction")).context_data["form"]
    assert set(form.fields["questionnaire"].queryset) == {second, third}
    old = SurveyCampaignFactory(questionnaire=first, site=rq.memberships.get().unit, code="vieille")
    kept = client.get(url("campaign-edit", "vieille")).context_data["form"].fields["questionnaire"].queryset
    assert first in kept
    assert old.questionnaire == first


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-03-01"}, "La fin de la campagne vient avant son début."),
        ({"goal": "0"}, "Assurez-vous que cette valeur est supérieure ou égale à 1."),
        ({"starts_on": "hier"}, "Saisissez une date valide."),
        ({"title": ""}, "Ce champ est obligatoire."),
        ({"starts_on": "2026-03-10"}, "Des formulaires sont datés du 05/03/2026 au 05/03/2026"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(client, rq, campaign, changes, sentence):
    ResponseFactory(campaign=campaign, answered_on=date(2026, 3, 5))
    sent = {
        "title": "Enquête 2026", "questionnaire": campaign.questionnaire_id, "starts_on": "2026-03-02",
        "ends_on": "2026-03-31", "goal": "300", "significance_threshold": "10", "public_threshold": "5",
    }  # fmt: skip
    response = client.post(url("campaign-edit", "enquete-2026"), sent | changes)
    assert (response.status_code, sentence in response.text) == (200, True)
    campaign.refresh_from_db()
    assert (campaign.starts_on, campaign.ends_on, campaign.goal) == (date(2026, 3, 2), date(2026, 3, 31), 300)
