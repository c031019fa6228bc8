"""Marks from other kinds of Markdown, which readers would get as they are typed, and what to write in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

Mend = Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Markup:
    """One kind of mark: how it is found in one line of a text, and what is said of it.

    `mend` is what takes its place; None where that depends on what the author means. `extension` is that of Markdown
    with which it would be no fault.
    """

    pattern: re.Pattern[str]
    message: str
    hint: str
    mend: Mend | None = None
    extension: str = ""

    def mended(self, text: str, marks: Collection[str]) -> str:
        """The text with those of the `marks` as they should be that this kind can mend."""
        mend = self.mend
        return self.pattern.sub(lambda m: mend(m) if m[0] in marks else m[0], text) if mend else text


def _element(name: str) -> Mend:
    return lambda match: f"<{name}>{match['text']}</{name}>"


def _printed(what: str) -> str:
    return f"{what}, but readers get the signs as they are typed."


def _kinds() -> Iterator[Markup]:
    """No two parts of a pattern can take the same letters, and none crosses the end of a line: no text takes long."""
    yield Markup(
        re.compile(r"\[\^[^\[\]\s]{1,40}\]:?"),
        _printed("'{mark}' is meant for a footnote"),
        "Put the note into the sentence, in parentheses. For a source write its key: [@key].",
        extension="footnotes",
    )
    yield Markup(
        re.compile(r"~~(?=[^\s~])(?P<text>[^~\n]{1,400})~~"),
        _printed("'{mark}' is meant to be struck out"),
        "",
        _element("del"),
    )
    yield Markup(
        re.compile(r"(?<!=)==(?=[^\s=])(?P<text>[^=\n]{1,400})(?<=\S)==(?!=)"),
        _printed("'{mark}' is meant to be highlighted"),
        "",
        _element("mark"),
    )
    yield Markup(
        re.compile(r"(?<![+\w])\+\+(?=[^\s+])(?P<text>[^+\n]{1,400})(?<=\S)\+\+(?![+\w])"),
        _printed("'{mark}' is meant to be underlined"),
        "",
        _element("ins"),
    )
    yield Markup(
        re.compile(r"(?<=[A-Za-z\d)])~(?P<text>[A-Za-z\d+-]{1,8})~(?!~)"),
        _printed("'{mark}' is meant to be set low"),
        "",
        _element("sub"),
    )
    yield Markup(
        re.compile(r"(?<=[A-Za-z\d)])\^(?P<text>[A-Za-z\d+-]{1,8})\^"),
        _printed("'{mark}' is meant to be set high"),
        "",
        _element("sup"),
    )
    yield Markup(
        re.compile(r"(?<![\w:/]):(?:[a-z][a-z\d_+-]{0,38}[a-z\d]|[+-]1):(?![\w:/])"),
        _printed("'{mark}' is meant for an emoji or an icon"),
        "Delete it, or say it in words.",
    )
    yield Markup(
        re.compile(r"(?<!\w)!?\[\[(?P<text>[^\[\]\n]{1,200})\]\]"),
        _printed("'{mark}' is meant for a link"),
        "Write the words and the file that it leads to: [Your week](your-week.md). A picture has ! before it.",
        extension="wikilinks",
    )
    yield Markup(
        re.compile(
            r"\[(?P<text>[^\[\]\n@^]{1,200})\][ \t]+\((?P<to>(?:https?://|mailto:|\.\./)[^()\s]+|[^()\s]+\.md)\)"
        ),
        "There is a space between the two parts of a link, so readers get the signs as they are typed.",
        "",
        lambda match: f"[{match['text']}]({match['to']})",
    )
    yield Markup(
        re.compile(r"\((?P<text>[^()\n]{1,200})\)\[(?P<to>(?:https?://|mailto:|\.\./)[^\[\]\s]+|[^\[\]\s]+\.md)\]"),
        "The brackets of this link are the wrong way round, so readers get them as they are typed.",
        "",
        lambda match: f"[{match['text']}]({match['to']})",
    )
    yield Markup(
        re.compile(r"(?<!\w)!?\[(?P<text>[^\[\]\n@^]{1,200})\][ ]?\[(?P<name>[^\[\]\n@]{0,200})\]"),
        "The link '{mark}' has no address, so readers get its brackets as they are typed.",
        "Write the words and where it leads: [Your week](your-week.md).",
    )
    yield Markup(
        re.compile(r"\[(?P<text>[^\[\]\n@^]{1,200})\]\((?=\S)"),
        "The link '{mark}' is not closed, so readers get its signs as they are typed.",
        "Write it on one line, such as [Your week](your-week.md).",
    )
    yield Markup(
        re.compile(r"(?<![\w*])\*\*[ ]?(?P<text>[^*\s][^*\n]{0,400})\*\*(?![\w*])|(?<![\w*\\])\*\*(?=\w)"),
        "The stars of '{mark}' are not read as bold, so readers get them as they are typed.",
        "Put two stars before the words and two behind them, with no space inside: **bold words**.",
    )
    yield Markup(
        re.compile(
            r"\$\$(?=[^\s$])[^$\n]{1,400}\$\$|(?<![\w$])\$(?:[a-zA-Z]|(?=\S)[^$\n]{0,200}[\\^_{=][^$\n]{0,200}(?<=\S))\$(?![\w$])"
        ),
        _printed("'{mark}' is meant for a formula"),
        "Write it in words or with common signs, such as 90° or ½.",
    )
    yield Markup(
        re.compile(r"%%(?=[^%])[^%\n]{0,400}%%"),
        "Readers get '{mark}' as it is typed.",
        "A note that no reader gets stands between '<!--' and '-->'.",
        lambda match: f"<!-- {match[0].strip('% ')} -->",
    )
    yield Markup(
        re.compile(r"\{[%#](?=\s)[^{}\n]{1,400}[%#]\}"),
        "Readers get '{mark}' as it is typed: a text is no template.",
        "Delete it.",
    )
    yield Markup(
        re.compile(r"\{:?[ ]?[.#][A-Za-z][^{}\n]{0,200}\}|\{:[^{}\n]{0,200}\}"),
        "'{mark}' belongs to nothing here, so readers get it as it is typed.",
        "Delete it. It may stand right behind a heading, a link or a picture, or on the line below a paragraph.",
    )


KINDS = (*_kinds(),)
ANY = re.compile(
    r"\[\^|~~|==|\+\+|[\w)]~[\w+-]|[\w)]\^[\w+-]|:[a-z+-][\w+-]*:|\[\[|\][ \t]?[\[(]|\)\[|\*\*|\$|%%|\{[%#:.]|\{ [.#]"
)
"""What a text must have to be worth a closer look."""
_ADDRESS = re.compile(r"https?://[^\s()\[\]<>]+")


def marks(row: str, extensions: Mapping[str, object]) -> Iterator[tuple[Markup, re.Match[str]]]:
    """The marks in a line of text, each once: the first kind that takes them has them."""
    if not ANY.search(row):
        return
    left = _ADDRESS.sub(lambda match: "\0" * len(match[0]), row)
    for kind in KINDS:
        if kind.extension in extensions:
            continue
        for match in kind.pattern.finditer(left):
            yield kind, match
        left = kind.pattern.sub(lambda match: "\0" * len(match[0]), left)
