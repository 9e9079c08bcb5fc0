"""Pictures are made anew: no place, no name of a camera's owner, no bomb, nothing that only calls itself a picture."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from feidi.domain.showcase.models import Picture
from feidi.kernel.files.services import path_of
from tests.domain.showcase.test_publishing import refused
from tests.support.showcase import photograph, picture_of
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


def test_what_the_camera_wrote_is_gone(world: World) -> None:
    assert b"Qsecretdescription" in photograph()
    row = picture_of(world)
    for file in (row.large, row.small):
        data = path_of(file).read_bytes()
        assert b"Exif" not in data
        assert b"Qsecret" not in data
        assert b"Qphotographer" not in data
        with Image.open(BytesIO(data)) as image:
            assert not image.getexif()
            assert "gps" not in str(image.info).lower()
    assert (row.width, row.height) == (1200, 900)
    assert row.small.size < 60_000


def test_a_picture_of_100_megapixels_is_refused_before_it_is_decoded(world: World) -> None:
    stream = BytesIO()
    Image.new("1", (10_000, 10_000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 100_000, "small as a file"
    with refused("showcase.picture_pixels"):
        picture_of(world, stream.getvalue(), "大图.png")
    assert not Picture.objects.exists()


def test_a_pdf_named_png_is_refused_and_said_to_be_one(world: World) -> None:
    with refused("showcase.pdf_for_picture"):
        picture_of(world, PDF, "海报.png")


@pytest.mark.parametrize("data", [b"GIF89a" + b"\0" * 50, b"<svg onload=alert(1)>", b"not a picture"])
def test_what_is_no_picture_is_refused(world: World, data: bytes) -> None:
    with refused("showcase.not_a_picture"):
        picture_of(world, data, "x.jpg")


def test_a_broken_picture_is_refused(world: World) -> None:
    with refused("files.broken"):
        picture_of(world, photograph()[:2000], "断.jpg")


def test_a_clear_picture_is_laid_on_white(world: World) -> None:
    stream = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(stream, "PNG")
    row = picture_of(world, stream.getvalue(), "标志.png")
    with Image.open(path_of(row.large)) as image:
        assert image.getpixel((50, 50)) == (255, 255, 255)
