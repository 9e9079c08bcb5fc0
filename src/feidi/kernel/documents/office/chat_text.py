"""A few lines for a chat group: at most so many characters, dropped sentence by sentence, never cut inside one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

CHAT_LIMIT: Final = 300
_STOPS: Final = "。！？；，、,;.!? "


@dataclass(frozen=True, slots=True)
class ChatFigure:
    """One line of figures. ``target``: the year's task in the same unit; ``added``: new in this period (``added_words``).

    ``priority``: the higher the number, the earlier the sentence is dropped; 0 goes last of all.
    """

    label: str
    value: Decimal | int
    unit: str
    target: Decimal | int | None = None
    added: Decimal | int | None = None
    added_words: str = "本周新增"
    priority: int = 0


@dataclass(frozen=True, slots=True)
class ChatSentence:
    """A sentence in somebody's own words (亮点, 需协调事项), with the same kind of priority."""

    text: str
    priority: int = 0


@dataclass(frozen=True, slots=True)
class ChatText:
    """The text, and the sentences that found no room."""

    text: str
    dropped: tuple[str, ...]


def time_progress(as_of: date, year: int) -> Fraction:
    """Return 序时进度: the share of ``year`` that has passed at the end of ``as_of``, by days; 0 before it, 1 after.

    >>> time_progress(date(2026, 11, 20), 2026), time_progress(date(2027, 3, 1), 2026)
    (Fraction(324, 365), Fraction(1, 1))
    """
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    passed = min(max((as_of - first).days + 1, 0), (after - first).days)
    return Fraction(passed, (after - first).days)


def completion(value: Decimal | int, target: Decimal | int | None) -> Fraction | None:
    """Return 完成率: ``value`` by ``target``; None where no task was set (none, or 0).

    >>> completion(11, 30), completion(5, 0)
    (Fraction(11, 30), None)
    """
    return Fraction(value) / Fraction(target) if target else None


def percent_points(share: Fraction, places: int = 1) -> Decimal:
    """Return a share in per cent, rounded half up.

    >>> percent_points(Fraction(324, 365)), percent_points(Fraction(11, 30))
    (Decimal('88.8'), Decimal('36.7'))
    """
    exact = share * 100 * 10**places
    return Decimal((exact.numerator * 2 + exact.denominator) // (exact.denominator * 2)).scaleb(-places)


def pace_points(done: Fraction, passed: Fraction, places: int = 1) -> Decimal:
    """Return how many percentage points ``done`` is ahead of ``passed``: the difference of the two as printed."""
    return percent_points(done, places) - percent_points(passed, places)


def pace_words(points: Decimal) -> str:
    """Return 快/慢 x 个百分点, or that both are equal.

    >>> pace_words(Decimal("-52.1")), pace_words(Decimal("0.0"))
    ('慢52.1个百分点', '与序时进度持平')
    """
    if not points:
        return "与序时进度持平"
    return f"{'快' if points > 0 else '慢'}{abs(points)}个百分点"


def figure_sentence(figure: ChatFigure, passed: Fraction, *, with_time: bool) -> str:
    """Return 累计签约11个（本周新增2个），完成年度任务30个的36.7%，序时进度88.8%，慢52.1个百分点 (no full stop)."""
    words = f"{figure.label}{_plain(figure.value)}{figure.unit}"
    if figure.added is not None:
        words += f"（{figure.added_words}{_plain(figure.added)}{figure.unit}）"
    done = completion(figure.value, figure.target)
    if done is None or figure.target is None:
        return words
    time_words = f"序时进度{percent_points(passed)}%，" if with_time else ""
    words += f"，完成年度任务{_plain(figure.target)}{figure.unit}的{percent_points(done)}%"
    return f"{words}，{time_words}{pace_words(pace_points(done, passed))}"


def _plain(value: Decimal | int) -> str:
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def chat_text(
    *,
    opening: str,
    as_of: date,
    figures: Sequence[ChatFigure],
    sentences: Sequence[ChatSentence] = (),
    closing: str = "",
    limit: int = CHAT_LIMIT,
) -> ChatText:
    """Return ``opening`` 截至11月20日，…；…。… of at most ``limit`` characters.

    What does not fit is left out by whole sentences, the highest ``priority`` number first, the later first among
    equals; 序时进度 is said once, by the first sentence that has a task. Figures come before sentences.
    """
    parts = [(figure.priority, figure) for figure in figures] + [(each.priority, each) for each in sentences]
    kept = list(range(len(parts)))
    order = sorted(kept, key=lambda at: (parts[at][0], at), reverse=True)
    chosen: list[ChatFigure | ChatSentence] = [part for _, part in parts]
    dropped: list[int] = []
    text = _written(opening, as_of, chosen, closing)
    for at in order:
        if len(text) <= limit:
            break
        dropped.append(at)
        chosen = [parts[left][1] for left in kept if left not in dropped]
        text = _written(opening, as_of, chosen, closing)
    passed = time_progress(as_of, as_of.year)
    lost = [_words_of(parts[at][1], passed, with_time=False) for at in sorted(dropped)]
    if len(text) > limit:
        text, extra = _without_frame(opening, closing, limit)
        lost += extra
    return ChatText(text, tuple(filter(None, lost)))


def _without_frame(opening: str, closing: str, limit: int) -> tuple[str, list[str]]:
    """Return what is left when even opening and closing alone are too long: the first of them that fits, or nothing."""
    fits = [part for part in (opening, closing) if part and len(part) <= limit]
    text = fits[0] if fits else ""
    return text, [part for part in (opening, closing) if part and part != text]


def _written(opening: str, as_of: date, parts: Sequence[ChatFigure | ChatSentence], closing: str) -> str:
    passed = time_progress(as_of, as_of.year)
    figures = [part for part in parts if isinstance(part, ChatFigure)]
    first = next((at for at, figure in enumerate(figures) if figure.target), None)
    said = [figure_sentence(figure, passed, with_time=at == first) for at, figure in enumerate(figures)]
    body = f"截至{as_of.month}月{as_of.day}日，{'；'.join(said)}。" if said else ""
    own = "".join(_words_of(part, passed, with_time=False) for part in parts if isinstance(part, ChatSentence))
    return f"{opening}{body}{own}{closing}"


def _words_of(part: ChatFigure | ChatSentence, passed: Fraction, *, with_time: bool) -> str:
    if isinstance(part, ChatFigure):
        return figure_sentence(part, passed, with_time=with_time)
    bare = part.text.strip().rstrip(_STOPS)
    end = part.text.strip()[len(bare) : len(bare) + 1]
    return f"{bare}{end if end in '！？' and end else '。'}" if bare else ""
