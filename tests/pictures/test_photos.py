"""A photo as a phone takes it becomes a picture that shows what was seen, and says nothing of who took it and where."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hipknee.pictures.originals import PictureError, inspect
from hipknee.pictures.photos import LONG_SIDE, in_one_frame, photo, same_shape
from PIL import Image, ImageCms

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def take(path: Path, size: tuple[int, int], orientation: int = 6, kind: str = "JPEG") -> Path:
    """A photo: red at the left of what the sensor saw, blue elsewhere, with a camera's notes."""
    image = Image.new("RGB", size, (20, 20, 200))
    image.paste((200, 20, 20), (0, 0, size[0] // 4, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Nestphone"
    exif.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, kind, exif=exif, dpi=(72, 72))
    return path


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 120 > pixel[2])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
def test_a_photo_is_turned_shrunk_and_says_nothing_else(kind: str, tmp_path: Path) -> None:
    path = take(tmp_path / "IMG 1.ANY", (4032, 3024), kind=kind)
    before = path.read_bytes()
    assert b"Nestphone" in before
    result = photo(path)
    assert (result.kind, result.image.size) == (kind, (1500, LONG_SIDE))
    raw = result.encoded()
    assert b"Nestphone" not in raw
    assert b"Exif" not in raw
    assert path.read_bytes() == before
    again = Image.open(BytesIO(raw))
    assert not again.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & again.info.keys()
    assert is_red(again.convert("RGB").getpixel((750, 10)))  # what was left is up after a quarter turn
    assert not is_red(again.convert("RGB").getpixel((10, 1990)))
    out = tmp_path / f"start{result.ending}"
    out.write_bytes(raw)
    assert (inspect(out).width, inspect(out).height) == (1500, LONG_SIDE)


def test_a_small_one_keeps_its_pixels(tmp_path: Path) -> None:
    assert photo(take(tmp_path / "a.png", (1000, 900), 1, "PNG")).image.size == (1000, 900)


def test_its_colors_stay_those_that_were_seen(tmp_path: Path) -> None:
    image = Image.new("RGB", (900, 900), (200, 20, 20))
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    image.save(tmp_path / "a.jpg", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    image.save(tmp_path / "b.jpg", icc_profile=swapped.tobytes())  # of another kind of colors: ignored, as by browsers
    for name in ("a.jpg", "b.jpg"):
        result = photo(tmp_path / name)
        assert is_red(result.image.getpixel((5, 5)))
        assert "icc_profile" not in Image.open(BytesIO(result.encoded())).info


FRAMES = {
    "alike": ((1200, 900), (1200, 900), (1200, 900)),
    "upright and across": ((1200, 900), (900, 1200), (900, 900)),
    "two sizes": ((2000, 1500), (1000, 750), (1000, 750)),
    "wide": ((1600, 900), (1200, 900), (1200, 779)),
}


@pytest.mark.parametrize("name", FRAMES)
def test_two_come_into_one_frame(name: str, tmp_path: Path) -> None:
    first, second, frame = FRAMES[name]
    photos = photo(take(tmp_path / "a.png", first, 1, "PNG")), photo(take(tmp_path / "b.png", second, 1, "PNG"))
    a, b = in_one_frame(*photos)
    assert a.image.size == b.image.size
    assert max(abs(side - wish) for side, wish in zip(a.image.size, frame, strict=True)) <= 1
    assert same_shape(a, b, 0.0)
    assert same_shape(*photos, 0.05) == (name in ("alike", "two sizes"))


def test_the_middle_stays(tmp_path: Path) -> None:
    across, upright = Image.new("RGB", (1200, 900), "white"), Image.new("RGB", (900, 1200), "white")
    across.paste((255, 0, 0), (590, 440, 610, 460))
    across.save(tmp_path / "a.png")
    upright.save(tmp_path / "b.png")
    framed, _ = in_one_frame(photo(tmp_path / "a.png"), photo(tmp_path / "b.png"))
    assert is_red(framed.image.getpixel((framed.image.width // 2, framed.image.height // 2)))


REFUSED = {
    "an HEIC photo": b"\0\0\0\x18ftypheic\0\0\0\0",
    "is empty": b"",
    "is not a picture": b"hello",
    "is damaged": b"\xff\xd8\xff\xe0" + b"\0" * 400,
    "a PDF": b"%PDF-1.7",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_no_photo_is_refused(words: str, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(REFUSED[words])
    with pytest.raises(PictureError, match=words):
        photo(tmp_path / "a.jpg")


def test_so_is_what_is_not_there_moves_or_is_cut_off(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="There is no picture"):
        photo(tmp_path / "a.jpg")
    with pytest.raises(PictureError, match="is a folder"):
        photo(tmp_path)
    frames = [Image.new("RGB", (900, 900), color) for color in ("red", "blue")]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError, match="moves"):
        photo(tmp_path / "a.webp")
    take(tmp_path / "b.jpg", (1200, 900))
    (tmp_path / "b.jpg").write_bytes((tmp_path / "b.jpg").read_bytes()[:3000])
    with pytest.raises(PictureError, match="is damaged"):
        photo(tmp_path / "b.jpg")
