"""One clause of a policy file: text, rule, amount, validity, window, decision kind, duties, exclusions and caps together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from feidi.engines.rules.amounts import Amount, Capped, Fixed, Rounding
from feidi.engines.rules.clauses import (
    Citation,
    Clause,
    Decision,
    SharedCap,
    SubjectKind,
    Tenant,
    Trust,
    ValidityState,
    ValidityTerm,
    Window,
)
from feidi.engines.rules.condition_words import say_atom
from feidi.engines.rules.conditions import All, Compare, Condition, Mark, Op, Since
from feidi.engines.rules.facts import FactDictionary, FactType
from feidi.engines.rules.language.amounts import read_amount
from feidi.engines.rules.language.conditions import Rules, read_condition
from feidi.engines.rules.language.expressions import Sum, linear_of, minus, parse_sum
from feidi.engines.rules.language.fields import Fields
from feidi.engines.rules.language.lines import span_of
from feidi.engines.rules.language.numbers import quantity_of
from feidi.engines.rules.language.parts import fact_at, linear_at, money_of
from feidi.engines.rules.language.source import Notebook, Path, WrongError
from feidi.engines.rules.language.words import fold, shown, suggestion
from feidi.engines.rules.quantities import money_words
from feidi.engines.rules.units import MONEY, unit_of

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-_.]{0,39}")
NEEDED: Final = ("代码", "名称", "对象", "方式", "效力", "依据", "条件", "金额")
KEYS: Final = (
    *NEEDED, "name_en", "可信度", "待遇", "最高", "取整", "受理", "申领期限", "名额", "总盘", "互斥", "同类", "合计上限",
    "义务", "材料", "公平竞争", "适用飞地企业", "产业", "备注",
)  # fmt: skip
SUBJECTS: Final = {
    "企业": SubjectKind.ORGANIZATION, "单位": SubjectKind.ORGANIZATION, "项目": SubjectKind.PROJECT, "人员": SubjectKind.PERSON,
    "团队": SubjectKind.TEAM, "引荐": SubjectKind.REFERRAL,
}  # fmt: skip
DECISIONS: Final = {
    "核准": Decision.APPROVAL, "评审": Decision.REVIEW, "一事一议": Decision.CASE_BY_CASE, "免申即享": Decision.AUTOMATIC,
}  # fmt: skip
STATES: Final = {"有效": ValidityState.IN_FORCE, "草案": ValidityState.DRAFT, "待核实": ValidityState.UNCONFIRMED}
TENANTS: Final = {"是": Tenant.YES, "否": Tenant.NO, "未知": Tenant.UNKNOWN}
SEEN: Final = {"全文": "full", "节选": "cut"}
ROUNDINGS: Final = {"四舍五入": Rounding.HALF_UP, "舍去": Rounding.DOWN, "进一": Rounding.UP}
ROUND_TO: Final = {"分": 1, "元": 100, "百元": 10_000, "千元": 100_000, "万元": 1_000_000}
_TRUST: Final = {each.value: each for each in Trust}


class Document(Protocol):
    """What a clause takes from its document."""

    title: str
    number: str
    url: str
    grade: Trust


def read_clause(
    given: Any,
    position: int,
    document: Any,
    dictionary: FactDictionary,
    caps: Mapping[str, SharedCap],
    notes: Notebook,
) -> Clause | None:
    """Return a clause; None when not even its frame can be read. What is wrong is noted."""
    path: Path = ("clauses", position)
    frame = Fields(given, path, notes, KEYS)
    if not frame.given:
        return None
    frame.needs(*NEEDED)
    code = _code(frame)
    subject = frame.choice("对象", SUBJECTS, SubjectKind.ORGANIZATION)
    rules = Rules(dictionary, notes, code, subject=subject.value)
    condition = _condition(frame, rules)
    amount = _amount(frame, rules)
    rounding, unit_fen = _rounding(frame)
    return Clause(
        code=code,
        place=notes.source.place,
        title=_title(frame),
        subject=subject,
        decision=frame.choice("方式", DECISIONS, Decision.APPROVAL),
        validity=_validity(frame),
        trust=frame.choice("可信度", _TRUST, document.grade),
        citation=_citation(frame, document),
        condition=condition,
        amount=amount,
        title_en=frame.text("name_en"),
        benefit=frame.text("待遇"),
        up_to=frame.flag("最高"),
        rounding=rounding,
        unit_fen=unit_fen,
        window=_window(frame),
        excludes=frozenset(_codes(frame, "互斥", code)),
        group=frame.text("同类"),
        shared_caps=_caps_named(frame, caps),
        duties=frame.texts("义务"),
        materials=frame.texts("材料"),
        fair_competition=frame.texts("公平竞争"),
        enclave_tenant=frame.choice("适用飞地企业", TENANTS, Tenant.UNKNOWN),
        manual=tuple(rules.judgements.values()),
        pool=_pool_words(frame),
        quota=_quota_words(frame),
        industries=frame.texts("产业"),
        note=frame.text("备注"),
        file=notes.source.file,
        line=notes.line(path),
        sha256=notes.source.sha256,
    )


def _code(frame: Fields) -> str:
    code = frame.text("代码")
    if not CODE.fullmatch(code):
        frame.problem("代码", "rules.clause_code", found=shown(code) or "—")
    return code


def _title(frame: Fields) -> str:
    title = frame.text("名称")
    if not title and "名称" in frame.given:
        frame.problem("名称", "rules.title_needed")
    return title


def _validity(frame: Fields) -> ValidityTerm:
    given = frame.given.get("效力")
    if given is None:
        return ValidityTerm(ValidityState.UNCONFIRMED)
    inside = Fields(given, (*frame.path, "效力"), frame.notes, ("状态", "自", "至", "说明"))
    inside.needs("状态")
    start, end = inside.ordered("自", "至", (inside.day("自"), inside.day("至")))
    return ValidityTerm(inside.choice("状态", STATES, ValidityState.UNCONFIRMED), start, end, inside.text("说明"))


def _window(frame: Fields) -> Window | None:
    given = frame.given.get("受理")
    if given is None:
        return None
    path = (*frame.path, "受理")
    if isinstance(given, list | tuple):
        frame.notes.problem(path, "rules.one_window")
        return None
    inside = Fields(given, path, frame.notes, ("自", "至", "平台", "说明"))
    start, end = inside.ordered("自", "至", (inside.day("自"), inside.day("至")))
    return Window(start, end, inside.text("平台"), inside.text("说明"))


def _citation(frame: Fields, document: Any) -> Citation:
    given = frame.given.get("依据")
    inside = Fields({} if given is None else given, (*frame.path, "依据"), frame.notes, ("条", "原文", "所见", "网址"))
    if given is not None:
        inside.needs("条", "原文", "所见")
    return Citation(
        document=document.title,
        number=document.number,
        article=inside.text("条"),
        quote=inside.text("原文"),
        url=inside.text("网址") or document.url,
        seen=inside.choice("所见", SEEN, "cut"),
    )


def _codes(frame: Fields, key: str, own: str) -> tuple[str, ...]:
    found = frame.texts(key)
    for each in found:
        if not CODE.fullmatch(each):
            frame.problem(key, "rules.clause_code", found=shown(each))
    if own in found:
        frame.problem(key, "rules.excludes_itself", code=own)
    return found


def _caps_named(frame: Fields, caps: Mapping[str, SharedCap]) -> tuple[str, ...]:
    named = frame.texts("合计上限")
    for each in named:
        if each not in caps:
            frame.problem("合计上限", "rules.shared_cap_unknown", name=shown(each), near=suggestion(each, caps))
    return named


def _condition(frame: Fields, rules: Rules) -> Condition:
    """Return the rule with what the clause's own fields add to it: 申领期限 and 名额."""
    if "条件" not in frame.given:
        return All(())
    found = read_condition(frame.given["条件"], rules, (*frame.path, "条件"))
    more = [each for each in (_claim(frame, rules), _quota(frame, rules)) if each is not None]
    if not more:
        return found
    if isinstance(found, All) and not (found.mark.article or found.mark.quote):
        return replace(found, parts=(*found.parts, *more), mark=replace(found.mark, words="同时满足"))
    return All((found, *more), Mark(words="同时满足", line=found.mark.line))


def _inside(frame: Fields, key: str, needed: tuple[str, ...], optional: tuple[str, ...]) -> Fields | None:
    given = frame.given.get(key)
    if given is None:
        return None
    inside = Fields(given, (*frame.path, key), frame.notes, (*needed, *optional))
    inside.needs(*needed)
    return inside if all(inside.given.get(each) is not None for each in needed) else None


def _claim(frame: Fields, rules: Rules) -> Condition | None:
    inside = _inside(frame, "申领期限", ("自", "在"), ("内", "说明"))
    if inside is None:
        return None
    if inside.given.get("内") not in (None, True):
        inside.problem("内", "rules.flag_expected", found=shown(inside.given.get("内")))
    with frame.notes.catching(inside.path):
        fact = fact_at(inside.given, "自", rules, frozenset({FactType.DATE}))
        n, span = span_of(inside.given["在"])
        made = Since(fact.id, Op.LE, n, span)
        words = inside.text("说明") or f"申领期限：{say_atom(made, rules.dictionary)}"
        return replace(made, mark=Mark(words=words, line=frame.notes.line(inside.path), role="claim"))
    return None


def _quota(frame: Fields, rules: Rules) -> Condition | None:
    inside = _inside(frame, "名额", ("已用", "每年"), ("说明",))
    if inside is None:
        return None
    with frame.notes.catching(inside.path):
        used = parse_sum(inside.given["已用"], rules.dictionary)
        number, unit = quantity_of(inside.given["每年"])
        known = unit_of(unit, rules.vocabulary.units)
        if known is None or number <= 0:
            raise WrongError("rules.quota_expected", found=shown(inside.given["每年"]))
        made = Compare(linear_of(minus(used, Sum(known.base, {}, number * known.factor))), Op.LT)
        words = inside.text("说明") or f"名额：{say_atom(made, rules.dictionary)}"
        return replace(made, mark=Mark(words=words, line=frame.notes.line(inside.path), role="quota"))
    return None


def _amount(frame: Fields, rules: Rules) -> Amount | None:
    given = frame.given.get("金额")
    if "金额" not in frame.given:
        return None
    if given is None:
        frame.problem("金额", "rules.amount_null")
        return None
    none = isinstance(given, str) and fold(given) == "无"
    amount = None if none else read_amount(given, rules, (*frame.path, "金额"))
    inside = _inside(frame, "总盘", ("每年",), ("已用", "名"))
    if inside is None:
        return amount
    if amount is None:
        frame.problem("总盘", "rules.pool_without_amount")
        return None
    with frame.notes.catching((*inside.path, "每年")):
        cap = Fixed(money_of(inside.given["每年"]))
        used = (
            linear_at(inside.given, "已用", rules, inside.path, MONEY)[1]
            if inside.given.get("已用") is not None
            else None
        )
        return Capped(amount, cap, "pool", used, inside.text("名") or "资金总盘")
    return amount


def _pool_words(frame: Fields) -> str:
    given = frame.given.get("总盘")
    try:
        return (
            f"每年 {money_words(money_of(given['每年']))}" if isinstance(given, Mapping) and given.get("每年") else ""
        )
    except WrongError:
        return ""


def _quota_words(frame: Fields) -> str:
    given = frame.given.get("名额")
    return f"每年 {shown(given.get('每年'))}" if isinstance(given, Mapping) and given.get("每年") is not None else ""


def _rounding(frame: Fields) -> tuple[Rounding, int]:
    given = frame.given.get("取整")
    if given is None:
        return Rounding.HALF_UP, 1
    inside = Fields(given, (*frame.path, "取整"), frame.notes, ("方式", "到"))
    return inside.choice("方式", ROUNDINGS, Rounding.HALF_UP), inside.choice("到", ROUND_TO, 1)
