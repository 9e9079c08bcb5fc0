"""How names end: legal forms, branches, marks of the exchange."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_COMPANY = (
    r"(?:\(集团\)|集团)?(?:股份)?(?:有限责任公司|有限公司)|(?:\(集团\)|集团)?股份公司|股份合作公司|集团总公司|集团公司|总公司|"
    r"股份制公司|\(集团\)公司|公司|\(集团\)|集团|股份"
)
_PARTNERS = r"合伙企业|合伙"
_IN_BRACKETS = r"\((?:有限合伙|普通合伙|特殊普通合伙|个人独资|个体工商户|普通合伙企业|有限责任公司|有限责任|有限公司|股份有限公司|集体所有制|股份合作制)\)"
_OTHERS = (
    "农民专业合作社联合社|农民专业合作社|专业合作社|股份合作社|合作联社|合作社|联合社|信用社|经济联合社|股份合作经济社|"
    "事务所|设计研究院|规划设计院|工程研究院|设计院|"
    "研究总院|研究院|研究所|研究中心|研究会|检测中心|检验所|实验室|技术中心|服务中心|交易中心|运营中心|孵化中心|创新中心|"
    "培训中心|大学|学院|学校|中学|小学|幼儿园|医院|卫生院|门诊部|诊所|协会|学会|商会|联合会|促进会|基金会|联盟|委员会|"
    "管理局|电视台|出版社|报社|杂志社|通讯社|旅行社|博物馆|图书馆|"
    "商行|商店|书店|药店|饭店|酒店|便利店|百货店|超市|"
    "专卖店|旗舰店|淘宝店|网店|体验店|加盟店|连锁店|"
    "经营部|门市部|服务部|批发部|销售部|加工部|维修部|综合门市|门市|经营店|经销部|工程部|项目部|"
    "生活馆|体验馆|美容馆|健身馆|养生馆|工作室|加工坊|作坊|调味品坊|工坊|茶坊|酒坊|种植场|养殖场|游乐场|农场|牧场|林场|"
    "苗圃|摊位|专柜|网吧|商场|商城|个体工商户|中心|会所|茶楼|酒楼|餐厅|饭庄|工厂|总厂|分厂"
)
#: One character ends a small trader's name, unless it belongs to a longer word (银行, 旅行).
_SINGLE = r"(?<![银发流旅航进同])(?:店|厂|坊|行|馆|部|社|铺)"
_ENGLISH = (
    r"(?:Company Limited|Co\.? ?,? ?Ltd\.?|Co\.? ?,? ?Limited|Pte\.? ?Ltd\.?|Pty\.? ?Ltd\.?|Private Limited|Holdings Limited|"
    r"Corporation|Incorporated|Limited|GmbH|L\.?L\.?C\.?|L\.?L\.?P\.?|P\.?L\.?C\.?|Corp\.?|Inc\.?|Ltd\.?|S\.?A\.?|"
    r"A\.?G\.?|B\.?V\.?|K\.?K\.?|Co\.?)"
)
_END = re.compile(rf"(?:{_OTHERS}|{_COMPANY}|{_PARTNERS}|{_SINGLE}|株式会社|有限會社)$")
_END_BRACKETS = re.compile(rf"{_IN_BRACKETS}$")
_END_ENGLISH = re.compile(rf"(?:(?<=[\s,.)])|(?<=[\u4e00-\u9fff])){_ENGLISH}$", re.IGNORECASE)
_BRANCH_ENDS: Final = (
    "分公司", "分店", "分行", "支行", "分院", "分校", "分所", "分部", "分厂", "分会", "分中心", "分社", "办事处", "代表处", "联络处",
    "营业部", "分理处", "营业厅", "营业所", "校区", "院区", "子公司",
)  # fmt: skip
_BRANCH = re.compile(rf"(?:第?[一二三四五六七八九十百\d]{{1,3}})?(?:{'|'.join(_BRANCH_ENDS)})$")
#: What a main body's name ends with, where a branch's own words follow.
_BODY = re.compile(
    r"(?:有限责任公司|有限公司|股份公司|总公司|公司|控股|集团|研究院|研究所|设计院|医院|大学|学院|事务所|银行|合作社|中心|(?<!分)厂)"
)
_MARK_BEFORE = re.compile(r"(?:S\*ST|SST|\*ST|ST|PT|XD|XR|DR)(?=[\u4e00-\u9fffA-Z])")
_MARK_AFTER = re.compile(r"(?<=[\u4e00-\u9fff])(?:-?[AB]|-[WUDBS]{1,2}|退)$")
_LONGEST_BRANCH: Final = 14
#: Forms that people and registers use for one another.
_SAME_FORM: Final = {
    "有限责任公司": "有限公司", "股份公司": "股份有限公司", "集团有限责任公司": "集团有限公司", "集团公司": "集团有限公司",
    "集团总公司": "集团有限公司", "集团股份公司": "集团股份有限公司", "股份": "股份有限公司",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ending:
    """From where on a text is form or branch; ``len(text)`` where there is none."""

    form: int
    branch: int


def share_marks(text: str) -> tuple[int, int]:
    """Return how many characters at the head and at the end are marks of an exchange (ST, A, -W).

    >>> share_marks("*ST信威"), share_marks("万科A"), share_marks("阿里巴巴-SW"), share_marks("STAR公司")
    ((3, 0), (0, 1), (0, 3), (0, 0))
    """
    before = _MARK_BEFORE.match(text)
    after = _MARK_AFTER.search(text)
    head = before.end() if before and re.match(r"[\u4e00-\u9fff]|.?[\u4e00-\u9fff]", text[before.end() :]) else 0
    return head, len(after[0]) if after and len(text) - len(after[0]) > 1 else 0


def ending_of(text: str) -> Ending:
    """Find where the legal form and, behind it, the branch of a name begin.

    >>> ending_of("滨海甲材料有限公司云溪分公司")
    Ending(form=5, branch=9)
    """
    branch = _branch_start(text)
    return Ending(_form_start(text[:branch]), branch)


def same_form(form: str) -> str:
    """Return the form under which interchangeable ones are compared.

    >>> same_form("有限责任公司") == same_form("有限公司"), same_form("(集团)有限公司")
    (True, '集团有限公司')
    """
    plain = form.replace("(", "").replace(")", "").replace(" ", "")
    return _SAME_FORM.get(plain, plain)


def _branch_start(text: str) -> int:
    found = _BRANCH.search(text) if text.endswith(_BRANCH_ENDS) else None
    if not found or found.start() < len("公司"):
        return len(text)
    head = text[: found.start()]
    bodies = [each.end() for each in _BODY.finditer(head) if found.start() - each.end() <= _LONGEST_BRANCH]
    return bodies[-1] if bodies else _place_before(head)


def _place_before(head: str) -> int:
    from feidi.engines.names.places import place_suffix  # noqa: PLC0415 - only for the rare branch without a body

    placed = place_suffix(head, counties=True)
    return placed.end if placed else len(head)


def _english_form(text: str) -> re.Match[str] | None:
    return _END_ENGLISH.search(text) if text[-1:].isascii() else None


def _form_start(text: str) -> int:
    start = len(text)
    if text.endswith(")") and (found := _END_BRACKETS.search(text)):
        start = found.start()
    found = _END.search(text[:start]) or _english_form(text[:start])
    if found and found.start() > 0:
        start = found.start()
    return start
