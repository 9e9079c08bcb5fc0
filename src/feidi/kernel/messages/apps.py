"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class MessagesConfig(AppConfig):
    """Label ``kernel_messages`` (Django has a ``messages`` of its own), fixed for ever."""

    name = "feidi.kernel.messages"
    label = "kernel_messages"

    @override
    def ready(self) -> None:
        """Register the texts of the engines."""
        from feidi.kernel.messages import engine_texts  # noqa: PLC0415 - the texts need the app registry

        engine_texts.register()
