"""A rendered page as a tree that can be printed: HTML in, plain lists, strings and dictionaries out.

The tree says what each thing is ("steps", "box", "link"); how that looks is for the print templates to say. It holds
every word of the page but those that only work on a screen (`SCREEN_ONLY`). An element without a rule keeps what it
holds and becomes a problem, so that nothing is ever lost in silence.

A node is a string, or a dictionary: its `kind`, the nodes `of` it, and what the kind needs besides:

    heading     level: 2 for the page's sections (its title is no part of the tree), never skipping one
    link        to: an id in the document, or href; page: whether a reader on paper is helped by the page's number
    picture     path (from the project's root), width, height in pixels, alt; "" is decoration. Never within a line
    list        ordered; first: its first number. So are steps, mistakes and cards. Of items
    elsewhere   a list of pages in other volumes: each item the names of some, and in which volume they are
    items       of terms and meanings. So are facts
    table       rows of cells; of: its caption
    cell        x, y: its place, from 0; across, down: how many places it takes; head: whether it is a heading; align
    box         tone: what it is for, as the element's class says; title: nodes
    checkbox    checked

Any node may have an `id`, which no other node in the document has, a `lang` ("es") and a `dir` ("rtl", "ltr").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..problems import Problem
from ..rules import Rule

Node = str | dict[str, Any]
PictureOf = Callable[[str], tuple[str, int, int] | None]
"""From a picture's path below the site's root to its file (a path from the project's root), width and height."""

# The picture of a card, or of a way there, stands on the page that it leads to; the state of review in the foot. The
# square of a code is on the sheets; its letters stand above it.
SCREEN_ONLY = (
    "details.motion, details.where, .strip, form, nav, button, script, style, template, noscript, [hidden], "
    ".card picture, .ways picture, .thumbs picture, .moves picture, .headerlink, .map > svg, .review-line, .add, "
    ".hand-out .qr"
)

# What stands on the pages that it is about, too, and is left out where those are in other volumes.
LENT = "ul.cautions"

# What elements become; None: only what they hold. A class says more than the tag alone.
_BY_CLASS = {
    "p.lead": "lead",
    "div.pictures": "pictures",
    "figure.detail": "detail",
    "dl.glance": "facts",
    "section.dose": "dose",
    "ol.steps": "steps",
    "span.role": "role",
    "ul.mistakes": "mistakes",
    "p.wrong": "wrong",
    "p.right": "right",
    "span.mark": "mark",
    "div.levels": "columns",
    "section.stop": "stop",
    "ul.cards": "cards",
    "section.sources": "sources",
    "sup.cite": "citation",
    **dict.fromkeys(("details.fold", "summary.fold"), "group"),
    "p.review": "review",
    **dict.fromkeys(("span.shows", "span.also", "span.unchecked"), "note"),
    **dict.fromkeys(("div.flag", "div.admonition", "div.problems", "p.overdue"), "box"),
    **dict.fromkeys(("p.key-points-title", "p.admonition-title"), "title"),
}
_BY_TAG: dict[str, str | None] = {
    **dict.fromkeys(("html", "body", "div", "section", "article", "main", "header", "footer", "hgroup"), "group"),
    **dict.fromkeys(("p", "address"), "paragraph"),
    **{f"h{level}": "heading" for level in range(1, 7)},
    **{"aside": "box", "details": "box", "summary": "title", "figure": "figure", "figcaption": "caption"},
    **{"ul": "list", "ol": "list", "li": "item", "dl": "items", "dt": "term", "dd": "meaning"},
    **{"table": "table", "blockquote": "quote", "pre": "verbatim", "hr": "rule", "img": "picture"},
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var", "q"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp"), "code"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "del"), "strike"),
    **{"a": "link", "sub": "sub", "sup": "sup", "small": "note", "mark": "highlight", "br": "break"},
    "input": "checkbox",
    **dict.fromkeys(("span", "picture", "time", "abbr", "bdi", "wbr", "label"), None),
}
_SILENT = {"source", "caption", "-comment"}  # a table asks for its caption itself
_INLINE = {"strong", "emphasis", "code", "underline", "strike", "link", "sub", "sup", "note", "highlight", "break"}
_INLINE |= {"checkbox", "citation", "role", "mark", "language"}
NARROW_SPACE = "\u202f"  # no line breaks at it
NOWHERE: Mapping[str, str] = MappingProxyType({})
_SPACE = re.compile(r"[ \t\r\n\f]+")


def tree(
    html: str,
    *,
    path: str,
    url: str,
    pages: Collection[str],
    picture: PictureOf,
    site_url: str = "",
    elsewhere: Mapping[str, str] = NOWHERE,
) -> tuple[list[Node], list[Problem]]:
    """The content of the page at `url` ("exercises/clamshell/"), and what can't be printed of it.

    `path` is its source file, which the problems name. `pages` are the addresses of all pages that are printed
    together: links to them stay inside the document, others lead to `site_url`, or nowhere when that is "".
    `elsewhere` says of pages, by their addresses, in which other volume they are: a card of one is only its name and
    that.
    """
    body = LexborHTMLParser(html).body
    if body is None:
        return [], []
    for node in body.css(SCREEN_ONLY):
        node.decompose()
    reader = _Reader(path, url, pages, picture, site_url, elsewhere)
    for node in body.css(LENT) if elsewhere else ():
        reader.leave_out(node)
    return _blocks(reader.inside(body)), reader.problems


def page_id(url: str) -> str:
    """The id of a page's title."""
    return f"/{url}"


def on_paper(address: str) -> str:
    """A web or mail address as one writes it down."""
    return re.sub(r"^(https?://|mailto:)", "", address).rstrip("/")


def walk(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    """Every node in a tree that is not a string, in the order in which they are read."""
    for node in nodes:
        if isinstance(node, dict):
            yield node
            for inner in (node.get("title", []), node.get("of", []), *node.get("rows", [])):
                yield from walk(inner)


class _Reader:
    """Reads one page, from its first word to its last."""

    def __init__(
        self,
        path: str,
        url: str,
        pages: Collection[str],
        picture: PictureOf,
        site_url: str,
        elsewhere: Mapping[str, str],
    ) -> None:
        self.path, self.url, self.pages, self.picture, self.site_url = path, url, pages, picture, site_url
        self.elsewhere = elsewhere
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        self.level = 1
        self.spaced = True  # a line begins here, or the text so far ends with white space
        self.verbatim = False

    def inside(self, parent: LexborNode) -> list[Node]:
        """What an element holds, without the white space that only separates elements in the source."""
        nodes = [node for child in parent.iter(include_text=True) for node in self.node(child)]
        for place, (before, node) in enumerate(pairwise(nodes)):  # a raised number does not begin a line
            if isinstance(before, str) and isinstance(node, dict) and node["kind"] == "citation":
                nodes[place] = re.sub(r"(?<!\s)\s+$", NARROW_SPACE, before)
        around = [None, *nodes, None]
        return [
            node
            for before, node, after in zip(around, nodes, around[2:], strict=False)
            if not (_is_space(node) and any(map(_is_block, nodes)) and (_ends_line(before) or _ends_line(after)))
        ]

    def text(self, text: str) -> list[Node]:
        if not self.verbatim:
            text = _SPACE.sub(" ", text)
            text = text[1:] if self.spaced and text.startswith(" ") else text
        if text:
            self.spaced = text.endswith((" ", "\n"))
        return [text] if text else []

    def node(self, element: LexborNode) -> list[Node]:
        """What becomes of one element or text: most often one node; several when it is only a wrapper."""
        if element.tag == "-text":
            return self.text(element.text_content or "")
        tag, classes = element.tag or "", (element.attributes.get("class") or "").split()
        if tag in _SILENT:
            return []
        named = (f"{tag}.{name}" for name in classes)
        kind = next((_BY_CLASS[name] for name in named if name in _BY_CLASS), _BY_TAG.get(tag, "unknown"))
        if kind == "unknown":
            self.report(Rule.VALUE_INVALID, f"<{tag}> can't be printed; only the words in it can.", "Say it in words.")
            kind = None
        block = kind is not None and kind not in _INLINE
        self.spaced |= block
        nodes = self.convert(kind, element, tag, classes)
        self.spaced |= block or kind == "break"
        return self.marked(nodes, element)

    def convert(self, kind: str | None, element: LexborNode, tag: str, classes: list[str]) -> list[Node]:
        match kind:
            case None:
                of = self.inside(element)
                return [*of, " "] if of and tag == "label" else of  # two labels are two words
            case "group":
                return _blocks(self.inside(element))
            case "heading":
                return self.heading(element, int(tag[1]))
            case "link":
                return self.link(element, classes)
            case "picture":
                return self.image(element)
            case "list" | "steps" | "mistakes" | "cards":
                return self.listing(kind, element, tag)
            case "table":
                return self.table(element)
            case "box":
                return self.box(element, tag, classes)
            case "columns":
                columns = [_holding("group", _blocks(self.node(child))) for child in element.iter(include_text=True)]
                return _holding(kind, [node for column in columns for node in column])
            case "verbatim":
                self.verbatim = True
                of = self.inside(element)
                self.verbatim = False
                return _holding(kind, of)
            case "checkbox":
                if element.attributes.get("type") != "checkbox":
                    return []
                self.spaced = False
                return [{"kind": kind, "checked": "checked" in element.attributes}]
            case "break" | "rule":
                return [{"kind": kind}]
        of = self.inside(element)
        # Nothing within a line holds a block, and a paragraph around a picture is no paragraph.
        bare = any(map(_is_block, of)) if kind in _INLINE else kind == "paragraph" and all(map(_is_block, of))
        kind = "meaning" if kind == "term" and any(map(_is_block, of)) else kind
        return of if bare else _holding(kind, of)

    def marked(self, nodes: list[Node], element: LexborNode) -> list[Node]:
        """The nodes of one element with its id, its language and its direction."""
        lang = re.match(r"([a-z]{2,3})(?![a-z])", (element.attributes.get("lang") or "").lower())
        marks = {"lang": lang[1]} if lang else {}
        if element.attributes.get("dir") in ("ltr", "rtl"):
            marks["dir"] = element.attributes["dir"] or ""
        name = element.attributes.get("id") or ""
        if name in {"", *self.ids} and not (marks and nodes):
            return nodes
        if name and name not in self.ids:
            self.ids.add(name)
            marks["id"] = f"{page_id(self.url)}#{name}"
        first = nodes[0] if nodes else ""
        of_items = isinstance(first, dict) and first["kind"] == "term" and "lang" not in marks
        if not isinstance(first, dict) or "id" in first or (len(nodes) > 1 and not of_items):
            first = {"kind": "group" if any(map(_is_block, nodes)) else "language", "of": nodes}
            nodes = [first]
        first |= marks
        return nodes

    def heading(self, element: LexborNode, level: int) -> list[Node]:
        of = self.inside(element)
        if not _plain(of).strip() or any(map(_is_block, of)):  # a picture is no title
            return of
        self.level = max(2, min(level, self.level + 1))
        return [{"kind": "heading", "of": of, "level": self.level}]

    def link(self, element: LexborNode, classes: list[str]) -> list[Node]:
        of, target = self.inside(element), self.target(element.attributes.get("href") or "")
        if any(map(_is_block, of)) or not target or not of:
            return of
        link: dict[str, Any] = {"kind": "link", "of": of} | target
        # The glossary, where first mentions lead, and places in the same chapter are easy to find.
        easy = "term" in classes or element.css_matches("sup a")
        if "to" in target:
            link["page"] = target["to"].partition("#")[0] != page_id(self.url) and not easy
            return [link]
        if easy and self.place(element.attributes.get("href") or ""):
            return [link]
        # Paper shows no address behind a word.
        text, address = _plain(of).strip(), on_paper(target["href"])
        if target["href"].startswith("tel:") or address.rpartition("/")[2] in text:
            return [link]
        if address.startswith(text):
            return [link | {"of": [address]}]
        return [link, {"kind": "note", "of": [f" ({address})"]}]

    def target(self, href: str) -> dict[str, str] | None:
        """Where a link leads: {"to": id}, {"href": address}, or None for nowhere."""
        parts = _split(href)
        if parts and parts.scheme in ("http", "https", "mailto", "tel"):
            return {"href": href}
        there = self.place(href)
        if there is None:
            return None
        fragment = f"#{unquote(there.fragment)}" if there.fragment else ""
        if _page(there) in self.pages:
            return {"to": page_id(_page(there)) + fragment}
        return {"href": urljoin(self.site_url, there.path.lstrip("/") + fragment)} if self.site_url else None

    def place(self, href: str) -> SplitResult | None:
        """The place on the site that a link leads to; None when it leads to none."""
        parts = _split(href)
        if parts is None or parts.scheme or parts.netloc or not href:
            return None
        return urlsplit(urljoin(f"https://site/{self.url}", href))

    def about(self, element: LexborNode) -> tuple[str, str] | None:
        """The page elsewhere to which the first link of an element leads: its name, and in which volume it is."""
        link = element.css_first("a")
        there = self.place(link.attributes.get("href") or "") if link else None
        volume = self.elsewhere.get(_page(there)) if there else None
        return (_SPACE.sub(" ", link.text()).strip(), volume) if link and volume else None

    def leave_out(self, element: LexborNode) -> None:
        """Drop the items of a list that are about pages elsewhere; with the last, also what introduces the list."""
        for item in _children(element, "li"):
            if self.about(item):
                item.decompose()
        if not _children(element, "li"):
            while (before := element.prev) and before.tag in ("-text", "p"):
                before.decompose()
            if before and re.fullmatch(r"h\d", before.tag or ""):
                before.decompose()
            element.decompose()

    def image(self, element: LexborNode) -> list[Node]:
        source, alt = element.attributes.get("src") or "", element.attributes.get("alt") or ""
        if "alt" not in element.attributes:
            self.report(Rule.ALT_MISSING, f"The picture '{source}' has no alt text.", "Describe it.")
        place = urlsplit(urljoin(f"https://site/{self.url}", source))
        file = self.picture(unquote(place.path).lstrip("/")) if place.netloc == "site" else None
        if file is None:
            self.report(
                Rule.IMAGE_MISSING,
                f"The picture '{source}' can't be printed: it is not one of the site's own pictures.",
            )
            return _holding("paragraph", [alt] if alt else [])
        path, width, height = file
        return [{"kind": "picture", "path": path, "alt": alt, "width": width, "height": height}]

    def listing(self, kind: str, element: LexborNode, tag: str) -> list[Node]:
        level = self.level
        items: list[Node] = []
        elsewhere = self.named(element) if kind == "cards" and self.elsewhere else []
        for node in self.inside(element):
            is_item = isinstance(node, dict) and node["kind"] == "item"
            items.append(node if is_item else {"kind": "item", "of": [node]})
        if kind == "cards":  # a plain list on paper, so its names are no headings
            self.level = level
            for node in walk(items):
                node["kind"] = "title" if node["kind"] == "heading" else node["kind"]
        first = element.attributes.get("start") or ""
        number = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
        whole = [{"kind": kind, "of": items, "ordered": tag == "ol", "first": number}] if items else []
        return [*whole, *elsewhere]

    def named(self, element: LexborNode) -> list[Node]:
        """The cards of pages elsewhere, taken out of the element: only their names, volume by volume."""
        volumes: dict[str, list[str]] = {}
        for item in _children(element, "li"):
            if about := self.about(item):
                name, volume = about
                volumes.setdefault(volume, []).append(name)
                item.decompose()
        items: list[Node] = [
            {"kind": "item", "of": [f"{', '.join(names)} ", {"kind": "note", "of": [f"({volume})"]}]}
            for volume, names in volumes.items()
        ]
        return [{"kind": "elsewhere", "of": items}] if items else []

    def table(self, element: LexborNode) -> list[Node]:
        caption = [node for child in _children(element, "caption") for node in self.inside(child)]
        rows = [row for part in _children(element, "thead tbody tfoot") for row in _children(part, "tr")]
        grid: list[list[Node]] = []
        occupied: set[tuple[int, int]] = set()
        for y, row in enumerate(rows):
            grid.append([])
            x = 0
            for cell in _children(row, "td th"):
                while (x, y) in occupied:
                    x += 1
                across = _number(cell, "colspan")
                across = next((n for n in range(1, across) if (x + n, y) in occupied), across)
                down = min(_number(cell, "rowspan"), len(rows) - y)
                occupied |= {(x + right, y + below) for right in range(across) for below in range(down)}
                self.spaced = True
                align = re.search(r"text-align:\s*(center|right)", cell.attributes.get("style") or "")
                node: dict[str, Any] = {"kind": "cell", "of": self.inside(cell), "head": cell.tag == "th"}
                node |= {"x": x, "y": y, "across": across, "down": down, "align": align[1] if align else "left"}
                grid[-1] += self.marked([node], cell)
        return [{"kind": "table", "rows": grid, "of": caption}] if occupied else _holding("paragraph", caption)

    def box(self, element: LexborNode, tag: str, classes: list[str]) -> list[Node]:
        """A box with its title: an element that says that it is one, or a first paragraph that is bold as a whole."""
        of = _blocks(self.inside(element))
        title: list[Node] = []
        if of and isinstance(of[0], dict) and of[0]["kind"] in ("title", "paragraph"):
            inner: list[Node] = of[0]["of"]
            bold = inner[0] if len(inner) == 1 else ""
            if isinstance(bold, dict) and bold["kind"] == "strong":
                inner = bold["of"]
            if of[0]["kind"] == "title" or inner is not of[0]["of"]:
                title, of = inner, of[1:]
        tone = next((name for name in classes if name not in ("admonition", "flag")), tag)
        return [{"kind": "box", "tone": tone, "title": title, "of": of}] if title or of else []

    def report(self, rule: Rule, message: str, hint: str = "") -> None:
        problem = Problem(self.path, 1, rule, message, hint)
        if problem not in self.problems:
            self.problems.append(problem)


def _holding(kind: str, of: list[Node]) -> list[Node]:
    """A node, unless it would be empty."""
    if kind not in _INLINE and all(map(_is_space, of)):
        return []
    return [{"kind": kind, "of": of}] if of else []


def _blocks(nodes: list[Node]) -> list[Node]:
    """The same nodes with each run of words between the blocks as a paragraph."""
    blocks: list[Node] = []
    line: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and not _is_block(node):
            line.append(node)
            continue
        blocks += _holding("paragraph", line)
        line = []
        if node is not None:
            blocks.append(node)
    return blocks


def _is_block(node: Node | None) -> bool:
    return isinstance(node, dict) and node["kind"] not in _INLINE


def _ends_line(node: Node | None) -> bool:
    return node is None or _is_block(node) or (isinstance(node, dict) and node["kind"] == "break")


def _is_space(node: Node) -> bool:
    return isinstance(node, str) and node.isspace()


def _plain(nodes: list[Node]) -> str:
    return "".join(node if isinstance(node, str) else _plain(node.get("of", [])) for node in nodes)


def _split(href: str) -> SplitResult | None:
    try:
        return urlsplit(href)
    except ValueError:
        return None


def _page(there: SplitResult) -> str:
    """The address of a page below the site's root."""
    return unquote(there.path).lstrip("/").removesuffix("index.html")


def _children(element: LexborNode, tags: str) -> list[LexborNode]:
    return [child for child in element.iter() if child.tag in tags.split()]


def _number(cell: LexborNode, name: str) -> int:
    text = cell.attributes.get(name) or ""
    return int(text) if re.fullmatch(r"[1-9]\d?", text) else 1
