"""Several files are written all or not at all, and what fails leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hipknee import changes
from projects import tree


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    (tmp_path / "reeds").mkdir()
    (tmp_path / "reeds" / "owl.md").write_text("owl")
    (tmp_path / "wren.md").write_text("wren")
    return tmp_path


def write(pond: Path) -> None:
    new = {pond / "nest" / "deep" / "egg.jpg": b"egg", pond / "reeds" / "crow.md": b"crow"}
    changes.write(new, {pond / "wren.md": b"wren 2", pond / "reeds" / "owl.md": b"owl 2"})


def everything(pond: Path) -> tuple[dict[str, bytes], list[str]]:
    return tree(pond), sorted(path.relative_to(pond).as_posix() for path in pond.rglob("*") if path.is_dir())


def test_all_are_written(pond: Path) -> None:
    write(pond)
    files = {"nest/deep/egg.jpg": b"egg", "reeds/crow.md": b"crow", "wren.md": b"wren 2", "reeds/owl.md": b"owl 2"}
    assert tree(pond) == files


def read_only(pond: Path) -> None:
    (pond / "wren.md").chmod(0o444)


FAULTS: dict[str, Callable[[Path], object]] = {
    "a file is there": lambda pond: (pond / "reeds" / "crow.md").write_text("mine"),
    "a link to nothing is there": lambda pond: (pond / "reeds" / "crow.md").symlink_to("nowhere"),
    "a file is gone": lambda pond: (pond / "wren.md").unlink(),
    "a file is in the place of a folder": lambda pond: (pond / "nest").write_text("mine"),
    "a folder is in the place of what is written aside": lambda pond: (pond / "reeds" / ".crow.md.part").mkdir(),
    "a folder is in the place of the copy": lambda pond: (pond / "reeds" / ".owl.md.before").mkdir(),
    "a file is read-only": read_only,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_or_none(fault: str, pond: Path) -> None:
    FAULTS[fault](pond)
    before = everything(pond)
    with pytest.raises(OSError, match=r".+"):
        write(pond)
    assert everything(pond) == before


@pytest.mark.parametrize("number", range(8))
def test_whoever_interrupts_finds_all_as_it_was(number: int, pond: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each renaming, before it and after it."""
    before, replace, done = everything(pond), Path.replace, []

    def interrupted(self: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == number // 2 + 1 and number % 2:
            raise KeyboardInterrupt
        result = replace(self, target)
        if len(done) == number // 2 + 1:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(pond)
    assert everything(pond) == before


def test_a_link_stays_one(pond: Path) -> None:
    (pond / "link.md").symlink_to("wren.md")
    changes.write({}, {pond / "link.md": b"through"})
    assert (pond / "link.md").is_symlink()
    assert (pond / "wren.md").read_bytes() == b"through"


def test_who_may_read_stays_so(pond: Path) -> None:
    (pond / "wren.md").chmod(0o640)
    changes.write({}, {pond / "wren.md": b"x"})
    assert (pond / "wren.md").stat().st_mode & 0o777 == 0o640
