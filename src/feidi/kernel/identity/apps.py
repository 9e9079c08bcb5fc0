"""App of users and sign-in attempts."""

from django.apps import AppConfig
from typing_extensions import override


class IdentityConfig(AppConfig):
    """Label ``identity``, fixed for ever."""

    name = "feidi.kernel.identity"
    label = "identity"

    @override
    def ready(self) -> None:
        """Register the texts."""
        from feidi.kernel.identity.texts import TEXTS  # noqa: PLC0415 - texts need the settings
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
