"""App of the working-day calendar."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CalendarConfig(AppConfig):
    """Label ``calendar``, fixed for ever."""

    name = "feidi.kernel.calendar"
    label = "calendar"

    @override
    def ready(self) -> None:
        """Register the words and the audited kind."""
        from feidi.kernel.audit import AuditedKind, register_audited  # noqa: PLC0415 - apps are ready only now
        from feidi.kernel.calendar.services.years import KIND  # noqa: PLC0415
        from feidi.kernel.calendar.texts import TEXTS  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415

        register_texts(TEXTS)
        register_audited(AuditedKind(kind=KIND, model="calendar.HolidayNotice"))
