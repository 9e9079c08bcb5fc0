"""Access of the pages of activities."""

from __future__ import annotations

from typing import Literal

EVENTS: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    "public:events:activity_list": "everyone",
    "public:events:activity_view": "everyone",
    "public:events:registration_new": "everyone",
    "public:events:ticket_view": "everyone",
    "public:events:ticket_cancel": "everyone",
    "public:events:ticket_calendar": "everyone",
    "public:events:meeting_note": "everyone",
    "console:events:activity_list": "signed_in",
    "console:events:activity_export": "signed_in",
    "console:events:activity_new": "signed_in",
    "console:events:activity_view": "rows",
    "console:events:activity_edit": "rows",
    "console:events:programme_edit": "rows",
    "console:events:questions_edit": "rows",
    "console:events:activity_open": "rows",
    "console:events:activity_close": "rows",
    "console:events:activity_cancel": "rows",
    "console:events:activity_hold": "rows",
    "console:events:registration_list": "rows",
    "console:events:registration_export": "rows",
    "console:events:registration_new": "rows",
    "console:events:registration_view": "rows",
    "console:events:registration_link": "rows",
    "console:events:registration_unmask": "rows",
    "console:events:registration_resend": "rows",
    "console:events:registration_cancel": "rows",
    "console:events:registration_erase": "rows",
    "console:events:attendance_view": "rows",
    "console:events:entry_void": "rows",
    "console:events:meeting_note": "rows",
    "console:events:meeting_void": "rows",
    "console:events:door_view": "rows",
    "console:events:door_scan": "rows",
    "console:events:walk_in_new": "rows",
    "console:events:badge_print": "rows",
    "console:events:sign_in_download": "rows",
}
