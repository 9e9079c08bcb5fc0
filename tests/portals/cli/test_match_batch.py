"""``feidi match batch``: the same lists by the kernel and by one SQL statement on DuckDB and Spark."""

from __future__ import annotations

import importlib.util
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.inside.offers import OfferMaker
from feidi.engines.affinity import Asking, Need
from feidi.engines.affinity.index import Index
from feidi.portals.cli.main import main

parquet = pytest.importorskip("pyarrow.parquet", reason="the analytics extra is not installed")
HAVE_DUCKDB = importlib.util.find_spec("duckdb") is not None
HAVE_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
SQL = [
    pytest.param("duckdb", marks=pytest.mark.skipif(not HAVE_DUCKDB, reason="DuckDB is not installed")),
    pytest.param(
        "spark",
        marks=[
            pytest.mark.slow,
            pytest.mark.skipif(not HAVE_SPARK, reason="SPARK IS NOT TESTED HERE: pyspark or Java is not installed"),
        ],
    ),
]
DAY = "2026-06-01"


def needs_file(path: Path, needs: list[Need]) -> Path:
    records = []
    for number, need in enumerate(needs):
        facts = {name: value for name in ("kinds", "nodes") if (value := sorted(getattr(need.facts, name) or ()))}
        record: dict[str, Any] = {"id": f"n{number}", "text": need.text, "place": need.facts.place, **facts}
        if need.facts.stages:
            record["stages"] = [need.facts.stages.low, need.facts.stages.high]
        if need.facts.ticket:
            ticket = need.facts.ticket
            record["ticket"] = {"low": ticket.low, "high": ticket.high, "currency": ticket.currency}
        if number % 5 == 0:
            record["blocked"] = ["f1", "f2", "o0000003"]
        records.append(record)
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An index of two segments with offers struck off, and needs."""
    folder, maker = tmp_path_factory.mktemp("match"), OfferMaker(11)
    offers = list(maker.offers(2_000))
    index = Index.build(offers[:1_700])
    index.add(offers[1_690:])
    index.remove([each.id for each in random.Random(1).sample(offers, 50)])
    index.save(folder / "i")
    return folder / "i", needs_file(folder / "needs.jsonl", maker.needs(60))


def batch(world: tuple[Path, Path], out: Path, *more: str) -> list[dict[str, Any]]:
    words = ["--index", str(world[0]), "--needs", str(world[1]), "--out", str(out), "--as-of", DAY, *more]
    assert main(["match", "batch", *words]) == 0
    return parquet.read_table(out).to_pylist()


@pytest.mark.parametrize("engine", SQL)
def test_one_sql_statement_gives_the_lists_of_the_kernel(world: tuple[Path, Path], tmp_path: Path, engine: str) -> None:
    ours = batch(world, tmp_path / "numpy.parquet", "--exhaustive")
    theirs = batch(world, tmp_path / f"{engine}.parquet", "--engine", engine)
    assert len(ours) > 500
    assert len({row["offer"].startswith("o00016") for row in ours}) == 2, "both segments are in the lists"
    assert [(row["need"], row["place"], row["offer"], row["missing"]) for row in theirs] == [
        (row["need"], row["place"], row["offer"], row["missing"]) for row in ours
    ]
    for row, other in zip(ours, theirs, strict=True):
        assert other["score"] == pytest.approx(row["score"], abs=1e-4)
        assert other["bm25"] == pytest.approx(row["bm25"], abs=1e-4)


@pytest.mark.parametrize("engine", SQL)
def test_the_sums_of_sql_are_those_of_the_formula(world: tuple[Path, Path], engine: str) -> None:
    from feidi.portals.cli.matching.batch_sql import shortlists

    index, needs = Index.open(world[0]), [Need("氧化锆陶瓷烧结"), Need("PCR")]
    found = shortlists(engine, index.view, needs, Asking(looked_at=30)).to_pylist()
    assert len(found) > 30
    ids = [part.segment.ids[row] for part in index.view.parts for row in range(len(part.segment))]
    for number, need in enumerate(needs):
        scores = index.lexical_scores(need)
        best = sorted(scores.values(), reverse=True)[:30]
        rows = [row for row in found if row["need"] == number]
        assert [row["score"] for row in rows] == pytest.approx(best, abs=1e-4)
        assert [scores[ids[row["offer"]]] for row in rows] == pytest.approx(best, abs=1e-4)


def test_parts_add_up_and_lists_are_those_of_query(world: tuple[Path, Path], tmp_path: Path) -> None:
    rows = batch(world, tmp_path / "out.parquet", "--top", "5")
    assert max(row["place"] for row in rows) == 5
    parts = ("lexical", "meaning", "node", "region", "stage", "ticket", "freshness", "evidence")
    for row in rows:
        assert sum(row[part] or 0 for part in parts) == pytest.approx(row["score"], abs=1e-6)
    assert parquet.read_schema(tmp_path / "out.parquet").metadata[b"feidi.match"] == b"1"


def test_many_needs_are_shared_by_processes(
    world: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feidi.portals.cli.matching import batch_numpy

    alone = batch(world, tmp_path / "alone.parquet")
    monkeypatch.setattr(batch_numpy, "_FEW", 1)
    monkeypatch.setattr(batch_numpy, "STRETCH", 25)
    assert batch(world, tmp_path / "shared.parquet") == alone


@pytest.mark.parametrize(
    ("text", "code"), [('{"id": "a", "text": "😀"}', "match.line_no_words"), ('{"id": "a"}', "match.line_text")]
)
def test_needs_that_cannot_be_used_leave_no_file(
    world: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str
) -> None:
    bad = tmp_path / "needs.jsonl"
    bad.write_text(text, encoding="utf-8")
    words = ["--index", str(world[0]), "--needs", str(bad), "--json"]
    assert main(["match", "batch", *words, "--out", str(tmp_path / "out.parquet")]) == 2
    assert [each["code"] for each in json.loads(capsys.readouterr().out)["reasons"]] == [code]
    assert [path.name for path in tmp_path.iterdir()] == ["needs.jsonl"]
    assert main(["match", "batch", *words, "--out", str(tmp_path / "no" / "out.parquet")]) == 2
    assert json.loads(capsys.readouterr().out)["refused"] == "match.out_unusable"
