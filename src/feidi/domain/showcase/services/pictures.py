"""Pictures for the public: decoded and made anew, in two sizes, without anything the camera had written into them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import today_of
from feidi.domain.showcase.kinds import PICTURE
from feidi.domain.showcase.models import Picture
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject, new_uid

#: A picture for a page needs no more; a photograph of a good camera has half of it.
MOST_PIXELS: Final = 50_000_000
MOST_BYTES: Final = 20 << 20
LARGE, SMALL = (1600, 1600), (640, 480)
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 80


def keep_picture(
    *, actor: Actor, now: datetime, outpost: Outpost, name: str, chunks: Iterable[bytes], alt: str = ""
) -> Picture:
    """Make an upload anew and keep it large and small. Whether the actor may is the caller's question.

    Refused: not a JPEG, PNG or WebP by its content, broken, too many bytes or pixels.
    """
    image = opened(_read(chunks, name), name)
    uid = new_uid()
    subject = Subject(PICTURE, uid)
    with recorded(actor=actor, now=now) as unit:
        large, size = _made(image, LARGE)
        small, _size = _made(image, SMALL)
        row = Picture(uid=uid, outpost=outpost, alt=alt.strip()[:160], kept_by=actor.label[:160], created_at=now)
        row.width, row.height = size
        stem = f"picture-{today_of(now):%Y%m%d}"
        row.large = store_upload(actor=actor, now=now, subject=subject, name=f"{stem}.jpg", chunks=[large])
        row.small = store_upload(actor=actor, now=now, subject=subject, name=f"{stem}-small.jpg", chunks=[small])
        row.save()
        unit.created(row, kind=PICTURE)
    return row


def _read(chunks: Iterable[bytes], name: str) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MOST_BYTES:
            raise refuse("files.too_large", name=name, limit_mb=MOST_BYTES >> 20)
    return bytes(data)


def opened(data: bytes, name: str) -> Image.Image:
    """Return a picture decoded, upright, without its alpha channel. Refused as ``keep_picture``."""
    if b"%PDF-" in data[:1024]:
        raise refuse("showcase.pdf_for_picture", name=name)
    try:
        with warnings.catch_warnings():
            # the limit is asked below, before anything is decoded
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=_FORMATS)
        _check_pixels(image.width, image.height, name)
        image.load()
    except UnidentifiedImageError as error:
        raise refuse("showcase.not_a_picture", name=name) from error
    except Image.DecompressionBombError as error:
        raise refuse("showcase.picture_pixels", name=name, found="≥ 180", most=MOST_PIXELS // 1_000_000) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise refuse("files.broken", name=name) from error
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGBA", "LA", "P"}:
        clear = upright.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return upright.convert("RGB")


def _check_pixels(width: int, height: int, name: str) -> None:
    if width * height > MOST_PIXELS:
        found = round(width * height / 1_000_000)
        raise refuse("showcase.picture_pixels", name=name, found=str(found), most=MOST_PIXELS // 1_000_000)


def _made(image: Image.Image, size: tuple[int, int]) -> tuple[bytes, tuple[int, int]]:
    """Return the picture no larger than ``size`` as a JPEG that holds pixels alone."""
    copy = Image.new("RGB", image.size)
    copy.paste(image)
    copy.thumbnail(size, Image.Resampling.LANCZOS)
    stream = BytesIO()
    copy.save(stream, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return stream.getvalue(), copy.size
