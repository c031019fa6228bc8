"""`{emergency}` in a body becomes the emergency number, a link that calls it: a Markdown extension."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from ..wording import Linked
from .body_links import without_code

MARK = "{emergency}"
# Braces are an attribute list to Markdown. A letter of the private area is nothing to it.
_LETTER = "\ue911"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>a|code)\b")
_PARTS = re.compile(r"(<[^>]*>)")
_FIRST, _LAST = 25, 5
"""Before everything but line ends and raw HTML; after everything."""


class NumbersToCall(Extension):
    """`number` is what is called."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.preprocessors.register(_Before(md), "numbers-to-call", _FIRST)
        md.postprocessors.register(_After(md, self), "numbers-to-call", _LAST)


class _Before(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if MARK not in text:
            return lines
        plain, parts, at = without_code(text), [], 0
        for match in re.finditer(re.escape(MARK), plain):
            parts += [text[at : match.start()], _LETTER]
            at = match.end()
        return "".join([*parts, text[at:]]).split("\n")


class _After(Postprocessor):
    """In a text a link, within another link or an attribute only the number; code stays as it is."""

    def __init__(self, md: Markdown, numbers: NumbersToCall) -> None:
        super().__init__(md)
        self.numbers = numbers

    def run(self, text: str) -> str:
        if _LETTER not in text:
            return text
        number = self.numbers.number
        link, parts, around = Linked.of(MARK, MARK, number).html, [], list[str]()
        for part in _PARTS.split(text):
            if tag := _TAG.match(part):
                if not tag["end"]:
                    around.append(tag["name"])
                elif tag["name"] in around:
                    around.remove(tag["name"])
            inside = part.startswith("<") or "a" in around
            parts.append(part.replace(_LETTER, MARK if "code" in around else number if inside else link))
        return "".join(parts)
