"""How the codes of a check-up read, with a tone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.policy.enums import Decision, Group, Validity, Verdict
from feidi.engines.money import MoneyText
from feidi.engines.rules.clauses import Trust
from feidi.kernel.content.library import library
from feidi.kernel.money.display import format_money, format_money_text
from feidi.portals.ui.pieces import Badge, Tone
from feidi.portals.ui.reading import NONE

#: How a group reads, and what it means for who reads it.
GROUP_NOTES = {
    Group.APPLICABLE: gettext_lazy("条件都满足，政策有效，正在受理或没有受理期"),
    Group.AUTOMATIC: gettext_lazy("条件都满足，由主管部门主动兑现，不必申报"),
    Group.CONTESTED: gettext_lazy("条件都满足，可以申报，能否获得由评审或会议决定"),
    Group.UNKNOWN: gettext_lazy("还缺事实；缺什么写在每条上，不等于不符合"),
    Group.NEAR: gettext_lazy("只有一项条件不满足"),
    Group.OUT_OF_WINDOW: gettext_lazy("条件都满足，但现在不受理"),
    Group.NOT_ELIGIBLE: gettext_lazy("至少两项条件不满足，或关键条件不可能满足"),
    Group.UNCONFIRMED: gettext_lazy("只作参考：是否有效没有查明，或还是征求意见稿；不合计、不承诺"),
    Group.NOT_YET: gettext_lazy("政策还没有开始执行"),
    Group.EXPIRED: gettext_lazy("政策已过有效期"),
}
GROUP_TONES: dict[Group, Tone] = {
    Group.APPLICABLE: "ok",
    Group.AUTOMATIC: "ok",
    Group.CONTESTED: "info",
    Group.UNKNOWN: "warn",
    Group.NEAR: "warn",
    Group.OUT_OF_WINDOW: "info",
}
#: Why a clause whose conditions are met is never added; other reasons are groups of their own.
LEFT_OUT = {
    "fair_competition": gettext_lazy("公平竞争审查未过"),
    "window_closed": gettext_lazy("已截止"),
    "no_money": gettext_lazy("不发钱"),
    "unstated": gettext_lazy("金额未见"),
    "up_to": gettext_lazy("只写了最高"),
    "not_exact": gettext_lazy("金额未定"),
}
_VERDICT_TONES: dict[str, Tone] = {"eligible": "ok", "not_eligible": "bad", "unknown": "warn"}


def tone_of(group: Group) -> Tone:
    """Return the tone of a group."""
    return GROUP_TONES.get(group, "quiet")


def place_names() -> dict[str, str]:
    """Return the short names of all places in the reader's language, in one question."""
    published, english = library(), get_language() == "en"
    names = {code: published.place(code)["short_name"] for code in published.places()}
    return {code: str(name["en"] if english and name.get("en") else name["zh"]) for code, name in names.items()}


def title_of(row: dict[str, Any]) -> str:
    """Return what a clause is called in the reader's language."""
    return str(row["title_en"] if get_language() == "en" and row["title_en"] else row["title"])


def fact_name(told: dict[str, Any]) -> str:
    """Return what a fact is called in the reader's language."""
    return str(told["name_en"] if get_language() == "en" and told["name_en"] else told["name"])


def amount_of(row: dict[str, Any]) -> str:
    """Return an amount: exact, a range, a bound (最高), not stated (未见), or none."""
    amount = row["amount"]
    if row["no_money"]:
        return _("不发钱（资格、证书或减免）")
    if amount is None:
        return NONE
    if amount["unstated"]:
        # a cap over it may be known all the same
        cap = amount["hi"]
        return _("金额未见") if cap is None else _("金额未见，最高 {amount}").format(amount=format_money(cap, "CNY"))
    if amount["up_to"]:
        most = NONE if amount["hi"] is None else format_money(amount["hi"], "CNY")
        return _("最高 {amount}").format(amount=most)
    if not amount["lo"] and amount["hi"] is None:
        return _("金额待核实")
    return format_money_text(MoneyText("", amount["lo"], amount["hi"], "CNY"))


def needs_confirmation(row: dict[str, Any]) -> bool:
    """Tell whether staff must ask the issuer before anybody relies on it: no original seen, or validity not known."""
    return bool(row["trust"] != Trust.A.value or row["validity"] == Validity.UNCONFIRMED)


def marks_of(row: dict[str, Any], today: date) -> list[Badge]:
    """Return the marks of one clause: who decides, whether it is in force, what must be asked, what speaks against it."""
    found = [Badge(_decision(row["decision"]), "info")]
    if row["validity"] != Validity.IN_FORCE:
        found.append(Badge(Validity(row["validity"]).label, "warn"))
    found += window_badges(row["window"], today)
    if row["fair_competition"]:
        words = "、".join(row["fair_competition"])
        found.append(Badge(_("公平竞争审查：{words}").format(words=words), "bad", "alert-triangle"))
    tenant = {"yes": ("ok", _("适用飞地企业")), "no": ("bad", _("不适用飞地企业"))}.get(row["enclave_tenant"])
    found.append(Badge(tenant[1], tenant[0]) if tenant else Badge(_("飞地企业是否适用：未载明")))  # type: ignore[arg-type]
    if needs_confirmation(row):
        found.append(Badge(_("需工作人员向原单位核实"), "warn", "phone"))
    return found


def _decision(code: str) -> Any:
    return Decision(code).label


def verdict_badge(row: dict[str, Any]) -> Badge:
    """Return whether the conditions are met."""
    return Badge(Verdict(row["verdict"]).label, _VERDICT_TONES[row["verdict"]])


def window_badges(window: dict[str, Any], today: date) -> list[Badge]:
    """Return when claims are taken in, counting the days; nothing where the text names no window."""
    match window["state"]:
        case "open" if window["to"]:
            left = (date.fromisoformat(window["to"]) - today).days
            return [Badge(_("受理中，还剩 {n} 天").format(n=left), "ok", "clock", window["to"])]
        case "open":
            return [Badge(_("受理中"), "ok", "clock")]
        case "not_yet":
            wait = (date.fromisoformat(window["from"]) - today).days
            return [Badge(_("{n} 天后开始受理").format(n=wait), "info", "clock", window["from"])]
        case "closed":
            return [Badge(_("{day} 已截止").format(day=window["to"]), "quiet", "clock")]
        case _:
            return []
