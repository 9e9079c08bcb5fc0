"""Access of the pages of indicators."""

from __future__ import annotations

from typing import Literal

INDICATORS: dict[str, Literal["everyone", "signed_in", "rows"]] = {
    "console:indicators:closing_list": "signed_in",
    "console:indicators:closing_make": "rows",
    "console:indicators:closing_view": "rows",
    "console:indicators:indicator_choose": "rows",
    "console:indicators:indicator_export": "signed_in",
    "console:indicators:indicator_list": "signed_in",
    "console:indicators:indicator_overview": "signed_in",
    "console:indicators:indicator_rows": "signed_in",
    "console:indicators:indicator_view": "signed_in",
    "console:indicators:sheet_view": "signed_in",
    "console:indicators:rows_export": "signed_in",
    "console:indicators:sheet_export": "signed_in",
}
