"""Who may open the addresses of policies; part of ``url_access``."""

from __future__ import annotations

from typing import Literal

POLICIES: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    "console:policies:checkup": "rows",
    "console:policies:checkup_keep": "rows",
    "console:policies:checkup_list": "signed_in",
    "console:policies:checkup_print": "rows",
    "console:policies:checkup_view": "rows",
    "console:policies:checkup_word": "rows",
    "console:policies:evaluate_start": "signed_in",
    "console:policies:fact_withdraw": "rows",
    "console:policies:facts_state": "rows",
    "console:policies:person_list": "signed_in",
    "console:policies:referral_list": "signed_in",
    "console:policies:subject_checkup": "rows",
    "console:policies:subject_checkup_keep": "rows",
    "console:policies:subject_fact_withdraw": "rows",
    "console:policies:subject_facts_state": "rows",
}
