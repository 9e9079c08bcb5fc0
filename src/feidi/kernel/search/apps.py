"""App configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Label ``search``, fixed for ever."""

    name = "feidi.kernel.search"
    label = "search"
