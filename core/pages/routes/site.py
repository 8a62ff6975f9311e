"""Pages about the site itself: accessibility, site map, help, legal notice, component gallery."""

from django.urls import path

from core.pages.views import gallery, site

urlpatterns = [
    path("accessibilite", site.AccessibilityPage.as_view(), name="accessibility"),
    path("plan-du-site", site.SitemapPage.as_view(), name="sitemap"),
    path("aide", site.HelpPage.as_view(), name="help"),
    path("mentions-legales", site.LegalPage.as_view(), name="legal"),
    path("composants", gallery.GalleryPage.as_view(), name="gallery"),
]
