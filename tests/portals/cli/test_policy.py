"""``feidi policy lint`` and ``eval``: rules of a folder, facts of a file, and what is told when either is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from feidi.portals.cli.main import main
from tests.engines.rules.language.support import FACTS, clause_with, policy_text

DAY = "2026-06-01"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "yunxi"
    folder.mkdir()
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    cap = "{封顶: {金额: {比例: {基数: 研发费用, 率: 30%}}, 上限: 50万元, 每: 企业}}"
    text = policy_text(
        clause_with(
            依据="{条: 第三条, 原文: 按30%给予，最高50万元, 所见: 全文}",
            金额=cap,
            条件="{全部: [研发费用 >= 300万元, 在佛山工作]}",
        ),
        clause_with(代码="YX-02", 方式="评审", 条件="企业称号 含 单项冠军", 最高="true"),
    )
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = main(["policy", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


def lines(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, list[dict[str, Any]]]:
    status, out, _err = run(capsys, *words, "--json")
    return status, [json.loads(line) for line in out.splitlines()]


def facts(folder: Path, value: Any, name: str = "facts.json") -> Path:
    path = folder.parent / name
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def ask(capsys: pytest.CaptureFixture[str], content: Path, file: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    return lines(capsys, "eval", "--content", content, "--facts", file, "--as-of", DAY, *more)


def test_eval_says_the_four_answers_and_the_amount(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = facts(
        content,
        [
            {"subject": "A", "研发费用": "400万元", "在佛山工作": "是", "企业称号": []},
            {"subject": "B", "rd_spend": "300万元以上", "在佛山工作": None},
        ],
    )
    status, found = ask(capsys, content, file)
    assert status == 0
    assert found == [
        {"subject": "A", "clause": "YX-01", "verdict": "eligible", "decision": "approval", "validity": "in_force", "trust": "C",
         "amount_fen": 50_000_000, "up_to": False, "missing": []},
        {"subject": "A", "clause": "YX-02", "verdict": "not_eligible", "decision": "review", "validity": "in_force", "trust": "C",
         "amount_fen": None, "up_to": False, "missing": []},
        {"subject": "B", "clause": "YX-01", "verdict": "unknown", "decision": "approval", "validity": "in_force", "trust": "C",
         "amount_fen": 50_000_000, "up_to": False, "missing": ["in_foshan"]},
        {"subject": "B", "clause": "YX-02", "verdict": "unknown", "decision": "review", "validity": "in_force", "trust": "C",
         "amount_fen": 5_000_000, "up_to": True, "missing": ["titles"]},
    ]  # fmt: skip


def test_explain_gives_the_tree_with_needed_and_actual(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = facts(content, {"subjects": {"A": {"研发费用": "200万元"}, "B": {}}})
    _status, found = ask(capsys, content, file, "--explain", "--subject", "A")
    assert {each["subject"] for each in found} == {"A"}
    because = found[0]["because"]
    assert (because["kind"], because["truth"]) == ("all", "no")
    spend = because["parts"][0]
    assert (spend["needed"], spend["actual"], spend["facts"]) == ("≥ 300万元", "200万元", ["rd_spend"])
    status, out, _err = run(capsys, "eval", "--content", content, "--facts", file, "--as-of", DAY, "--explain")
    assert status == 0
    assert "✗ YX-01 演示奖励  不符合" in out
    assert "✗ 研发费用 ≥ 300万元  需要 ≥ 300万元，现为 200万元" in out


@pytest.mark.parametrize(
    ("amount", "said", "most"),
    [
        (
            "{封顶: {金额: {未见: 标准未载明}, 上限: 1500万元, 每: 项目}}",
            "最高 1,500万元（金额未载明：标准未载明）",
            1_500_000_000,
        ),
        ("{未见: 标准未载明}", "金额未载明：标准未载明", None),
        ("{合计: [2万元, {未见: 标准未载明}]}", "至少 2万元（金额未载明：标准未载明）", None),
    ],
)
def test_a_cap_over_an_amount_that_is_not_stated_is_shown(
    content: Path, capsys: pytest.CaptureFixture[str], amount: str, said: str, most: int | None
) -> None:
    (content / "policy.yaml").write_text(policy_text(clause_with(条件="在佛山工作", 金额=amount)), encoding="utf-8")
    file = facts(content, [{"subject": "A", "在佛山工作": "是"}])
    status, out, _err = run(capsys, "eval", "--content", content, "--facts", file, "--as-of", DAY)
    assert (status, out.splitlines()[1].split("  ")[-1]) == (0, said)
    assert ask(capsys, content, file)[1][0]["amount_max_fen"] == most


def test_an_amount_of_which_nothing_is_known_is_to_be_confirmed_and_not_0(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rate = "{比例: {基数: 研发费用, 率: 30%}}"
    (content / "policy.yaml").write_text(policy_text(clause_with(条件="在佛山工作", 金额=rate)), encoding="utf-8")
    file = facts(content, [{"subject": "A", "在佛山工作": "是"}])
    status, out, _err = run(capsys, "eval", "--content", content, "--facts", file, "--as-of", DAY)
    assert (status, out.splitlines()[1].split("  ")[-1]) == (0, "金额待核实")


def test_tables_read_like_json(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["编号", "研发费用（万元）", "在佛山工作", "企业称号", "成立日期"],
        ["A", "400", "是", "单项冠军", "2020-01-31"],
        ["B", "300以上", "", "", ""],
    ]
    _status, wanted = ask(
        capsys, content,
        facts(content, [{"subject": "A", "研发费用": "400万元", "在佛山工作": "是", "企业称号": "单项冠军"}, {"subject": "B", "研发费用": "300万元以上"}]),
    )  # fmt: skip
    rows[2][1] = "≥300"
    assert ask(capsys, content, facts(content, "\n".join(map(",".join, rows)), "facts.csv")) == (0, wanted)
    assert ask(capsys, content, workbook(content, rows)) == (0, wanted)


def workbook(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    path = folder.parent / "facts.xlsx"
    book.save(path)
    return path


def test_parquet_holds_small_units_or_texts(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table(
        {
            "subject": ["A", "B", "C"],
            "rd_spend_lo": [400_000_000, 300_000_000, None],
            "rd_spend_hi": [400_000_000, None, None],
            "在佛山工作": [True, None, False],
            "企业称号": ["单项冠军", None, "无"],
            "成立日期": pa.array(["2020-01-31", None, "2021年"]),
        }
    )
    path = content.parent / "facts.parquet"
    parquet.write_table(table, path)
    status, found = ask(capsys, content, path)
    assert status == 0
    assert [(each["subject"], each["verdict"]) for each in found if each["clause"] == "YX-01"] == [
        ("A", "eligible"), ("B", "unknown"), ("C", "not_eligible"),
    ]  # fmt: skip
    path.write_bytes(b"PAR1 not really")
    status, refused = ask(capsys, content, path)
    assert (status, refused[0]["reasons"][0]["code"]) == (2, "rules.facts_unreadable")


def test_without_the_extra_parquet_is_refused_in_words(
    content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = content.parent / "facts.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    status, _out, err = run(capsys, "eval", "--content", content, "--facts", path, "--as-of", DAY)
    assert status == 2
    assert "feidi[analytics]" in err


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ([{"subject": "A", "研发费用": 400}], "unit_needed", "facts.json[1] 研发费用“400”"),
        ([{"subject": "A", "研发费用": "400㎡"}], "unit_wrong", "㎡"),
        ([{"subject": "A", "研发费用": "-4元"}], "value_impossible", "0元"),
        ([{"subject": "A", "在佛山工作": 3}], "value_yesno", "是 或 否"),
        ([{"subject": "A", "企业称号": ["小巨人"]}], "code_unknown", "专精特新小巨人"),
        ([{"subject": "A", "研发费": "4元"}], "facts_unknown", "研发费用"),
        ([{"subject": "A", "霹雳": "4元"}], "fact_not_in_dictionary", "霹雳"),
        ([{"subject": "A"}, {"subject": "A"}], "facts_subject_twice", "facts.json[1]"),
        ([{"subject": "A", "研发费用": "4元", "rd_spend": "4元"}], "facts_key_twice", "研发费用"),
        ('[{"subject": "A", "研发费用": "4元", "研发费用": "5元"}]', "facts_key_twice", "研发费用"),
        ([{"研发费用": "4元"}], "facts_subject", "编号"),
        ([{"subject": "  ", "研发费用": "4元"}], "facts_subject", "编号"),
        ([3], "facts_shape", "subject"),
        ({"a": 1}, "facts_shape", "subject"),
        ([], "facts_empty", "检查文件"),
        ("{", "facts_unreadable", "facts.json:1"),
        ("[" * 100_000, "facts_unreadable", "facts.json"),
        ('[{"subject": "A", "职工人数": NaN}]', "facts_unreadable", "NaN"),
        ('[{"subject": "A", "职工人数": 1e999}]', "number_expected", "inf"),
        ('[{"subject": "A", "职工人数": 1' + "0" * 5000 + "}]", "facts_unreadable", "facts.json"),
    ],
)  # fmt: skip
def test_bad_facts_are_all_listed_and_nothing_is_answered(
    content: Path, capsys: pytest.CaptureFixture[str], value: Any, code: str, says: str
) -> None:
    file = facts(content, value)
    status, found = ask(capsys, content, file)
    assert status == 2
    (refused,) = found
    assert refused["refused"] == "rules.facts_failed"
    assert f"rules.{code}" in [each["code"] for each in refused["reasons"]]
    status, out, err = run(capsys, "eval", "--content", content, "--facts", file, "--as-of", DAY)
    assert (status, out) == (2, "")
    assert says in err


def test_a_subject_that_is_not_there_and_files_that_are_not(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = facts(content, [{"subject": "甲公司"}])
    status, found = ask(capsys, content, file, "--subject", "甲公厮")
    assert (status, found[0]["reasons"][0]["code"]) == (2, "rules.subject_unknown")
    assert "甲公司" in found[0]["reasons"][0]["fix"]
    for path, code in (
        (content / "nowhere.json", "rules.facts_unreadable"),
        (facts(content, "x", "facts.txt"), "rules.facts_kind"),
    ):
        status, found = ask(capsys, content, path)
        assert (status, found[0]["reasons"][0]["code"]) == (2, code)
    empty = content.parent / "empty"
    empty.mkdir()
    for folder, code in ((content / "nowhere", "rules.no_folder"), (empty, "rules.no_facts")):
        status, found = ask(capsys, folder, file)
        assert (status, found[0]["reasons"][0]["code"]) == (2, code)


def test_content_with_a_fault_answers_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "other.yaml").write_text(
        policy_text(clause_with(代码="YX-09", 条件="研发支出 >= 3万元")), encoding="utf-8"
    )
    status, found = ask(capsys, content, facts(content, [{"subject": "A"}]))
    assert status == 2
    assert found[0]["refused"] == "rules.content_failed"
    assert (
        "yunxi" not in found[0]["reasons"][0]["text"].split(":")[0] or "other.yaml:12" in found[0]["reasons"][0]["text"]
    )
    assert "您是不是要写 研发费用" in found[0]["reasons"][0]["fix"]


def test_lint_says_what_is_wrong_and_what_is_hardly_meant(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "lint", content, "--as-of", DAY)[0] == 0
    scale = '{分档: {按: 研发费用, 档: [{区间: "[1万元, 2万元)", 金额: 5万元}, {区间: "(2万元, )", 金额: 5万元}]}}'
    (content / "other.yaml").write_text(
        policy_text(clause_with(代码="YX-08", 金额=scale), clause_with(代码="YX-09", 条件="研发支出 >= 3万元")),
        encoding="utf-8",
    )
    status, out, _err = run(capsys, "lint", content, "--as-of", DAY)
    assert status == 1
    assert "other.yaml:13 YX-08：第 1 档与下一档之间有空档：2万元" in out
    assert "other.yaml:20 YX-09 条件：事实词典里没有“研发支出”" in out
    assert "3 条条款，20 个事实：2 处问题" in out
    status, found = lines(capsys, "lint", content, "--as-of", DAY)
    assert [(each["code"], each["row"], each["clause"]) for each in found[0]["findings"] if each["level"] == "problem"] == [
        ("rules.lint_band_gap", 13, "YX-08"), ("rules.fact_unknown", 20, "YX-09"),
    ]  # fmt: skip


def test_lint_tells_of_files_that_cannot_be_read(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "bad.yaml").write_text("a: [1\nb", encoding="utf-8")
    (content / "bomb.yaml").write_text("a: &a [x]\nb: *a\n", encoding="utf-8")
    (content / "twice.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    (content / "latin.yaml").write_bytes("名称: 甲".encode("gb18030"))
    (content / "deep.yaml").write_text("[" * 3_000, encoding="utf-8")
    status, out, _err = run(capsys, "lint", content, "--as-of", DAY)
    assert status == 2
    for name in ("bad.yaml", "bomb.yaml", "twice.yaml", "latin.yaml", "deep.yaml"):
        assert f"✗ {name}" in out or f"！ {name}" in out
    assert "层次超过 40 层" in out


def test_places_see_their_own_facts_and_those_they_inherit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = "valid_from: 2026-11-29\nsource: 演示\nfacts:\n  - {id: in_a, name: 在甲地, type: yesno}\n"
    for place, parent, more in (("cn", None, FACTS), ("a", "cn", own), ("b", "cn", "")):
        (tmp_path / place / "policies").mkdir(parents=True)
        (tmp_path / place / "place.yaml").write_text(f"code: {place}\nparent: {parent or 'null'}\n", encoding="utf-8")
        if more:
            (tmp_path / place / "facts.yaml").write_text(more, encoding="utf-8")
    for place in "ab":
        text = policy_text(clause_with(代码=f"{place.upper()}-1", 条件="在甲地"))
        (tmp_path / place / "policies" / "x.yaml").write_text(text, encoding="utf-8")
    status, found = lines(capsys, "lint", tmp_path, "--as-of", DAY)
    assert status == 1
    assert [(each["file"], each["code"]) for each in found[0]["findings"]] == [
        ("b/policies/x.yaml", "rules.fact_not_in_dictionary")
    ]
    status, found = lines(capsys, "lint", tmp_path / "a", "--as-of", DAY)
    assert (status, found[0]["clauses"], found[0]["facts"]) == (0, 1, 21)


def test_it_starts_without_django(content: Path) -> None:
    script = (
        "import sys; from feidi.portals.cli.main import main; "
        f"code = main(['policy', 'lint', {str(content)!r}]); "
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules), 'django'; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
