"""Which static files are collected: of the 1,600 files of DSFR, those our pages load.

`collectstatic` then takes a second instead of most of a minute. Every file a kept style sheet refers to must be kept,
or the manifest storage refuses the whole collection: a test collects everything to prove it.
"""

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Icon families whose style sheet layout/document.html loads. A page that needs another adds it in both places.
ICON_FAMILIES = ("arrows", "business", "design", "document", "editor", "system", "user")
# Icon folders that the main style sheet of DSFR also refers to.
ICON_FOLDERS = (*ICON_FAMILIES, "logo", "media", "weather")

_ALL_FAMILIES = (
    "arrows",
    "buildings",
    "business",
    "communication",
    "design",
    "development",
    "device",
    "document",
    "editor",
    "finance",
    "health",
    "logo",
    "map",
    "media",
    "others",
    "system",
    "user",
    "weather",
)
_DIST = "dsfr/dist"


class QualeprefStaticFilesConfig(StaticFilesConfig):
    """Django's static files, less what no page loads."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"{_DIST}/{folder}/*" for folder in ("analytics", "artwork", "component", "core", "dsfr", "favicon")),
        *(f"{_DIST}/{folder}/*" for folder in ("layout", "legacy", "scheme", "utility/colors", "utility/pictograms")),
        *(f"{_DIST}/icons/{family}/*" for family in _ALL_FAMILIES if family not in ICON_FOLDERS),
        *(f"{_DIST}/utility/icons/icons-{family}/*" for family in _ALL_FAMILIES if family not in ICON_FAMILIES),
        *(f"{_DIST}/utility/icons/icons-{family}/icons-{family}.min.css" for family in ICON_FAMILIES),
        f"{_DIST}/utility/icons/*.legacy.min.css",
        *(f"{_DIST}/utility/{name}" for name in ("utility.*", "icons/icons.*")),
        *(f"{_DIST}/{name}" for name in ("dsfr.min.css", "dsfr.legacy.min.css", "dsfr.nomodule.min.js")),
        "*.md",
        "django-dsfr/*",
        *(f"django_htmx/{name}" for name in ("ext/*", "ht*-4*", "htmx-2.js")),
    ]


class ManifestStorage(ManifestStaticFilesStorage):
    """Scripts name the ones they import by their fingerprint: no old one meets a new one, none is loaded twice."""

    support_js_module_import_aggregation = True


class CompressedManifestStorage(CompressedManifestStaticFilesStorage):
    """The same, compressed beforehand."""

    support_js_module_import_aggregation = True
