"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class CliConfig(AppConfig):
    """Label ``portal_cli``, fixed for ever."""

    name = "feidi.portals.cli"
    label = "portal_cli"

    @override
    def ready(self) -> None:
        """Register the texts of the command line, and of the backups that only it makes."""
        from feidi.kernel.backup.texts import TEXTS as BACKUP_TEXTS  # noqa: PLC0415 - texts need the settings
        from feidi.kernel.messages import register_texts  # noqa: PLC0415
        from feidi.portals.cli.checkup.texts import TEXTS as DOCTOR_TEXTS  # noqa: PLC0415
        from feidi.portals.cli.demonstration.texts import TEXTS as DEMONSTRATION_TEXTS  # noqa: PLC0415
        from feidi.portals.cli.texts import TEXTS  # noqa: PLC0415

        register_texts(TEXTS)
        register_texts(DOCTOR_TEXTS)
        register_texts(BACKUP_TEXTS)
        register_texts(DEMONSTRATION_TEXTS)
