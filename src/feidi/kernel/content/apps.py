"""App configuration."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Label ``content``, fixed for ever."""

    name = "feidi.kernel.content"
    label = "content"
