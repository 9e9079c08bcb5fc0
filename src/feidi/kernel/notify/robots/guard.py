"""Where a robot may be: the vendors' own hosts over https, and what the setting names. Nothing else is ever asked."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from feidi.engines.findings import refuse
from feidi.kernel.notify.enums import RobotKind

#: Vendors' own addresses; ``FEIDI_ROBOT_HOSTS`` adds a private deployment's (``https://wx.example.cn``).
KNOWN: Final = {
    RobotKind.WECOM: "https://qyapi.weixin.qq.com",
    RobotKind.DINGTALK: "https://oapi.dingtalk.com",
    RobotKind.FEISHU: "https://open.feishu.cn",
}
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}
_LONGEST: Final = 500


def check_address(kind: RobotKind, address: str) -> str:
    """Return a robot's address. Refused: not https, another host, a name with it, a port of its own, too long.

    Asked when the address is written down and again each time before a message leaves: a setting may have changed.
    """
    parts = _parts(address)
    if parts is None or len(address) > _LONGEST or parts.username or parts.password or parts.fragment:
        raise refuse("notify.robot_address")
    if _origin(parts) not in {_origin(urlsplit(each)) for each in allowed(kind)}:
        raise refuse("notify.robot_host", host=parts.hostname or "—", known="、".join(allowed(kind)))
    return address


def allowed(kind: RobotKind) -> tuple[str, ...]:
    """Return the origins that a kind of robot may have: the vendor's, then what the setting adds."""
    return (KNOWN[kind], *settings.FEIDI_ROBOT_HOSTS)


def _parts(address: str) -> SplitResult | None:
    if not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
