"""Which letters paper can show: as Typst says it, who sets them."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
import typst
from hipknee.letters import FACES, code_points, letters, missing
from hipknee.places import FONTS

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
BLOCKS = [
    range(0x20, 0x250),  # Latin
    range(0x2B0, 0x600),  # signs, accents, Greek, Cyrillic, Hebrew
    range(0x600, 0x700),  # Arabic
    range(0x1E00, 0x2000),  # Latin and Greek with accents
    range(0x2000, 0x2300),  # punctuation and signs
    range(0x25A0, 0x2800),
    [
        *range(0x3000, 0x302E),
        *range(0x3030, 0x3100),
        *range(0xFB00, 0xFB07),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        0xFFFD,
        *range(0x1F600, 0x1F650),
    ],
]


@pytest.mark.parametrize("points", BLOCKS, ids=lambda points: f"{points[0]:04X}")
def test_typst_says_the_same(points: range, tmp_path: Path) -> None:
    every = [point for point in points if unicodedata.category(chr(point)) not in ("Cn", "Cc", "Cs")]
    template = '#set document(title: "x")\n#set text(font: "Hips and Knees Sans", fallback: false)\n'
    template += "#for it in json(bytes(sys.inputs.data)) [#it\n\n]"
    source = tmp_path / "letters.typ"
    source.write_text(template, "utf-8")
    compiler = typst.Compiler(input=str(source), font_paths=[str(FONTS)], ignore_system_fonts=True)
    texts = {"data": json.dumps([f"a{chr(point)}b" for point in every])}
    try:
        said = [
            warning.diagnostic for warning in compiler.compile_with_warnings(sys_inputs=texts, pdf_standards="ua-1")[1]
        ]
    except typst.TypstError as error:
        said = [error.diagnostic]
    refused = {_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) for text in _MISSING.findall("\n".join(said))}
    assert [chr(point) for point in every if missing(f"a{chr(point)}b")] == [
        chr(point) for point in every if any(chr(point) in text for text in refused) and chr(point) not in "ab"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lift your knee.", []),
        ("e\u0301 \u00f1 \u00bd \u2264 \u2192 \u03b1\u200b", []),
        ("go \U0001f600 on \U0001f600", ["\U0001f600"]),
        ("\u0633\u0644 and \u0627", ["\u0633\u0644", "\u0627"]),
    ],
)
def test_what_is_missing(text: str, expected: list[str]) -> None:
    assert missing(text) == expected


def test_pictures_have_the_same_letters() -> None:
    """What Pillow draws of a letter that is in the table is not what it draws where there is none."""
    for face in FACES:
        font = letters(face, 20)
        nothing = bytes(font.getmask("\uffff"))
        drawn = [point for point in sorted(code_points()) if bytes(font.getmask(chr(point))) != nothing]
        assert len(drawn) > 0.95 * len(code_points())
