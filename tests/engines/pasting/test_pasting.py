"""The paste box reads what stands there and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.pasting import LONGEST, Sure, What, parse_message

TODAY = date(2026, 11, 23)
#: message → what it has to give, kind by kind; what is not named has to be absent
MESSAGES: list[tuple[str, dict[str, list[str]], list[str]]] = [
    (
        "滨海某某生物，做POCT的，王总13900001234，想找中试，A轮",
        {
            "organization": ["滨海某某生物"],
            "business": ["POCT"],
            "person": ["王总"],
            "phone": ["13900001234"],
            "need": ["中试"],
            "round": ["A轮"],
        },
        [],
    ),
    (
        "李博士介绍的，深圳市微芯科技有限公司，主要做功率半导体，融资3000万元，天使轮，下周三上午10点过来看场地\n联系人：张伟 电话：139-0000-5678 微信号：zhang_wei88",
        {
            "referrer": ["李博士"],
            "organization": ["深圳市微芯科技有限公司"],
            "business": ["功率半导体"],
            "amount": ["融资3000万元"],
            "round": ["天使轮"],
            "date": ["下周三上午10点"],
            "person": ["张伟"],
            "phone": ["139-0000-5678"],
            "wechat": ["zhang_wei88"],
        },
        ["过来看场地"],
    ),
    (
        "您好，我是滨海大学的李博士，团队9个人，想在佛山落地，需要湿实验室和纯水，邮箱 li@example.cn",
        {
            "organization": ["滨海大学"],
            "person": ["李博士"],
            "need": ["想在佛山落地", "湿实验室和纯水"],
            "email": ["li@example.cn"],
        },
        ["团队9个人"],
    ),
    (
        "公司名称：云溪新材料股份有限公司\n联系人：欧阳明\n手机：１３９００００１２３４\n需求：中试线、检测\n总投资1.2亿元",
        {
            "organization": ["云溪新材料股份有限公司"],
            "person": ["欧阳明"],
            "phone": ["１３９００００１２３４"],
            "need": ["中试线、检测"],
            "amount": ["总投资1.2亿元"],
        },
        [],
    ),
    (
        "我们公司想找厂房2000㎡，陈工 0755-12345678",
        {"need": ["厂房2000㎡"], "person": ["陈工"], "phone": ["0755-12345678"]},
        [],
    ),
    (
        "王小明 +86 139 0000 1234 做工业机器人",
        {"person": ["王小明"], "phone": ["+86 139 0000 1234"], "business": ["工业机器人"]},
        [],
    ),
    ("对方总部在上海，方总投资过三家，程工程师不在", {}, ["对方总部在上海", "方总投资过三家", "程工程师不在"]),
]


@pytest.mark.parametrize(("message", "wanted", "rest"), MESSAGES)
def test_messages(message: str, wanted: dict[str, list[str]], rest: list[str]) -> None:
    found = parse_message(message, TODAY)
    got = {what.value: [each.text for each in found.all(what)] for what in What if found.all(what)}
    assert got == wanted
    assert list(found.rest) == rest


def test_days_say_whether_their_year_was_said() -> None:
    found = parse_message("11.3 电话沟通，11月30日来访，1月5日再谈，2026年12月1日签，明天见，本周五、周三", TODAY)
    assert [(each.day and each.day.isoformat(), each.year_proposed) for each in found.all(What.DATE)] == [
        ("2026-11-03", True),
        ("2026-11-30", True),
        ("2027-01-05", True),
        ("2026-12-01", False),
        ("2026-11-24", False),
        ("2026-11-27", False),
    ]
    assert parse_message("2月30日，13.40 见，3.5亿", TODAY).all(What.DATE) == ()


def test_half_a_number_is_no_telephone_and_stays_in_sight() -> None:
    found = parse_message("王总139…，139****1234", TODAY)
    assert found.all(What.PHONE) == ()
    assert found.incomplete == ("139…", "139****1234")
    assert any("139" in each for each in found.rest)


def test_numbers_are_masked_where_they_stand() -> None:
    message = "王总 13900001234 微信号 wang_xyz 邮箱 li@example.cn"
    masked = parse_message(message, TODAY).masked()
    assert masked == "王总 139****1234 微信号 w******* 邮箱 l************"
    assert len(masked) == len(message)


def test_a_credit_code_is_one_only_when_its_check_digit_holds() -> None:
    found = parse_message("代码 91110000600037341L，身份证 110101199003070000", TODAY)
    assert found.text_of(What.CODE) == "91110000600037341L"
    assert found.masked() == "代码 91110000600037341L，身份证 110***********0000"
    assert parse_message("91110000600037341X", TODAY).pieces == ()


def test_what_the_form_says_is_clear_and_what_the_sentence_says_is_likely() -> None:
    found = parse_message("滨海某某生物，滨海甲有限公司，王总13900001234", TODAY)
    assert [each.sure for each in found.all(What.ORGANIZATION)] == [Sure.LIKELY, Sure.CLEAR]
    assert found.text_of(What.PHONE) == "13900001234"
    assert found.text_of(What.ROUND) == ""


WORDS = st.sampled_from(
    ["王总", "李博士", "13900001234", "139…", "，", "。", "\n", " ", "做", "的", "想找", "中试", "A轮", "滨海某某生物", "有限公司", "11.3",
     "下周三", "3000万元", "微信号：", "abc_123", "需求：", "联系人：", "介绍", "团队", "\x00", "（", "＋", "１", "㎡", "𠮷", "İ", "ß"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map("".join)))
def test_pieces_are_real_and_nothing_is_invented_or_lost(message: str) -> None:
    found = parse_message(message, TODAY)
    covered = [False] * len(message)
    for each in found.pieces:
        assert each.text == message[each.start : each.end]
        assert each.text.strip()
        assert not any(covered[each.start : each.end]), "two pieces over one character"
        covered[each.start : each.end] = [True] * (each.end - each.start)
    assert all(each in message for each in (*found.rest, *found.incomplete))
    assert len(found.masked()) == len(message)
    for each in found.all(What.PHONE):
        assert "*" in found.masked()[each.start : each.end]


@given(st.lists(st.sampled_from(["甲乙", "丙丁", "庚辛壬", "，", "。", " "]), max_size=12).map("".join))
def test_what_is_not_recognised_stays_in_sight(message: str) -> None:
    found = parse_message(message, TODAY)
    assert found.pieces == ()
    said = [each for each in message if each.isalnum()]
    assert [char for each in found.rest for char in each if char.isalnum()] == said


def test_long_and_hostile_messages_end() -> None:
    for message in ("做" * 9000, "王" * 9000, "1" * 9000, "有限公司" * 3000, "a@" * 4000, "想找" * 4000, "(" * 9000):
        assert len(parse_message(message, TODAY).message) == LONGEST
