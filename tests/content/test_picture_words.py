"""The words in pictures are those of the site's language."""

from __future__ import annotations

from pathlib import Path

import birds
from hipknee.content.catalogue import load
from hipknee.content.picture_words import PictureWords


def test_a_muscle_is_called_as_patients_call_it_and_a_label_as_it_is_printed(tmp_path: Path) -> None:
    birds.write(tmp_path)
    for word in (PictureWords.at(tmp_path), PictureWords.of(load(tmp_path))):
        assert word("start") == "start"
        assert word("big-flapper") == "big flapping muscle"
        assert word("beak") == "beak"
        assert word("months:2") == word("months:2").strip() != "months:2"
        assert (word("months:13"), word("beak:1")) == ("months:13", "beak:1")
