"""App configuration."""

from django.apps import AppConfig


class WallConfig(AppConfig):
    """Label ``portal_wall``, fixed for ever."""

    name = "feidi.portals.wall"
    label = "portal_wall"
