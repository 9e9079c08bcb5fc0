"""What is found, by whom, in which order: the same on both databases (run under both)."""

from __future__ import annotations

import pytest

from feidi.kernel.search import selectors
from feidi.kernel.search.entries import COUNTED, Entry, Results, Scopes, Visible
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.services import index, index_many, index_pending, prepare, remove, rescope
from tests.support.home import ON_POSTGRESQL

HERE = Scopes(outposts=frozenset({1}))
EVERYWHERE = Visible(outposts=frozenset({1, 2}), homes_reported=frozenset({7}), organizations=frozenset({5}))

pytestmark = pytest.mark.django_db


def add(title: str, uid: str = "", *, kind: str = "pipeline.project", scopes: Scopes = HERE, **more: object) -> None:
    index(kind=kind, uid=uid or f"u{SearchEntry.objects.count()}", title=title, scopes=scopes, **more)  # type: ignore[arg-type]


def find(query: str, visible: Visible = EVERYWHERE, **more: object) -> list[str]:
    return [hit.title for hit in selectors.search(query, visible=visible, **more).rows]  # type: ignore[arg-type]


@pytest.fixture
def firms() -> None:
    add("禅深智造科技有限公司", texts=["智能陶瓷装备"], codes=["91440604MA4UX12345"], subtitle="机器人")
    add("滨海安泰生物医药（深圳）有限公司", texts=["ＰＯＣＴ诊断试剂", "Binhai Antai Biotech"])
    add("重庆长安新材料研究院", texts=["3D打印粉末", "Müller GmbH"], codes=["YX-2026-0012"])


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("禅", "禅深智造科技有限公司"),
        ("禅深", "禅深智造科技有限公司"),
        ("智能陶瓷装备", "禅深智造科技有限公司"),
        ("陶瓷 禅深", "禅深智造科技有限公司"),
        ("禅深智造科技有限公司", "禅深智造科技有限公司"),
        ("cszz", "禅深智造科技有限公司"),
        ("ZZ", "禅深智造科技有限公司"),
        ("91440604", "禅深智造科技有限公司"),
        ("91440604ma4ux12345", "禅深智造科技有限公司"),
        ("914406", "禅深智造科技有限公司"),
        ("91440604MA", "禅深智造科技有限公司"),
        ("poct", "滨海安泰生物医药（深圳）有限公司"),
        ("po", "滨海安泰生物医药（深圳）有限公司"),
        ("poc", "滨海安泰生物医药（深圳）有限公司"),
        ("biot", "滨海安泰生物医药（深圳）有限公司"),
        ("滨海安泰 POCT", "滨海安泰生物医药（深圳）有限公司"),
        ("医药(深圳)", "滨海安泰生物医药（深圳）有限公司"),
        ("bhat", "滨海安泰生物医药（深圳）有限公司"),
        ("cqca", "重庆长安新材料研究院"),
        ("３Ｄ打印", "重庆长安新材料研究院"),
        ("muller", "重庆长安新材料研究院"),
        ("YX-2026-0012", "重庆长安新材料研究院"),
        ("yx20260012", "重庆长安新材料研究院"),
    ],
)
def test_found_by_characters_words_initials_and_codes(firms: None, query: str, title: str) -> None:
    assert find(query) == [title]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "。，（）",
        "禅海",
        "陶瓷 重庆",
        "91440",
        "z",
        "ech",
        "*",
        "%",
        "' OR 1",
        "禅深 NOT 医药",
        "机器人",
        "h7985",
        "so1",
    ],
)
def test_not_found(firms: None, query: str) -> None:
    assert find(query) == []


def test_telephone_and_card_numbers_are_never_indexed_and_never_searched() -> None:
    add(
        "王总 13912345678",
        texts=["电话139 1234 5678，座机0757-83123456，+86 139-1234-5678", "证件440604199001011234", "编号20261123"],
    )
    stored = SearchEntry.objects.get().tokens
    for part in ("139", "1234", "5678", "0757", "83123456", "440604"):
        assert part not in stored
    assert find("13912345678") == find("1234") == find("440604199001011234") == []
    assert find("20261123") == ["王总 13912345678"]


def test_an_actor_finds_what_shares_a_scope_and_nothing_else() -> None:
    add("禅一", scopes=Scopes(outposts=frozenset({1})))
    add("禅二", scopes=Scopes(outposts=frozenset({2}), homes_reported=frozenset({7})))
    add("禅三", scopes=Scopes(outposts=frozenset({1, 12}), organizations=frozenset({5})))
    add("禅四", scopes=Scopes())
    assert set(find("禅", Visible(outposts=frozenset({1})))) == {"禅一", "禅三"}
    assert set(find("禅", Visible(outposts=frozenset({2, 12})))) == {"禅二", "禅三"}
    assert find("禅", Visible(homes_reported=frozenset({7}))) == ["禅二"]
    assert find("禅", Visible(organizations=frozenset({5}))) == ["禅三"]
    # the same number in another kind of scope opens nothing
    assert find("禅", Visible(homes_reported=frozenset({1, 2, 5, 12}), organizations=frozenset({1, 7}))) == []
    assert find("禅", Visible()) == []


def test_reporting_makes_a_row_findable_for_its_home() -> None:
    bureau = Visible(homes_reported=frozenset({7}))
    add("禅深项目", "p1")
    assert find("禅深", bureau) == []
    rescope(kind="pipeline.project", uid="p1", scopes=Scopes(outposts=frozenset({1}), homes_reported=frozenset({7})))
    assert find("禅深", bureau) == find("禅深", HERE) == find("csxm", bureau) == ["禅深项目"]
    rescope(kind="pipeline.project", uid="p1", scopes=Scopes(outposts=frozenset({2})))
    assert find("禅深", bureau) == find("禅深", HERE) == []


def test_renaming_and_removing_leave_nothing_behind() -> None:
    add("旧名字", "p1")
    add("新名字", "p1")
    assert find("旧") == []
    assert find("新名字") == ["新名字"]
    index_many([Entry(kind="pipeline.project", uid="p1", title="再改名", scopes=HERE)])
    assert find("新") == []
    assert find("再改") == ["再改名"]
    remove(kind="pipeline.project", uid="p1")
    assert find("名") == []
    add("另一个", "p2")
    assert find("再改") == []


def test_kinds_narrow() -> None:
    add("禅深", "a", kind="pipeline.project")
    add("禅深", "b", kind="parties.organization")
    found = selectors.search("禅深", visible=HERE, kinds=["parties.organization"])
    assert [(hit.kind, hit.uid) for hit in found.rows] == [("parties.organization", "b")]
    assert selectors.search("禅深", visible=HERE, kinds=[]).rows == ()
    assert selectors.search("禅深", visible=HERE).total == 2


def test_whole_title_first_then_by_pinyin_then_age() -> None:
    for title in (
        "重庆禅城",
        "安禅城",
        "禅城",
        "佛山禅城三",
        "佛山禅城一",
        "佛山禅城二",
        "ABC禅城",
        "9禅城",
        "禅城（一期）",
    ):
        add(title)
    assert find("禅城") == [
        "禅城", "9禅城", "ABC禅城", "安禅城", "禅城（一期）", "重庆禅城", "佛山禅城三", "佛山禅城一", "佛山禅城二",
    ]  # fmt: skip


def test_totals_are_exact_up_to_a_thousand() -> None:
    def total(n: int) -> Results:
        have = SearchEntry.objects.count()
        index_many(Entry(kind="k", uid=f"u{i}", title=f"禅{i:05}", scopes=HERE) for i in range(have, n))
        return selectors.search("禅", visible=HERE, limit=20)

    few = total(20)
    assert (len(few.rows), few.total, few.more) == (20, 20, False)
    many = total(COUNTED)
    assert (len(many.rows), many.total, many.more) == (20, COUNTED, False)
    over = total(COUNTED + 1)
    assert (len(over.rows), over.total, over.more) == (20, COUNTED, True)
    assert over.rows == few.rows


def test_rows_added_by_plain_sql_are_found() -> None:
    from django.db import connection

    add("禅深模板", "p1")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry (subject_kind, subject_uid, title, subtitle, tokens, sort_place) "
            "SELECT subject_kind, 'p2', title, subtitle, tokens, sort_place FROM search_entry"
        )
    assert find("禅深") == ["禅深模板", "禅深模板"]


def test_pending_rows_are_found_only_once_indexed() -> None:
    for uid in ("p1", "p2", "p3"):
        row = prepare(Entry(kind="k", uid=uid, title="禅深", scopes=HERE))
        row.pending = True
        row.save()
    assert find("禅深") == []
    remove(kind="k", uid="p3")
    assert index_pending(limit=1) == 1
    assert find("禅深") == ["禅深"]
    assert (index_pending(), index_pending()) == (1, 0)
    assert find("禅深") == ["禅深", "禅深"]


@pytest.mark.skipif(ON_POSTGRESQL, reason="the full-text table is SQLite's")
def test_the_full_text_table_agrees_with_the_entries_and_can_be_rebuilt() -> None:
    from django.db import connection

    add("禅深", "p1")
    add("禅城", "p2")
    index(kind="pipeline.project", uid="p1", title="改名", scopes=HERE)
    remove(kind="pipeline.project", uid="p2")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)")
        cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    assert find("改名") == ["改名"]


def test_writing_the_same_again_writes_nothing() -> None:
    from tests.support.queries import queries_of

    add("禅深", "p1")
    assert [sql[:6] for sql in queries_of(lambda: add("禅深", "p1"))] == ["SELECT"]


@pytest.mark.django_db(transaction=True)
def test_the_tests_flush_empties_the_full_text_index_too() -> None:
    # runs after the others of its kind in any order: a stale row would collide or be found
    assert find("禅深") == []
    add("禅深", "p1")
    assert find("禅深") == ["禅深"]


@pytest.mark.django_db(transaction=True)
def test_the_tests_flush_empties_the_full_text_index_too_again() -> None:
    assert find("禅深") == []
    add("禅深", "p1")
    assert find("禅深") == ["禅深"]
