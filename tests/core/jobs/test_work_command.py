"""The worker of the embedded mode gets ready once: the process of a job finds what it needs already loaded."""

import os
import subprocess
import sys

CODE = """
import django, sys
django.setup()
from core.management.commands import work
before = set(sys.modules)
work.get_ready()
from reports.rendering import editions, formats
loaded = set(sys.modules)
from core.pages import pdf_joining
from core.pages.odt import render_odt
from django.urls import reverse
reverse("reports:reports")
render_odt("<p>é</p>", title="t")
print(len(set(sys.modules) - loaded), "qualepref.urls" in before, "qualepref.urls" in loaded, "pikepdf" in loaded)
"""


def test_once_ready_a_report_loads_no_page_and_no_library_of_documents():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "qualepref.settings", "TESTING": "1"}
    told = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["0", "False", "True", "True"]
