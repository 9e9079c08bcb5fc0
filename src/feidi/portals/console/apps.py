"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class ConsoleConfig(AppConfig):
    """Label ``portal_console``, fixed for ever."""

    name = "feidi.portals.console"
    label = "portal_console"

    @override
    def ready(self) -> None:
        """Put the console's jobs into the rail and the search box."""
        from feidi.portals.console import offering  # noqa: PLC0415 - the texts need the app registry

        offering.register_all()
