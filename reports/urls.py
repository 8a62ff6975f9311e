"""URLs of the reports."""

from django.urls import include, path

from reports.routes import annual_reports, home
from reports.views.comparison import PrefectureComparison, ReadFile
from reports.views.contradictions import Contradictions
from reports.views.year import QualityYear, QualityYearCalendar

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    path("annee-qualite/", QualityYear.as_view(), name="year"),
    path("annee-qualite/agenda.ics", QualityYearCalendar.as_view(), name="year-calendar"),
    path("bilans/contradictions/", Contradictions.as_view(), name="contradictions"),
    path("bilans/comparer/", PrefectureComparison.as_view(), name="comparison"),
    path("bilans/comparer/lire/", ReadFile.as_view(), name="exchange-read"),
    path("bilans/", include(annual_reports.urlpatterns)),
]
