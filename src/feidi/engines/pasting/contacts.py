"""Telephones, mail, WeChat names, and the people behind them (王总, 李博士)."""

from __future__ import annotations

import re
from typing import Final

from stdnum.cn import uscc as uscc_number

from feidi.engines.pasting.model import TAKEN, Board, Sure, What

_CODE: Final = re.compile(r"(?<![0-9A-Za-z])[1-9A-Y][0-9A-HJ-NPQRTUWXY]{17}(?![0-9A-Za-z])")
_EMAIL: Final = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_MOBILE: Final = re.compile(r"(?<![\d+*])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![\d*])")
_LANDLINE: Final = re.compile(r"(?<![\d+*])0\d{2,3}[ -]?\d{7,8}(?:-\d{1,6})?(?![\d*])")
_ABROAD: Final = re.compile(r"(?<![\d+*])\+(?!86)\d{1,3}(?:[ -]?\d){6,12}(?![\d*])")
_PARTIAL: Final = re.compile(r"(?<!\d)1[3-9]\d(?:\d{0,7}[*xX…]+\d{0,4}|\.{2,}|\d{1,7}(?=\D|$))")
_WECHAT: Final = re.compile(
    r"(?:微信号?|加?v信|\bvx|\bwx|wechat)\s*(?:id)?\s*[:=是]?\s*([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
_SURNAMES: Final = (
    "欧阳|上官|司马|诸葛|司徒|皇甫|东方|夏侯|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶"
    "程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
    "樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂丛焦岳齐庞詹关左涂凌柳祝欧耿梅祁甘游卓包尚舒柯阮纪翁麦简丘佟卫柴冼]"
)
_NOT_AFTER: Final = r"(?![部投额量共计体产包承的数和成工程商作业艺厂资程序地])"
_TITLES: Final = (
    r"(?:董事长|副?总经理|副?总裁|副总|总监|总工程师|总工|院士|副?教授|博士后|博士|研究员|副?主任|项目经理|经理|厂长|所长|副?院长|处长|科长|部长|会长|"
    rf"秘书长|律师|老师|医生|先生|女士|小姐|老板|(?:总|董|工){_NOT_AFTER})"
)
_BEFORE: Final = rf"(?:^|(?<=[\s,.;:!?，。；：、()（）{TAKEN}]))"
_FULL_TITLED: Final = re.compile(rf"{_BEFORE}(?:{_SURNAMES})[\u4e00-\u9fff]{{1,2}}{_TITLES}")
_TITLED: Final = re.compile(rf"(?:{_SURNAMES}){_TITLES}")
_LABELLED: Final = re.compile(
    r"(?:联系人|对接人|负责人|姓名|联络人)\s*[:是]\s*([\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .]{1,30})"
)
_SAID: Final = re.compile(rf"(?:我是|我叫|叫)((?:{_SURNAMES})[\u4e00-\u9fff]{{1,2}})(?=[\s,.;，。；{TAKEN}]|$)")
_NEAR_PHONE: Final = re.compile(rf"{_BEFORE}((?:{_SURNAMES})[\u4e00-\u9fff]{{1,2}})[\s:,(（]*(?=({TAKEN}))")
_REFERRER: Final = re.compile(
    rf"(?:经|由|通过)?((?:{_SURNAMES})(?:{_TITLES}|[\u4e00-\u9fff]{{1,2}}))(?:介绍|推荐|引荐)(?:来|过来)?(?:的)?"
)


def take_numbers(board: Board) -> tuple[str, ...]:
    """Take credit codes, mail addresses, telephones, WeChat names; return beginnings of numbers that are no telephone."""
    for found in _CODE.finditer(board.text):
        if uscc_number.is_valid(found[0]):
            board.take(What.CODE, found.span(), Sure.CLEAR)
    for pattern, what in ((_EMAIL, What.EMAIL), (_MOBILE, What.PHONE), (_LANDLINE, What.PHONE), (_ABROAD, What.PHONE)):
        for found in pattern.finditer(board.text):
            board.take(what, found.span(), Sure.CLEAR)
    for found in _WECHAT.finditer(board.text):
        board.take(What.WECHAT, found.span(1), Sure.CLEAR, cover=found.span())
    return tuple(board.message[found.start() : found.end()] for found in _PARTIAL.finditer(board.text))


def take_people(board: Board) -> None:
    """Take who referred and whom to ring. A title with a surname is enough; a bare name needs a reason."""
    for found in _REFERRER.finditer(board.text):
        board.take(What.REFERRER, found.span(1), Sure.LIKELY, cover=found.span())
    for pattern, sure in ((_LABELLED, Sure.CLEAR), (_SAID, Sure.LIKELY)):
        for found in pattern.finditer(board.text):
            board.take(What.PERSON, found.span(1), sure, cover=found.span())
    phones = {each.start for each in board.pieces if each.what is What.PHONE}
    for found in _NEAR_PHONE.finditer(board.text):
        if found.start(2) in phones:
            board.take(What.PERSON, found.span(1), Sure.LIKELY)
    _take_titled(board)


def _take_titled(board: Board) -> None:
    """Take 张明博士 and 王总. Where the last but one character is a surname too, only it is sure (高校李教授)."""
    for found in _FULL_TITLED.finditer(board.text):
        if not any(_TITLED.fullmatch(found[0][at:]) for at in range(1, len(found[0]))):
            board.take(What.PERSON, found.span(), Sure.LIKELY)
    for found in _TITLED.finditer(board.text):
        board.take(What.PERSON, found.span(), Sure.LIKELY)
