"""``feidi policy batch``: Parquet to Parquet by kernel, DuckDB and Spark; what is written, and what is refused whole."""

from __future__ import annotations

import importlib.util
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feidi.portals.cli.main import main
from tests.engines.rules.language.support import FACTS, clause_with, policy_text

pa = pytest.importorskip("pyarrow", reason="the analytics extra is not installed")
parquet = pytest.importorskip("pyarrow.parquet")

DAY = "2026-06-01"
HAVE_DUCKDB = importlib.util.find_spec("duckdb") is not None
HAVE_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


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
            条件="{全部: [研发费用 >= 100万元, 在佛山工作]}",
        ),
        clause_with(代码="YX-02", 方式="评审", 条件="企业称号 含 单项冠军"),
    )
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    return folder


def firms(folder: Path, **columns: Any) -> Path:
    """Write facts: money exact or as ends, texts as in any table."""
    given: dict[str, Any] = {
        "subject": ["A", "B", "C", "D", "E"],
        "rd_spend": pa.array([10**8, 10**8, None, 99_999_999, None], pa.int64()),
        "rd_spend_lo": pa.array([None, None, 10**8, None, None], pa.int64()),
        "rd_spend_hi": pa.array([None, None, 2 * 10**8, None, None], pa.int64()),
        "在佛山工作": pa.array([True, None, True, True, True]),
        "企业称号": ["单项冠军", "无", None, "单项冠军、专精特新小巨人", "专精特新小巨人"],
        **columns,
    }
    path = folder.parent / "firms.parquet"
    parquet.write_table(pa.table({name: each for name, each in given.items() if each is not None}), path)
    return path


def batch(content: Path, facts: Path, *more: str, out: Path | None = None) -> tuple[int, Path]:
    out = out or content.parent / "out.parquet"
    words = ["--content", str(content), "--facts", str(facts), "--as-of", DAY, "--out", str(out), *more]
    return main(["policy", "batch", *words]), out


def answered(out: Path) -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], tuple[int, int | None]]]:
    """Return, by subject, a sign for each clause; and the amounts by subject and clause."""
    verdicts = parquet.read_table(out)
    clauses = json.loads(verdicts.schema.metadata[b"feidi.policy"])["clauses"]
    signs = {
        row["key"]: tuple(
            "+" if row["eligible_0"] >> n & 1 else "?" if row["unknown_0"] >> n & 1 else "-"
            for n in range(len(clauses))
        )
        for row in verdicts.to_pylist()
    }
    amounts = parquet.read_table(out.with_name("out.amounts.parquet")).to_pylist()
    granted = {
        (row["key"], clauses[row["clause"]]["code"]): (row["amount_min_fen"], row["amount_max_fen"]) for row in amounts
    }
    return signs, granted


SIGNS = {"A": ("+", "+"), "B": ("?", "-"), "C": ("+", "?"), "D": ("-", "+"), "E": ("?", "-")}
GRANTED = {("A", "YX-01"): (30_000_000, 30_000_000), ("C", "YX-01"): (30_000_000, 50_000_000)}
ENGINES = [
    "numpy",
    pytest.param("duckdb", marks=pytest.mark.skipif(not HAVE_DUCKDB, reason="DuckDB is not installed")),
    pytest.param(
        "spark",
        marks=[
            pytest.mark.slow,
            pytest.mark.skipif(not HAVE_SPARK, reason="SPARK IS NOT TESTED HERE: pyspark or Java is not installed"),
        ],
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_writes_the_same_answers(content: Path, engine: str) -> None:
    status, out = batch(content, firms(content), "--engine", engine)
    assert status == 0
    assert answered(out) == (SIGNS, GRANTED)


@pytest.mark.parametrize("engine", ENGINES)
def test_amounts_of_what_is_possible_too(content: Path, engine: str) -> None:
    status, out = batch(content, firms(content), "--engine", engine, "--amounts", "possible")
    assert status == 0
    possible = {("B", "YX-01"): (30_000_000, 30_000_000), ("E", "YX-01"): (0, 50_000_000)}
    assert answered(out)[1] == {**GRANTED, **possible}


@pytest.mark.parametrize("engine", ENGINES)
def test_near_misses_name_the_one_condition_that_is_lacking(content: Path, engine: str) -> None:
    status, out = batch(content, firms(content), "--engine", engine, "--near-misses")
    assert status == 0
    found = parquet.read_table(out)
    faults = json.loads(found.schema.metadata[b"feidi.policy"])["faults"]
    lacking = {
        row["key"]: [(fault["clause"], fault["path"]) for n, fault in enumerate(faults) if row["near_0"] >> n & 1]
        for row in found.to_pylist()
    }
    assert lacking == {"A": [], "B": [(1, [])], "C": [], "D": [(0, [0])], "E": [(1, [])]}
    assert all(fault["words"] for fault in faults)


def test_the_file_says_what_it_is_about(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = batch(content, firms(content), "--json")
    assert status == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["subjects"], said["clauses"], said["engine"]) == (5, 2, "numpy")
    assert [each["rows"] for each in said["written"]] == [5, 2]
    about = json.loads(parquet.read_schema(out).metadata[b"feidi.policy"])
    assert about["as_of"] == DAY
    first, second = about["clauses"]
    assert (first["code"], first["amount"], first["validity"], first["decision"]) == (
        "YX-01", "differs", "in_force", "approval",
    )  # fmt: skip
    assert (second["amount"], second["amount_min_fen"], second["amount_max_fen"]) == ("same", 5_000_000, 5_000_000)
    assert len(first["sha256"]) == 64


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"rd_spend": pa.array([1.5] * 5)}, "rules.batch_column"),
        ({"天气": pa.array([1] * 5)}, "rules.fact_not_in_dictionary"),
        ({"研发费用": pa.array([1] * 5), "rd_spend_lo": None, "rd_spend_hi": None}, "rules.facts_key_twice"),
        ({"subject": ["A", "B", "A", "D", "E"]}, "rules.batch_key_twice"),
        ({"subject": ["A", None, "C", "D", "E"]}, "rules.facts_subject"),
        ({"subject": pa.array([1.0, 2, 3, 4, 5])}, "rules.batch_column"),
        ({"rd_spend": pa.array([10**8, -1, None, 5, 6])}, "rules.batch_value"),
        ({"rd_spend_lo": pa.array([None, None, 3 * 10**8, None, None], pa.int64())}, "rules.batch_value"),
        ({"企业称号": ["单项冠军", "冠军", None, "无", "无"]}, None),
        ({"rd_spend": ["1000", "1000万元", None, "1", "2"], "rd_spend_lo": None, "rd_spend_hi": None}, None),
    ],
)
@pytest.mark.parametrize("engine", ENGINES[:2])
def test_bad_facts_are_refused_whole(
    content: Path, capsys: pytest.CaptureFixture[str], columns: dict[str, Any], code: str | None, engine: str
) -> None:
    status, out = batch(content, firms(content, **columns), "--engine", engine, "--json")
    assert status == 2
    said = json.loads(capsys.readouterr().out)
    assert said["refused"] == "rules.facts_failed"
    assert all(reason["text"] and "{" not in reason["text"] for reason in said["reasons"])
    if code is not None:
        assert code in {reason["code"] for reason in said["reasons"]}
    assert [each.name for each in out.parent.glob("*out*")] == []


def test_what_cannot_be_read_or_written_is_said(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = firms(content)
    assert batch(content, content.parent / "none.parquet")[0] == 2
    assert batch(content, content / "facts.yaml")[0] == 2
    assert batch(content, facts, out=content.parent / "nowhere" / "out.parquet")[0] == 2
    assert batch(content, facts, out=facts)[0] == 2
    assert batch(content.parent / "nothing", facts)[0] == 2
    assert parquet.read_table(facts).num_rows == 5
    assert "✗" in capsys.readouterr().err


def test_texts_days_and_dictionaries_are_read_like_numbers(content: Path) -> None:
    """Money as people write it, in a column of coded texts: each different text is read once."""
    spent = pa.array(["100万元", "100万元以上", "1,000,000元", "99万元", None]).dictionary_encode()
    facts = firms(content, rd_spend=spent, rd_spend_lo=None, rd_spend_hi=None, 在佛山工作=pa.array([True] * 5))
    status, out = batch(content, facts, "--amounts", "possible")
    assert status == 0
    signs, granted = answered(out)
    assert [signs[key][0] for key in "ABCDE"] == ["+", "+", "+", "-", "?"]
    assert granted["B", "YX-01"] == (30_000_000, 50_000_000)
    assert date.fromisoformat(DAY)
