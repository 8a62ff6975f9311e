"""URLs of the surveys, put together from `surveys/routes/`."""

from surveys.routes import campaigns, imports, intake, mystery, publications, questionnaires, results

app_name = "surveys"
urlpatterns = [
    *intake.urlpatterns,
    *questionnaires.urlpatterns,
    *results.urlpatterns,
    *imports.urlpatterns,
    *mystery.urlpatterns,
    *publications.urlpatterns,
    *campaigns.urlpatterns,
]
