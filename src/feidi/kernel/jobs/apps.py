"""App configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label ``jobs``, fixed for ever."""

    name = "feidi.kernel.jobs"
    label = "jobs"
