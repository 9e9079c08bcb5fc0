"""Who may open the addresses of periodic reports."""

from __future__ import annotations

from typing import Literal

REPORTS: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    **dict.fromkeys(
        (
            "console:reports:report_list",
            "console:reports:report_export",
            "console:reports:report_new",
            "console:reports:plan_list",
            "console:reports:plan_new",
            "console:reports:robot_list",
            "console:reports:robot_new",
            "console:reports:received_list",
            "console:reports:received_export",
            "console:reports:visit_view",
            "console:reports:visit_outline",
            "console:reports:visit_card",
            "console:reports:visit_sign_in",
        ),
        "signed_in",
    ),
    **dict.fromkeys(
        (
            "console:reports:report_view",
            "console:reports:text_edit",
            "console:reports:report_refresh",
            "console:reports:report_approve",
            "console:reports:report_send",
            "console:reports:report_archive",
            "console:reports:report_revise",
            "console:reports:report_void",
            "console:reports:report_check",
            "console:reports:report_verify",
            "console:reports:report_download",
            "console:reports:received_view",
            "console:reports:received_sign",
            "console:reports:received_download",
            "console:reports:plan_edit",
            "console:reports:plan_void",
            "console:reports:robot_test",
            "console:reports:robot_void",
        ),
        "rows",
    ),
}
