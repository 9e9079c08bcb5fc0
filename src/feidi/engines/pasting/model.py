"""What is read out of a message, and the board on which it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

#: Stands on the board where something has been taken. It ends every pattern.
TAKEN: Final = "\x00"
_CONTROL: Final = dict.fromkeys((*range(9), *range(11, 32), 127), " ")
#: Full-width forms, one character for one character, so that places in the text stay what they are.
_NARROW: Final = {**_CONTROL, 0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_SEALED: Final = frozenset({"phone", "wechat", "email"})
#: Long numbers that are no credit code may be telephones or identity numbers written oddly: they are masked as well.
_LONG_NUMBER: Final = re.compile(r"(?<![0-9A-Z])\d{11,}(?![0-9A-Z])")
_RUN: Final = re.compile(rf"[^{TAKEN}\n,;!?，；。！？]+")
_EDGES: Final = " \t\r\n,.;:!?，。；：！？、·~～-—…()（）[]【】\"'“”‘’|/"
#: Words that say nothing by themselves once what stood beside them is taken.
_IDLE: Final = re.compile(
    r"(?:您好|你好|大家好|我们|我|他们|他|她|这家|这个|那个|是|叫|有|的|了|在|和|与|跟|请|麻烦|谢谢|辛苦|联系人|联系方式|联系电话|联系|电话|手机号?|手机|"
    r"座机|微信号?|微信|邮箱|公司|单位|企业|项目方|负责人|对接人|tel|phone|mobile|email|wechat|vx|wx|融资|需求|计划|总投资|"
    r"做|想|要|找|目前|现在|正在|已经|准备|轮)*",
    re.IGNORECASE,
)


class What(StrEnum):
    """What a piece of the message is."""

    ORGANIZATION = "organization"
    CODE = "code"
    PERSON = "person"
    PHONE = "phone"
    WECHAT = "wechat"
    EMAIL = "email"
    BUSINESS = "business"
    NEED = "need"
    ROUND = "round"
    AMOUNT = "amount"
    DATE = "date"
    REFERRER = "referrer"


class Sure(StrEnum):
    """How sure: ``clear`` by its form, ``likely`` by its place in the sentence."""

    CLEAR = "clear"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing read: ``text`` is exactly ``message[start:end]``; ``day`` for dates, ``year_proposed`` when unsaid."""

    what: What
    start: int
    end: int
    text: str
    sure: Sure
    day: date | None = None
    year_proposed: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A message and what was read in it, in order of place. ``rest``: what was not recognised, piece by piece.

    ``incomplete``: beginnings of telephone numbers that are none (139…, 139****1234); they stay in ``rest``.
    """

    message: str
    pieces: tuple[Piece, ...] = ()
    rest: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()

    def all(self, what: What) -> tuple[Piece, ...]:
        """Return the pieces of one kind, in order."""
        return tuple(each for each in self.pieces if each.what is what)

    def first(self, what: What) -> Piece | None:
        """Return the first piece of a kind, or None."""
        return next(iter(self.all(what)), None)

    def text_of(self, what: What) -> str:
        """Return the text of the first piece of a kind, "" without one."""
        found = self.first(what)
        return found.text if found else ""

    def masked(self) -> str:
        """Return the message with telephones, WeChat names and mail addresses masked.

        Same length; of a telephone the first three and last four characters stay, of the others the first. So do
        other numbers of eleven digits and more, unless they are credit codes.
        """
        chars = list(self.message)
        codes = {each.start for each in self.all(What.CODE)}
        for number in _LONG_NUMBER.finditer(self.message):
            if number.start() not in codes:
                chars[number.start() + 3 : number.end() - 4] = "*" * (number.end() - number.start() - 7)
        for each in self.pieces:
            if each.what.value in _SEALED:
                head, tail = (3, 4) if each.what is What.PHONE else (1, 0)
                chars[each.start + head : each.end - tail] = "*" * (each.end - each.start - head - tail)
        return "".join(chars)


@dataclass(slots=True)
class Board:
    """The message while it is being read: what has been taken is blanked out for those who come later."""

    message: str
    today: date
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.message.translate(_NARROW)

    def take(
        self,
        what: What,
        span: tuple[int, int],
        sure: Sure,
        *,
        cover: tuple[int, int] | None = None,
        day: date | None = None,
        year_proposed: bool = False,
    ) -> None:
        """Take ``span`` as a piece; ``cover`` blanks out more than that (想找…, 做…的).

        What is empty or was taken before is not taken.
        """
        start, end = span
        while start < end and self.text[start] in _EDGES:
            start += 1
        while end > start and self.text[end - 1] in _EDGES:
            end -= 1
        if start == end or TAKEN in self.text[start:end]:
            return
        self.pieces.append(Piece(what, start, end, self.message[start:end], sure, day, year_proposed))
        begin, finish = cover or (start, end)
        begin, finish = min(begin, start), max(finish, end)
        self.text = self.text[:begin] + TAKEN * (finish - begin) + self.text[finish:]

    def rest(self) -> tuple[str, ...]:
        """Return what nobody has taken, without edges and idle words; each is a run of one clause."""
        found = []
        for run in _RUN.finditer(self.text):
            start, end = run.span()
            while start < end and self.text[start] in _EDGES:
                start += 1
            while end > start and self.text[end - 1] in _EDGES:
                end -= 1
            words = self.text[start:end]
            if any(char.isalnum() for char in words) and not _IDLE.fullmatch(re.sub(r"[^\w]", "", words)):
                found.append(self.message[start:end])
        return tuple(found)
