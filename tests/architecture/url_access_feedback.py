"""Who may open the addresses of satisfaction and complaints, and of a firm's colleagues; part of ``url_access``."""

from __future__ import annotations

from typing import Literal

COLLEAGUES: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    "console:rooms:blocking_view": "rows",
    "workspace:colleague_end": "rows",
    "workspace:colleague_invite": "signed_in",
    "workspace:colleague_link": "rows",
    "workspace:colleague_list": "signed_in",
}
FEEDBACK: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    **COLLEAGUES,
    "public:feedback:answer_give": "everyone",
    "console:feedback:answer_export": "signed_in",
    "console:feedback:answer_list": "signed_in",
    "console:feedback:answer_view": "rows",
    "console:feedback:ask_list": "signed_in",
    "console:feedback:ask_renew": "rows",
    "console:feedback:ask_view": "rows",
    "console:feedback:ask_withdraw": "rows",
    "console:feedback:complaint_answer": "rows",
    "console:feedback:complaint_close": "rows",
    "console:feedback:complaint_export": "signed_in",
    "console:feedback:complaint_list": "signed_in",
    "console:feedback:complaint_new": "signed_in",
    "console:feedback:complaint_view": "rows",
    "console:feedback:complaint_void": "rows",
    "console:feedback:feedback_view": "signed_in",
    "console:feedback:follow_up_assign": "rows",
    "console:feedback:follow_up_close": "rows",
    "console:feedback:follow_up_list": "signed_in",
    "console:feedback:follow_up_view": "rows",
}
