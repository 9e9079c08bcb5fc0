"""App of the content revisions."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ContentConfig(AppConfig):
    """Label ``content``, fixed for ever."""

    name = "feidi.kernel.content"
    label = "content"

    @override
    def ready(self) -> None:
        """Register the event, the words and the audited kinds."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - apps are ready only now
        from feidi.kernel.content import proposing  # noqa: PLC0415
        from feidi.kernel.content.events import ContentPublished  # noqa: PLC0415
        from feidi.kernel.content.publishing import KIND  # noqa: PLC0415
        from feidi.kernel.content.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.events import declare  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415
        from feidi.kernel.subjects import SubjectKind, register  # noqa: PLC0415

        declare(ContentPublished)
        register_texts(TEXTS)
        register_audited(AuditedKind(kind=KIND, model="content.ContentRevision", left_out=frozenset({"body"})))
        register_audited(
            AuditedKind(kind=proposing.KIND, model="content.ContentProposal", left_out=frozenset({"body"}))
        )
        register(SubjectKind(proposing.KIND, "content.ContentProposal", label=str, visible_to=proposing.visible_to))
