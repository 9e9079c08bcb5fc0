"""Just enough of the OLE compound file to take one stream out of an .xls file."""

from __future__ import annotations

import struct

from feidi.engines.sheets.model import UnreadableError

_FREE = 0xFFFFFFFA
_ENTRY = 128
_HEADER_FAT_SLOTS = 109


def _u32s(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


class OleFile:
    """Reads streams by name. Raises UnreadableError for a chain that runs in circles or out of the file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except struct.error as error:
            raise UnreadableError("sheets.file.broken") from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise UnreadableError("sheets.file.broken")
        self._size = 1 << shift
        directory, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
        self._cutoff = cutoff
        self._fat = self._read_fat(*struct.unpack_from("<II", data, 68))
        self._entries = self._read_directory(self._chain(directory))
        self._mini_fat = _u32s(self._chain(mini_start)) if mini_start < _FREE else ()
        root = self._entries.get("Root Entry")
        self._mini = self._chain(root[0]) if root and root[0] < _FREE else b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _read_fat(self, difat_start: int, difat_count: int) -> tuple[int, ...]:
        slots = list(struct.unpack_from(f"<{_HEADER_FAT_SLOTS}I", self._data, 76))
        sector = difat_start
        for _ in range(min(difat_count, len(self._data) // self._size + 1)):
            if sector >= _FREE:
                break
            part = _u32s(self._sector(sector))
            slots += part[:-1]
            sector = part[-1] if part else _FREE
        limit = len(self._data) // self._size + 1
        return tuple(entry for slot in slots[:limit] if slot < _FREE for entry in _u32s(self._sector(slot)))

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        number = start
        while number < _FREE:
            if number >= len(self._fat) or len(parts) > len(self._fat):
                raise UnreadableError("sheets.file.broken")
            parts.append(self._sector(number))
            number = self._fat[number]
        return b"".join(parts)

    def _read_directory(self, table: bytes) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(table) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", table, at + 64)[0]
            name = table[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", table, at + 116)
            if name:
                found.setdefault(name, (start, size))
        return found

    def stream(self, *names: str) -> bytes | None:
        """Return the first stream of these names that exists, or None."""
        for name in names:
            if name in self._entries:
                start, size = self._entries[name]
                return self._chain(start)[:size] if size >= self._cutoff else self._mini_chain(start)[:size]
        return None

    def _mini_chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        number = start
        while number < _FREE:
            if number >= len(self._mini_fat) or len(parts) > len(self._mini_fat):
                raise UnreadableError("sheets.file.broken")
            parts.append(self._mini[number * 64 : number * 64 + 64])
            number = self._mini_fat[number]
        return b"".join(parts)
