"""Handing one message to a vendor: no redirects, an answer of bounded size within a bounded time."""

from __future__ import annotations

import json
import time
from typing import Any, Final

import requests

from feidi.kernel.notify.robots.writing import Post

_CONNECT, _READ = 5, 10
_WHOLE: Final = 20.0
_MOST: Final = 64 * 1024


class NoAnswerError(Exception):
    """Nothing usable came back in time. Says what kind of error only: its own words may hold the address with its key."""


def hand_over(post: Post) -> tuple[int, Any]:
    """Return status and answer (None: not JSON). Raises ``NoAnswerError`` when nothing answers, or too slowly."""
    began = time.monotonic()
    try:
        with requests.post(
            post.url, json=post.body, timeout=(_CONNECT, _READ), allow_redirects=False, stream=True
        ) as answer:
            data = b""
            for chunk in answer.iter_content(4096):
                data += chunk
                if len(data) > _MOST or time.monotonic() - began > _WHOLE:
                    raise NoAnswerError("too long")
            return answer.status_code, _read(data)
    except requests.RequestException as error:
        # not the error itself: it names the address
        raise NoAnswerError(type(error).__name__) from None


def _read(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None
