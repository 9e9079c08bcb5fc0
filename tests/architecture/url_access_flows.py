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
    "wall:map_load": "rows",
    "wall:map_picture": "rows",
    "wall:map_void": "rows",
    "wall:scene_save": "rows",
    "wall:scene_view": "rows",
    "wall:screen_make": "rows",
    "wall:screen_map": "everyone",
    "wall:screen_revoke": "rows",
    "wall:screen_scene": "everyone",
    "wall:screen_view": "everyone",
    "wall:setting_view": "rows",
    "wall:wall_view": "signed_in",
}
