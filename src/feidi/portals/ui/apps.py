"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class UiConfig(AppConfig):
    """Label ``portal_ui``, fixed for ever."""

    name = "feidi.portals.ui"
    label = "portal_ui"

    @override
    def ready(self) -> None:
        """Register the frame's own texts."""
        from feidi.kernel.messages import register_texts  # noqa: PLC0415 - apps are ready only now
        from feidi.portals.ui.texts import TEXTS  # noqa: PLC0415

        register_texts(TEXTS)
