"""Small real papers and pictures for the evidence of the demonstration, each marked 演示数据."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import typst
from django.conf import settings

_TEMPLATE: Final = Path(__file__).parent / "data" / "paper.typ"
_PICTURE_PPI: Final = 72
_PDF_MARK: Final = 58
_PHOTO_MARK: Final = 66
Kind = Literal["plain", "licence", "photo"]


@dataclass(frozen=True, slots=True)
class PaperText:
    """What stands on a paper: title, (label, value) lines; ``people`` and ``shade`` only on a photograph."""

    title: str
    lines: tuple[tuple[str, str], ...]
    kind: Kind = "plain"
    people: int = 2
    shade: int = 0

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.title}（演示）.{'png' if self.kind == 'photo' else 'pdf'}"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = str(getattr(settings, "FEIDI_FONTS", "") or "")
    return typst.Fonts(font_paths=[folder] if folder else [])


def set_paper(paper: PaperText, at: datetime) -> bytes:
    """Return the paper as PDF, a photograph as PNG; equal input gives equal bytes.

    Without a Chinese font the characters show as boxes; the file stays valid (``feidi doctor`` names the font).
    """
    values = {
        "title": paper.title,
        "lines": paper.lines,
        "kind": paper.kind,
        "people": paper.people,
        "shade": paper.shade,
        "mark": _PHOTO_MARK if paper.kind == "photo" else _PDF_MARK,
    }
    compiler = typst.Compiler(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    output: typst.OutputFormat = "png" if paper.kind == "photo" else "pdf"
    done, _warnings = compiler.compile_with_warnings(format=output, ppi=_PICTURE_PPI, timestamp=at.astimezone(UTC))
    page = done[0] if isinstance(done, list) else done
    if page is None:
        message = f"nothing was set for {paper.title}"
        raise ValueError(message)
    return page
