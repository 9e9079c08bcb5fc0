"""App configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Label ``imports``, fixed for ever."""

    name = "feidi.kernel.imports"
    label = "imports"
