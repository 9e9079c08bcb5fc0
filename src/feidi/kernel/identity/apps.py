"""App of users, what they sign in by, and sign-in attempts."""

from django.apps import AppConfig
from typing_extensions import override


class IdentityConfig(AppConfig):
    """Label ``identity``, fixed for ever."""

    name = "feidi.kernel.identity"
    label = "identity"

    @override
    def ready(self) -> None:
        """Register the texts and what is audited. Secrets and digests are in no audit entry."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - models are ready only now
        from feidi.kernel.identity.texts import TEXTS  # noqa: PLC0415 - texts need the settings
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
        register_audited(
            AuditedKind(
                "identity.phone",
                "identity.Phone",
                personal=frozenset({"value_enc", "value_hint"}),
                left_out=frozenset({"blind_index"}),
            )
        )
        register_audited(AuditedKind("identity.totp", "identity.Totp", left_out=frozenset({"secret_enc", "last_step"})))
        register_audited(AuditedKind("identity.external", "identity.ExternalIdentity", personal=frozenset({"subject"})))
        register_audited(
            AuditedKind("identity.invitation", "identity.Invitation", left_out=frozenset({"token_digest"}))
        )
