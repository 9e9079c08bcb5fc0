"""App of the imports."""

from django.apps import AppConfig
from typing_extensions import override


class ImportsConfig(AppConfig):
    """Label ``imports``, fixed for ever."""

    name = "feidi.kernel.imports"
    label = "imports"

    @override
    def ready(self) -> None:
        """Register texts and the subject kind."""
        from feidi.kernel.imports.access import SUBJECT  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.imports.texts import SHEETS, TEXTS  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415
        from feidi.kernel.subjects.registry import register  # noqa: PLC0415

        register_texts({**SHEETS, **TEXTS})
        register(SUBJECT)
