"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class FilesConfig(AppConfig):
    """Label ``files``, fixed for ever."""

    name = "feidi.kernel.files"
    label = "files"

    @override
    def ready(self) -> None:
        """Register texts, the subject kind and what is audited."""
        from feidi.kernel.audit import (  # noqa: PLC0415 - models are ready only now
            AuditedKind,
            register_audited,
            speaks_of_a_person,
        )
        from feidi.kernel.files.access import SUBJECT  # noqa: PLC0415
        from feidi.kernel.files.delegation import register_hanging  # noqa: PLC0415
        from feidi.kernel.files.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
        register_hanging(SUBJECT)
        register_audited(
            AuditedKind(
                kind="files.file",
                model="files.StoredFile",
                about_a_person=speaks_of_a_person,
                personal_of_such=frozenset({"name", "mark_reason", "void_reason"}),
            )
        )
