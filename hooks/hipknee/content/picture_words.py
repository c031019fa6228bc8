"""The words that are drawn into pictures, in the site's language: nobody types them in code or in a table."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..refusals import contents
from ..wording import Say
from . import front_matter
from .catalogue import Catalogue, language_of, words_of
from .data_files import Vocabulary
from .validation import validate


class PictureWords:
    """From the name of a word to the word: of a muscle what patients call it, of a label what is printed."""

    def __init__(self, muscles: Mapping[str, str], say: Say) -> None:
        self._muscles, self._say = muscles, say

    @classmethod
    def of(cls, catalogue: Catalogue) -> PictureWords:
        """Those of a site that is read already."""
        return cls(catalogue.vocabulary.part(_plain) or {}, catalogue.say)

    @classmethod
    def at(cls, root: Path) -> PictureWords:
        """Those of the project in the folder `root`, for callers without a catalogue."""
        raw = b""
        with suppress(OSError):  # told where it is read for the catalogue
            raw = contents(root / "docs" / "_data" / "vocabulary.yml")
        document, _ = front_matter.read_data("vocabulary.yml", raw)
        return cls(validate(Vocabulary, document).draft.part(_plain) or {}, Say(words_of(root, language_of(root))))

    def __call__(self, name: str) -> str:
        """A word that is missing is its own name, as everywhere. `chart_days:1` is the first of a list."""
        listed, _, number = name.partition(":")
        if number.isdecimal():
            return next(iter(self._say.several(listed)[int(number) - 1 :][:1]), name)
        return self._muscles.get(name) or self._say(name)


def _plain(vocabulary: Vocabulary) -> dict[str, str]:
    return {slug: muscle.plain for slug, muscle in vocabulary.muscles.items()}
