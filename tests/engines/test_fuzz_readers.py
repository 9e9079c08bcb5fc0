"""Readers meet what nobody foresaw: random bytes, grids and trees give findings or a refusal, never a crash."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feidi.engines.findings import Finding, Level
from feidi.engines.sheets import CODES, Workbook, read_workbook
from feidi.engines.stages import StageTable, TableError, parse_table

_FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_FILE_NAMES = st.sampled_from(["台账.xlsx", "a.xls", "b.csv", "c.tsv", "d.txt", "e", "f.xlsm", "g.docx"])
_HEADS = [
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<html>",
    b"%PDF-",
    b"\x00",
    b"",
]
_CELLS = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
    st.sampled_from(
        ["项目名称", "合计", "1200万", "2023.5", "=1+1", "备注：", "序号", "　", "数千万", "91440604MA4UXXXX0K"]
    ),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.none(),
    st.booleans(),
)
_GRIDS = st.lists(st.lists(_CELLS, max_size=6), max_size=8)


def _sound(book: Workbook) -> None:
    """What was read is whole: known codes, one fatal finding and nothing else, or sheets whose rows fit their columns."""
    findings: list[Finding] = [*book.findings, *(each for sheet in book.sheets for each in sheet.findings)]
    assert {each.code for each in findings} <= CODES.keys()
    assert (book.fatal is None) or book.sheets == ()
    assert sum(each.level is Level.FATAL for each in book.findings) <= 1
    for sheet in book.sheets:
        assert all(len(record.values) == len(sheet.columns) for record in sheet.iter_records())


@_FEW
@given(st.sampled_from(_HEADS), st.binary(max_size=400), _FILE_NAMES)
def test_any_bytes(head: bytes, data: bytes, name: str) -> None:
    _sound(read_workbook(head + data, name=name))


@_FEW
@given(_GRIDS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_any_delimited_grid(grid: Sequence[Sequence[Any]], delimiter: str, encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(grid)
    _sound(read_workbook(text.getvalue().encode(encoding), name="a.csv"))


@settings(_FEW, max_examples=30)
@given(_GRIDS, st.lists(st.tuples(*[st.integers(0, 5)] * 4), max_size=3), st.binary(max_size=3), st.integers(0, 4000))
def test_any_workbook_whole_or_damaged(
    grid: Sequence[Sequence[Any]], merges: Sequence[tuple[int, ...]], damage: bytes, at: int
) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("台账")
        for row, cells in enumerate(grid):
            sheet.write_row(row, 0, cells)
        for top, left, high, wide in merges[:1]:
            sheet.merge_range(top, left, top + high + 1, left + wide, "合并")
    whole = buffer.getvalue()
    _sound(read_workbook(whole, name="a.xlsx"))
    at = min(at, len(whole) - 1)
    _sound(read_workbook(whole[:at] + damage + whole[at + len(damage) :], name="a.xlsx"))


_LABEL = st.one_of(st.fixed_dictionaries({"zh": st.text(max_size=3), "en": st.text(max_size=3)}), st.text(max_size=3))
_GUARD = st.fixed_dictionaries(
    {},
    optional={
        "code": st.text(max_size=4),
        "kind": st.sampled_from(["fact", "evidence", "interaction", "agreement", "role", "wish"]),
        "key": st.text(max_size=4),
        "any_of": st.lists(st.text(max_size=3), max_size=2),
        "label": _LABEL,
        "fix": _LABEL,
        "n": st.integers(-1, 3),
        "when": st.fixed_dictionaries({"fact": st.text(max_size=3), "is": st.booleans()}),
    },
)
_STAGE = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["lead", "screening", "signed", "", "admitted"]),
        "label": _LABEL,
        "aliases": st.lists(st.text(max_size=3), max_size=2),
        "optional": st.booleans(),
        "who": st.lists(st.text(max_size=3), max_size=2),
        "guards": st.lists(_GUARD, max_size=3),
        "clock": st.dictionaries(st.sampled_from(["code", "n", "unit", "starts", "stops_when"]), st.integers(0, 9)),
    },
)
_TRACK = st.fixed_dictionaries({}, optional={"label": _LABEL, "stages": st.lists(_STAGE, max_size=3)})
_TABLE = st.fixed_dictionaries(
    {},
    optional={
        "tracks": st.dictionaries(st.sampled_from(["talks", "host", "home"]), _TRACK, max_size=3),
        "opens": st.dictionaries(st.sampled_from(["host", "home"]), st.sampled_from(["signed", "lead", "never"])),
        "waivable_before": st.text(max_size=5),
        "backdate_working_days": st.integers(0, 9),
    },
)


@settings(_FEW, max_examples=150)
@given(_TABLE)
def test_any_stage_table_is_read_or_refused_with_its_place(raw: dict[str, Any]) -> None:
    """Trees of the right shape with anything missing or wrong in them: a table, or an error that names the place."""
    said = _read(raw)
    if isinstance(said, StageTable):
        assert "talks" in said.tracks
    else:
        assert "tracks" in said or "opens" in said


def _read(raw: dict[str, Any]) -> StageTable | str:
    try:
        return parse_table(raw)
    except TableError as error:
        return str(error)


_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["tracks", "opens", "talks", "stages", "code", "label", "zh", "en", "guards", "clock", "who"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["tracks", "opens", "backdate_working_days"]), _TREES, max_size=3))
def test_any_tree_at_all_is_refused_in_words(raw: dict[str, Any]) -> None:
    """Whatever shape: never another error than the one that says where and how to write it."""
    with contextlib.suppress(TableError):
        assert isinstance(parse_table(raw), StageTable)
