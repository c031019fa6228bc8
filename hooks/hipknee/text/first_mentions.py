"""The first mention of a condition, an exercise or a glossary term becomes a link: a Python-Markdown extension.

It works on the tree between Markdown's inline processor and MkDocs' link check, so that the links it writes are
validated and rewritten like an author's own, under every builder that runs Python-Markdown.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from itertools import product
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from .terms import Term

# Below attribute lists (8): a link put in earlier would take up the list that stands beside it, or be put into one.
# Above abbreviations (7), smart quotes (6) and MkDocs' own link check (0), which are to find the links in place.
PRIORITY = 7.5

# No link in a link, a heading or another control, nor in text that is not prose. Lists, cells and notes are prose.
_CLOSED = {"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "math", "pre", "samp"}
_CLOSED |= {"script", "style", "summary", "svg", "textarea", "th"}
_TITLE = "admonition-title"  # a heading in all but its tag

# What stands directly beside a word and makes it part of a longer one: letters and digits, hyphens (the soft and the
# non-breaking one too), combining accents, and @, which makes it a citation or an address.
_INNER = r"\w\-\u00ad\u2010\u2011\u0300-\u036f@"
# Text that is no prose: what Markdown put aside (raw HTML, escaped characters), and bare addresses.
_ASIDE = r"(?P<aside>\x02[^\x02\x03]*\x03|https?://[^\s\x02]+)"

_WORD = re.compile(r"\w+")
_RAW_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)[^<]*>")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class FirstMentions(Extension):
    """Set `page` to the source path of the page under way, with forward slashes, before each conversion.

    A term may stand in a text with one of the `plurals`, the endings of the language.
    """

    def __init__(self, terms: Iterable[Term], plurals: Sequence[str]) -> None:
        super().__init__()
        self.page = ""
        self._terms: dict[str, Term] = {}
        names: list[str] = []
        for term in terms:
            name = _normal(term.text)
            if name and name.casefold() not in self._terms:
                self._terms[name.casefold()] = term
                names.append(name)
        self._plurals = tuple(sorted((ending.casefold() for ending in plurals), key=len, reverse=True))
        self._places = {name: place for place, name in enumerate(names)}
        self._index: dict[str, dict[str, list[tuple[str, list[list[str]]]]]] = {}
        """The names by their first two words, each with the spellings of its further words."""
        for name in names:
            words = _words(name)
            first, second, *more = [self._spellings(word, word is words[-1]) for word in words] + [[""]] * 2
            entry = (name, more[: len(words) - 2])
            for begin, next_ in product(first, second):
                self._index.setdefault(begin, {}).setdefault(next_, []).append(entry)
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}

    def term(self, mention: str) -> Term | None:
        """What a matched text names: its own name comes before the singular of a longer one."""
        key = _normal(mention).casefold()
        keys = [key, *(key.removesuffix(ending) for ending in self._plurals)]
        return next((self._terms[key] for key in keys if key in self._terms), None)

    def pattern(self, text: str) -> re.Pattern[str]:
        """What finds the names in a text: a pattern of those only whose words are all in it. Of all the names of a
        large library it would take a second to make, and long to search with."""
        words = {"", *_words(text)}
        names = frozenset(
            name
            for first in words & self._index.keys()
            for second in words & self._index[first].keys()
            for name, more in self._index[first][second]
            if all(not words.isdisjoint(spellings) for spellings in more)
        )
        if names not in self._patterns:
            ordered = sorted(names, key=lambda name: (-len(name), self._places[name]))
            self._patterns[names] = _compile(ordered, self._plurals)
        return self._patterns[names]

    def _spellings(self, word: str, is_last: bool) -> list[str]:
        """A word, and its plurals where it may have one."""
        return [word, *(word + ending for ending in self._plurals)] if is_last else [word]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.treeprocessors.register(_Linker(md, self), "first-mentions", PRIORITY)


class _Linker(Treeprocessor):
    """Walks one page in the order in which it is read. All its state is made anew in `run`."""

    def __init__(self, md: Markdown, mentions: FirstMentions) -> None:
        super().__init__(md)
        self.mentions = mentions

    def run(self, root: Element) -> None:
        self.folder = posixpath.dirname(self.mentions.page)
        self.linked: set[str] = set()
        self.raw_depth = 0  # of the raw inline tags that are open, such as <kbd> or the author's own <a>
        self._visit(root)

    def _visit(self, element: Element) -> None:
        children: list[Element] = []
        if self.md.is_block_level(element.tag):
            self.raw_depth = 0  # a tag that nobody closed must not silence the rest of the page
        element.text = self._link(element.text, children)
        for child in list(element):
            if child.tag in _CLOSED or child.get("class") == _TITLE:
                # A link that the author has made already is the one link to its target.
                self.linked.update(self._resolve(a.get("href", "")) for a in child.iter("a"))
            else:
                self._visit(child)
            children.append(child)
            child.tail = self._link(child.tail, children)
        element[:] = children

    def _link(self, text: str | None, siblings: list[Element]) -> str | None:
        """Append the links found in `text` to `siblings`, each with the text behind it; return the text before them."""
        if not text or isinstance(text, AtomicString):
            return text
        pieces: list[str] = []
        links: list[Element] = []
        done = 0
        for match in self.mentions.pattern(text).finditer(text):
            term = None if match["aside"] else self._term(match[0])
            if match["aside"]:
                self._note_raw_tag(match[0])
            if term is None:
                continue
            self.linked.add(term.target)
            links.append(self._anchor(match[0], term))
            pieces.append(text[done : match.start()])
            done = match.end()
        pieces.append(text[done:])
        for link, tail in zip(links, pieces[1:], strict=True):
            link.tail = tail
        siblings += links
        return pieces[0]

    def _term(self, mention: str) -> Term | None:
        term = self.mentions.term(mention)
        if self.raw_depth or term is None or term.target in self.linked or _path(term.target) == self.mentions.page:
            return None
        return term

    def _anchor(self, mention: str, term: Term) -> Element:
        path, hash_, fragment = term.target.partition("#")
        link = Element("a")
        link.set("class", term.css)
        # Both ends are rooted, or relpath would ask for the working directory.
        link.set("href", posixpath.relpath(f"/{path}", f"/{self.folder}") + hash_ + fragment)
        link.text = mention
        return link

    def _resolve(self, href: str) -> str:
        """An author's link as a target, or something that is none."""
        path, hash_, fragment = href.partition("#")
        return posixpath.normpath(posixpath.join("/", self.folder, path)).lstrip("/") + hash_ + fragment

    def _note_raw_tag(self, placeholder: str) -> None:
        """Between a raw opening tag and its end the text is the author's HTML, though Markdown shows it as text."""
        if not (stashed := HTML_PLACEHOLDER_RE.fullmatch(placeholder)):
            return
        html = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]
        tag = _RAW_TAG.fullmatch(html) if isinstance(html, str) else None
        if tag and tag["name"].lower() not in _VOID:
            self.raw_depth = max(0, self.raw_depth + (-1 if tag["end"] else 1))


def _path(target: str) -> str:
    return target.partition("#")[0]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _normal(text: str) -> str:
    """One space for each run of whitespace, one kind of apostrophe."""
    return " ".join(text.split()).replace("’", "'")


def _compile(names: Iterable[str], plurals: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for names, of which the longest come first. Grouped by first letter, so that few are tried."""
    initials: dict[str, list[str]] = {}
    for name in names:
        initials.setdefault(name[0].casefold(), []).append(name)
    groups = (
        f"{_spelling(group[0][0])}(?:{'|'.join(_rest(name, plurals) for name in group)})" for group in initials.values()
    )
    every = "|".join(groups)
    return re.compile(rf"{_ASIDE}|(?<![{_INNER}])(?:{every})(?![{_INNER}])" if every else _ASIDE, re.IGNORECASE)


def _rest(name: str, plurals: tuple[str, ...]) -> str:
    """The pattern behind a name's first letter: the plural is accepted where the name itself does not look like one."""
    is_plural = not plurals or name.casefold().endswith(plurals)
    return _spelling(name[1:]) + ("" if is_plural else f"(?:{'|'.join(map(_spelling, plurals))})?")


def _spelling(text: str) -> str:
    return "".join({" ": r"\s+", "'": "['’]"}.get(char, re.escape(char)) for char in text)
