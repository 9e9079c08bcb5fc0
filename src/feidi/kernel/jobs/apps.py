"""App of the background jobs."""

from django.apps import AppConfig
from typing_extensions import override


class JobsConfig(AppConfig):
    """Label ``jobs``, fixed for ever."""

    name = "feidi.kernel.jobs"
    label = "jobs"

    @override
    def ready(self) -> None:
        """Register texts and the subject kind."""
        from feidi.kernel.jobs.access import SUBJECT  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.jobs.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415
        from feidi.kernel.subjects.registry import register  # noqa: PLC0415

        register_texts(TEXTS)
        register(SUBJECT)
