"""An index in a folder: ``manifest.json`` names everything that counts; all else is immutable and written once.

``manifest.json``        format, generation, offers, the segments with their files and checksums
``segment-<g>-<n>/``     one segment: arrays (``.npy``) and the values of its coded facts (``facts.json``)
``gone-<g>-<n>/``        rows struck off a segment
``meaning-<g>/``         the model of meaning

A change writes new folders and then replaces the manifest in one step: a crash leaves the index as it was, with folders that
nobody names; the next change throws them away. Two that change the same folder do not undo each other's work: the later one
is refused.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from feidi.engines.affinity.columns import Coded, Columns, Ends, Value
from feidi.engines.affinity.commonest import Common
from feidi.engines.affinity.files import Sums, check, read_array, read_json, write_arrays, write_json
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.forward import Forward
from feidi.engines.affinity.meaning import Meaning
from feidi.engines.affinity.postings import Postings
from feidi.engines.affinity.segment import Segment
from feidi.engines.affinity.strings import Strings
from feidi.engines.affinity.terms import TERMS
from feidi.engines.affinity.view import Part, View, living_parts
from feidi.engines.findings import refuse

FORMAT: Final = 2
MANIFEST: Final = "manifest.json"
_LOCK: Final = ".lock"
_UNFINISHED: Final = ".unfinished"
_OURS: Final = re.compile(r"(segment|gone|meaning)-\d+(-\d+)?(\.unfinished)?|manifest\.json(\.unfinished)?|\.lock")
_BLOCKED: Final = "blocked"
_STRINGS: Final = ("data", "starts", "hashes", "order")


class _Kept(NamedTuple):
    """Where something immutable stands already."""

    folder: Path
    name: str
    files: Sums


#: What was read from a folder or written to one, so that it is not written there again.
_KEPT: Final[WeakKeyDictionary[Segment | Meaning, _Kept]] = WeakKeyDictionary()


def read(folder: Path, *, verify: bool) -> tuple[View, int]:
    """Return the index of a folder and its generation. Refused: absent, other format, damaged."""
    manifest = _manifest(folder)
    parts = []
    for each in manifest["segments"]:
        segment = _read_segment(folder, each, verify=verify)
        part = Part(segment)
        if each["gone"]:
            check(folder / each["gone"]["name"], each["gone"]["files"], whole=True)
            part = part.without(np.array(read_array(folder / each["gone"]["name"], "rows")))
        parts.append(part)
    meaning = _read_meaning(folder, manifest["meaning"], verify=verify) if manifest["meaning"] else None
    return View(living_parts(parts), meaning), int(manifest["generation"])


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise refuse("match.index_absent", path=str(folder))
    manifest = read_json(path, "match.index_manifest")
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else None
        raise refuse("match.index_format", path=str(folder), found=str(found), known=FORMAT)
    if manifest.pop("crc", None) != _crc(manifest):
        raise refuse("match.index_damaged", file=MANIFEST, why="CRC-32")
    return manifest


def _crc(manifest: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode())


def write(view: View, folder: Path, expected: int | None = None) -> int:
    """Write an index; return its generation. Refused: other files there, or a generation other than the expected one."""
    if folder.exists() and (not folder.is_dir() or any(not _OURS.fullmatch(each.name) for each in folder.iterdir())):
        raise refuse("match.index_occupied", path=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        before = _generation(folder)
        if expected is not None and before != expected:
            raise refuse("match.index_changed", path=str(folder))
        generation = before + 1
        manifest = {
            "format": FORMAT,
            "generation": generation,
            "offers": view.statistics.offers,
            "segments": [_write_part(folder, generation, n, part) for n, part in enumerate(view.parts)],
            "meaning": _write_meaning(folder, generation, view.meaning) if view.meaning else None,
        }
        unfinished = folder / (MANIFEST + _UNFINISHED)
        write_json(unfinished, {**manifest, "crc": _crc(manifest)})
        unfinished.replace(folder / MANIFEST)
        _sweep(folder, manifest)
    return generation


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against other writers; ends with the process at the latest."""
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _generation(folder: Path) -> int:
    """Return the generation that stands there, 0 for none; a damaged manifest is replaced, its number not used again."""
    numbers = [int(match[0]) for each in folder.iterdir() if (match := re.search(r"\d+", each.name))]
    try:
        manifest = read_json(folder / MANIFEST, "match.index_manifest") if (folder / MANIFEST).is_file() else {}
        return int(manifest["generation"]) if manifest else max(numbers, default=0)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is being replaced
        return max(numbers, default=0)


def _sweep(folder: Path, manifest: dict[str, Any]) -> None:
    named = {each["name"] for each in manifest["segments"]}
    named |= {each["gone"]["name"] for each in manifest["segments"] if each["gone"]}
    named |= {manifest["meaning"]["name"]} if manifest["meaning"] else set()
    for each in folder.iterdir():
        if each.is_dir() and each.name not in named and _OURS.fullmatch(each.name):
            shutil.rmtree(each, ignore_errors=True)


def _folder_of(folder: Path, name: str, arrays: dict[str, Array], values: dict[str, Any]) -> Sums:
    """Write a folder whole or not at all."""
    unfinished = folder / (name + _UNFINISHED)
    for left in (unfinished, folder / name):
        shutil.rmtree(left, ignore_errors=True)
    sums = write_arrays(unfinished, arrays, values)
    unfinished.replace(folder / name)
    return sums


def _write_part(folder: Path, generation: int, number: int, part: Part) -> dict[str, Any]:
    segment = part.segment
    kept = _KEPT.get(segment)
    if kept is None or kept.folder != folder.resolve() or not (folder / kept.name).is_dir():
        name = f"segment-{generation}-{number}"
        kept = _Kept(folder.resolve(), name, _folder_of(folder, name, *_arrays_of(segment)))
        _KEPT[segment] = kept
    gone = None
    if part.alive is not None:
        name = f"gone-{generation}-{number}"
        rows = {"rows": np.flatnonzero(~part.alive)}
        gone = {"name": name, "files": _folder_of(folder, name, rows, {})}
    return {"name": kept.name, "offers": len(segment), "files": kept.files, "gone": gone}


def _arrays_of(segment: Segment) -> tuple[dict[str, Array], dict[str, Any]]:
    postings, columns = segment.postings, segment.columns
    arrays = {
        "units": segment.units,
        "unit_starts": segment.unit_starts,
        "owner": segment.owner,
        "most": segment.most,
        "repeated": segment.repeated,
        "repeated_starts": segment.repeated_starts,
        "posting_starts": postings.starts,
        "posting_rows": postings.rows,
        "posting_counts": postings.counts,
        "lengths": postings.lengths,
        "forward_starts": segment.forward.starts,
        "forward_packed": segment.forward.packed,
        "common_terms": segment.common.terms,
        "common_bits": segment.common.bits,
        **{f"ids_{name}": getattr(segment.ids, name) for name in _STRINGS},
        **{f"owners_{name}": getattr(segment.owners, name) for name in _STRINGS},
        **{f"ends_{name}": np.stack([ends.low, ends.high]) for name, ends in columns.ends.items()},
        **{f"days_{name}": days for name, days in columns.days.items()},
        **{f"numbers_{name}": numbers for name, numbers in columns.numbers.items()},
    }
    coded = {**columns.coded, **({_BLOCKED: segment.blocked} if segment.blocked else {})}
    arrays |= {f"codes_{name}": each.codes for name, each in coded.items()}
    if segment.vectors is not None:
        arrays["vectors"] = segment.vectors
    values = {name: [sorted(v) if isinstance(v, frozenset) else v for v in each.values] for name, each in coded.items()}
    return arrays, {"facts": values}


def _read_segment(folder: Path, told: dict[str, Any], *, verify: bool) -> Segment:
    inside, files = folder / told["name"], told["files"]
    check(inside, files, whole=verify)
    values = read_json(inside / "facts.json", "match.index_manifest")
    names = [name.removesuffix(".npy") for name in files if name.endswith(".npy")]
    arrays = {name: read_array(inside, name) for name in names}
    coded = {name: Coded(arrays[f"codes_{name}"], tuple(map(_value, each))) for name, each in values.items()}
    blocked = coded.pop(_BLOCKED, None)
    segment = Segment(
        ids=Strings(*(arrays[f"ids_{name}"] for name in _STRINGS)),
        units=arrays["units"],
        unit_starts=arrays["unit_starts"],
        postings=Postings(
            arrays["posting_starts"], arrays["posting_rows"], arrays["posting_counts"], arrays["lengths"]
        ),
        forward=Forward(arrays["forward_starts"], arrays["forward_packed"]),
        common=Common(arrays["common_terms"], arrays["common_bits"]),
        owner=arrays["owner"],
        owners=Strings(*(arrays[f"owners_{name}"] for name in _STRINGS)),
        blocked=blocked,
        columns=Columns(
            coded,
            {name: Ends(*each) for name, each in _under(arrays, "ends_")},
            dict(_under(arrays, "days_")),
            dict(_under(arrays, "numbers_")),
        ),
        vectors=arrays.get("vectors"),
        most=arrays["most"],
        repeated=arrays["repeated"],
        repeated_starts=arrays["repeated_starts"],
    )
    _KEPT[segment] = _Kept(folder.resolve(), told["name"], files)
    return segment


def _value(value: Any) -> Value:
    return frozenset(value) if isinstance(value, list) else str(value)


def _under(arrays: dict[str, Array], prefix: str) -> Iterator[tuple[str, Array]]:
    return ((name.removeprefix(prefix), each) for name, each in arrays.items() if name.startswith(prefix))


def _write_meaning(folder: Path, generation: int, meaning: Meaning) -> dict[str, Any]:
    kept = _KEPT.get(meaning)
    if kept is None or kept.folder != folder.resolve() or not (folder / kept.name).is_dir():
        name = f"meaning-{generation}"
        arrays = {"terms": np.flatnonzero(meaning.feature >= 0), "directions": meaning.directions}
        kept = _Kept(folder.resolve(), name, _folder_of(folder, name, arrays, {}))
        _KEPT[meaning] = kept
    return {"name": kept.name, "files": kept.files}


def _read_meaning(folder: Path, told: dict[str, Any], *, verify: bool) -> Meaning:
    inside = folder / told["name"]
    check(inside, told["files"], whole=verify)
    terms = read_array(inside, "terms")
    feature = np.full(TERMS, -1, np.int32)
    feature[terms] = np.arange(len(terms))
    meaning = Meaning(feature, read_array(inside, "directions"))
    _KEPT[meaning] = _Kept(folder.resolve(), told["name"], told["files"])
    return meaning
