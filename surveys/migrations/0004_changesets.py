"""Which act wrote each row of history."""

from django.conf import settings
from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('actions', '0004_changesets'),
        ('core', '0004_changesets'),
        ('organisations', '0002_changesets'),
        ('referential', '0002_changesets'),
        ('surveys', '0003_when_a_mystery_message_was_sent_and_answered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddChangesets(
            {
                "historicalcampaign": "surv_campaign_act",
                "historicalcollectionpoint": "surv_collectionpoint_act",
                "historicalcriterionfinding": "surv_criterionfinding_act",
                "historicalfeedback": "surv_feedback_act",
                "historicalheadermatch": "surv_headermatch_act",
                "historicalplace": "surv_place_act",
                "historicalplannedtest": "surv_plannedtest_act",
                "historicalquestion": "surv_question_act",
                "historicalquestionengagement": "surv_questionengagement_act",
                "historicalquestionnaire": "surv_questionnaire_act",
                "historicalresponse": "surv_response_act",
                "historicalscenario": "surv_scenario_act",
                "historicalsurveyimport": "surv_surveyimport_act",
                "historicalverbatim": "surv_verbatim_act",
            }
        ),
    ]
