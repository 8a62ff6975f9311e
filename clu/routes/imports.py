"""Imports of members and of attendance."""

from django.urls import path

from clu.imports.attendance import AttendanceFile
from clu.imports.members import MembersFile
from clu.views import imports
from core.importing.urls import import_urls

urlpatterns = [
    path("membres/importer", imports.MembersUpload.as_view(), name="members-import-upload"),
    *import_urls(MembersFile, at="membres/imports/"),
    path("presences/importer", imports.AttendanceUpload.as_view(), name="attendance-import-upload"),
    *import_urls(AttendanceFile, at="presences/imports/"),
]
