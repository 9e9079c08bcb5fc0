"""Arrays as plain ``.npy`` files with checksums: written beside their place, opened by mmap.

The checksum is CRC-32 of every 16 MiB of a file, told in the manifest; two threads read at memory speed what is in the page
cache (about 1 s per GB), and a damaged stretch is named. Sizes are compared first, which costs nothing.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np

from feidi.engines.affinity.folding import Array
from feidi.engines.findings import RefusedError, refuse

_STRETCH: Final = 1 << 24
_THREADS: Final = 2
#: File → {"bytes": size, "crc": [one number for each 16 MiB]}.
Sums = dict[str, dict[str, Any]]


def write_arrays(folder: Path, arrays: Mapping[str, Array], values: Mapping[str, Any]) -> Sums:
    """Write arrays and JSON values as files of a new folder; return their checksums."""
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, np.ascontiguousarray(array), allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    for name, value in values.items():
        write_json(folder / f"{name}.json", value)
    return {path.name: summed(path) for path in sorted(folder.iterdir())}


def write_json(path: Path, value: Any) -> None:
    """Write a JSON value, down to the disk."""
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())


def summed(path: Path) -> dict[str, Any]:
    """Return size and checksums of a file."""
    size = path.stat().st_size
    if not size:
        return {"bytes": 0, "crc": []}
    plain = np.memmap(path, np.uint8, "r")
    starts = range(0, size, _STRETCH)
    with ThreadPoolExecutor(_THREADS) as pool:
        return {"bytes": size, "crc": list(pool.map(lambda at: zlib.crc32(plain[at : at + _STRETCH].data), starts))}


def check(folder: Path, sums: Sums, *, whole: bool) -> None:
    """Refuse files that are not as they were written; with ``whole`` every byte is looked at, else sizes and JSON only."""
    for name, told in sums.items():
        path = folder / name
        shown = f"{folder.name}/{name}"
        if not path.is_file():
            raise refuse("match.index_damaged", file=shown, why="missing")
        size = path.stat().st_size
        if size != told["bytes"]:
            raise refuse("match.index_damaged", file=shown, why=f"{size} bytes, not {told['bytes']}")
        if whole or name.endswith(".json"):
            _compare(shown, summed(path)["crc"], told["crc"])


def _compare(shown: str, found: Sequence[int], told: Sequence[int]) -> None:
    for number, (ours, theirs) in enumerate(zip(found, told, strict=True)):
        if ours != theirs:
            raise refuse("match.index_damaged", file=shown, why=f"CRC-32 from byte {number * _STRETCH} on")


def read_array(folder: Path, name: str) -> Array:
    """Map an array. Refused when its head is no array's."""
    path = folder / f"{name}.npy"
    try:
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:
        # an empty array cannot be mapped
        mapped = _read_whole(path)
    # plain, not np.memmap: slicing that costs three times as much
    return np.asarray(mapped)


def _read_whole(path: Path) -> Array:
    try:
        array: Array = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, OSError) as error:
        raise refuse("match.index_damaged", file=path.name, why=str(error)[:80]) from error
    return array


def read_json(path: Path, code: str) -> Any:
    """Read a JSON value; refused with ``code`` when it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(code, path, error) from error


def _unreadable(code: str, path: Path, error: Exception) -> RefusedError:
    return refuse(code, file=path.name, why=str(error)[:80])
