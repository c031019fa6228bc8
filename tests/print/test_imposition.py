"""Pages side by side on sheets: their order, where they stand, and that screen readers still read the file."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from hipknee.print.imposition import imposed, sides
from pdf_ua import required
from pypdfium2 import PdfDocument

ORDERS = {
    4: [(4, 1), (2, 3)],
    8: [(8, 1), (2, 7), (6, 3), (4, 5)],
}
MILLIMETRE = 72 / 25.4
PAPERS = {"a5": (297, 210), "us-statement": (279.4, 215.9)}
"""The papers of booklets, and the sheets that two of their pages fill, in millimetres."""


def booklet(paper: str, pages: int, more: str = "") -> bytes:
    text = f'#set document(title: "Teapots")\n#set text(lang: "en")\n#set page(paper: "{paper}")\n'
    text += "".join(f"= Spout {number}\n- One\n- Two\n#pagebreak(weak: true)\n" for number in range(1, pages + 1))
    return typst.compile((text + more).encode(), pdf_standards="ua-1")


@pytest.mark.parametrize("count", ORDERS)
def test_the_order_of_pages(count: int) -> None:
    assert sides(count) == ORDERS[count]


@pytest.mark.parametrize("count", [4, 20, 32])
def test_every_page_has_its_place_and_backs_its_neighbor(count: int) -> None:
    every = sides(count)
    assert sorted(page for side in every for page in side) == [*range(1, count + 1)]
    for (left, right), (back_left, back_right) in zip(every[::2], every[1::2], strict=True):
        # Turned over on the short edge, the right page of the front has the left one of the back behind it.
        assert (back_left - right, back_right - left) == (1, -1)


@pytest.mark.parametrize("count", [1, 6, 31])
def test_what_makes_no_whole_sheets(count: int) -> None:
    with pytest.raises(ValueError, match="no whole sheets"):
        sides(count)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_booklet_on_sheets(tmp_path: Path, paper: str) -> None:
    (tmp_path / "pages.pdf").write_bytes(booklet(paper, 8))
    (tmp_path / "sheets.pdf").write_bytes(imposed(booklet(paper, 8)))
    document = PdfDocument(tmp_path / "sheets.pdf")
    wide, high = (size * MILLIMETRE for size in PAPERS[paper])
    for page, (left, right) in zip(document, ORDERS[8], strict=True):
        assert page.get_size() == pytest.approx((wide, high), abs=0.1)
        words = page.get_textpage()
        assert f"Spout {left}\r\n" in words.get_text_bounded(right=wide / 2) + "\r\n"
        assert f"Spout {right}\r\n" in words.get_text_bounded(left=wide / 2) + "\r\n"
    assert required(sorted(tmp_path.glob("*.pdf"))) == []


def test_letters_keep_their_size() -> None:
    before, after = (PdfDocument(pdf)[0] for pdf in (booklet("a5", 4), imposed(booklet("a5", 4))))
    heights = [[one.get_bounds()[3] - one.get_bounds()[1] for one in page.get_objects([1])] for page in (before, after)]
    assert heights[0]
    assert heights[1][-len(heights[0]) :] == pytest.approx(heights[0], abs=0.01)


@pytest.mark.parametrize(
    "pdf", [b"Two teapots.", booklet("a5", 4, '#link("https://tea.example")[Tea]')], ids=["no pdf", "with a link"]
)
def test_what_is_no_booklet(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="no "):
        imposed(pdf)
