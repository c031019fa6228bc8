"""How a script is called and how it ends: with a status and one sentence, whatever the system refuses."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from .refusals import sentence

REFUSED, INTERRUPTED = 1, 130


def run(main: Callable[[], int]) -> int:
    """The exit status of a script: that of `main`, or 1 after saying what the system refused.

    Who reads what is printed may stop at any time, as `head` does, and so may whoever waits, with Ctrl-C.
    """
    collect_seldom()
    status = REFUSED
    try:
        status = main()
        sys.stdout.flush()  # or it would be noticed only after the end that nobody reads
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(sentence(error), file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def collect_seldom() -> None:
    """Look for garbage a seventieth as often: checks and builds keep nearly all that they make, and looking takes a
    tenth of their time."""
    gc.set_threshold(50_000)


def a_path(text: str) -> Path:
    """A type for argparse: the path of something that may be there, which the system can look for."""
    path = Path(text)
    _around(path)
    return path


def folder_to_fill(text: str) -> Path:
    """A type for argparse: a folder that is there, or that can be made."""
    path = Path(text)
    around = _around(path)
    if not around.is_dir():
        raise argparse.ArgumentTypeError(f"{around} is not a folder")
    if not os.access(around, os.W_OK):
        raise argparse.ArgumentTypeError(f"you may not write into {around}")
    return path


def share(text: str) -> tuple[int, int]:
    """A type for argparse: one of so many shares, such as "2/8"."""
    match = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text)
    number, count = map(int, match.groups()) if match else (1, 0)
    if number > count:
        raise argparse.ArgumentTypeError(f"'{text}' is no share: write which one it is and of how many, such as 2/8")
    return number, count


def file_to_write(text: str) -> Path:
    """A type for argparse: a file in a folder that is there, or that can be made."""
    path = Path(text)
    if _around(path) == path and path.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is a folder")
    folder_to_fill(str(path.parent))
    return path


def _around(path: Path) -> Path:
    """The path itself, or the part of it that is there."""
    for place in (path, *path.absolute().parents):
        try:
            place.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise argparse.ArgumentTypeError(sentence(error)) from None
        return place
    return path
