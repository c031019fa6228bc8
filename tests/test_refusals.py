"""What the system refuses, in plain words."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from hipknee import refusals


def test_which_file_and_why(tmp_path: Path) -> None:
    (tmp_path / "reed").write_text("wet")
    (tmp_path / "loop").symlink_to("loop")
    for path, what in (
        ("gone", "gone is missing."),
        ("reed/frog", "reed/frog is a file, or is inside one, but a folder is needed."),
        (".", ". is a folder, but a file is needed."),
        ("loop", "loop is a link that leads back to itself."),
        ("x" * 300, f"{'x' * 120}… has a name that is too long."),
    ):
        with pytest.raises(OSError, match=r".") as caught:
            (tmp_path / path).read_bytes()
        assert refusals.sentence(caught.value, tmp_path) == what


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS, errno.EBUSY, errno.ENOTEMPTY])
def test_no_word_of_the_system_itself(number: int) -> None:
    text = refusals.sentence(OSError(number, os.strerror(number), b"/pond"))
    assert text.startswith("/pond ")
    assert os.strerror(number) not in text
    assert "Errno" not in text


def test_what_nobody_expects() -> None:
    assert refusals.sentence(OSError(errno.EDOM, "Out of domain", "pond")) == "pond can't be used (Out of domain)."
    assert refusals.sentence(OSError("Can't write here.")) == "Can't write here."
    full = "A file does not fit on the disk, which is full. Free up some space."
    assert refusals.sentence(OSError(errno.ENOSPC, "No space left")) == full
    assert refusals.sentence(OSError(errno.EDOM, "Out of domain")) == "Out of domain."
    assert refusals.why(OSError()) == ("can't be used (OSError)", "")
    assert refusals.sentence(shutil.SameFileError("a and b are the same")) == "a and b are the same."
