"""Pages of background jobs, and the health of the instance."""

from django.urls import path

from core.pages.views import health, jobs

urlpatterns = [
    path("sante", health.health, name="health"),
    path("travaux/", jobs.JobList.as_view(), name="jobs"),
    path("travaux/<uuid:uuid>/", jobs.JobPage.as_view(), name="job"),
    path("travaux/<uuid:uuid>/etat", jobs.JobStatePage.as_view(), name="job-state"),
    path("travaux/<uuid:uuid>/fichier", jobs.JobFile.as_view(), name="job-file"),
    path("travaux/<uuid:uuid>/abandon", jobs.JobCancel.as_view(), name="job-cancel"),
    path("travaux/<uuid:uuid>/reprise", jobs.JobRestart.as_view(), name="job-restart"),
]
