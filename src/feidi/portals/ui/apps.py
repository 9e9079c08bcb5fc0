"""App configuration."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Label ``portal_ui``, fixed for ever."""

    name = "feidi.portals.ui"
    label = "portal_ui"
