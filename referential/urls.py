"""URLs of the referentials."""

from django.urls import path

from referential.views import engagements, perimeters, referentials

app_name = "referential"
urlpatterns = [
    path("", referentials.ReferentialList.as_view(), name="referentials"),
    path("correspondances/", engagements.CorrespondenceList.as_view(), name="correspondences"),
    path("correspondances/ajouter/", engagements.CorrespondenceCreate.as_view(), name="correspondence-create"),
    path("correspondances/<int:pk>/retirer/", engagements.CorrespondenceRemove.as_view(), name="correspondence-remove"),
    path("perimetres/", perimeters.PerimeterList.as_view(), name="perimeters"),
    path("perimetres/retenir/", perimeters.PerimeterCreate.as_view(), name="perimeter-create"),
    path("perimetres/<int:pk>/", perimeters.PerimeterDetail.as_view(), name="perimeter"),
    path("perimetres/<int:pk>/modifier/", perimeters.PerimeterEdit.as_view(), name="perimeter-edit"),
    path("perimetres/<int:pk>/retirer/", perimeters.PerimeterRemove.as_view(), name="perimeter-remove"),
    path("perimetres/<int:pk>/historique/", perimeters.PerimeterHistory.as_view(), name="perimeter-history"),
    path("modules/<int:pk>/modifier/", referentials.ModuleEdit.as_view(), name="module-edit"),
    path("modules/<int:pk>/historique/", referentials.ModuleHistory.as_view(), name="module-history"),
    path("modules/<int:pk>/engagements/ajouter/", engagements.EngagementCreate.as_view(), name="engagement-create"),
    path("engagements/<int:pk>/", engagements.EngagementDetail.as_view(), name="engagement"),
    path("engagements/<int:pk>/modifier/", engagements.EngagementEdit.as_view(), name="engagement-edit"),
    path("engagements/<int:pk>/historique/", engagements.EngagementHistory.as_view(), name="engagement-history"),
    path("versions/<slug:code>/", referentials.ReferentialDetail.as_view(), name="referential"),
    path("versions/<slug:code>/modifier/", referentials.ReferentialEdit.as_view(), name="referential-edit"),
    path("versions/<slug:code>/historique/", referentials.ReferentialHistory.as_view(), name="referential-history"),
    path("versions/<slug:code>/modules/ajouter/", referentials.ModuleCreate.as_view(), name="module-create"),
]
