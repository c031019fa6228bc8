"""Names that change when the content does."""

from __future__ import annotations

import re

from hipknee import fingerprints

CSS = b"@font-face { src: url(\"../fonts/a.woff2\") } p { background: url(data:image/png,x) url('b.svg') }"
FILES = {"assets/fonts/a.woff2": b"font", "assets/css/site.css": CSS, "assets/js/a.min.js": b"1"}


def test_the_hash_is_in_the_name() -> None:
    made = fingerprints.rename(FILES)
    assert made.keys() == FILES.keys()
    for path, (name, _) in made.items():
        stem, _, ending = path.rpartition(".")
        assert re.fullmatch(rf"{re.escape(stem)}\.[0-9a-f]{{10}}\.{ending}", name)


def test_a_style_sheet_asks_for_the_new_name() -> None:
    made = fingerprints.rename(FILES)
    font = made["assets/fonts/a.woff2"][0]
    css = made["assets/css/site.css"][1].decode()
    assert f'url("../{font.removeprefix("assets/")}")' in css
    assert "url(data:image/png,x)" in css
    assert "url('b.svg')" in css  # not ours to rename


def test_another_font_makes_another_style_sheet() -> None:
    before, after = (fingerprints.rename(FILES | {"assets/fonts/a.woff2": font}) for font in (b"font", b"tnof"))
    assert before["assets/css/site.css"][0] != after["assets/css/site.css"][0]
    assert before["assets/js/a.min.js"] == after["assets/js/a.min.js"]


def test_bytes_that_are_no_text() -> None:
    (made,) = fingerprints.rename({"a.css": b"p { content: '\xff' }"}).values()
    assert made[1] == b"p { content: '\xff' }"
