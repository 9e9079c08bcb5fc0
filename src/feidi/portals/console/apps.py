"""App configuration."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Label ``portal_console``, fixed for ever."""

    name = "feidi.portals.console"
    label = "portal_console"
