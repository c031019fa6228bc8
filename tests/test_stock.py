"""Files that are kept: only what was put there is ever found again, and nobody who needs one loses it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hipknee import stock
from hipknee.stock import Stock, digest_of, keep, part_of, sound

NAME, CONTENT = "pot-1a2b3c.pdf", b"%PDF a pot of tea %%EOF"
LONG_AGO = time.time() - 2 * stock.UNUSED


def aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_what_was_put_is_found(tmp_path: Path) -> None:
    path = Stock(tmp_path / "new").put(NAME, CONTENT)
    assert path.read_bytes() == CONTENT
    assert path.name == f"pot-1a2b3c.{digest_of(path)}.pdf"
    assert Stock(tmp_path / "new").find(NAME) == path
    assert Stock(tmp_path / "new").find("pot-1a2b3d.pdf") is None
    assert Stock(tmp_path / "nowhere").find(NAME) is None
    assert [*(tmp_path / "new").iterdir()] == [path], "no part is left"


def in_place(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        """What the system says of the file is as before but for its size."""
        before = path.stat()
        with path.open("r+b") as file:
            content = change(file.read())
            file.seek(0)
            file.write(content)
            file.truncate()
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return damage


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nothing")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "half of it": in_place(lambda content: content[: len(content) // 2]),
    "nothing": in_place(lambda content: b""),
    "more than it": in_place(lambda content: content * 2),
    "one bit": in_place(lambda content: content[:-1] + bytes([content[-1] ^ 1])),
    "zeros, as after a power cut": in_place(lambda content: bytes(len(content))),
    "another file": in_place(lambda content: b"%PDF another pot %%EOF"),
    "a folder": as_folder,
    "a link to nothing": as_link,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_never_found(damage: str, tmp_path: Path) -> None:
    path = Stock(tmp_path).put(NAME, CONTENT)
    stock._sound.clear()  # as in another process
    DAMAGES[damage](path)
    opened = Stock(tmp_path)
    assert not sound(path)
    assert opened.find(NAME) is None
    if not path.is_dir():
        assert not path.is_file()
        assert opened.put(NAME, CONTENT) == path
        assert Stock(tmp_path).find(NAME) == path


def test_a_file_is_read_again_when_the_system_says_that_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Stock(tmp_path).put(NAME, CONTENT)
    assert Stock(tmp_path).find(NAME)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda path: pytest.fail("read again"))
        assert Stock(tmp_path).find(NAME)
        assert sound(path)
    path.write_bytes(CONTENT[::-1])
    assert Stock(tmp_path).find(NAME) is None


def test_of_two_contents_under_one_name_one_is_found(tmp_path: Path) -> None:
    """As of two versions of a program that makes it."""
    paths = sorted([keep(tmp_path, NAME, b"one"), keep(tmp_path, NAME, b"two")])
    assert [Stock(tmp_path).find(NAME) for _ in range(2)] == [paths[0]] * 2
    paths[0].write_bytes(b"")
    assert Stock(tmp_path).find(NAME) == paths[1]


def test_what_nobody_has_asked_for_is_deleted_in_an_hour(tmp_path: Path) -> None:
    opened = Stock(tmp_path)
    needed, new, old = (opened.put(f"{name}.pdf", name.encode()) for name in ("needed", "new", "old"))
    parts = [tmp_path / f"{name}.pdf.{part_of(7)}" for name in ("new", "old")]
    for part in parts:
        part.touch()
    for path in (needed, old, parts[1]):
        aged(path)
    others = [tmp_path / name for name in ("README.md", "start.png", "pot.0123.pdf")]
    for path in others:
        path.touch()
        aged(path)
    again = Stock(tmp_path)
    assert again.find("needed.pdf")
    again.prune()
    assert {*tmp_path.iterdir()} == {needed, new, parts[0], *others}
    Stock(tmp_path / "nowhere").prune()


def test_who_asks_has_an_hour(tmp_path: Path) -> None:
    """Two builds of different content at once: what one is about to hand over the other does not delete."""
    path = aged(Stock(tmp_path).put(NAME, CONTENT))
    before = path.stat()
    assert Stock(tmp_path).find(NAME)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    Stock(tmp_path).prune()
    assert path.exists()


def test_half_a_file_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full, or the power goes, while a file is written."""
    whole = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        whole(path, content[: len(content) // 2])
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="No space left"):
        Stock(tmp_path).put(NAME, CONTENT)
    assert [*tmp_path.iterdir()] == []


def test_windows_refuses_to_replace_a_file_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(path: Path, target: Path) -> Path:
        raise PermissionError("in use")

    path = Stock(tmp_path).put(NAME, CONTENT)
    monkeypatch.setattr(Path, "replace", in_use)
    assert Stock(tmp_path).put(NAME, CONTENT) == path, "whoever reads it has it whole"
    with pytest.raises(PermissionError):
        Stock(tmp_path).put("mug.pdf", CONTENT)
    assert [*tmp_path.iterdir()] == [path]
