"""Setting a form as PDF or as pictures, by typst. A missing Chinese font is refused, never replaced."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings

from feidi.engines.findings import refuse
from feidi.kernel.documents.forms import TEMPLATES

FONT_FAMILIES: Final = ("Noto Serif CJK SC", "Noto Sans CJK SC")
_PICTURE_PPI: Final = 130


@lru_cache(maxsize=4)
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(font_paths=[folder] if folder else [])


def fonts() -> typst.Fonts:
    """Return the fonts of this machine and of the folder ``FEIDI_FONTS``. Refused: a family of the forms is missing."""
    found = _fonts(str(getattr(settings, "FEIDI_FONTS", "") or ""))
    missing = [family for family in FONT_FAMILIES if family not in found.families()]
    if missing:
        _fonts.cache_clear()  # fonts may be installed while we run
        raise refuse("documents.font_missing", fonts="、".join(missing))
    return found


def set_pdf(template: Path, values: Mapping[str, Any], at: datetime, *, tagged: bool = True) -> bytes:
    """Return the PDF of a template filled with ``values``; equal input gives equal bytes.

    ``tagged``: with its structure for screen readers, which makes a long table about ten times as large.
    """
    pages = _compile(template, values, "pdf", at, tagged=tagged)
    return pages[0]


def set_pictures(template: Path, values: Mapping[str, Any], at: datetime) -> list[bytes]:
    """Return one PNG per page, for where a PDF cannot be opened (the browser inside WeChat)."""
    return _compile(template, values, "png", at)


def _compile(
    template: Path, values: Mapping[str, Any], output: typst.OutputFormat, at: datetime, *, tagged: bool = True
) -> list[bytes]:
    compiler = typst.Compiler(
        template,
        root=TEMPLATES,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    try:
        # typst takes fixed offsets and whole seconds only
        moment = at.astimezone(UTC).replace(microsecond=0)
        done, warnings = compiler.compile_with_warnings(
            format=output, ppi=_PICTURE_PPI, timestamp=moment, pdf_tags=tagged
        )
    except typst.TypstError as error:
        raise refuse("documents.typesetting_failed", form=template.stem, why=error.message) from error
    unknown = [warning.message for warning in warnings if "unknown font family" in warning.message]
    if unknown:
        raise refuse("documents.font_missing", fonts="、".join(unknown))
    if isinstance(done, list):
        return done
    return [done] if done else []
