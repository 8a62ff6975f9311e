"""Declares the sample kinds in worker processes."""

from django.apps import AppConfig


class SampleJobsConfig(AppConfig):
    name = "tests.core.sample_jobs"
    label = "sample_jobs"

    def ready(self):
        from tests.core.sample_jobs import jobs
