"""The PDFs of this project, end to end: what a complete build writes into site/pdf/."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdf_ua
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import yaml
import zxingcpp
from hipknee.content import catalogue
from hipknee.wording import Say
from projects import ADDRESS, LANGUAGE, ROOT, words
from punching import punched_out, share_of_page, unread
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.acceptance

SLUGS = sorted(path.stem for path in ROOT.glob("docs/exercises/*.md") if path.stem != "index")
PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
SIZES = {"": 12.0, "-large": 18.0}
"""What a handout's name says of its letters, and how many points they have at least."""
HANDOUTS = [(slug, large, paper) for slug in SLUGS for large in SIZES for paper in PAPERS]
HALVES = {"half-letter": (396.0, 612.0), "a5": (419.53, 595.28)}
COMPLETE = [f"complete-{paper}.pdf" for paper in PAPERS]
WHOLE = [f"booklet-{paper}.pdf" for paper in PAPERS]
FOLDED = [f"booklet-fold-{paper}.pdf" for paper in HALVES]
PRINTER = [f"booklet-fold-printer-{paper}.pdf" for paper in PAPERS]
CHARTS = [f"tick-chart-{paper}.pdf" for paper in PAPERS]
PLANS = {f"programme-{path.stem}": path for path in sorted(ROOT.glob("docs/programmes/*.md"))}
FILES = [
    *COMPLETE,
    *WHOLE,
    *FOLDED,
    *PRINTER,
    *CHARTS,
    *(f"{plan}{large}-{paper}.pdf" for plan in PLANS for large in SIZES for paper in PAPERS),
    *(f"{slug}{large}-{paper}.pdf" for slug, large, paper in HANDOUTS),
]
SITE = catalogue.load(ROOT).site.document.data
SAY = words(LANGUAGE)
CARE_OF_THE_BAND = catalogue.load(ROOT).vocabulary.document.data["equipment"]["band"]["care"]
MILLIMETRE = 72 / 25.4


def front_matter(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8").split("\n---\n")[0]))


def exercise(slug: str) -> dict[str, Any]:
    return front_matter(ROOT / "docs" / "exercises" / f"{slug}.md")


def text(document: PdfDocument, first: int = 0, end: int | None = None) -> str:
    """The words of some pages. Where pdfium has seen a hyphen at the end of a line, there is a soft hyphen."""
    pages = range(first, len(document) if end is None else end)
    found = "\n".join(document[page].get_textpage().get_text_bounded() for page in pages)
    return re.sub("[\x02\ufffe]\\s*", "\u00ad", found)


def letters(text: str) -> str:
    """What no line break, bullet, capital or non-breaking space changes."""
    return re.sub(r"[\W_]+", "", text).casefold()


QR = zxingcpp.BarcodeFormat.QRCode
"""Boxes and lines of a sheet can look like the bars of a grocery's code."""


def codes(document: PdfDocument) -> list[str]:
    """What the QR codes say to a cheap scanner: 100 dots per inch, in grey."""
    rasters = (page.render(scale=100 / 72, grayscale=True).to_pil() for page in document)
    return [code.text for raster in rasters for code in zxingcpp.read_barcodes(raster, formats=QR)]


def links(document: PdfDocument) -> Iterator[str]:
    """Where each link leads: an address, "#" for a place in the file, "" for nowhere."""
    for page in document:
        position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, position, link):
            if pdfium.FPDFLink_GetDest(document.raw, link):
                yield "#"
                continue
            action = pdfium.FPDFLink_GetAction(link)
            length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
            address = ctypes.create_string_buffer(length)
            pdfium.FPDFAction_GetURIPath(document.raw, action, address, length)
            yield address.value.decode()


def test_the_files(printed: Path) -> None:
    assert sorted(path.name for path in printed.iterdir()) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_paper(printed: Path, name: str) -> None:
    stem = name.removesuffix(".pdf")
    wanted = next(size for paper, size in (HALVES | PAPERS).items() if stem.endswith(f"-{paper}"))
    for page in PdfDocument(printed / name):
        size = page.get_size()
        assert sorted(size) == pytest.approx(sorted(wanted), abs=0.1)
        assert size[0] < size[1] or name in [*CHARTS, *PRINTER]


@pytest.mark.parametrize("name", FILES)
def test_title_language_and_tags(printed: Path, name: str) -> None:
    document = PdfDocument(printed / name)
    slug = re.sub(r"(-large)?-(half-letter|letter|a4|a5)\.pdf$", "", name)
    titles = dict.fromkeys(("booklet", "booklet-fold", "complete"), "Hips and Knees")
    titles |= {name: str(front_matter(path)["title"]) for name, path in PLANS.items()}
    titles |= {"tick-chart": "Your first eight weeks", "booklet-fold-printer": "Hips and Knees, for the printer"}
    assert document.get_metadata_value("Title") == (titles.get(slug) or exercise(slug)["title"])
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    language = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, language, length)
    assert "".join(map(chr, language)).rstrip("\0") == LANGUAGE
    assert pdfium.FPDFCatalog_IsTagged(document.raw)


@pytest.mark.parametrize("name", FILES)
def test_the_only_date_is_that_of_the_content(printed: Path, name: str) -> None:
    """Two builds of the same content would differ otherwise."""
    slug = re.sub(r"(-large)?-(half-letter|letter|a4|a5)\.pdf$", "", name)
    pages = [ROOT / "docs" / "exercises" / f"{slug}.md"] if slug in SLUGS else ROOT.glob("docs/exercises/*-*.md")
    pages = ROOT.glob("docs/**/*.md") if slug.startswith(("booklet", "complete")) else pages
    pages = [*pages, *PLANS.values()] if slug == "tick-chart" else pages  # it is that of a plan
    updated = max(str(front_matter(path)["updated"]) for path in pages)
    content = (printed / name).read_bytes()
    named = re.findall(rb"/(?:CreationDate|ModDate) ?\(D:(\d{8})", content)
    named += re.findall(rb"<xmp:(?:CreateDate|ModifyDate|MetadataDate)>([\d-]{10})", content)
    assert len(named) >= 4
    assert {day.decode().replace("-", "") for day in named} == {updated.replace("-", "")}


def test_every_file_conforms_to_pdf_ua(printed: Path) -> None:
    assert pdf_ua.required(sorted(printed.glob("*.pdf"))) == []


# Handouts


@pytest.mark.parametrize(("slug", "large", "paper"), HANDOUTS)
def test_a_handout(printed: Path, slug: str, large: str, paper: str) -> None:
    document = PdfDocument(printed / f"{slug}{large}-{paper}.pdf")
    assert len(document) <= 2 or large
    assert codes(document) == [f"{ADDRESS}exercises/{slug}/"]
    # Two pictures; the code is none, so that it stays sharp on any printer.
    pictures = [one for page in document for one in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])]
    assert len(pictures) >= 2
    for picture in pictures:
        left, bottom, right, top = picture.get_bounds()
        assert max(right - left, top - bottom) >= 40 * MILLIMETRE  # standing figures are in pictures that stand
        assert 0.5 <= (right - left) / (top - bottom) <= 2.1
    assert {*links(document)} <= {f"{ADDRESS}exercises/{slug}/", ADDRESS}


def test_most_handouts_are_one_side(printed: Path) -> None:
    """What a clinic hands out is a sheet. What does not fit goes on on its back."""
    sides = {
        (slug, paper): len(PdfDocument(printed / f"{slug}-{paper}.pdf")) for slug, large, paper in HANDOUTS if not large
    }
    assert sum(count == 1 for count in sides.values()) >= 2 / 3 * len(sides), sides


@pytest.mark.parametrize(("slug", "large", "paper"), HANDOUTS)
def test_no_last_page_is_nearly_empty(printed: Path, slug: str, large: str, paper: str) -> None:
    *_, last = PdfDocument(printed / f"{slug}{large}-{paper}.pdf")
    assert share_of_page(last) > 1 / 3


@pytest.mark.parametrize(("slug", "large", "paper"), HANDOUTS)
def test_a_punched_handout_is_still_read(printed: Path, slug: str, large: str, paper: str) -> None:
    """In North America and elsewhere, also when it was printed on both sides; the holes take no word."""
    document = PdfDocument(printed / f"{slug}{large}-{paper}.pdf")
    for side in ("left", "right"):
        punched = [*document][side == "right" :: 2]
        assert [found for page in punched for found in punched_out(page, side)] == []
        if side == "left" or len(document) > 1:
            assert unread(document, f"{ADDRESS}exercises/{slug}/", (side,)) == []


@pytest.mark.parametrize(("slug", "paper"), [(slug, paper) for slug in SLUGS for paper in PAPERS])
def test_what_may_harm_is_on_the_first_side(printed: Path, slug: str, paper: str) -> None:
    found = letters(text(PdfDocument(printed / f"{slug}-{paper}.pdf"), 0, 1))
    said = [*SITE["pain_rule"], *exercise(slug)["stop_if"], *SITE["stop_rules"]]
    said += [part.replace("{emergency}", "911") for part in SITE["on_paper"].values()]
    assert [one for one in said if letters(one) not in found] == []


@pytest.mark.parametrize(("slug", "large", "paper"), HANDOUTS)
def test_what_a_handout_says(printed: Path, slug: str, large: str, paper: str) -> None:
    facts, found = exercise(slug), text(PdfDocument(printed / f"{slug}{large}-{paper}.pdf"))
    steps = [step for one in facts["steps"] for step in one.values()]
    said = [facts["title"], *steps, facts["feel"], facts["summary"], SAY["sheet_name"], SAY["sheet_visit"]]
    two_sides = len(PdfDocument(printed / f"{slug}{large}-{paper}.pdf")) > 1
    if two_sides:  # on one side the mistake gives way
        said += [part for mistake in facts["mistakes"] for part in (mistake["wrong"], mistake["right"])]
    said += [part for caution in facts["cautions"] for part in (caution["who"], caution["do"])]
    said += [*SITE["pain_rule"], *facts["stop_if"], *SITE["stop_rules"], SITE["disclaimer"]]
    said += [part.replace("{emergency}", "911") for part in SITE["on_paper"].values()]
    if two_sides:
        said += [*facts["easier"], *facts["harder"], *facts["helps"].values()]
    else:
        said += [*facts["easier"][:1], *facts["harder"][:1]]
    if any("band" in thing for thing in facts["equipment"] if isinstance(thing, dict)):
        said.append(CARE_OF_THE_BAND)
    said += [SAY["review_awaiting"] if facts["review"]["status"] == "awaiting" else facts["review"]["by"]]
    said += [Say(SAY).day(facts["updated"]), f"{ADDRESS.split('//')[1]}exercises/{slug}"]
    assert [one for one in said if letters(one) not in letters(found)] == []
    assert re.search(r"\b[0-9a-f]{8}\b", found), "there is no version"


@pytest.mark.parametrize(("slug", "large", "paper"), HANDOUTS)
def test_no_letter_is_too_small(printed: Path, slug: str, large: str, paper: str) -> None:
    for page in PdfDocument(printed / f"{slug}{large}-{paper}.pdf"):
        found = page.get_textpage()
        sizes = [pdfium.FPDFText_GetFontSize(found.raw, place) for place in range(found.count_chars())]
        # What pdfium puts in between, such as the end of a line, has no size.
        assert min(size for size in sizes if size > 1) >= SIZES[large] - 0.05


def test_the_version_tells_contents_apart(printed: Path) -> None:
    found = {name: re.search(r"\b[0-9a-f]{8}\b", text(PdfDocument(printed / name))) for name in FILES}
    assert [name for name, version in found.items() if not version] == []
    assert len({version[0] for version in found.values() if version}) == len(FILES)


def test_without_an_address_there_is_no_code(real: Path) -> None:
    for path in sorted((real / "site" / "pdf").glob("*.pdf")):
        document = PdfDocument(path)
        if not path.name.startswith(("booklet", "complete")):
            assert codes(document) == [], path.name
            assert [link for link in links(document) if link.startswith("http")] == []


# The tick chart


@pytest.mark.parametrize("name", CHARTS)
def test_the_tick_chart(printed: Path, name: str) -> None:
    document = PdfDocument(printed / name)
    assert len(document) == 2, "four weeks a sheet"
    said = letters(text(document)).casefold()
    assert [slug for slug in SLUGS if letters(exercise(slug)["title"]).casefold() not in said] == []


# The complete text

BLOCKS = re.compile(r"<(?=/?(?:[pu]l?|[od]l|li|d[td]|div|section|aside|fig\w+|details|summary|t\w+|h\d|br|sup)\b)")
NOT_PRINTED = (
    "details.motion, details.where, nav, form, script, style, [hidden], .headerlink, .review-line, .add, .strip"
)


def counted(text: str) -> Counter[str]:
    """How often each word occurs. One that is broken at the end of a line may be one or two, and counts as both."""
    text = re.sub("(\\w+)\u00ad(\\w+)", r"\1\2 \1 \2", text)
    return Counter(re.findall(r"\w+", text.casefold()))


def articles(site: Path) -> dict[str, Counter[str]]:
    """How often each word can be read on each page of the built site, by the page's title."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(site.glob("**/index.html")):
        article = LexborHTMLParser(path.read_text("utf-8")).css_first("article")
        if article:
            tree = LexborHTMLParser(BLOCKS.sub(" <", article.html or ""))
            title = tree.css_first("h1").text().strip()
            for node in tree.css(NOT_PRINTED):
                node.decompose()
            found[title] = counted(tree.body.text() if tree.body else "")
    return found


@pytest.mark.parametrize("name", COMPLETE)
def test_every_word_of_every_page_is_in_its_chapter(printed: Path, name: str) -> None:
    document, pages = PdfDocument(printed / name), articles(printed.parent)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    chapters = [(title, first) for title, first in marks if title in pages]
    assert sorted(title for title, _ in chapters) == sorted(pages)
    assert len(pages) == len([*ROOT.glob("docs/**/*.md")])
    for (title, first), (_, end) in pairwise([*chapters, ("", len(document) - 1)]):
        assert pages[title] - counted(text(document, first, end + 1)) == Counter(), (
            title
        )  # the next begins on its last page


@pytest.mark.parametrize("name", COMPLETE)
def test_every_link_of_the_booklet_leads_somewhere(printed: Path, name: str) -> None:
    found = Counter(links(PdfDocument(printed / name)))
    assert found.pop("#") > 300
    assert [link for link in found if not re.match(r"(https?|mailto|tel):\S+$", link)] == []


@pytest.mark.parametrize("name", COMPLETE)
def test_every_picture_of_the_site_is_in_the_booklet(printed: Path, name: str) -> None:
    shown = set()
    for path in printed.parent.glob("**/index.html"):
        for image in LexborHTMLParser(path.read_text("utf-8")).css("figure img, .picture img"):
            shown.add((image.attributes["src"] or "").rpartition("/")[2])
    pages = PdfDocument(printed / name)
    assert sum(1 for page in pages for _ in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])) >= len(shown) >= 15


def test_pdfium_is_no_stranger() -> None:
    """The checks above find nothing in a file without anything, so that they can be believed."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    assert text(document) == ""
    assert codes(document) == []
    assert [*links(document)] == []
