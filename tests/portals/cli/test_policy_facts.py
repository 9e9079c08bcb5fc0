"""Files of facts that nobody foresaw: read or told, never a crash, never both facts and silence."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.rules.codes import CODES, how_of, what_of
from feidi.portals.cli.policy.facts_file import FactsFile, read_facts
from tests.engines.rules.language.support import dictionary

WORDS = dictionary()
_FEW = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
    st.sampled_from(["A", "300万元", "300万元以上", "[", "≥", "-", "1-2-3", "2020-13", "2020-02-30", "是", "无", "市级至", "至市级", "0" * 50 + "元"]),
)  # fmt: skip
_KEYS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            "subject",
            "subjects",
            "研发费用",
            "rd_spend",
            "成立日期",
            "研发机构级别",
            "企业称号",
            "judged:A:1",
            "judged::x",
            "",
        ]
    ),
)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=10
)


def told(found: FactsFile) -> None:
    """Every fault has words; a file without faults has subjects."""
    assert found.findings or found.subjects
    for each in found.findings:
        assert each.level is Level.FATAL
        assert each.code in CODES
        assert what_of(each)
        how_of(each)


def read(folder: Path, name: str, content: bytes) -> FactsFile:
    path = folder / name
    path.write_bytes(content)
    return read_facts(path, WORDS)


@_FEW
@given(value=st.one_of(_VALUES, st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), max_size=3)))
def test_any_json(tmp_path: Path, value: Any) -> None:
    told(read(tmp_path, "facts.json", json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")))


@_FEW
@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
)
@pytest.mark.parametrize("name", ["facts.json", "facts.csv", "facts.xlsx", "facts.parquet"])
def test_any_bytes(tmp_path: Path, name: str, content: bytes) -> None:
    told(read(tmp_path, name, content))


@_FEW
@given(
    rows=st.lists(st.lists(_SCALARS, max_size=5), min_size=1, max_size=5), heads=st.lists(_KEYS, min_size=1, max_size=5)
)
def test_any_table(tmp_path: Path, rows: list[list[Any]], heads: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    told(read(tmp_path, "facts.csv", text.getvalue().encode("utf-8", "replace")))
