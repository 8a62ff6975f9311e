"""The Celery application; its schedule is in `qualepref.schedule`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualepref.settings")
app = Celery("qualepref")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
