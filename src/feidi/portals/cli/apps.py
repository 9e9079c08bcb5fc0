"""App configuration."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Label ``portal_cli``, fixed for ever."""

    name = "feidi.portals.cli"
    label = "portal_cli"
