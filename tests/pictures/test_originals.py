"""Pictures: every bad file is refused in plain words, every good one is measured as it is seen."""

from __future__ import annotations

import errno
import os
import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hipknee.pictures import decoding, originals
from hipknee.pictures.look_alikes import difference
from hipknee.pictures.originals import Picture, PictureError, inspect, locate
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngImageFile


def drawing(mode: str = "RGB", size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Something with a left, a right, an upper and a lower end: dark upper left corner, grey right edge."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), "black")
    draw.rectangle((size[0] * 7 // 8, 0, *size), "grey")
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with exactly these chunks, checksums right."""
    number = struct.Struct(">I")
    parts = (number.pack(len(body)) + kind + body + number.pack(zlib.crc32(kind + body)) for kind, body in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png_claiming(width: int, height: int, *extra: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return png((b"IHDR", header), *extra, (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))


def webp_claiming(width: int, height: int) -> bytes:
    body = b"/" + (width - 1 | height - 1 << 14).to_bytes(4, "little") + bytes(95)
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBPVP8L" + struct.pack("<I", len(body)) + body


def canvas_claiming(width: int, height: int) -> bytes:
    """The size in the outer header of a WebP, made larger than the picture inside."""
    good = encoded(drawing("RGBA"), "WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
    assert good[12:16] == b"VP8X"
    return good[:24] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + good[30:]


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = orientation
    block.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)  # GPS: a latitude
    return block


def moving(kind: str) -> bytes:
    frames = [drawing(), drawing().rotate(90), drawing().rotate(180)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


PNG, JPEG = encoded(drawing(), "PNG"), encoded(drawing(), "JPEG")

# name: content, rule, what the message and its hint must say
REFUSED: dict[str, tuple[bytes, str, str]] = {
    "empty.png": (b"", "image-unreadable", "is empty"),
    "half.png": (PNG[: len(PNG) // 2], "image-unreadable", "damaged or incomplete"),
    "no-end.png": (PNG[:-12], "image-unreadable", "damaged or incomplete"),
    "flipped-bit.png": (PNG.replace(b"IDAT", b"IDAX"), "image-unreadable", "damaged or incomplete"),
    "half.jpg": (JPEG[: len(JPEG) // 2], "image-unreadable", "damaged or incomplete"),
    "no-end.jpg": (JPEG[:-2], "image-unreadable", "damaged or incomplete"),
    "half.webp": (encoded(drawing(), "WEBP")[:-9], "image-unreadable", "damaged or incomplete"),
    "head.png": (PNG[:8], "image-unreadable", "damaged or incomplete"),
    "head.webp": (b"RIFF\x04\0\0\0WEBP", "image-unreadable", "damaged or incomplete"),
    "jpeg.png": (JPEG, "image-unreadable", "is really a JPEG. Rename it to 'jpeg.jpg'"),
    "png.webp": (PNG, "image-unreadable", "is really a PNG. Rename it to 'png.png'"),
    "png.gif": (PNG, "image-unreadable", "is really a PNG. Rename it to 'png.png'"),
    "bare": (PNG, "image-unreadable", "Rename it to 'bare.png'"),
    "gif.gif": (encoded(drawing(), "GIF"), "image-unreadable", "is a GIF, which the site can't use. Save it as a PNG"),
    "gif.png": (encoded(drawing(), "GIF"), "image-unreadable", "is a GIF"),
    "bmp.bmp": (encoded(drawing(), "BMP"), "image-unreadable", "is a BMP"),
    "tiff.tif": (encoded(drawing(), "TIFF"), "image-unreadable", "is a TIFF"),
    "avif.jpg": (encoded(drawing(), "AVIF"), "image-unreadable", "is an AVIF"),
    "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "image-unreadable", "Most Compatible"),
    "clip.mp4": (b"\0\0\0\x18ftypisom\0\0\0\0", "image-unreadable", "is a video"),
    "art.svg": (b'<?xml version="1.0"?>\n<svg/>', "image-unreadable", "is an SVG drawing"),
    "art2.svg": (b"\xef\xbb\xbf\n<svg xmlns=''/>", "image-unreadable", "is an SVG drawing"),
    "saved.png": (b"<!DOCTYPE html><html>", "image-unreadable", "is a web page"),
    "notes.png": (b"Dear all, see the picture attached.", "image-unreadable", "is not a picture that can be read"),
    "bomb.png": (png_claiming(30_000, 30_000), "image-unreadable", "is far too large"),
    "big.png": (png_claiming(9_500, 9_500), "image-unreadable", "is far too large"),  # where Pillow would warn
    "long.png": (png_claiming(1_000, 20_000), "image-unreadable", "is far too large"),
    "bomb.webp": (canvas_claiming(30_000, 30_000), "image-unreadable", "is far too large"),
    "big.webp": (webp_claiming(9_500, 9_500), "image-unreadable", "is far too large"),
    "lie.webp": (canvas_claiming(9_500, 9_500), "image-unreadable", "damaged or incomplete"),
    "lie.png": (png_claiming(900, 900), "image-unreadable", "damaged or incomplete"),
    "no-pixels.png": (png_claiming(0, 0), "image-unreadable", "damaged or incomplete"),
    "text-bomb.png": (
        png_claiming(800, 600, (b"zTXt", b"a\0\0" + zlib.compress(bytes(9**8)))),
        "image-unreadable",
        "damaged or incomplete",
    ),
    "cmyk.jpg": (encoded(drawing("CMYK"), "JPEG"), "image-unreadable", "(CMYK). Save it again in RGB"),
    "moving.webp": (moving("WEBP"), "image-unreadable", "moves. Save one frame"),
    "moving.png": (moving("PNG"), "image-unreadable", "moves. Save one frame"),
    "virus.png.exe": (PNG, "image-unreadable", "is really a PNG. Rename it to 'virus.png'"),
    "twice.png.png.exe": (PNG, "image-unreadable", "is really a PNG. Rename it to 'twice.png'"),
    "a.jpg.exe": (PNG, "image-unreadable", "is really a PNG. Rename it to 'a.png'"),
    "b.PNG.EXE": (PNG, "image-unreadable", "is really a PNG. Rename it to 'b.PNG'"),
    "dot.": (PNG, "image-unreadable", "is really a PNG. Rename it to 'dot.png'"),
    "part.png.crdownload": (PNG, "image-unreadable", "is really a PNG. Rename it to 'part.png'"),
    "photo.jpeg.png": (JPEG, "image-unreadable", "is really a JPEG. Rename it to 'photo.jpeg'"),
    "lfs.png": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
        "image-unreadable",
        "is a pointer of Git LFS, which the site can't use. Run 'git lfs pull'",
    ),
    "annex.png": (b"/annex/objects/SHA256E-s9--0.png\n", "image-unreadable", "Run 'git annex get'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, rule, said = REFUSED[name]
    if "too large" in said:
        monkeypatch.setattr(decoding, "decoded", None)  # must not be decoded
    folder = tmp_path / "clamshell"
    folder.mkdir()
    (folder / name).write_bytes(content)
    with pytest.raises(PictureError) as caught:
        inspect(folder / name)
    assert caught.value.rule == rule
    assert said in str(caught.value)
    assert caught.value.message.startswith(f"'clamshell/{name}' ")
    assert caught.value.message.endswith(".")
    assert caught.value.hint


def test_not_a_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.png", tmp_path / "none" / "none.png"):
        with pytest.raises(PictureError) as caught:
            inspect(path)
        assert caught.value.rule == "image-missing", path


def test_too_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(originals.MAX_BYTES + 1)  # a hole: takes no room on the disk
    with pytest.raises(PictureError, match="is 100 MB"):
        inspect(path)


def test_too_many_frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "long.webp").write_bytes(moving("WEBP"))
    monkeypatch.setattr(decoding, "MAX_MOTION_PIXELS", 800 * 600 * 2)
    with pytest.raises(PictureError, match="plays for too long"):
        inspect(tmp_path / "long.webp", may_move=True)


@pytest.mark.parametrize("error", [SyntaxError, struct.error, EOFError, MemoryError, IndexError, OSError, UserWarning])
def test_whatever_pillow_raises(error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(image: object) -> Image.Image:
        raise error

    (tmp_path / "a.png").write_bytes(PNG)
    monkeypatch.setattr(decoding, "decoded", fail)
    with pytest.raises(PictureError, match="damaged or incomplete"):
        inspect(tmp_path / "a.png")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs this may be allowed to read everything."""

    def refuse(path: Path) -> bytes:
        raise PermissionError

    (tmp_path / "a.png").write_bytes(PNG)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PictureError, match=r"can't be read\. If it is open in another program"):
        inspect(tmp_path / "a.png")


def test_a_picture_of_another_size_than_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of today's readers lets that pass; their next versions may."""
    load = PngImageFile.load

    def grow(image: PngImageFile) -> object:
        pixels = load(image)
        image._size = (image.width * 2, image.height)
        return pixels

    (tmp_path / "a.png").write_bytes(PNG)
    monkeypatch.setattr(PngImageFile, "load", grow)
    with pytest.raises(PictureError, match="damaged or incomplete"):
        inspect(tmp_path / "a.png")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_random_damage(kind: str, tmp_path: Path) -> None:
    """Bytes overwritten, cut out and cut off: a picture or a `PictureError`, never anything else, and no warning."""
    dice = random.Random(kind)
    good = encoded(drawing(), kind, exif=exif(6))
    refused: list[str] = []
    for number in range(150):
        bad = bytearray(good)
        for _ in range(dice.choice((1, 3, 30))):
            bad[dice.randrange(len(bad) if dice.random() < 0.5 else 300)] = dice.randrange(256)
        at = dice.randrange(len(bad))
        path = tmp_path / f"{number}.{kind}"
        path.write_bytes(dice.choice((bad, bad[:at], bad[:at] + bad[at + 7 :])))
        try:
            picture = inspect(path, may_move=True)
        except PictureError as error:
            refused.append(error.message)
        else:
            assert max(picture.width, picture.height) >= 800
            assert len(picture.thumbnail) == 64 * 48
    assert len(refused) > 50, "most of what is damaged can't be shown"
    assert not [said for said in refused if not said or "Error" in said], "words for an editor"


# name: content, width, height
ACCEPTED: dict[str, tuple[bytes, int, int]] = {
    "rgb.png": (PNG, 800, 600),
    "rgb.jpg": (JPEG, 800, 600),
    "rgb.JPEG": (JPEG, 800, 600),
    "rgb.webp": (encoded(drawing(), "WEBP"), 800, 600),
    "grey.jpg": (encoded(drawing("L"), "JPEG"), 800, 600),
    "progressive.jpg": (encoded(drawing(), "JPEG", progressive=True), 800, 600),
    "rgba.png": (encoded(drawing("RGBA"), "PNG"), 800, 600),
    "rgba.webp": (encoded(drawing("RGBA"), "WEBP"), 800, 600),
    "la.png": (encoded(drawing("LA"), "PNG"), 800, 600),
    "l.png": (encoded(drawing("L"), "PNG"), 800, 600),
    "p.png": (encoded(drawing("P"), "PNG"), 800, 600),
    "1.png": (encoded(drawing("L").point(lambda v: 255 * (v > 99)).convert("1"), "PNG"), 800, 600),
    "16-bit.png": (encoded(drawing("L").convert("I").point(lambda v: v * 257).convert("I;16"), "PNG"), 800, 600),
    "trailing.jpg": (JPEG + b"a phone's own data", 800, 600),
    "broken-exif.jpg": (encoded(drawing(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\0\0"), 800, 600),
    "tall.png": (encoded(drawing(size=(500, 800)), "PNG"), 500, 800),
    **{
        f"turned-{turn}.{ending}": (
            encoded(drawing().transpose(back) if back is not None else drawing(), kind, exif=exif(turn)),
            800,
            600,
        )
        for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"))
        for turn, back in (
            (1, None),
            (2, Image.Transpose.FLIP_LEFT_RIGHT),
            (3, Image.Transpose.ROTATE_180),
            (4, Image.Transpose.FLIP_TOP_BOTTOM),
            (5, Image.Transpose.TRANSPOSE),
            (6, Image.Transpose.ROTATE_90),
            (7, Image.Transpose.TRANSVERSE),
            (8, Image.Transpose.ROTATE_270),
        )
    },
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    path = tmp_path_factory.mktemp("reference") / "drawing.png"
    path.write_bytes(PNG)
    return inspect(path)


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str, tmp_path: Path, reference: Picture) -> None:
    """Whatever the type and the camera's turn, it is the same drawing."""
    content, width, height = ACCEPTED[name]
    path = tmp_path / name
    path.write_bytes(content)
    picture = inspect(path)
    assert (picture.path, picture.width, picture.height, picture.animated) == (path, width, height, False)
    assert len(picture.thumbnail) == 64 * 48
    # One bit knows no grey; the others lose less than half a grey level.
    assert difference(picture, reference) < (17 if name == "1.png" else 0.5)


def test_thumbnail_is_on_white(tmp_path: Path) -> None:
    """Transparent black is white paper, in every type that can be transparent."""
    clear = Image.new("RGBA", (800, 600), (0, 0, 0, 0))
    palette = Image.new("P", (800, 600), 0)
    for name, image, options in (
        ("a.png", clear, {}),
        ("a.webp", clear, {"exact": True}),
        ("la.png", clear.convert("LA"), {}),
        ("p.png", palette, {"transparency": 0}),
        ("p-bytes.png", palette, {"transparency": bytes(256)}),
    ):
        image.save(tmp_path / name, **options)
        assert set(inspect(tmp_path / name).thumbnail) == {255}, name


def test_moving_where_it_may(tmp_path: Path, reference: Picture) -> None:
    for name, kind in (("a.webp", "WEBP"), ("a.png", "PNG")):
        (tmp_path / name).write_bytes(moving(kind))
        picture = inspect(tmp_path / name, may_move=True)
        assert picture.animated
        assert difference(picture, reference) < 0.5, "the first frame"
    (tmp_path / "still.webp").write_bytes(encoded(drawing(), "WEBP"))
    assert not inspect(tmp_path / "still.webp", may_move=True).animated


def test_decoded_once_and_again_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[object] = []

    def counted(image: object, original: Callable[..., Image.Image] = decoding.decoded) -> Image.Image:
        decoded.append(image)
        return original(image)

    monkeypatch.setattr(decoding, "decoded", counted)
    path = tmp_path / "a.png"
    path.write_bytes(PNG.ljust(20_000))
    first = inspect(path)
    assert inspect(path) == first
    assert len(decoded) == 1
    path.write_bytes(encoded(drawing(size=(900, 600)), "PNG").ljust(20_000))
    os.utime(path, ns=(1, 1))
    second = inspect(path)
    assert (second.width, len(decoded)) == (900, 2)
    assert second.digest != first.digest


def test_nothing_of_the_metadata_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(drawing(), "JPEG", exif=exif(6), comment=b"A. Patient", dpi=(300, 300)))
    seen = decoding.as_seen(decoding.opened(originals.read(path)))
    assert (seen.size, seen.info, dict(seen.getexif())) == ((600, 800), {}, {})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """images/ with a few files, and a neighbour that must not be reached."""
    root = tmp_path / "images"
    clamshell = ("clamshell/start.png", "clamshell/finish.png", "clamshell/.hidden.png")
    for file in (*clamshell, "bridge/start.png", "123/1.png", "hu\u0308fte.png", "side\u2011step.png"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(b"x")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.png").write_bytes(b"x")
    try:
        (root / "out").symlink_to(tmp_path / "secret")
        (root / "out.png").symlink_to(tmp_path / "secret" / "key.png")
        (root / "in.png").symlink_to(root / "bridge" / "start.png")
        (root / "loop.png").symlink_to(root / "loop.png")
        (root / "nowhere.png").symlink_to(root / "nothing.png")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    return root


@pytest.mark.parametrize("file", ["clamshell/start.png", "123/1.png", "in.png"])
def test_located(file: str, root: Path) -> None:
    assert locate(root, file) == root / file


NOT_LOCATED = {
    "": "does not name a picture in images/",
    " ": "does not name a picture in images/",
    "/etc/passwd": "does not name",
    "/clamshell/start.png": "does not name",
    "clamshell\\start.png": "does not name",
    "C:/images/start.png": "does not name",
    "C:start.png": "does not name",
    "../secret/key.png": "does not name",
    "../images/clamshell/start.png": "Write 'clamshell/start.png': names begin in images/.",
    "../../images/clamshell/start.png": "Write 'clamshell/start.png'",
    "./images/clamshell/start.png": "Write 'clamshell/start.png'",
    "images/clamshell/start.png": "Write 'clamshell/start.png': names begin in images/.",
    "images": "There is no picture 'images' in images/.",
    "clamshell/start\u200b.png": "'clamshell/start.png' contains a zero-width space (U+200B), which can't be seen.",
    "clam\u00adshell/start.png": "'clamshell/start.png' contains a soft hyphen (U+00AD)",
    "h\u00fcfte.png": "The accents of 'h\u00fcfte.png' are stored in another way in the file's name than here. Rename",
    "side-step.png": "The name of the file 'side-step.png' contains a no-break hyphen (U+2011), which only looks like",
    "clamshell/../../secret/key.png": "does not name",
    "clamshell/../bridge/start.png": "does not name",
    "./clamshell/start.png": "does not name",
    "clamshell//start.png": "does not name",
    "clamshell/": "does not name",
    "clamshell/.hidden.png": "does not name",
    "clamshell": "is a folder, not a picture. Choose from: finish.png, start.png.",
    "clamshell/strat.png": "There is no picture 'clamshell/strat.png' in images/. Did you mean 'clamshell/start.png'?",
    "clamshel/start.png": "Did you mean 'clamshell'?",
    "clamshell/start.png/x.png": "There is no picture",
    "clamshell/Start.png": "is spelled 'start.png' on disk, not 'Start.png'. Spell it exactly that way:",
    "clamshell/\ufb01nish.png": "is spelled 'finish.png' on disk, not '\ufb01nish.png'. Spell it exactly that way.",
    "Clamshell/start.png": "is spelled 'clamshell' on disk, not 'Clamshell'",
    "CLAMSHELL/START.PNG": "is spelled 'clamshell' on disk",
    "out/key.png": "leads out of images/",
    "out.png": "leads out of images/",
    "loop.png": "There is no picture",
    "nowhere.png": "There is no picture",
    "a\0b.png": "'ab.png' contains a control character (U+0000)",
    "a\nb.png": "'ab.png' contains a control character (U+000A)",
    "x" * 5000: "There is no picture",
    "\ud800.png": "There is no picture",
}


@pytest.mark.parametrize("file", NOT_LOCATED, ids=lambda file: ascii(file)[:30])
def test_not_located(file: str, root: Path) -> None:
    with pytest.raises(PictureError) as caught:
        locate(root, file)
    assert caught.value.rule == "image-missing"
    assert NOT_LOCATED[file] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_spelling_where_capitals_do_not_count(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS: there the file is found under any spelling."""
    monkeypatch.setattr(Path, "exists", lambda path: path.name.lower() in ("clamshell", "start.png"))
    assert locate(root, "clamshell/start.png") == root / "clamshell" / "start.png"
    with pytest.raises(PictureError, match=r"spelled 'start\.png' on disk, not 'START\.png'"):
        locate(root, "clamshell/START.png")


def test_a_folder_that_may_not_be_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(PictureError, match=r"^The folder 'images' can't be opened") as caught:
        locate(root, "clamshel/start.png")
    assert caught.value.rule == "image-unreadable"
    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(PictureError, match=r"^The folder 'images' can't be opened"):
        locate(root, "clamshell/start.png")


def test_no_images_folder(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="There is no picture"):
        locate(tmp_path / "images", "clamshell/start.png")
