"""Access of the pages of flows and of the wall."""

from __future__ import annotations

from typing import Literal

FLOWS: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    "console:flows:aside_return": "rows",
    "console:flows:chain_view": "signed_in",
    "console:flows:entry_counter": "rows",
    "console:flows:entry_export": "signed_in",
    "console:flows:entry_list": "signed_in",
    "console:flows:entry_view": "rows",
    "console:flows:flow_overview": "signed_in",
    "console:flows:flow_rebuild": "signed_in",
    "console:flows:gathering_view": "signed_in",
    "console:flows:waiting_aside": "rows",
    "console:flows:waiting_enter": "rows",
    "console:flows:waiting_list": "signed_in",
}
