"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class DocumentsConfig(AppConfig):
    """Label ``documents``, fixed for ever."""

    name = "feidi.kernel.documents"
    label = "documents"

    @override
    def ready(self) -> None:
        """Register texts, subject kinds and what is audited."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.documents.access import FORM, SIGNED_COPY  # noqa: PLC0415
        from feidi.kernel.documents.office.texts import TEXTS as OFFICE_TEXTS  # noqa: PLC0415
        from feidi.kernel.documents.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.files.delegation import register_hanging  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
        register_texts(OFFICE_TEXTS)
        register_hanging(FORM)
        register_hanging(SIGNED_COPY)
        # the content and the signers' names stand in the trail as keyed digests: altered is seen, erasure stays possible
        register_audited(AuditedKind(kind=FORM.kind, model=FORM.model, personal=frozenset({"data"})))
        register_audited(AuditedKind(kind=SIGNED_COPY.kind, model=SIGNED_COPY.model, personal=frozenset({"signers"})))
