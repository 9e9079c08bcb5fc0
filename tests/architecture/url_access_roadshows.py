"""Who may open the addresses of roadshows; part of ``url_access``."""

from __future__ import annotations

from typing import Literal

_LISTS = ("show_list", "show_export", "show_new")
_ROWS = (
    "show_view", "show_edit", "show_void", "round_new", "judge_ask", "judge_link", "judge_declare", "judge_remove",
    "round_view", "entry_add", "entry_move", "entry_withdraw", "round_deal", "round_step", "seat_add", "seat_free",
    "recusal_add", "recusal_lift", "sheet_view", "sheet_unlock", "timer_view", "stage_put", "board_view",
    "board_state", "interest_add", "interest_void", "result_view", "internal_view", "round_seal", "seal_view",
    "seal_void", "seal_print", "seal_signed", "letter_list", "letter_view", "letter_print", "letter_word",
    "project_feed", "score_sheet_download", "summary_download",
)  # fmt: skip
ROADSHOWS: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    **{f"console:roadshows:{name}": "signed_in" for name in _LISTS},
    **{f"console:roadshows:{name}": "rows" for name in _ROWS},
    "workspace:judging:desk_list": "signed_in",
    "workspace:judging:interest_say": "signed_in",
    "workspace:judging:letter_list": "signed_in",
    "workspace:judging:letter_view": "rows",
    "workspace:judging:desk_view": "rows",
    "workspace:judging:desk_declare": "rows",
    "workspace:judging:sheet_score": "rows",
    "public:judging:judge_desk": "everyone",
    "public:judging:judge_sheet": "everyone",
    "public:judging:interest_show": "everyone",
}
