"""Renditions: the plan is arithmetic, what is rendered is small, upright, in sRGB and says nothing about its maker."""

from __future__ import annotations

import os
import re
import struct
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hipknee.pictures import rendering
from hipknee.pictures.originals import Picture, PictureError, inspect
from hipknee.pictures.renditions import Plan, Rendition, picture_html, plan
from hipknee.stock import Stock, digest_of
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat
from PIL.PngImagePlugin import PngInfo

NAME = re.compile(r"[a-z0-9-]+-\d+-[0-9a-f]{10}\.(?:webp|jpg)")


def render(plans: list[Plan], cache: Path, workers: int | None = None) -> dict[str, Path]:
    """The files by the names that were planned."""
    performed = rendering.render({f"{n}": plan for n, plan in enumerate(plans)}, Stock(cache), workers)
    pairs = zip(_each(plans), _each(performed.values()), strict=True)
    return {one.name: other.path for one, other in pairs if other.path}


def _each(plans: Iterable[Plan]) -> Iterator[Rendition]:
    return (rendition for plan in plans for rendition in plan.renditions)


def original(width: int, height: int, *, animated: bool = False, digest: str = "abc") -> Picture:
    return Picture(Path("images/clamshell/start.png"), width, height, animated, digest, b"")


# width and height of the original: widths of the WebPs, the JPEG's width, size of the largest
PLANS = {
    (2400, 1800): ((400, 800, 1200), 800, (1200, 900)),
    (1201, 901): ((400, 800, 1200), 800, (1200, 900)),
    (1200, 900): ((400, 800, 1200), 800, (1200, 900)),
    (1000, 750): ((400, 800, 1000), 800, (1000, 750)),
    (800, 600): ((400, 800), 800, (800, 600)),
    (600, 900): ((400, 600), 600, (600, 900)),
    (400, 800): ((400,), 400, (400, 800)),
    (300, 1000): ((300,), 300, (300, 1000)),
    (5000, 3): ((400, 800, 1200), 800, (1200, 1)),
}


@pytest.mark.parametrize("size", PLANS)
def test_plan(size: tuple[int, int]) -> None:
    widths, fallback, largest = PLANS[size]
    made = plan(original(*size), "clamshell-start")
    assert tuple(one.width for one in made.webp) == widths
    assert (made.fallback.width, (made.width, made.height)) == (fallback, largest)
    assert all(one.height == max(1, round(size[1] * one.width / size[0])) for one in made.renditions)
    assert len({one.name for one in made.renditions}) == len(made.renditions)


def test_plan_of_a_moving_picture() -> None:
    made = plan(original(1200, 900, animated=True), "clamshell-motion")
    assert [(one.width, one.height) for one in made.webp] == [(800, 600)]
    assert made.animated
    assert made.fallback.name.endswith(".jpg")


def test_names() -> None:
    """Readable, safe in an address, and another one as soon as anything that makes the pixels is another."""
    first = plan(original(1200, 900), "clamshell-start")
    assert first == plan(original(1200, 900), "clamshell-start")
    assert all(NAME.fullmatch(one.name) for one in first.renditions)
    assert first.webp[1].name.startswith("clamshell-start-800-")
    others = [original(1200, 900, digest="abd"), original(1200, 1000), original(1200, 900, animated=True)]
    names = [{one.name for one in plan(each, "clamshell-start").renditions} for each in others]
    assert all(name.isdisjoint(one.name for one in first.renditions) for name in names)
    for stem, begin in (("Größe, (2) /a", "gr-e-2-a-"), ("../..", "picture-"), ("x" * 300, "x" * 80 + "-")):
        assert plan(original(1200, 900), stem).fallback.name.startswith(begin)


def saved(path: Path, image: Image.Image, **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **options)
    return path


def colours(size: tuple[int, int] = (1000, 750)) -> Image.Image:
    """Red, green / blue, yellow: which corner is which can be seen after a turn."""
    corners = Image.new("RGB", (2, 2))
    corners.putdata([(200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 210, 40)])
    return corners.resize(size, Image.Resampling.NEAREST)


def chatty(path: Path, kind: str) -> Path:
    """A picture that carries everything a camera or a program may add, turned by its orientation."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "Maker", "A. Patient"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif, "icc_profile": icc}
    if kind == "png":
        text = PngInfo()
        text.add_text("Author", "A. Patient")
        text.add_itxt("XML:com.adobe.xmp", "<x>A. Patient</x>")
        options |= {"pnginfo": text, "dpi": (300, 300)}
    else:
        options |= {"xmp": b"<x>A. Patient</x>", "quality": 95}
    if kind == "jpg":
        options |= {"comment": "A. Patient", "dpi": (300, 300)}
    return saved(path, colours().transpose(Image.Transpose.ROTATE_90), **options)


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.load()
        return image


def off(a: Image.Image, b: Image.Image) -> float:
    """Mean absolute difference per channel, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(a.convert("RGB"), b.convert("RGB").resize(a.size))).mean)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_rendered_upright_and_without_metadata(kind: str, tmp_path: Path) -> None:
    picture = inspect(chatty(tmp_path / f"in/start.{kind}", kind))
    assert (picture.width, picture.height) == (1000, 750)
    made = plan(picture, "x")
    files = render([made], tmp_path / "cache")
    assert sorted(files) == sorted(one.name for one in made.renditions)
    for one in made.renditions:
        image = opened(files[one.name])
        assert image.size == (one.width, one.height)
        assert off(image, colours()) < 4
        allowed = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert not image.info.keys() - allowed - {"loop", "background", "timestamp", "duration"}, one.name
        assert not image.getexif()
        content = files[one.name].read_bytes()
        for trace in (b"Exif", b"EXIF", b"Patient", b"Maker", b"ICC", b"XMP", b"xmp", b"tEXt", b"Photoshop"):
            assert trace not in content, (one.name, trace)


def test_same_bytes_every_time(tmp_path: Path) -> None:
    made = plan(inspect(chatty(tmp_path / "in/a.jpg", "jpg")), "x")
    moving = plan(inspect(motion(tmp_path / "in/b.webp"), may_move=True), "y")
    first, second = (render([made, moving], tmp_path / cache, workers) for cache, workers in (("1", 1), ("2", 4)))
    for name in first:
        assert first[name].read_bytes() == second[name].read_bytes(), name


def test_alpha(tmp_path: Path) -> None:
    """Transparent black: kept in a WebP, white paper in a JPEG."""
    clear = Image.new("RGBA", (800, 800), (0, 0, 0, 0))
    for path in (saved(tmp_path / "a.png", clear), saved(tmp_path / "b.png", clear, icc_profile=swapped())):
        made = plan(inspect(path), "x")
        files = render([made], tmp_path / "cache")
        assert opened(files[made.webp[0].name]).getchannel("A").getextrema() == (0, 0)
        assert opened(files[made.fallback.name]).getextrema() == ((255, 255),) * 3


def swapped() -> bytes:
    """The profile of a screen with red and green swapped: nobody has one, but nobody can miss its effect."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def linear_grey() -> bytes:
    """A profile for grey that is counted like light: half the light is 128 there, and 188 in sRGB."""
    white = struct.pack(">4sI3i", b"XYZ ", 0, 63190, 65536, 54061)
    curve = struct.pack(">4sII", b"curv", 0, 0)
    tags = struct.pack(">I4sII4sII", 2, b"wtpt", 156, 20, b"kTRC", 176, 12)
    head = struct.pack(">I4sI4s4s4s12s4s", 188, b"", 0x02400000, b"mntr", b"GRAY", b"XYZ ", b"", b"acsp")
    return head.ljust(68, b"\0") + white[8:] + bytes(48) + tags + white + curve


def test_colour_profile_is_applied(tmp_path: Path) -> None:
    red, green, blue = colours().split()
    grey, lighter = (Image.new("RGB", (1000, 750), (value,) * 3) for value in (128, 188))
    for name, image, icc, expected in (
        ("a.png", colours(), swapped(), Image.merge("RGB", (green, red, blue))),
        ("b.png", colours().convert("RGBA"), swapped(), Image.merge("RGB", (green, red, blue))),
        ("c.png", grey.convert("L"), linear_grey(), lighter),
        ("d.png", grey.convert("LA"), linear_grey(), lighter),
    ):
        made = plan(inspect(saved(tmp_path / name, image, icc_profile=icc)), "x")
        rendered = opened(render([made], tmp_path / "cache")[made.webp[-1].name])
        assert off(rendered, image) > 20, name
        assert off(rendered, expected) < 12, name


def test_useless_colour_profile_is_ignored(tmp_path: Path) -> None:
    for name, icc in (("broken", b"nonsense"), ("cut off", swapped()[:300]), ("of another kind", linear_grey()[:100])):
        made = plan(inspect(saved(tmp_path / f"{name}.png", colours(), icc_profile=icc)), "x")
        assert off(opened(render([made], tmp_path / "cache")[made.webp[-1].name]), colours()) < 4, name


def motion(path: Path, **options: Any) -> Path:
    frames = [colours(), colours().rotate(180), colours().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    options = {"duration": [100, 250, 400], "loop": 3, "exif": b"Exif\0\0II*\0\x08\0\0\0\0\0", **options}
    return saved(path, frames[0], save_all=True, append_images=frames[1:], **options)


@pytest.mark.parametrize("name", ["a.webp", "a.png", "poster.png"])
def test_motion(name: str, tmp_path: Path) -> None:
    """Every frame, as long as it was, at most 800 wide; its first frame as a JPEG."""
    options = {"default_image": True, "duration": [100, 250]} if name == "poster.png" else {}
    path = motion(tmp_path / name, **options)
    made = plan(inspect(path, may_move=True), "x")
    files = render([made], tmp_path / "cache")
    with Image.open(path) as before, Image.open(files[made.webp[0].name]) as after:
        skipped = name == "poster.png"
        assert (after.size, after.n_frames, after.info["loop"]) == ((800, 600), 3 - skipped, 3)  # type: ignore[attr-defined]
        for number in range(3 - skipped):
            before.seek(number + skipped)
            after.seek(number)
            before.load()
            after.load()
            assert off(after, before) < 4
            assert after.info["duration"] == before.info["duration"]
        assert not after.info.keys() & {"exif", "xmp", "icc_profile"}
    assert off(opened(files[made.fallback.name]), colours()) < 4


def test_line_art_is_small_and_clean(tmp_path: Path) -> None:
    """Outlined, softly shaded shapes on paper, as our figures are."""
    image = Image.new("RGB", (1200, 900), (251, 250, 246))
    shade = Image.radial_gradient("L").resize((400, 300)).point(lambda value: value // 3)
    dark = Image.new("RGB", shade.size, "#30384a")
    for x, y, colour in ((150, 200, "#9fc7d9"), (450, 300, "#f2caa5"), (700, 150, "#a7c4ba"), (350, 500, "#e9edf5")):
        image.paste(Image.composite(dark, Image.new("RGB", shade.size, colour), shade), (x, y))
        ImageDraw.Draw(image).rounded_rectangle((x, y, x + 400, y + 300), 60, outline="#2b3342", width=4)
    made = plan(inspect(saved(tmp_path / "a.png", image)), "x")
    files = render([made], tmp_path / "cache")
    for one, most in zip(made.webp, (6_000, 16_000, 30_000), strict=True):
        assert files[one.name].stat().st_size < most
    assert off(opened(files[made.webp[-1].name]), image) < 1.5


def test_a_web_server_may_read_what_is_rendered(tmp_path: Path) -> None:
    usual = saved(tmp_path / "a.png", colours())
    files = render([plan(inspect(usual), "x")], tmp_path / "cache")
    assert {path.stat().st_mode for path in files.values()} == {usual.stat().st_mode}


def test_only_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(inspect(saved(tmp_path / "a.png", colours())), "x")
    cache = tmp_path / "deep" / "cache"
    files = render([made, made], cache)
    for path in files.values():
        os.utime(path, ns=(1, 1))
    empty, gone = files[made.webp[0].name], files[made.fallback.name]
    empty.write_bytes(b"")
    gone.unlink()
    assert render([made], cache) == files, "the same content has the same name"
    assert empty.stat().st_size
    assert gone.stat().st_size
    assert {path for path in files.values() if path.stat().st_mtime_ns == 1} == {*files.values()} - {empty, gone}
    monkeypatch.setattr(rendering, "read", None)  # all there: the original is not even opened
    assert render([made], cache) == files
    assert render([], cache) == {}


def test_half_written_is_never_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes while a file is written: nothing with a rendition's name is there."""
    made = plan(inspect(saved(tmp_path / "a.png", colours())), "x")
    cache = tmp_path / "cache"
    whole = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        whole(path, content[: len(content) // 2])
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(OSError, match=r"for the picture .*a\.png: No space left"):
            render([made], cache)
    assert list(cache.iterdir()) == []


def test_many_at_once(tmp_path: Path) -> None:
    """Several builds share one cache, and plans share pictures."""
    made = [plan(inspect(saved(tmp_path / f"{n}.png", colours((800, 600 + n)))), f"p{n}") for n in range(3)]
    expected = {name: path.read_bytes() for name, path in render(made, tmp_path / "alone").items()}
    threads = [threading.Thread(target=render, args=(made, tmp_path / "cache")) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = render(made, tmp_path / "cache")
    assert {name: path.read_bytes() for name, path in files.items()} == expected
    assert {*files.values()} == {*(tmp_path / "cache").iterdir()}


def test_what_is_published_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    """Another program may make other pixels of the same plan, and browsers keep what has a name for ever."""
    planned = plan(inspect(saved(tmp_path / "a.png", colours())), "x")
    made = rendering.render({"a.png": planned}, Stock(tmp_path / "cache"))["a.png"]
    for one, other in zip(planned.renditions, made.renditions, strict=True):
        assert other.path
        digest = sha256(other.path.read_bytes()).hexdigest()
        assert other.name == f"{one.name.rsplit('-', 1)[0]}-{digest[:10]}{other.path.suffix}"
        assert digest.startswith(digest_of(other.path))
        assert (other.width, other.height, other.file) == (one.width, one.height, other.path.name)


def test_original_changed_after_planning(tmp_path: Path) -> None:
    """Rendered under the planned name, the new picture would be shown as the old one for ever."""
    path = saved(tmp_path / "a.png", colours())
    made = plan(inspect(path), "x")
    saved(path, colours().rotate(180))
    with pytest.raises(PictureError, match=r"a\.png' was changed while the site was being built"):
        render([made], tmp_path / "cache")
    path.unlink()
    with pytest.raises(PictureError, match=r"There is no picture '.*a\.png'"):
        render([made], tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_any_failure_to_decode_names_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(image: object) -> Image.Image:
        raise MemoryError

    made = plan(inspect(saved(tmp_path / "a.png", colours())), "x")
    monkeypatch.setattr(rendering, "as_seen", fail)
    with pytest.raises(PictureError, match=r"a\.png' is damaged"):
        render([made], tmp_path / "cache")


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, as a browser understands them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


ALT = """He said "5 < 6 & 7 > 6" — it's <b>so</b> &amp; fine"""


def html(made: Plan, **options: Any) -> list[tuple[str, dict[str, str | None]]]:
    options = {"alt": ALT, "sizes": "(min-width: 60em) 50vw, 100vw", **options}
    line = picture_html(made, url=lambda name: f"../img/{name}?a&b", **options)
    assert "\n" not in line
    assert "<b>" not in line
    return Elements(line).found


def test_html() -> None:
    made = plan(original(1000, 750), "x")
    picture, source, img = html(made, css='wide "x"')
    small, middle, large = (f"../img/{one.name}?a&b" for one in made.webp)
    assert picture == ("picture", {"class": 'wide "x"'})
    assert source == (
        "source",
        {
            "type": "image/webp",
            "srcset": f"{small} 400w, {middle} 800w, {large} 1000w",
            "sizes": "(min-width: 60em) 50vw, 100vw",
        },
    )
    assert img == (
        "img",
        {
            "loading": "lazy",
            "decoding": "async",
            "src": f"../img/{made.fallback.name}?a&b",
            "width": "1000",
            "height": "750",
            "alt": ALT,
        },
    )


def test_html_of_the_first_picture() -> None:
    img = html(plan(original(1000, 750), "x"), first=True)[-1][1]
    assert img["fetchpriority"] == "high"
    assert not {"loading", "decoding"} & img.keys()


def test_html_without_words() -> None:
    picture, _, img = html(plan(original(1000, 750), "x"), alt="")
    assert img[1]["alt"] == ""
    assert picture == ("picture", {})


def test_html_of_a_moving_picture() -> None:
    """It moves only for readers who have not asked their system for less motion."""
    made = plan(original(1000, 750, animated=True), "x")
    _, source, img = html(made)
    assert source[1]["media"] == "(prefers-reduced-motion: no-preference)"
    assert source[1]["srcset"] == f"../img/{made.webp[0].name}?a&b 800w"
    assert img[1]["src"] == f"../img/{made.fallback.name}?a&b"


def test_one_picture_in_two_places(tmp_path: Path) -> None:
    first, second = (inspect(saved(tmp_path / name, colours())) for name in ("a.png", "b.png"))
    one, other = plan(first, "x"), plan(second, "x")
    assert one == replace(other, source=one.source)
    assert len(render([one, other], tmp_path / "cache")) == len(one.renditions)
