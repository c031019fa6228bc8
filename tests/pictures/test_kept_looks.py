"""What is kept of pictures: the same answers as without it, whatever has become of the file that holds it."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import birds
import pytest
from hipknee.gate import gate
from hipknee.pictures import decoding, looks, originals
from hipknee.pictures.looks import FILE, Look, Looks
from hipknee.pictures.originals import Picture, PictureError, inspect
from PIL import Image


def picture(colour: str = "teal", kind: str = "PNG", size: tuple[int, int] = (800, 80), frames: int = 1) -> bytes:
    out = BytesIO()
    first, *others = (Image.new("RGB", size, c) for c in (colour, "white", "black")[:frames])
    first.save(out, kind, save_all=frames > 1, append_images=others) if frames > 1 else first.save(out, kind)
    return out.getvalue()


PICTURES = {
    "good.png": picture().ljust(5000),
    "other.png": picture("white"),
    "good.jpg": picture(kind="JPEG"),
    "moving.webp": picture(kind="WEBP", frames=3),
    "small.png": picture(size=(799, 80)),
    "small-moving.webp": picture(kind="WEBP", frames=2, size=(700, 80)),
    "cut-off.png": picture()[:-40],
    "false.jpg": picture("white"),
    "notes.png": b"Dear heron, the picture is attached.",
    "empty.png": b"",
}
Answers = dict[tuple[str, bool], Picture | str]


def forget() -> None:
    """As in a new process."""
    for memory in (originals._look, looks.looks):
        memory.cache_clear()


@pytest.fixture(autouse=True)
def _new_process() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures of all sorts in odd/, and their looks in .cache/."""
    (tmp_path / "odd").mkdir()
    for name, content in PICTURES.items():
        (tmp_path / "odd" / name).write_bytes(content)
    answers(tmp_path)
    forget()
    return tmp_path


def answers(folder: Path, known: Looks | None = None) -> Answers:
    """What is said of each picture, where it may move and where it may not, in a process that knows nothing else."""
    forget()
    known = known or Looks(folder / FILE)
    found: Answers = {}
    for path in sorted((folder / "odd").iterdir()):
        for may_move in (False, True):
            try:
                found[path.name, may_move] = inspect(path, may_move=may_move, looks=known)
            except PictureError as error:
                found[path.name, may_move] = f"[{error.rule}] {error}"
    known.keep()
    return found


def truth(folder: Path) -> Answers:
    """The same by decoding."""
    return answers(folder, Looks(folder / "nothing" / "is" / "here"))


def lines(folder: Path) -> list[bytes]:
    return (folder / FILE).read_bytes().splitlines()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pictures that are decoded from now on."""
    contents: list[bytes] = []

    def look(data: bytes, original: Callable[[bytes], Look] = decoding.look) -> Look:
        contents.append(data)
        return original(data)

    monkeypatch.setattr(decoding, "look", look)
    return contents


def test_the_same_is_said_and_nothing_is_decoded(folder: Path, decoded: list[bytes]) -> None:
    assert len(lines(folder)) == 7  # what is no picture by its first bytes needs none
    known = answers(folder)
    assert decoded == []
    assert known == truth(folder)
    assert len(decoded) == 7
    assert sum(isinstance(answer, Picture) for answer in known.values()) == 10
    assert "moves. Save one frame" in str(known["moving.webp", False])
    assert "moves. Save one frame" in str(known["small-moving.webp", False])
    assert "is damaged or incomplete" in str(known["cut-off.png", True])


def test_a_name_is_not_what_is_kept(folder: Path, decoded: list[bytes]) -> None:
    """The same bytes elsewhere are known, and told with the name that they have there."""
    (folder / "odd" / "copy.png").write_bytes(PICTURES["good.png"])
    (folder / "odd" / "wrong.webp").write_bytes(PICTURES["good.png"])
    (folder / "odd" / "halved.png").write_bytes(PICTURES["cut-off.png"])
    (folder / "odd" / "still.webp").write_bytes(PICTURES["moving.webp"])
    found = answers(folder)
    assert decoded == []
    first, copy = found["good.png", False], found["copy.png", False]
    assert isinstance(first, Picture)
    assert isinstance(copy, Picture)
    assert (copy.path.name, copy.digest, copy.thumbnail) == ("copy.png", first.digest, first.thumbnail)
    assert "'odd/wrong.webp' is really a PNG. Rename it to 'wrong.png'" in str(found["wrong.webp", False])
    assert "'odd/halved.png' is damaged" in str(found["halved.png", False])
    assert "'odd/still.webp' moves" in str(found["still.webp", False])
    assert isinstance(found["still.webp", True], Picture)


def test_a_picture_that_has_changed_unnoticed(folder: Path, decoded: list[bytes]) -> None:
    """Its size and its time are the same; a new process reads it all the same."""
    path = folder / "odd" / "good.png"
    stat = path.stat()
    path.write_bytes(picture("lime").ljust(5000))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    found = answers(folder)
    assert len(decoded) == 1
    assert found == truth(folder)


def test_what_nobody_needs_any_more_is_forgotten(folder: Path) -> None:
    for name in PICTURES:
        if name not in ("good.png", "small.png"):
            (folder / "odd" / name).unlink()
    answers(folder)
    assert len(lines(folder)) == 2
    before = (folder / FILE).stat().st_mtime_ns
    answers(folder)
    assert (folder / FILE).stat().st_mtime_ns == before, "written without need"


# What becomes of a file


def damages(content: bytes) -> Iterator[bytes]:
    dice = random.Random(1)
    for _ in range(60):
        at, new = dice.randrange(len(content)), bytearray(content)
        new[at] ^= 1 << dice.randrange(8)
        yield bytes(new)
        yield content[:at]
        yield content[at:]
        yield content[:at] + content[at + 5 :]
    rows = content.splitlines(keepends=True)
    yield b"".join(row[17:] for row in rows)  # no hash in front
    yield b"".join(row[:17] + other[17:] for row, other in pairwise(rows))
    yield b"".join(row.replace(b" 80, ", b" 81, ") for row in rows)
    yield content * 3
    yield content.replace(b"\n", b"\r\n")


FOREIGN = {
    "empty": b"",
    "text": b"Dear heron,\nthe pictures are attached.\n",
    "json": b'{"looks": []}',
    "a picture": picture(),
    "zeros": bytes(50_000),
    "blanks": b" \n" * 1000,
    "not UTF-8": b"\xff\xfe " * 1000,
}


def test_a_damaged_file_is_not_believed(folder: Path) -> None:
    expected, content = truth(folder), (folder / FILE).read_bytes()
    whole = Looks(folder / FILE)
    for damaged in damages(content):
        (folder / FILE).write_bytes(damaged)
        known = Looks(folder / FILE)
        assert all(look == whole.get(digest) for digest, look in known._known.items())
    for damaged in [*damages(content)][::25]:
        (folder / FILE).write_bytes(damaged)
        assert answers(folder) == expected
        assert answers(folder) == expected


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_somebody_else(folder: Path, name: str) -> None:
    (folder / FILE).write_bytes(FOREIGN[name])
    assert answers(folder) == truth(folder)
    assert len(lines(folder)) == 7


DIGEST = "ab" * 32
GREY = json.dumps([DIGEST, 800, 600, False, "AAAA" * 1024, None, "", None])
SHAPES = {
    "no list": "{}",
    "no digest": GREY.replace(DIGEST, "ab"),
    "no number": GREY.replace("800", '"800"'),
    "nothing wide": GREY.replace("800", "0"),
    "neither true nor false": GREY.replace("false", "0"),
    "too little grey": GREY.replace("AAAA", "", 1),
    "something among the grey": GREY.replace("AAAA", "AA?AA", 1),
    "no grey": GREY.replace("AAAA", "????", 1),
    "too many": GREY.replace("]", ", 1]"),
    "no facts": GREY.replace('""', "null"),
    "too few": GREY.replace(", null]", "]"),
    "no fault": GREY.replace("null]", '["is odd", "Fix it."]]'),
    "no rule": GREY.replace("null]", '["is odd", "Fix it.", "no-such-rule"]]'),
}


@pytest.mark.parametrize("name", SHAPES)
def test_what_has_another_shape_is_not_believed(tmp_path: Path, name: str) -> None:
    """Even where its hash is right."""
    file = tmp_path / "looks"

    def known(text: str) -> Looks:
        file.write_bytes(Looks(file)._check(text.encode()) + b" " + text.encode() + b"\n")
        return Looks(file)

    assert DIGEST in known(GREY)
    assert known(SHAPES[name])._known == {}


def test_what_another_engine_has_seen_is_not_believed(
    folder: Path, decoded: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for change in ("13.99", "14.0"):
        monkeypatch.setattr(looks, "pillow", change)
        answers(folder)
        assert len(decoded) == 7
        answers(folder)
        assert len(decoded) == 7
        decoded.clear()


def test_the_engine_is_all_that_decides_what_a_picture_looks_like() -> None:
    """Decoding, and every module of its room that it asks."""
    room, modules = Path(looks.__file__).parent, ["decoding"]
    for module in modules:
        text = (room / f"{module}.py").read_text("utf-8")
        modules += {*re.findall(r"^from \.(?: import )?(\w+)", text, re.MULTILINE)} - {*modules}
    assert sorted(f"{module}.py" for module in modules) == sorted(looks._ENGINE)


def test_without_the_engines_files_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "_ENGINE", ("gone.py",))
    (folder / FILE).unlink()
    assert answers(folder) == truth(folder)
    assert not (folder / FILE).exists()


def no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).unlink()
    (folder / FILE).parent.rmdir()
    (folder / FILE).parent.write_text("a file")


def no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).unlink()
    (folder / FILE).mkdir()


def no_right_to_write(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).unlink()

    def refuse(path: Path, data: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)


def no_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).unlink(missing_ok=True)

    def refuse(path: Path, data: bytes, write: Callable[[Path, bytes], int] = Path.write_bytes) -> int:
        write(path, data[:100])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)


def no_right_to_replace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, while somebody reads it."""
    (folder / FILE).write_bytes(b"")

    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "replace", refuse)


def no_right_to_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> bytes:
        if path.name == FILE.name:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)


@pytest.mark.parametrize(
    "refusal", [no_folder, no_file, no_right_to_write, no_room, no_right_to_replace, no_right_to_read]
)
def test_whatever_the_system_refuses(
    folder: Path, refusal: Callable[[Path, pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = truth(folder)
    refusal(folder, monkeypatch)
    assert answers(folder) == expected
    assert answers(folder) == expected
    left = [path.name for path in (folder / FILE).parent.iterdir()] if (folder / FILE).parent.is_dir() else []
    assert {*left} <= {FILE.name}


def test_what_says_nothing_about_the_picture_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(image: Image.Image) -> Image.Image:
        raise MemoryError

    (folder / FILE).unlink()
    with monkeypatch.context() as patch:
        patch.setattr(decoding, "flattened", fail)
        assert "is damaged" in str(answers(folder)["good.png", False])
    assert isinstance(answers(folder)["good.png", False], Picture)


# The check


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    return birds.write(tmp_path / "pond")


def test_a_check_keeps_what_it_sees(pond: Path, decoded: list[bytes]) -> None:
    first = gate.check(pond)
    assert len(decoded) == len(first.pictures)
    forget()
    second = gate.check(pond)
    assert len(decoded) == len(first.pictures)
    assert second.pictures == first.pictures
    assert second.problems == first.problems


CHECK = """
import sys
from pathlib import Path
from hipknee.gate import gate
report = gate.check(Path(sys.argv[1]))
print([str(problem) for problem in report.problems], sorted(report.pictures))
print("PIL.Image" in sys.modules, file=sys.stderr)
"""


def checking(pond: Path) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", CHECK, str(pond)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_check_that_knows_all_does_without_pillow(pond: Path) -> None:
    first, second = (checking(pond).communicate(timeout=60) for _ in range(2))
    assert first[0] == second[0]
    assert [first[1].strip(), second[1].strip()] == ["True", "False"]


def test_two_that_write_at_once_do_not_meet(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While this one is between writing and putting it into its place, another one begins, and finds no room."""
    expected, replace = lines(folder), Path.replace
    (folder / FILE).unlink()

    def interrupted(path: Path, target: Path) -> Path:
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", lambda: 0)
            no_room(folder, other)
            answers(folder)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    answers(folder)
    assert lines(folder) == expected
    assert [path.name for path in (folder / FILE).parent.iterdir()] == [FILE.name]


def test_several_checks_at_once(pond: Path) -> None:
    ends = [check.communicate(timeout=120) for check in [checking(pond) for _ in range(4)]]
    assert len({said for said, _ in ends}) == 1
    assert {wrong.strip() for _, wrong in ends} <= {"True", "False"}
    assert [*(pond / FILE).parent.glob(f"{FILE.name}*")] == [pond / FILE]
    assert {*Looks(pond / FILE)._known} == {one.digest for one in gate.check(pond).pictures.values()}
