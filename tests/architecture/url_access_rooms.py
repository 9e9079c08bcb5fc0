"""Access of the ledger of rooms, of the rows behind its figures, of what a firm does with its bookings, of laboratories."""

from __future__ import annotations

from typing import Literal

ROOMS: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    "console:incubation:milestone_export": "signed_in",
    "console:incubation:report_export": "signed_in",
    "console:incubation:request_export": "signed_in",
    "console:incubation:lab_use_export": "signed_in",
    "console:incubation:warning_export": "signed_in",
    "console:incubation:lab_edit": "rows",
    "console:incubation:lab_export": "signed_in",
    "console:incubation:lab_list": "signed_in",
    "console:incubation:lab_new": "signed_in",
    "console:incubation:lab_use_add": "rows",
    "console:incubation:lab_use_answer": "rows",
    "console:incubation:lab_use_list": "signed_in",
    "console:incubation:lab_use_result": "rows",
    "console:incubation:lab_use_sample": "rows",
    "console:incubation:lab_use_settle": "rows",
    "console:incubation:lab_use_view": "rows",
    "console:incubation:lab_use_withdraw": "rows",
    "console:incubation:lab_view": "rows",
    "console:incubation:lab_void": "rows",
    "console:rooms:ledger_export": "signed_in",
    "console:rooms:ledger_list": "signed_in",
    "console:rooms:unit_export": "signed_in",
    "console:rooms:usage_rows": "signed_in",
    "workspace:lab_ask": "rows",
    "workspace:lab_list": "rows",
    "workspace:lab_withdraw": "rows",
    "workspace:room_attend": "rows",
    "workspace:room_feed_close": "rows",
    "workspace:room_feeds": "signed_in",
    "workspace:room_move": "rows",
    "workspace:room_visitor_void": "rows",
    "workspace:room_visitors": "rows",
}
