"""Project package: settings, URLs and the Celery application."""
