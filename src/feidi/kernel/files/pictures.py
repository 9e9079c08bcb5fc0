"""Pictures: decoded once before they are kept, so that a broken one or a bomb is refused at the door."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from feidi.engines.findings import refuse

# Pillow only warns between its limit and twice that: here the limit itself is the end, for every thread.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_GPS_TAG: Final = 0x8825
_TRY_SIZE: Final = (512, 512)


def check_picture(path: Path, name: str) -> bool:
    """Decode a picture; return whether it says where it was taken. Refused: broken, too many pixels.

    The bytes stay as they were handed in, because they are evidence; the place is neither read nor shown.
    """
    try:
        with Image.open(path, formats=_FORMATS) as picture:
            located = _GPS_TAG in picture.getexif()
            picture.draft("RGB", _TRY_SIZE)  # a JPEG is decoded small: enough to find it broken, and cheap
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refuse(
            "files.picture_too_large", name=name, megapixels=(Image.MAX_IMAGE_PIXELS or 0) // 1_000_000
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise refuse("files.broken", name=name) from error
    return located
