"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class SavedViewsConfig(AppConfig):
    """Label ``saved_views``."""

    name = "feidi.kernel.saved_views"
    label = "saved_views"

    @override
    def ready(self) -> None:
        """Register texts."""
        from feidi.kernel.messages import register_texts  # noqa: PLC0415 - apps are ready only now
        from feidi.kernel.saved_views.texts import TEXTS  # noqa: PLC0415

        register_texts(TEXTS)
