"""Why a message to a chat group did not arrive, in words: what the vendor's code usually means and what to do about it."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.kernel.notify.enums import RobotKind

_GONE: Final = gettext_lazy("群里已没有这个机器人，或地址抄漏了：从群设置里重新复制地址，停用这一条再登记")
_SIGN: Final = gettext_lazy("加签不对：核对密钥，并看服务器时间是否准（相差不能超过一小时）")
_SIGN_OR_WORD: Final = gettext_lazy(
    "加签不对，或群里设了关键词、限定了 IP：核对密钥；关键词请改成加签；IP 请加上本服务器的"
)
_IP: Final = gettext_lazy("群里限定了 IP：把本服务器的出口 IP 加进去")
_WORD: Final = gettext_lazy("群里设了关键词，消息里没有：改成加签")
#: The vendors' own codes, as they say them with a status of 200.
_VENDORS: Final[dict[RobotKind, dict[str, Promise]]] = {
    RobotKind.WECOM: {"93000": _GONE},
    RobotKind.DINGTALK: {"310000": _SIGN_OR_WORD, "300001": _GONE},
    RobotKind.FEISHU: {"19001": _GONE, "19021": _SIGN, "19022": _IP, "19024": _WORD},
}
_OURS: Final[dict[str, Promise]] = {
    "voided": gettext_lazy("发出前机器人已停用"),
    "too long": gettext_lazy("对方的回答太慢或太长"),
    "ConnectTimeout": gettext_lazy("连不上对方：看服务器能不能上外网、要不要代理"),
    "ConnectionError": gettext_lazy("连不上对方：看服务器能不能上外网、要不要代理"),
    "ProxyError": gettext_lazy("代理不通：请管理员核对代理设置"),
    "SSLError": gettext_lazy("对方的证书不被信任：请管理员查看是否被中间设备改写"),
    "ReadTimeout": gettext_lazy("对方没有在时限内回答"),
    "429": gettext_lazy("对方说发得太快"),
    "404": gettext_lazy("对方没有这个地址：从群设置里重新复制"),
}


def why_not(kind: RobotKind, error: str) -> str:
    """Return in words why a message was not taken; the code stays beside it, for whoever asks the vendor."""
    if not error:
        return ""
    found = _VENDORS[kind].get(error) or _OURS.get(error)
    if found is not None:
        return _("{why}（代码 {code}）").format(why=found, code=error)
    if error.isdecimal() and error.startswith("5") and len(error) == len("500"):
        return _("对方服务器出错（代码 {code}）").format(code=error)
    return _("对方没有收下（代码 {code}）：核对地址和密钥").format(code=error)
