"""JSON as short text: no escapes for Chinese, no blanks. A third of the size of the default."""

from __future__ import annotations

import json
from typing import Any


class PlainEncoder(json.JSONEncoder):
    """The encoder of the import's JSON columns."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False, "separators": (",", ":")})
