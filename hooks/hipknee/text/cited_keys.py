"""The keys of sources that a Markdown text cites, with their lines."""

from __future__ import annotations

import re

# A comma separates as well: an author who types it must not see the brackets printed.
KEYS = r"@[^\s\[\]@;,]+(?:\s*[;,]\s*@[^\s\[\]@;,]+)*"
KEY = re.compile(r"@([^\s\[\]@;,]+)")

# One scan from the left: what opens first swallows what it holds. An escaped character opens nothing.
_SCAN = re.compile(
    rf"""
      ^[ \t>]*(?P<fence>`{{3,}}|~{{3,}})[^`\n]*\n(?:.*?\n)??[ \t>]*(?P=fence)[ \t\r]*$
    | <!--.*?-->
    | \\.
    | (?P<ticks>`+)(?:(?!\n\s*\n).)+?(?<!`)(?P=ticks)(?!`)
    | \[(?P<keys>{KEYS})\](?!\()
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


def name(word: str, number: int, label: str | None) -> str:
    """What a screen reader hears of the page's source `number`, which is called `label`."""
    return f"{word} {number}: {label}".strip() if label else f"{word} {number}".strip()


def cited(body: str) -> list[tuple[int, str]]:
    """Every key cited in a Markdown text, with its line, counted from 1. Code and comments hold no citations."""
    return [
        (body.count("\n", 0, match.start("keys") + key.start()) + 1, key[1])
        for match in _SCAN.finditer(body)
        if match["keys"]
        for key in KEY.finditer(match["keys"])
    ]
