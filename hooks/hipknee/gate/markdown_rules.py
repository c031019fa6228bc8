"""What the build does not read as Markdown, or reads otherwise than it looks: readers would get it as it is typed.

Nothing of it is rendered by an extension more: a text says the same to every program that reads Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from ..content.catalogue import PageEntry
from ..problems import Problem
from ..rules import Rule
from . import list_rules, markups
from .bodies import Body
from .list_rules import Wrong
from .shown_text import Row, printed, rows


class _Kind(NamedTuple):
    """A line that means something elsewhere, as readers get it."""

    pattern: re.Pattern[str]
    why: Callable[[Sequence[Row], int], tuple[str, str, str]]
    """Of the rows and the number of one: a message, a hint, and the lines as they should be."""
    paired: bool = False
    """Whether a second such line ends what the first began."""


def _fence(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    mark = source[at].bare[:3]
    return (
        f"The code that begins with '{mark}' is not closed, so readers get the signs as they are typed.",
        f"Put a line with only '{mark}' behind the code, both at the very left.",
        "",
    )


def _callout(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    name = re.findall("[a-z]+", source[at].bare.lower())[0]
    text = source[at + 1].bare if at + 1 < len(source) and source[at + 1].quotes else "The text."
    message = "A box that begins like this is not known here, so readers get the signs as they are typed."
    return (
        message,
        "Write '!!!' and one word, and below it the text, indented by four spaces.",
        f"!!! {name}\n    {text}",
    )


def _box(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    bare = source[at].bare
    name, title = re.findall(r"[a-z]+", bare.lower())[:1] or ["note"], re.search(r'["“]([^"“”]+)["”]|:\s*(.+)', bare)
    named = f' "{title[1] or title[2]}"' if title else ""
    text = next((row.bare for row in source[at + 1 :][:2] if row.bare), "The text.")
    message = "This box is not read as one, so readers get the signs as they are typed."
    hint = (
        "Write '!!!', one word and, if you like, a title in double quotes; below it the text, indented by four spaces."
    )
    return message, hint, f"!!! {name[0]}{named}\n    {text}"


def _container(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    message = "A box between lines of ':::' is not known here, so readers get the signs as they are typed."
    return message, "Write '!!! note', and below it the text, indented by four spaces. Delete both lines of ':::'.", ""


def _tab(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    title = re.sub(r'^=+[!+]*\s*["“]?', "", source[at].bare.rstrip()).removesuffix('"').removesuffix("”")
    message = "There are no tabs to choose from here: readers get the signs as they are typed."
    return message, "Write a heading, and the text below it without an indent.", f"### {title}"


def _abbreviation(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    match = re.match(r"\*\[([^\]]+)\]:\s*(.*)", source[at].bare)
    short, text = (match[1], match[2]) if match else ("", "")
    message = f"What '{short}' stands for is not read here, so readers get the line as it is typed."
    hint = "Delete the line, and say it in the sentence, or write it where the word stands first."
    return message, hint, f'<abbr title="{text}">{short}</abbr>' if text and '"' not in text else ""


def _task(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    message = "There are no boxes to tick: readers get the brackets as they are typed."
    raw = re.sub(r"\[[ xX]\][ ]+", "", source[at].raw, count=1)
    return message, "Delete them.", raw


def _definition(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    message = "A line that begins with ':' explains the word above it, and there is none."
    return message, "Put the word on the line above, alone, with an empty line before it.", ""


def _underline(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    message = "The line of '=' is not read as part of a heading, so readers get it as it is typed."
    return message, "Delete it, and begin a heading with '## '.", ""


def _note_sign(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    message = "The lines between '%%' are meant as a note that no reader gets, but they are published."
    return message, "Put the note between '<!--' and '-->'.", ""


def _table(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    above = source[at - 1] if at else None
    table = [row for row in source[at : at + 2] if "|" in row.bare]
    cells = source[at].bare.strip("|").count("|") + 1
    dashes = source[at].mended("|" + " --- |" * cells)
    if not any(_DASHES.fullmatch(row.bare) for row in table):
        message = "This table has no line of dashes below its first line, so readers get it as it is typed."
        return message, "Put one there.", f"{source[at].raw}\n{dashes}"
    if above and above.bare:
        message = "There is no empty line before this table, so readers get it as it is typed."
        return message, "Put an empty line before it.", f"{above.raw}\n\n{source[at].raw}"
    message = "This table is not read as one, so readers get it as it is typed."
    if _DASHES.fullmatch(source[at].bare):
        return message, "A line with the names of the columns comes first.", ""
    hint = "Its second line needs dashes, at least one, for each column of the first, and nothing else."
    return message, hint, f"{source[at].raw}\n{dashes}"


def _line_end(source: Sequence[Row], at: int) -> tuple[str, str, str]:
    message = "The '\\' at the end of the line is printed: it makes no new line."
    return message, "Write <br> in its place, or leave an empty line.", f"{source[at].raw.rstrip().rstrip(chr(92))}<br>"


_DASHES = re.compile(r"\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?")
_KINDS = (
    _Kind(re.compile(r"`{3}|~{3}"), _fence),
    _Kind(re.compile(r"\[![A-Za-z]+\][+-]?"), _callout),
    _Kind(re.compile(r"(?:!!!|\?\?\?\+?)[ ]*\w"), _box),
    _Kind(re.compile(r":{3,}[ ]*[\w{]"), _container),
    _Kind(re.compile(r"={3}[!+]?[ ]+[\"“]"), _tab),
    _Kind(re.compile(r"\*\[[^\[\]]+\]:"), _abbreviation),
    _Kind(re.compile(r"\[[ xX]\][ ]"), _task),
    _Kind(re.compile(r":[ ]+\S"), _definition),
    _Kind(re.compile(r"={3,}$"), _underline),
    _Kind(re.compile(r"%%$"), _note_sign, paired=True),
    _Kind(re.compile(r"\|.*\||[^|]+\|.*[^| ]"), _table),
    _Kind(re.compile(r".*[^\\]\\$"), _line_end),
)
_BEGINNING = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?(?:`{3}|~{3}|\[!|\[[ xX]\]|!!!|\?\?\?|:{3}|\*\[|:[ \t]|={3,}|%%)|\||\\[ \t]*$",
    re.MULTILINE,
)
_HEADING = re.compile(r"^[ \t>]*#(?!#)|^[ \t>]*=+[ \t]*$|<h1\b", re.MULTILINE | re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w<(\[\"'/=@.-])https?://[^\s<>()\[\]\"'|]*[^\s<>()\[\]\"'|.,;:!?*_]")
_TAG = re.compile(r"<[^<>]*>")
_ELEMENT = re.compile(r"<(?:details|div)\b", re.IGNORECASE)
_NAMED = re.compile(r"\[([^\[\]^]+)\]:")
_LOOKS_LIKE_MARKDOWN = re.compile(r"^(?:[-*+]|\d{1,2}[.)]|#{1,6})[ ]|\*\*\w|\]\(|`\w|^\||\[@")
_WORD = re.compile(r"\w+")


def of_page(entry: PageEntry[Any], body: Body, extensions: Mapping[str, object]) -> Iterator[Problem]:
    """Every text comes out as it is meant."""
    document = entry.document
    if body.problem or not document.data or not document.body.strip():
        return
    for rule, wrong in judged(document.body, body.html, extensions):
        yield Problem(entry.path, document.body_line + wrong.row, rule, wrong.message, wrong.hint, wrong.correction)


def judged(text: str, html: str, extensions: Mapping[str, object]) -> Iterator[tuple[Rule, Wrong]]:
    """What is wrong with a text that comes to this HTML."""
    if not (
        list_rules.is_worth_a_look(text, html)
        or any(pattern.search(text) for pattern in (_BEGINNING, _HEADING, _ELEMENT))
        or any(pattern.search(html) for pattern in (markups.ANY, _ADDRESS))
        or "<!--" in text
        or "[^" in text
    ):
        return
    source = rows(text)
    lines, links, raw = printed(html, "md_in_html" in extensions)
    groups = list_rules.unread(source, lines)
    skipped = {row.number for group in groups for row in group} | {row.number for row in source if row.bare in raw}
    misplaced = [
        list_rules.of_paragraphs(groups, source),
        list_rules.of_lists(source, skipped, html, extensions),
        _boxes(source),
    ]
    unknown = [
        _beginnings(source, lines, skipped),
        _inside(source, lines, extensions),
        _addresses(source, lines, links),
    ]
    yield from ((Rule.HEADING_LEVEL, wrong) for wrong in _headings(source, html))
    yield from ((Rule.MARKDOWN_MISPLACED, wrong) for wrong in chain(*misplaced))
    yield from ((Rule.MARKDOWN_UNKNOWN, wrong) for wrong in chain(*unknown, _in_html(source, raw), _notes(text, lines)))


def _headings(source: Sequence[Row], html: str) -> Iterator[Wrong]:
    """The page's title is its only heading of the first level."""
    if "<h1" not in html:
        return
    message = "This is a heading of the first level, and the page has one: its title."
    for row in source:
        bare, raw = row.bare, row.raw.strip(" \t>")
        if re.match(r"#(?!#)", bare) and row.indent < 4:
            yield Wrong(row.number, message, "Begin with '##'.", f"## {raw.lstrip('# ')}")
        elif re.fullmatch("=+", bare) and row.number and (text := source[row.number - 1].raw.strip(" \t>")):
            yield Wrong(row.number - 1, message, "Begin with '##', and delete the line below.", f"## {text}")
        elif match := re.search(r"<h1\b[^<>]*>([^<>\n]*)", bare, re.IGNORECASE):
            yield Wrong(
                row.number, message, "Begin with '##' instead.", f"## {match[1].strip()}" if match[1].strip() else ""
            )


def _boxes(source: Sequence[Row]) -> Iterator[Wrong]:
    """A box has a text, indented by four blanks."""
    for row in source:
        if not re.match(r"!!![ ]?[\w-]+", row.bare):
            continue
        text = next((below for below in source[row.number + 1 : row.number + 4] if below.bare), None)
        if text and text.indent < row.indent + 4:
            message = "The box that begins here is empty: its text is not indented."
            hint = "Indent all that belongs into the box by four spaces."
            yield Wrong(row.number, message, hint, f"{row.raw}\n{text.mended_by(row.indent + 4 - text.indent)}")


def _beginnings(source: Sequence[Row], lines: Sequence[str], skipped: Collection[int]) -> Iterator[Wrong]:
    """What a line begins with is read, or it is nothing but text."""
    keys = {_key(kind, line) for line in lines if (kind := _kind(line)) is not None}
    if not keys:
        return
    before: int | None = None  # the kind of the line before: what goes on is told once
    open_pairs: set[int] = set()
    for row in source:
        if not row.bare:
            before = None
            continue
        bare = row.bare if row.bare.startswith("*[") else list_rules.ITEM.sub("", row.bare, count=1)
        kind = _kind(bare)
        if kind is None or _key(kind, bare) not in keys or (row.number in skipped and not bare.startswith("[")):
            before = None
            continue
        if before != kind and kind not in open_pairs and _is_meant(source, row, kind):
            yield Wrong(row.number, *_KINDS[kind].why(source, row.number))
        before = kind
        if _KINDS[kind].paired:
            open_pairs ^= {kind}


def _is_meant(source: Sequence[Row], row: Row, kind: int) -> bool:
    """A single line with a '|' in it is no table."""
    below = source[row.number + 1].bare if row.number + 1 < len(source) else ""
    is_table = row.bare.startswith("|") or ("|" in below and bool(_DASHES.fullmatch(below)))
    return is_table or _KINDS[kind].why is not _table


def _kind(line: str) -> int | None:
    """The number of the kind of a line."""
    return next((n for n, kind in enumerate(_KINDS) if kind.pattern.match(line)), None)


def _key(kind: int, line: str) -> tuple[int, str]:
    word = _WORD.search(line)
    return kind, word[0] if word else ""


def _inside(source: Sequence[Row], lines: Sequence[str], extensions: Mapping[str, object]) -> Iterator[Wrong]:
    """The marks within a line are read, or they are nothing but text."""
    typed = Counter((kind.pattern, match[0]) for line in lines for kind, match in markups.marks(line, extensions))
    kinds = {pattern for pattern, _ in typed}
    if not typed:
        return
    footnotes: set[str] = set()
    names = {match[1].lower() for row in source if (match := _NAMED.match(row.bare))}
    for row in source:
        marks = [
            (kind, match)
            for kind, match in markups.marks(row.text, extensions)
            if (kind.pattern, match[0]) in typed
            or (kind.pattern in kinds and kind.mend and re.search(r"[*_<`\\]", match[0]))
        ]
        marks = [(kind, match) for kind, match in marks if match[0].rstrip(":") not in footnotes]
        marks = [(kind, match) for kind, match in marks if _name(match).lower() not in names]  # link-broken says why
        footnotes |= {match[0].rstrip(":") for kind, match in marks if kind.extension == "footnotes"}
        if marks:
            yield _of_marks(row, marks)


def _name(match: re.Match[str]) -> str:
    """What the address of a link is called elsewhere; "" for what is no such link."""
    return match.groupdict().get("name") or (match[0].endswith("[]") and match["text"]) or ""


def _of_marks(row: Row, marks: Sequence[tuple[markups.Markup, re.Match[str]]]) -> Wrong:
    """All of one line in one message."""
    kind, first = marks[0]
    raw, texts = row.raw, {match[0] for _, match in marks}
    for each in dict.fromkeys(each for each, _ in marks):
        raw = each.mended(raw, texts)
    mark = first[0].replace("]:", "]") if len(first[0]) <= 40 else f"{first[0][:40]}…"
    if first[0] == "**":
        mark = row.text[first.start() :][:20].strip()
    return Wrong(row.number, kind.message.replace("{mark}", mark), kind.hint, raw if raw != row.raw else "")


def _addresses(source: Sequence[Row], lines: Sequence[str], links: Sequence[str]) -> Iterator[Wrong]:
    """An address of the web is a link."""
    typed = {match[0] for line in lines for match in _ADDRESS.finditer(line)} - {*links}
    for row in source if typed else ():
        if match := next((each for each in _ADDRESS.finditer(row.text) if each[0] in typed), None):
            message = "Readers can't open this address: it is no link."
            hint = "Put it between '<' and '>', or behind the words that lead there: [words](address)."
            yield Wrong(row.number, message, hint, row.raw.replace(match[0], f"<{match[0]}>", 1))


def _in_html(source: Sequence[Row], raw: Sequence[str]) -> Iterator[Wrong]:
    """Within an element of HTML is no Markdown: one message, at its first line that looks like it."""
    typed = {line for line in raw if _LOOKS_LIKE_MARKDOWN.search(line)}
    if row := next((row for row in source if row.bare and any(line in _TAG.sub("", row.raw) for line in typed)), None):
        message = (
            "This is within an element of HTML, where Markdown is not read: readers get its signs as they are typed."
        )
        yield Wrong(row.number, message, "Write it as HTML too, such as <b>words</b>, or put it below the element.")


def _notes(text: str, lines: Sequence[str]) -> Iterator[Wrong]:
    """A note to colleagues is closed, or readers get it."""
    if any("<!--" in line for line in lines):
        outside = "\n".join(row.text for row in rows(text))
        at = outside.find("<!--")
        row = outside.count("\n", 0, at) if at >= 0 else text.count("\n", 0, text.find("<!--"))
        message = "The note that begins with '<!--' is published: it has no end, or an empty line within."
        yield Wrong(row, message, "Put '-->' behind it, and let it begin at the very left if it has several lines.")
