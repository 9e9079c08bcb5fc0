"""Finding a form's QR on a photograph or scan: as it is, then in better light, nearer, straighter."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from feidi.engines.findings import Finding, Level
from feidi.kernel.documents.hashing import FormCode, read_line

_WORK_SIDE: Final = 3000
_SMALL_SIDE: Final = 1200
_DRAFT_SIZE: Final = (4000, 4000)
_PDF_PAGES: Final = 5
#: long side of a rendered page in pixels (A4 at 200 dpi); by size, not by dpi, so that a huge page costs no more
_PDF_SIDE: Final = 2400
_PDF_SECONDS: Final = 60
_QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
Picture = Image.Image


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was read: the form's code, or why none: no_code, foreign_code, several_codes, unreadable, no_pdf_reader.

    ``tries``: how many looks it took.
    """

    code: FormCode | None
    why: str = ""
    tries: int = 0

    @property
    def token(self) -> str | None:
        """The token of the form, or None."""
        return self.code.token if self.code else None

    @property
    def finding(self) -> Finding:
        """What to tell a person."""
        return Finding(Level.NOTE if self.code else Level.PROBLEM, f"documents.qr_{self.why or 'read'}", {})


def recognise(path: Path) -> Recognition:
    """Look for a form's QR in a picture or in the first pages of a PDF. Never raises on a bad file."""
    with path.open("rb") as stream:
        is_pdf = b"%PDF-" in stream.read(1024)
    if not is_pdf:
        return _in_files([path])
    renderer = shutil.which("pdftoppm")
    if renderer is None:
        return Recognition(None, "no_pdf_reader")
    with tempfile.TemporaryDirectory(prefix="feidi-pages-") as folder:
        command = [
            renderer,
            "-scale-to",
            str(_PDF_SIDE),
            "-l",
            str(_PDF_PAGES),
            "-gray",
            "-png",
            str(path),
            f"{folder}/page",
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_PDF_SECONDS, check=True)  # noqa: S603 - fixed program, our own path
        except (subprocess.SubprocessError, OSError):
            return Recognition(None, "unreadable")
        return _in_files(sorted(Path(folder).glob("*.png")))


def _in_files(paths: list[Path]) -> Recognition:
    """Read every page: two different forms in one file are told apart by a person, not by us."""
    results = [_in_picture(path) for path in paths]
    codes = {result.code for result in results if result.code}
    tries = sum(result.tries for result in results)
    if len(codes) == 1:
        return Recognition(codes.pop(), tries=tries)
    if codes:
        return Recognition(None, "several_codes", tries)
    reasons = [result.why for result in results]
    for why in ("several_codes", "foreign_code", "no_code"):
        if why in reasons:
            return Recognition(None, why, tries)
    return Recognition(None, "unreadable", tries)


def _in_picture(path: Path) -> Recognition:
    try:
        with Image.open(path) as opened:
            opened.draft("L", _DRAFT_SIZE)  # a JPEG of 80 megapixels is decoded at a half or a quarter
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Recognition(None, "unreadable")
    foreign, tries = False, 0
    for look in _looks(picture):
        tries += 1
        lines = [each.text for each in zxingcpp.read_barcodes(look, formats=_QR)]
        codes = {code for line in lines if (code := read_line(line))}
        if len(codes) > 1:
            return Recognition(None, "several_codes", tries)
        if codes:
            return Recognition(codes.pop(), tries=tries)
        foreign = foreign or bool(lines)
    return Recognition(None, "foreign_code" if foreign else "no_code", tries)


def _looks(picture: Picture) -> Iterator[Picture]:
    """Yield ever more laboured versions of a grey picture. The reader itself tries quarter turns and half sizes."""
    work = ImageOps.contain(picture, (_WORK_SIDE, _WORK_SIDE)) if max(picture.size) > _WORK_SIDE else picture
    yield work
    if work is not picture:
        yield picture
    yield from (improve(work) for improve in _IMPROVEMENTS)
    for crop in _crops(picture):
        near = ImageOps.contain(crop, (_WORK_SIDE, _WORK_SIDE))
        yield near
        yield _evenly_lit(near)
    even = _evenly_lit(ImageOps.contain(picture, (_WORK_SIDE // 2, _WORK_SIDE // 2)))
    for degrees in (-20, 20, -40, 40, 90, 180, 270):
        yield even.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def _evenly_lit(picture: Picture) -> Picture:
    """Divide by the light itself (a strong blur): shadows and a yellow lamp go, the print stays."""
    light = picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 40))
    grey = np.asarray(picture, dtype=np.float32) / np.maximum(np.asarray(light, dtype=np.float32), 1.0)
    return Image.fromarray(np.clip(grey * 200.0, 0, 255).astype(np.uint8))


def _strong(picture: Picture) -> Picture:
    return ImageOps.autocontrast(picture, cutoff=2)


def _small(picture: Picture) -> Picture:
    return _strong(ImageOps.contain(picture, (_SMALL_SIDE, _SMALL_SIDE)))


def _large(picture: Picture) -> Picture:
    return ImageOps.contain(picture, (_WORK_SIDE, _WORK_SIDE), method=Image.Resampling.BICUBIC)


def _sharp(picture: Picture) -> Picture:
    return _strong(picture).filter(ImageFilter.UnsharpMask(radius=3, percent=200, threshold=2))


def _soft(picture: Picture) -> Picture:
    return _strong(picture.filter(ImageFilter.GaussianBlur(1.5)))


_IMPROVEMENTS: Final[tuple[Callable[[Picture], Picture], ...]] = (
    _strong, _evenly_lit, _small, _sharp, _soft, _large, ImageOps.equalize, ImageOps.invert,
)  # fmt: skip


def _crops(picture: Picture) -> Iterator[Picture]:
    """Yield overlapping quarters of the picture, the top right first: there the QR is printed."""
    width, height = picture.size
    across, down = int(width * 0.6), int(height * 0.5)
    for left, top in ((width - across, 0), (0, 0), (width - across, height - down), (0, height - down)):
        yield picture.crop((left, top, left + across, top + down))
