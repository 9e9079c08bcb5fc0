"""App configuration."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Label ``portal_workspace``, fixed for ever."""

    name = "feidi.portals.workspace"
    label = "portal_workspace"
