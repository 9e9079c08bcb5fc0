"""The words of a list: parts of a score, facts that hold or fail or are missing, and their values as people write them.

What is stored of a list are the engine's codes and its own short values; here they become words when they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.enums import ProfileKind, Ripeness, Round
from feidi.domain.parties.models import Place
from feidi.kernel.messages import Words

PART_WORDS: Final[Mapping[str, Words]] = {
    "lexical": gettext_lazy("字词"),
    "meaning": gettext_lazy("意思"),
    "node": gettext_lazy("产业链环节"),
    "region": gettext_lazy("远近"),
    "stage": gettext_lazy("成熟阶段"),
    "ticket": gettext_lazy("金额"),
    "freshness": gettext_lazy("新旧"),
    "evidence": gettext_lazy("证据"),
}
CHECK_WORDS: Final[Mapping[str, Words]] = {
    "kind": gettext_lazy("种类"),
    "mandate": gettext_lazy("服务地区"),
    "located": gettext_lazy("所在地点"),
    "stage": gettext_lazy("成熟阶段"),
    "round": gettext_lazy("融资轮次"),
    "ticket": gettext_lazy("金额"),
    "expiry": gettext_lazy("有效期"),
    "exclusivity": gettext_lazy("排他约定"),
    "opening": gettext_lazy("可用时间"),
    "area": gettext_lazy("面积"),
    "load": gettext_lazy("楼面荷载"),
    "price": gettext_lazy("价格"),
    "environment": gettext_lazy("环保类别"),
}
FACT_WORDS: Final[Mapping[str, Words]] = {
    "kinds": gettext_lazy("种类"),
    "nodes": gettext_lazy("产业链环节"),
    "place": gettext_lazy("所在地"),
    "regions": gettext_lazy("服务哪些地区"),
    "stages": gettext_lazy("成熟阶段"),
    "rounds": gettext_lazy("融资轮次"),
    "ticket": gettext_lazy("金额"),
    "ticket_currency": gettext_lazy("金额的币种"),
    "exclusive_until": gettext_lazy("是否已有排他约定"),
    "expires_on": gettext_lazy("有效期"),
    "open_from": gettext_lazy("何时可用"),
    "area": gettext_lazy("面积"),
    "load": gettext_lazy("楼面荷载"),
    "price": gettext_lazy("价格"),
    "price_currency": gettext_lazy("价格的币种和单位"),
    "environment": gettext_lazy("环保类别"),
    "updated_on": gettext_lazy("最近确认的日期"),
    "evidence": gettext_lazy("证据"),
}
_UNITS: Final[Mapping[str, str]] = {"area": "㎡", "load": "kg/㎡"}
_STAGES: Final = {str(at): code for at, code in enumerate(Ripeness, start=1)}
Named = Mapping[str, str]


def place_names() -> dict[str, str]:
    """Return the name of every place by division code and by its own code. One query."""
    found = {}
    for each in Place.objects.all():
        found[each.code] = each.name_zh
        if each.division_code:
            found[each.division_code] = each.name_zh
    return found


def missing_words(missing: Iterable[str]) -> list[str]:
    """Return the facts to ask for, in words; what the list has no word for is left out of the sentence, not guessed."""
    return [str(FACT_WORDS[each]) for each in missing if each in FACT_WORDS]


def ask_for(missing: Iterable[str]) -> str:
    """Return “问清 X、Y 后可判断”, or nothing when nothing is missing."""
    words = missing_words(missing)
    return _("问清{facts}后可判断").format(facts="、".join(words)) if words else ""


def value_words(check: str, value: str, places: Named) -> str:
    """Return a value of a fact as people write it; nothing said reads 不限."""
    if not value or value == "*":
        return _("不限")
    if check in ("kind", "round"):
        return _each(value, _kind if check == "kind" else _round)
    if check in ("mandate", "located"):
        return _each(value, lambda code: places.get(code, code))
    if check == "stage":
        return "–".join(str(_STAGES[part].label) if part in _STAGES else part for part in value.split("–"))
    return f"{value}{_UNITS.get(check, '')}"


def held_words(held: Mapping[str, Any], places: Named) -> str:
    """Return a fact that holds: what it is and what is there."""
    if held["check"] == "exclusivity":
        return _("排他约定已于 {on} 到期").format(on=held["actual"]) if held["actual"] else _("没有排他约定")
    if held["check"] == "expiry":
        return _("有效期至 {on}").format(on=held["actual"]) if held["actual"] else _("长期有效")
    word = CHECK_WORDS.get(held["check"], held["check"])
    return f"{word}：{value_words(held['check'], held['actual'], places)}"


def failed_words(miss: Mapping[str, Any], places: Named) -> str:
    """Return why a near miss is none: what was needed, what is there."""
    check, actual = miss["check"], miss["actual"]
    if check == "exclusivity":
        return _("已有排他约定，到 {on}").format(on=actual) if actual else _("已有排他约定，没有写到哪天")
    if check == "expiry":
        return _("有效期 {on} 已过").format(on=actual)
    return _("{fact}不符：需要 {needed}，实际 {actual}").format(
        fact=CHECK_WORDS.get(check, check),
        needed=value_words(check, miss["needed"], places),
        actual=value_words(check, actual, places),
    )


def change_words(miss: Mapping[str, Any], places: Named) -> str:
    """Return the smallest change that would make it a candidate; nothing where none is known."""
    check, side, to = miss["check"], miss.get("side", ""), miss.get("to", "")
    if not to:
        return ""
    fact, value = CHECK_WORDS.get(check, check), value_words(check, to, places)
    if check == "exclusivity":
        return _("{on} 排他约定到期后可以").format(on=to)
    if check == "expiry":
        return _("供给续期到 {on} 以后可以").format(on=to)
    if side == "need":
        return _("需求方的{fact}放宽到 {value} 就可以").format(fact=fact, value=value)
    return _("供给方的{fact}改到 {value} 就可以").format(fact=fact, value=value)


def _each(value: str, word: Callable[[str], str]) -> str:
    return "、".join(_("不限") if part == "*" else word(part) for part in value.split("、"))


def _kind(code: str) -> str:
    return str(ProfileKind(code).label) if code in ProfileKind.values else code


def _round(code: str) -> str:
    return str(Round(code).label) if code in Round.values else code


def marked(sentence: str, words: Iterable[Mapping[str, Any]]) -> list[tuple[str, bool]]:
    """Return a sentence in pieces; those that stand in the other text too are marked.

    >>> marked("做过窑炉余热回收", [{"text": "余热回收"}, {"text": "窑炉"}])
    [('做过', False), ('窑炉', True), ('余热回收', True)]
    """
    known = sorted({word["text"] for word in words if word["text"]}, key=len, reverse=True)
    if not known:
        return [(sentence, False)] if sentence else []
    pieces = re.split("(" + "|".join(re.escape(each) for each in known) + ")", sentence)
    return [(piece, piece in known) for piece in pieces if piece]
