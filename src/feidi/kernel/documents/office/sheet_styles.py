"""The styles of a workbook: which show days or percentages, and twins of them in red."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from feidi.engines.sheets.number_format import BUILT_IN, meaning_of
from feidi.kernel.documents.office.containers import Package, xml_bytes

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RED: Final = "FFFF0000"
_BUILT_IN_PERCENT: Final = (9, 10)
_PERCENT_TWO: Final = 10
_FIRST_OWN: Final = 164
_GENERAL: Final = 0
_PERCENT_CODE: Final = "0.0%"


class SheetStyles:
    """The cell formats of one workbook; new ones are added behind the old, nothing is renumbered."""

    def __init__(self, package: Package) -> None:
        paths = [path for kind, path in package.relations(package.main).values() if kind == "styles"]
        self.path = paths[0] if paths and paths[0] in package.parts else None
        self._root = package.xml(self.path) if self.path else None
        self._formats = self._find("cellXfs")
        self._fonts = self._find("fonts")
        self._codes = {
            int(each.get("numFmtId") or 0): each.get("formatCode") or ""
            for each in (self._root.iter(f"{_MAIN}numFmt") if self._root is not None else ())
            if (each.get("numFmtId") or "").isdecimal()
        }
        self._twins: dict[tuple[int, str], int] = {}
        self.changed = False

    def _find(self, name: str) -> Element | None:
        return self._root.find(f"{_MAIN}{name}") if self._root is not None else None

    @property
    def can_change(self) -> bool:
        """False where the workbook has no styles to take a twin of."""
        return self._formats is not None and self._fonts is not None

    def _format(self, style: int) -> Element | None:
        return self._formats[style] if self._formats is not None and 0 <= style < len(self._formats) else None

    def _number_format(self, style: int) -> int:
        found = self._format(style)
        said = found.get("numFmtId") if found is not None else None
        return int(said) if said and said.isdecimal() else _GENERAL

    def _code(self, style: int) -> str:
        number = self._number_format(style)
        return self._codes.get(number) or BUILT_IN.get(number, "")

    def is_date(self, style: int) -> bool:
        """Tell whether a style shows a number as a day."""
        return meaning_of(self._code(style)).is_date

    def is_percent(self, style: int) -> bool:
        """Tell whether a style shows 0.367 as 36.7 %."""
        return self._number_format(style) in _BUILT_IN_PERCENT or "%" in self._code(style)

    def is_general(self, style: int) -> bool:
        """Tell whether a style shows numbers as they are."""
        return self._number_format(style) == _GENERAL

    def red(self, style: int) -> int:
        """Return the twin of a style whose letters are red."""
        return self._twin(style, "red")

    def percent(self, style: int) -> int:
        """Return the twin of a style that shows 0.367 as 36.7%."""
        return self._twin(style, "percent")

    def _twin(self, style: int, how: str) -> int:
        source = self._format(style)
        if source is None or self._formats is None or self._fonts is None:
            return style
        if (style, how) not in self._twins:
            twin = deepcopy(source)
            if how == "red":
                twin.set("fontId", str(self._red_font(source.get("fontId") or "0")))
                twin.set("applyFont", "1")
            else:
                twin.set("numFmtId", str(self._percent_format()))
                twin.set("applyNumberFormat", "1")
            self._formats.append(twin)
            self._formats.set("count", str(len(self._formats)))
            self._twins[style, how] = len(self._formats) - 1
            self.changed = True
        return self._twins[style, how]

    def _red_font(self, number: str) -> int:
        assert self._fonts is not None  # noqa: S101 - asked by _twin
        known = int(number) if number.isdecimal() and int(number) < len(self._fonts) else 0
        font = deepcopy(self._fonts[known])
        for old in font.findall(f"{_MAIN}color"):
            font.remove(old)
        color = etree.Element(f"{_MAIN}color")
        color.set("rgb", _RED)
        size = font.find(f"{_MAIN}sz")
        if size is not None:
            size.addnext(color)
        else:
            font.insert(0, color)
        self._fonts.append(font)
        self._fonts.set("count", str(len(self._fonts)))
        return len(self._fonts) - 1

    def _percent_format(self) -> int:
        for number, code in self._codes.items():
            if code == _PERCENT_CODE:
                return number
        formats = self._find("numFmts")
        if formats is None or self._root is None:
            return _PERCENT_TWO
        number = max(self._codes, default=_FIRST_OWN - 1) + 1
        entry = etree.SubElement(formats, f"{_MAIN}numFmt")
        entry.set("numFmtId", str(number))
        entry.set("formatCode", _PERCENT_CODE)
        formats.set("count", str(len(formats)))
        self._codes[number] = _PERCENT_CODE
        return number

    def part(self) -> dict[str, bytes | None]:
        """Return the changed part, or nothing."""
        return {self.path: xml_bytes(self._root)} if self.changed and self.path and self._root is not None else {}
