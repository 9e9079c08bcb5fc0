"""Chat text: the same figures in at most 300 characters, dropped by whole sentences."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from feidi.kernel.documents.office.chat_text import (
    CHAT_LIMIT,
    ChatFigure,
    ChatSentence,
    chat_text,
    completion,
    pace_points,
    percent_points,
    time_progress,
)  # fmt: skip

DAY = date(2026, 11, 20)
SIGNED = ChatFigure("签约", 11, "个", target=30, added=2)
LANDED = ChatFigure("核实落地", 2, "个", target=10, priority=1)
MONEY = ChatFigure("合同金额", Decimal("1.20"), "亿元", priority=2)


def test_the_friday_text() -> None:
    made = chat_text(opening="【云溪驻点】", as_of=DAY, figures=[ChatFigure("签约", 11, "个", target=30)])
    assert made.text == "【云溪驻点】截至11月20日，签约11个，完成年度任务30个的36.7%，序时进度88.8%，慢52.1个百分点。"
    more = chat_text(
        opening="",
        as_of=DAY,
        figures=[MONEY, SIGNED, LANDED],
        sentences=[ChatSentence("某某生物本周投产！"), ChatSentence("请协调环评。。", 5)],
    )
    assert more.text == (
        "截至11月20日，合同金额1.2亿元；签约11个（本周新增2个），完成年度任务30个的36.7%，序时进度88.8%，慢52.1个百分点；"
        "核实落地2个，完成年度任务10个的20.0%，慢68.8个百分点。某某生物本周投产！请协调环评。"
    )
    assert more.dropped == ()


def test_what_does_not_fit_is_left_out_whole() -> None:
    made = chat_text(
        opening="", as_of=DAY, figures=[SIGNED, LANDED, MONEY], limit=60, sentences=[ChatSentence("亮点" * 20, 9)]
    )
    assert (
        made.text == "截至11月20日，签约11个（本周新增2个），完成年度任务30个的36.7%，序时进度88.8%，慢52.1个百分点。"
    )
    assert made.dropped == (
        "核实落地2个，完成年度任务10个的20.0%，慢68.8个百分点",
        "合同金额1.2亿元",
        "亮点" * 20 + "。",
    )
    assert chat_text(opening="长" * 400, as_of=DAY, figures=[SIGNED], closing="完").text == "完"


def test_progress_of_time_and_task() -> None:
    assert time_progress(DAY, 2026) == Fraction(324, 365)
    assert percent_points(time_progress(DAY, 2026)) == Decimal("88.8")
    assert time_progress(date(2024, 12, 31), 2024) == 1
    assert time_progress(date(2028, 2, 29), 2028) == Fraction(60, 366)
    assert time_progress(date(2025, 12, 31), 2026) == 0
    assert completion(11, None) is None
    assert completion(Decimal("0.1"), Decimal("0.3")) == Fraction(1, 3)
    ahead = chat_text(opening="", as_of=DAY, figures=[ChatFigure("签约", 30, "个", target=30)]).text
    assert "完成年度任务30个的100.0%，序时进度88.8%，快11.2个百分点" in ahead
    assert (
        "持平" in chat_text(opening="", as_of=date(2026, 12, 31), figures=[ChatFigure("签约", 3, "个", target=3)]).text
    )


figures = st.builds(
    ChatFigure,
    label=st.text(min_size=1, max_size=30),
    value=st.integers(0, 10**12) | st.decimals(0, 10**9, places=2),
    unit=st.sampled_from(["个", "万元", "亿元", "人"]),
    target=st.none() | st.integers(0, 10**6),
    added=st.none() | st.integers(0, 10**6),
    priority=st.integers(-3, 9),
)
sentences = st.builds(ChatSentence, text=st.text(max_size=200), priority=st.integers(-3, 9))


@given(
    st.text(max_size=350), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.lists(figures, max_size=12),
    st.lists(sentences, max_size=8), st.text(max_size=40),
)  # fmt: skip
def test_never_longer_than_the_limit(
    opening: str, day: date, some: list[ChatFigure], own: list[ChatSentence], closing: str
) -> None:
    made = chat_text(opening=opening, as_of=day, figures=some, sentences=own, closing=closing)
    assert len(made.text) <= CHAT_LIMIT
    for left in made.dropped:
        assert left
    for figure in some:
        words = f"{figure.label}"
        whole = words in made.text or any(words in each for each in made.dropped)
        assert whole, "a sentence is there or told to be left out, never cut"


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_difference_is_that_of_the_printed_figures(value: int, target: int, day: date) -> None:
    done, passed = completion(value, target), time_progress(day, day.year)
    assert done is not None
    assert percent_points(done) - percent_points(passed) == pace_points(done, passed)
    assert time_progress(day + timedelta(days=1), day.year) >= passed
