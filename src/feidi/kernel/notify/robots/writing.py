"""One message as each vendor wants it: its address with the signature, its body; and what the vendor's answer means."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import quote_plus

from feidi.kernel.notify.enums import RobotKind

#: WeCom takes 4096 bytes of markdown; the others more. A message here is a chat text.
MOST_BYTES: Final = 4096
Outcome = Literal["taken", "busy", "refused"]
#: Codes by which a vendor says: too many, too fast, busy.
_BUSY: Final = {
    RobotKind.WECOM: {-1, 45009, 45033},
    RobotKind.DINGTALK: {-1, 130101, 130102, 410100},
    RobotKind.FEISHU: {9499, 11232, 99991400},
}


@dataclass(frozen=True, slots=True)
class Post:
    """What is posted, and where."""

    url: str
    body: Mapping[str, Any]


def write_post(kind: RobotKind, address: str, secret: str, text: str, title: str, at: datetime) -> Post:
    """Return the request of one message. ``secret``: of the signature; empty where the group asks for none."""
    if kind is RobotKind.WECOM:
        # WeCom signs nothing: the key in the address is the secret. Its markdown knows mentions (<@…>).
        return Post(address, {"msgtype": "markdown", "markdown": {"content": shortened(text.replace("<", "＜"))}})
    if kind is RobotKind.DINGTALK:
        body = {"msgtype": "markdown", "markdown": {"title": title, "text": text.replace("\n", "  \n")}}
        return Post(_signed_address(address, secret, at), body)
    more = _feishu_sign(secret, at) if secret else {}
    return Post(address, {**more, "msg_type": "text", "content": {"text": text.replace("<at", "＜at")}})


def _signed_address(address: str, secret: str, at: datetime) -> str:
    if not secret:
        return address
    stamp = str(int(at.timestamp() * 1000))
    sign = sign_of(key=secret, said=f"{stamp}\n{secret}")
    return f"{address}{'&' if '?' in address else '?'}timestamp={stamp}&sign={quote_plus(sign)}"


def _feishu_sign(secret: str, at: datetime) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    # Feishu takes the text as the key and signs nothing with it
    return {"timestamp": stamp, "sign": sign_of(key=f"{stamp}\n{secret}", said="")}


def sign_of(*, key: str, said: str) -> str:
    """Return HMAC-SHA256 in base64."""
    return base64.b64encode(hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()).decode()


def shortened(text: str, most: int = MOST_BYTES) -> str:
    """Return a text of at most so many bytes, cut between characters.

    >>> shortened("签约11个", 7)
    '签…'
    """
    data = text.encode()
    if len(data) <= most:
        return text
    return data[: most - len("…".encode())].decode(errors="ignore") + "…"


def outcome_of(kind: RobotKind, status: int, answer: Any) -> tuple[Outcome, str]:
    """Return what an answer means, and the vendor's own code. Vendors say no with status 200."""
    if status == 429 or status >= 500:  # noqa: PLR2004 - the protocol's own numbers
        return "busy", str(status)
    code = _code(answer)
    if status != 200 or code is None:  # noqa: PLR2004
        return "refused", str(status)
    if code == 0:
        return "taken", "0"
    return ("busy" if code in _BUSY[kind] else "refused"), str(code)


def _code(answer: Any) -> int | None:
    if not isinstance(answer, dict):
        return None
    for name in ("errcode", "code", "StatusCode"):
        if isinstance(answer.get(name), int):
            return int(answer[name])
    return None
