"""App configuration."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Label ``portal_public``, fixed for ever."""

    name = "feidi.portals.public"
    label = "portal_public"
