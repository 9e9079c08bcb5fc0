"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class WorkspaceConfig(AppConfig):
    """Label ``portal_workspace``, fixed for ever."""

    name = "feidi.portals.workspace"
    label = "portal_workspace"

    @override
    def ready(self) -> None:
        """Put the tenant's own pages into the rail."""
        from feidi.portals.workspace import offering  # noqa: PLC0415 - the texts need the app registry

        offering.register_all()
