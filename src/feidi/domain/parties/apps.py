"""App configuration."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Label ``parties``, fixed for ever."""

    name = "feidi.domain.parties"
    label = "parties"
