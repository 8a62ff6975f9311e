"""URLs of the referentials."""

from django.urls import path

from core.importing.urls import import_urls
from referential.imports import ReferentialFile
from referential.views import engagements, perimeters, referentials

app_name = "referential"
urlpatterns = [
    path("", referentials.ReferentialList.as_view(), name="referentials"),
    path("correspondances/", engagements.CorrespondenceList.as_view(), name="correspondences"),
    path("correspondances/ajouter/", engagements.CorrespondenceCreate.as_view(), name="correspondence-create"),
    path("correspondances/<int:pk>/retirer/", engagements.CorrespondenceRemove.as_view(), name="correspondence-remove"),
    path("versions/ajouter/", referentials.ReferentialCreate.as_view(), name="referential-create"),
    path("versions/<slug:code>/importer/", referentials.ReferentialUpload.as_view(), name="import-upload"),
    path("versions/<slug:code>/changements/", referentials.Changes.as_view(), name="changes"),
    *import_urls(ReferentialFile, at="imports/"),
    path("versions/<slug:code>/", referentials.ReferentialDetail.as_view(), name="referential"),
    path("versions/<slug:code>/modifier/", referentials.ReferentialEdit.as_view(), name="referential-edit"),
    path("versions/<slug:code>/historique/", referentials.ReferentialHistory.as_view(), name="referential-history"),
    *perimeters.Perimeters.urls(),
    *referentials.Modules.urls(),
    *engagements.Engagements.urls(),
]
