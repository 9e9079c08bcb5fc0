"""App configuration."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Label ``deadlines``, fixed for ever."""

    name = "feidi.kernel.deadlines"
    label = "deadlines"
