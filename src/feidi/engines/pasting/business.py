"""Who it is (单位), what they do, what they look for, how they are funded."""

from __future__ import annotations

import re
from typing import Final

from feidi.engines.pasting.model import TAKEN, Board, Sure, What

_STOP: Final = rf"[\s,.;:!?，。；：！？、{TAKEN}]"
_IN: Final = rf"[^\s,.;:!?，。；：！？{TAKEN}]"
_NAME: Final = r"[\u4e00-\u9fffA-Za-z0-9·&()（）-]"
_FORMS: Final = (
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|集团公司|集团|分公司|公司|有限合伙|合伙企业|研究院|研究所|实验室|大学|学院|医院|协会|"
    r"商会|事务所|工作室|课题组|基金会|研究中心|创新中心)"
)
_TRADES: Final = (
    r"(?:生物|医药|医疗|制药|药业|科技|技术|智能|机器人|电子|微电子|半导体|新材料|材料|环保|能源|新能源|光电|激光|检测|诊断|器械|装备|制造|"
    r"自动化|芯片|软件|信息|数据|网络|精密|陶瓷|化工|食品|基因|健康|传感|通信|航空|动力|储能|团队)"
)
_LEAD_IN: Final = r"(?:我们是|我司是|我是|我在|这是|这家是|公司是|来自|推荐|介绍|有家|有一家|一家|是)?"
_LABELLED: Final = re.compile(r"(?:公司|企业|单位|机构|团队)(?:名称|全称)?\s*[:：]\s*([^\n,;，；。\x00]{2,60})")
_FORMED: Final = re.compile(
    rf"(?:^|(?<={_STOP})){_LEAD_IN}({_NAME}{{2,40}}?{_FORMS}(?:[(（]有限合伙[)）])?)(?!{_NAME}*{_FORMS})"
)
_TRADED: Final = re.compile(rf"(?:^|(?<={_STOP})){_LEAD_IN}({_NAME}{{2,16}}?{_TRADES})(?={_STOP}|$|做|主营|从事|专注)")
_OURS: Final = re.compile(
    r"^(?:我们|我司|贵|本|该|这家|那家|一家|他们|对方|某|上市|国有|民营|分|子|母|大|小|科技|技术|医疗|生物|投资)+(?:公司|集团|团队)$"
)
#: A run that begins like this says what they do or want; it is no name.
_VERB: Final = re.compile(
    r"(?:主要|专业|专门|正在|目前)*(?:做|从事|专注|主营|研发|生产(?!力)|需要|希望|想|找|寻|急|缺|对接|考虑|计划|打算|有意|去|到|落地|建设|联合)"
)
_BUSINESS: Final = re.compile(
    rf"(?:主要|专业|专门)?(?:从事|专注于?|主营|研发|生产|做)(?![个了过到好])({_IN}{{1,30}}?)(?:的|(?={_STOP}|$))"
)
_BUSINESS_LABELLED: Final = re.compile(r"(?:主营|业务|产品|方向|项目内容|内容)\s*[:：]\s*([^\n,;，；。\x00]{2,80})")
_NEED_OBJECT: Final = re.compile(
    rf"(?:想要?|要|在|正在|希望|帮忙|来|急)?(?:寻找|寻求|找|急需|需要|缺少?|对接)(?!我|你|他|您|到)({_IN}{{2,40}})"
)
_NEED_WHOLE: Final = re.compile(
    rf"((?:希望|想|打算|考虑|计划|有意)(?:在|到|来|去|把|租|买|落|建|设|扩|办|入驻|落地){_IN}{{1,40}})"
)
_NEED_LABELLED: Final = re.compile(r"(?:需求|诉求|需要)\s*[:：]\s*([^\n;；。\x00]{2,120})")
_ROUND: Final = re.compile(
    r"(?<![A-Za-z])(?:种子轮|天使\+?轮|天使|pre[- ]?[A-D]\+?轮?|[A-F]\+{0,2}\s?轮|战略融资|新三板|IPO|pre[- ]?IPO|上市辅导)(?![A-Za-z])",
    re.IGNORECASE,
)
_FIGURE: Final = (
    r"(?:\d[\d,]*(?:\.\d+)?(?:\s?[-~至到]\s?\d[\d,]*(?:\.\d+)?)?|[一二两三四五六七八九十数几]{1,4}(?=[百千万亿]))"
)
_AMOUNT: Final = re.compile(
    rf"((?:去年|今年|明年|上年)?(?:总投资|计划投资|拟投资|投资额?|融资额?|募资|估值|年?营收|年?产值|销售额|年销售)?\s*(?:约|近|超过?|不低于|至少)?\s*"
    rf"{_FIGURE}\s?(?:百万|千万|万|亿|千)+(?:人民币|元|美元|美金|港币|港元|欧元|RMB)?|{_FIGURE}\s?(?:人民币|元|美元|美金|港元))(?![㎡平米个人家台吨])",
    re.IGNORECASE,
)


def take_funding(board: Board) -> None:
    """Take rounds and amounts, as written."""
    for found in _AMOUNT.finditer(board.text):
        board.take(What.AMOUNT, found.span(1), Sure.CLEAR)
    for found in _ROUND.finditer(board.text):
        board.take(What.ROUND, found.span(), Sure.CLEAR)


def take_organizations(board: Board) -> None:
    """Take names of units: behind a label, with a legal form, or else a name that ends in a trade."""
    for found in _LABELLED.finditer(board.text):
        board.take(What.ORGANIZATION, found.span(1), Sure.CLEAR, cover=found.span())
    for pattern, sure in ((_FORMED, Sure.CLEAR), (_TRADED, Sure.LIKELY)):
        for found in pattern.finditer(board.text):
            if not _OURS.match(found[1]) and not _VERB.match(found[1]):
                board.take(What.ORGANIZATION, found.span(1), sure)


def take_business(board: Board) -> None:
    """Take what they look for, then what they do (做…的)."""
    for found in _NEED_LABELLED.finditer(board.text):
        board.take(What.NEED, found.span(1), Sure.CLEAR, cover=found.span())
    for pattern in (_NEED_OBJECT, _NEED_WHOLE):
        for found in pattern.finditer(board.text):
            board.take(What.NEED, found.span(1), Sure.LIKELY, cover=found.span())
    for pattern in (_BUSINESS_LABELLED, _BUSINESS):
        for found in pattern.finditer(board.text):
            board.take(What.BUSINESS, found.span(1), Sure.LIKELY, cover=found.span())
