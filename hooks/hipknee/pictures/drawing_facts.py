"""What a drawn picture says of itself besides its origin: its words, its areas, and from where it is seen.

The drawing writes all of it into the file, in one piece of JSON. So nothing can fall apart from the picture: whoever
has the picture has it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

KEY = "drawing-facts"
"""Of the text in the picture's file."""
SEEN = ("front", "behind", "side", "above", "feet", "head")
"""From where a figure can be seen, as itself has it: "feet" of one who lies, from the end where the feet are."""
WIDE = 1000
"""How many parts a picture's width has, in which its places are told: an outline fits each size of it."""


class Area(NamedTuple):
    """A part of a picture that has a number. Places are parts from the left and from the top."""

    outline: tuple[tuple[int, int], ...]
    """A ring."""
    disc: tuple[int, int, int]
    """The middle of the disc with its number, and the radius of that."""


@dataclass(frozen=True)
class DrawingFacts:
    """What only the drawing knows. A picture that nobody drew has none of it."""

    words: Mapping[str, str] = field(default_factory=dict)
    """What is written in it, by the name of each word: a muscle of the vocabulary, or a printed label."""
    areas: tuple[Area, ...] = ()
    """The areas that are numbered in it, from 1 on."""
    seen: str | None = None
    """One of `SEEN`; None where no single word says it."""

    def as_text(self) -> str:
        """As it is written into the file."""
        seen = {"seen": self.seen} if self.seen else {}
        return json.dumps({"words": {**self.words}, "areas": self.areas, **seen}, ensure_ascii=False)

    @classmethod
    def of(cls, text: object) -> DrawingFacts:
        """What a file holds; nothing where that is anything else."""
        try:
            match json.loads(text) if isinstance(text, str) else None:
                case {"words": dict(words), "areas": list(areas), **more}:
                    named = {str(name): str(word) for name, word in words.items()}
                    seen = more.get("seen")
                    return cls(named, tuple(map(_area, areas)), seen if seen in SEEN else None)
        except (ValueError, TypeError, RecursionError):
            pass
        return cls()


NO_FACTS = DrawingFacts()
"""Of a picture that nobody drew."""


def _area(values: Any) -> Area:
    """Raises ValueError or TypeError for what is none."""
    outline, (across, down, radius) = values
    return Area(tuple((int(x), int(y)) for x, y in outline), (int(across), int(down), int(radius)))
