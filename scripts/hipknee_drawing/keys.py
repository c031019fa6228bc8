"""What a picture depends on, as one short text: two pictures with the same key are the same.

The key comes from a rehearsal: everything up to the drawing itself is done, with blank paper in place of the drawing.
So it holds what the drawing is asked for (poses, things, looks, camera), the marks as they lie on the blank paper, and
the code and libraries that draw. What changes none of these changes no picture.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image

from . import drawing

_LIBRARIES = ("embreex", "numpy", "pillow")
_DIGITS = 6
"""Of meters and the like: computers differ in the last of 16."""


def key(job: Callable[[], object], *also: object) -> str:
    """The key of what the job draws. `also` is what else it depends on, such as how it is saved."""
    digest = sha256()

    def note(value: object) -> None:
        for part in _parts(value):
            digest.update(len(part).to_bytes(8, "big") + part)

    note((_code(), [(name, version(name)) for name in _LIBRARIES], also))
    with drawing.rehearsal(note):
        note(job())
    return digest.hexdigest()[:32]


def _parts(value: object) -> list[bytes]:
    """The value as bytes, the same on each computer."""
    match value:
        case None | bool() | int() | str():
            return [repr(value).encode()]
        case bytes():
            return [value]
        case float() | np.floating():
            return [repr(round(float(value), _DIGITS) + 0.0).encode()]
        case np.ndarray():
            same = np.round(value, _DIGITS) + 0.0 if value.dtype.kind == "f" else value
            return [repr((same.shape, same.dtype.str)).encode(), np.ascontiguousarray(same).tobytes()]
        case Image.Image():
            return [*_parts((value.mode, value.size, value.info)), value.tobytes()]
        case Mapping():
            return [b"{", *(part for pair in sorted(value.items()) for part in _parts(pair)), b"}"]
        case Sequence():
            return [b"[", *(part for item in value for part in _parts(item)), b"]"]
    if is_dataclass(value) and not isinstance(value, type):
        return _parts([getattr(value, field.name) for field in fields(value)])
    raise TypeError(f"{type(value).__name__} has no bytes of its own")


@cache
def _code() -> str:
    """A hash of the module that draws and of those that it asks."""
    folder = Path(__file__).parent
    modules, waiting = set[str](), ["drawing"]
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules.add(name)
            waiting += _asks((folder / f"{name}.py").read_text("utf-8"))
    sources = [(folder / f"{name}.py").read_text("utf-8") for name in sorted(modules)]  # with any ends of lines
    return sha256("\0".join(sources).encode()).hexdigest()


def _asks(source: str) -> list[str]:
    """The modules beside it that it needs to run."""
    imports = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom) and node.level == 1]
    return [
        name for node in imports for name in ([node.module] if node.module else [alias.name for alias in node.names])
    ]
