"""A saved index is the same index; damage of any file is told; a crash leaves the old one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from feidi.engines.affinity import Asking, Need, Offer
from feidi.engines.affinity import files as files_module
from feidi.engines.affinity.index import Index
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import DAY, facts, offers, word_like
from tests.support.home import examples


def some(count: int = 30) -> list[Offer]:
    return [
        Offer(f"o{at}", f"陶瓷墨水 窑炉节能{at} 细胞培养", f"f{at % 4}", blocked=frozenset({"x"}))
        for at in range(count)
    ]


def refusal(folder: Path) -> tuple[str, str]:
    with pytest.raises(RefusedError) as refused:
        Index.open(folder)
    return refused.value.refusal.code, str(refused.value.refusal.params)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offers(), word_like(), facts())
def test_saved_and_opened_is_the_same(tmp_path: Path, given_offers: list[Offer], asked: str, wanted) -> None:
    folder = tmp_path / "index"
    shutil.rmtree(folder, ignore_errors=True)
    index, need, asking = Index.build(given_offers), Need(asked, wanted, owner="rival"), Asking(on=DAY)
    index.save(folder)
    opened = Index.open(folder)
    assert opened.query(need, asking) == index.query(need, asking)
    assert [opened.get(each.id) for each in given_offers] == given_offers
    for each in (index, opened):
        each.add([Offer("new", asked, "甲", wanted), *given_offers[:1]])
        each.remove([offer.id for offer in given_offers[1:3]])
    opened.save(folder)
    assert Index.open(folder).query(need, asking) == index.query(need, asking)


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    Index.build(some()).save(tmp_path / "i")
    index = Index.open(tmp_path / "i")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "i").glob("segment-1-0/*")}
    assert before
    index.add([Offer("new", "陶瓷")])
    index.save(tmp_path / "i")
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert "new" in Index.open(tmp_path / "i")


def test_damage_of_any_file_is_told_and_how_to_mend_it(tmp_path: Path) -> None:
    index = Index.build(some())
    index.remove(["o3"])
    index.save(tmp_path / "i")
    paths = [path for path in (tmp_path / "i").rglob("*") if path.is_file() and path.suffix in (".npy", ".json")]
    assert len(paths) > 15
    for path in paths:
        whole = path.read_bytes()
        for damaged in (
            whole[:-1],
            whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :],
        ):
            path.write_bytes(damaged)
            code, params = refusal(tmp_path / "i")
            assert code in ("match.index_damaged", "match.index_manifest"), path
            assert path.name in params
        path.unlink()
        assert refusal(tmp_path / "i")[0] in ("match.index_damaged", "match.index_absent")
        path.write_bytes(whole)
    assert len(Index.open(tmp_path / "i")) == 29


def test_a_damaged_index_is_replaced_by_a_new_one(tmp_path: Path) -> None:
    Index.build(some()).save(tmp_path / "i")
    (tmp_path / "i" / "manifest.json").write_text("{", encoding="utf-8")
    assert refusal(tmp_path / "i")[0] == "match.index_manifest"
    Index.build(some(5)).save(tmp_path / "i")
    assert len(Index.open(tmp_path / "i")) == 5


@pytest.mark.parametrize("at", range(1, 60, 7))
def test_a_crash_while_writing_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    Index.build(some()).save(tmp_path / "i")
    index = Index.open(tmp_path / "i")
    index.add([Offer(f"n{number}", "陶瓷薄膜") for number in range(40)])
    index.remove(["o1"])
    calls, real = [0], files_module.os.fsync

    def crash(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] == at:
            raise OSError("no space left")
        real(descriptor)

    monkeypatch.setattr(files_module.os, "fsync", crash)
    try:
        index.save(tmp_path / "i")
    except OSError:
        assert (len(Index.open(tmp_path / "i")), "o1" in Index.open(tmp_path / "i")) == (30, True)
    monkeypatch.setattr(files_module.os, "fsync", real)
    index.save(tmp_path / "i")
    assert (len(Index.open(tmp_path / "i")), "o1" in Index.open(tmp_path / "i")) == (69, False)
    assert not list((tmp_path / "i").glob("*.unfinished"))


def test_two_that_change_it_do_not_undo_each_other(tmp_path: Path) -> None:
    Index.build(some()).save(tmp_path / "i")
    one, other = Index.open(tmp_path / "i"), Index.open(tmp_path / "i")
    one.add([Offer("one", "陶瓷")])
    one.save(tmp_path / "i")
    other.add([Offer("other", "陶瓷")])
    with pytest.raises(RefusedError) as refused:
        other.save(tmp_path / "i")
    assert refused.value.refusal.code == "match.index_changed"
    assert "one" in Index.open(tmp_path / "i")
    one.add([Offer("two", "陶瓷")])
    one.save(tmp_path / "i")


def test_other_folders_and_formats_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(RefusedError) as refused:
        Index.build(some()).save(tmp_path)
    assert refused.value.refusal.code == "match.index_occupied"
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]
    assert refusal(tmp_path / "nowhere")[0] == "match.index_absent"
    Index.build(some()).save(tmp_path / "i")
    manifest = tmp_path / "i" / "manifest.json"
    manifest.write_text(
        json.dumps({**json.loads(manifest.read_text(encoding="utf-8")), "format": 99}), encoding="utf-8"
    )
    assert refusal(tmp_path / "i")[0] == "match.index_format"
