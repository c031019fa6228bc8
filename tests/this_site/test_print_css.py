"""A page printed from the reader's own browser: a real Chromium, in the dark, on both papers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.acceptance

PAGES = ["", "knee-pain/", "your-week/", "hip-strength-and-knee-pain/", "exercises/", "exercises/clamshell/"]
ALL = [*PAGES, "hip-pain/", "physical-therapy/", "glossary/", "about/", "exercises/band-hip-flexion/"]
WHITE = "rgb(255, 255, 255)"
WHOLE = "ol.steps > li, figure, .picture, .card, .flag, tr, dl > div, .dose, .stop, .clinic, .review"


@pytest.fixture
def address(home: str) -> str:
    return f"{home}/"


@pytest.fixture
def dark(browser: Browser) -> Iterator[Page]:
    """A page as wide as the text on paper, of a reader whose screen is dark."""
    with browser.new_context(color_scheme="dark", viewport={"width": 680, "height": 900}) as context:
        yield context.new_page()


# A reader's browser fetches the pictures further down before it prints. One without a window does not wait for them.
FETCH = """() => Promise.all([...document.images].filter((one) => one.checkVisibility()).map((one) => {
    one.loading = "eager";
    return one.decode();
}))"""


def paper(page: Page, address: str) -> None:
    """Open the page, see that it is dark, and hold the paper before it."""
    page.goto(address)
    assert style(page, "html", "color-scheme") == ["dark"]
    page.emulate_media(media="print")


def style(page: Page, selector: str, name: str, pseudo: str | None = None) -> list[str]:
    """A computed value of everything that `selector` finds."""
    script = "(all, [name, pseudo]) => all.map((one) => getComputedStyle(one, pseudo).getPropertyValue(name))"
    return [str(value) for value in page.locator(selector).evaluate_all(script, [name, pseudo])]


@pytest.mark.parametrize("name", PAGES)
def test_only_the_page_is_printed(dark: Page, address: str, name: str) -> None:
    paper(dark, address + name)
    for frame in ("header", "footer", "nav", "form", "label", "button", ".skip"):
        shown = [one for one in dark.locator(frame).all() if one.is_visible()]
        assert shown == [], frame
    assert dark.locator("h1").is_visible()
    assert dark.locator("p.review").is_visible()
    # The text begins at the edge of the paper's margin, and nothing stands out, or browsers shrink every page.
    assert dark.locator("h1").bounding_box()["x"] == 0  # type: ignore[index]
    assert dark.locator("h1").bounding_box()["y"] < 30  # type: ignore[index]
    assert dark.evaluate("document.documentElement.scrollWidth") <= 680


@pytest.mark.parametrize("name", PAGES)
def test_dark_ink_on_white_paper(dark: Page, address: str, name: str) -> None:
    dark.goto(address + name)
    assert style(dark, "body", "background-color") != [WHITE]
    paper(dark, address + name)
    assert style(dark, "body", "background-color") == [WHITE]
    assert style(dark, "body", "color-scheme") == ["light"]
    assert {*style(dark, "article *", "background-color")} <= {WHITE, "rgba(0, 0, 0, 0)"}
    # WCAG: the contrast of text with white is 4.5 when its luminance is 0.183.
    for colour in {*style(dark, "article, article *", "color")}:
        channels = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)]
        assert len(channels) == 3, f"{colour} lets the paper through"
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        assert 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.183, colour


def test_dark_and_light_screens_print_the_same(browser: Browser, address: str) -> None:
    def print_from(scheme: str) -> list[bytes]:
        with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(f"{address}knee-pain/")
            page.evaluate(FETCH)
            made = page.pdf(format="A4", print_background=True)
        return [one.render().to_pil().tobytes() for one in pypdfium2.PdfDocument(made)]

    assert print_from("dark") == print_from("light")


def test_the_measure(dark: Page, address: str) -> None:
    paper(dark, f"{address}exercises/clamshell/")
    points = {selector: float(style(dark, selector, "font-size")[0][:-2]) * 0.75 for selector in ("article", "h1")}
    assert 11 <= points["article"] <= 12
    assert 18 <= points["h1"] <= 26
    smallest = min(float(size[:-2]) for size in style(dark, "article :is(p, li, dd, dt, figcaption)", "font-size"))
    assert smallest * 0.75 >= 9


@pytest.mark.parametrize("name", PAGES)
def test_what_must_not_be_torn(dark: Page, address: str, name: str) -> None:
    paper(dark, address + name)
    assert {*style(dark, f"article :is({WHOLE})", "break-inside")} <= {"avoid"}
    assert {*style(dark, "article :is(h1, h2, h3, .admonition-title)", "break-after")} == {"avoid"}


def test_both_ends_of_a_movement_stand_side_by_side(dark: Page, address: str) -> None:
    paper(dark, f"{address}exercises/clamshell/")
    start, finish = (one.bounding_box() for one in dark.locator(".pictures figure > picture img").all())
    assert start
    assert finish
    assert start["y"] == finish["y"]
    assert start["x"] + start["width"] < finish["x"]
    assert start["width"] == pytest.approx(finish["width"], abs=0.1)  # a browser rounds to 64ths of a pixel
    assert finish["width"] <= 78 / 25.4 * 96 + 1
    assert {*style(dark, ".pictures img", "border-top-style")} == {"solid"}


def test_addresses_after_links_that_lead_out(dark: Page, address: str) -> None:
    paper(dark, f"{address}hip-strength-and-knee-pain/")
    box = '<aside class="clinic"><a href="tel:0005550142">Call</a> <a href="mailto:a@b.example">Write</a></aside>'
    dark.locator(".review").evaluate("(one, box) => one.insertAdjacentHTML('beforebegin', box)", box)
    assert dark.locator(".clinic").is_visible()
    links = dark.locator("article a").evaluate_all(
        "(all) => all.map((one) => [one.getAttribute('href'), getComputedStyle(one, '::after').content])"
    )
    out = [[href, after] for href, after in links if href.startswith(("http:", "https:", "mailto:"))]
    assert len(out) > 10
    assert [after for href, after in out if href not in after] == []
    into = [after for href, after in links if [href, after] not in out]
    assert len(into) > 10
    assert {*into} <= {"none", '""'}


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_torn_on_paper(dark: Page, address: str, name: str) -> None:
    """In the printed file itself: every whole thing is on one page with all its lines, every picture is there once."""
    paper(dark, address + name)
    things = dark.locator(f"article :is({WHOLE})").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.innerText.split('\\n'))"
    )
    pictures = dark.locator("article img").filter(visible=True).count()  # no movement is printed
    dark.evaluate(FETCH)
    for format in ("A4", "Letter"):
        document = pypdfium2.PdfDocument(dark.pdf(format=format))
        pages = [letters(one.get_textpage().get_text_bounded()) for one in document]
        torn = [thing for thing in things if not any(all(letters(line) in page for line in thing) for page in pages)]
        assert torn == [], format
        assert sum(1 for one in document for _ in one.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])) == pictures, format


def letters(text: str) -> str:
    """What no line break, bullet or capital changes. A hyphen at the end of a line is another sign in a PDF."""
    return re.sub(r"[\W_]+", "", text).casefold()


def test_what_is_folded_up_is_printed(dark: Page, address: str) -> None:
    dark.goto(f"{address}about/")
    # After the page is ready, so that no script unfolds it.
    box = "<details><summary>Lid</summary><p>Steam below the lid.</p></details>"
    dark.locator("h1").evaluate("(one, box) => one.insertAdjacentHTML('afterend', box)", box)
    assert not dark.get_by_text("Steam below").is_visible()
    document = pypdfium2.PdfDocument(dark.pdf(format="A4"))
    assert "Steam below the lid." in document[0].get_textpage().get_text_bounded()
