"""App of the audit trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Label ``audit``, fixed for ever."""

    name = "feidi.kernel.audit"
    label = "audit"
