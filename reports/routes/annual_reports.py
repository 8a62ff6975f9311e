"""The annual reports: list, writing, editions."""

from django.urls import path

from reports.views import annual_reports as pages
from reports.views import chapters, comparison, editions, figures, proofs, publications

urlpatterns = [
    path("", pages.ReportList.as_view(), name="reports"),
    path("ouvrir/", pages.ReportOpen.as_view(), name="report-open"),
    path("<int:pk>/", pages.ReportPage.as_view(), name="report"),
    path("<int:pk>/modifier/", pages.ReportEdit.as_view(), name="report-edit"),
    path("<int:pk>/historique/", pages.ReportHistory.as_view(), name="report-history"),
    path("<int:pk>/echange/", comparison.ExchangeFile.as_view(), name="exchange-file"),
    path("<int:pk>/produire/", editions.EditionRequest.as_view(), name="report-render"),
    path("<int:pk>/reprendre/", editions.TakeLastYear.as_view(), name="report-take-last"),
    path("<int:pk>/documents/<slug:document>/", editions.PaperRequest.as_view(), name="paper-request"),
    path("<int:pk>/chapitres/ajouter/", chapters.ChapterAdd.as_view(), name="chapter-add"),
    path("chapitres/<int:pk>/", chapters.ChapterPage.as_view(), name="chapter"),
    path("chapitres/<int:pk>/apercu/", chapters.ChapterPreview.as_view(), name="chapter-preview"),
    path("chapitres/<int:pk>/historique/", chapters.ChapterHistory.as_view(), name="chapter-history"),
    path("chapitres/<int:pk>/monter/", chapters.ChapterUp.as_view(), name="chapter-up"),
    path("chapitres/<int:pk>/descendre/", chapters.ChapterDown.as_view(), name="chapter-down"),
    path("chapitres/<int:pk>/imprimer/", chapters.ChapterInclude.as_view(), name="chapter-include"),
    path("chapitres/<int:pk>/ecarter/", chapters.ChapterExclude.as_view(), name="chapter-exclude"),
    path("chapitres/<int:pk>/confirmer/", chapters.ChapterConfirm.as_view(), name="chapter-confirm"),
    path("chapitres/<int:pk>/figures/<slug:figure>/", figures.FigurePage.as_view(), name="chapter-figure"),
    path("chapitres/<int:pk>/figures/<slug:figure>/brouillon/", figures.FigureDraft.as_view(), name="figure-draft"),
    path("chapitres/<int:pk>/brouillon/", chapters.ChapterDraft.as_view(), name="chapter-draft"),
    path("chapitres/<int:pk>/image/", chapters.ChapterImage.as_view(), name="chapter-image"),
    path("images/<int:pk>/", chapters.ImageFile.as_view(), name="image"),
    path("fichiers/<int:pk>/telecharger/", editions.FileDownload.as_view(), name="file-download"),
    *editions.Editions.urls(),
    *publications.Publications.urls(),
    *proofs.Proofs.urls(),
    *proofs.Remarks.urls(),
    path("relecture/<str:token>/", proofs.ProofRead.as_view(), name="proof-read"),
    path("relecture/<str:token>/images/<int:number>/", proofs.ProofImage.as_view(), name="proof-image"),
]
