"""A handout or a tick chart that is too long for one side goes on on the next: whole, and fit to be handed out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pdf_ua
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from hipknee.content.data_files import Clinic, Site
from hipknee.print.handouts import HANDOUT, TICK_CHART, WEEKS
from hipknee.print.typesetting import Typesetter
from PIL import Image
from projects import words
from punching import punched_out, share_of_page, unread
from pypdfium2 import PdfDocument, PdfPage
from test_handouts import ADDRESS, CLINIC, MILLIMETRE, PAPERS, SHAPES, SITE, TIP, chart, data, exercise

SAY = words()
RULES = Site.model_validate(
    SITE.model_dump()
    | {
        "pain_rule": [f"{n} of ten: pour a little less than you did, and wait until the tea is cold." for n in "0123"],
        "stop_rules": [f"The tea has a color of kind {n} that it never had, or it smells of it." for n in "ABCD"],
        "stop_help": "Smoke or steam: call the fire brigade. A crack that grows: put it down, and do not pour today.",
    }
)
HOURS = "open from eight until six o'clock on weekdays, on Saturdays until noon, and not at all on the day of the fair"
LONG_NAME = Clinic.model_validate(
    {
        "name": "The Northern Valleys and Riverside Center for Teapots, Kettles, Samovars and Urns, "
        "their Lids, Spouts, Handles and Hats",
        "phones": [
            {"label": f"The {place} desk, {HOURS}", "number": f"555-010{n}"}
            for n, place in enumerate(("northern", "old", "new", "garden"))
        ],
    }
)
MANY_PHONES = Clinic.model_validate({"name": "Kettle Clinic", "phones": LONG_NAME.model_dump()["phones"] * 3})
CAUTIONS = [{"who": f"If your lid is loose in way {n}", "do": "hold it with your other hand."} for n in "ab"]
SIX_MORE = [
    {
        "who": f"If you were mended in month {n} of the last year",
        "do": "ask the tinker first, pour less than half a cup, and stop as soon as it drips on the table.",
    }
    for n in range(1, 7)
]
LEAN = "to the side of your spout, as far as you can without a drop on the table, and wait there for the steam to rise."
TEN_STEPS = [
    {"start": "Stand up short and stout, with your handle on one side and your spout on the other one, over the cup."},
    *({"move": f"Lean for the {n} time {LEAN}"} for n in ("first", "second", "third", "fourth", "fifth", "sixth")),
    {"finish": "Stop when the cup is full to a finger below its rim, or sooner if whoever holds it says so."},
    {"return": "Stand up again as slowly as you have leaned, so that nothing runs down on the outside of your spout."},
    {"switch": "Turn around and use your other spout in the same way, for as many cups as with this one."},
]
USUAL = TIP | {
    "cautions": CAUTIONS,
    "feel": "Your handle, on the side where the tea is not. You should not feel it in your lid or in your saucer.",
    "steps": [*TEN_STEPS[:2], *TEN_STEPS[7:]],
    "mistakes": [{"wrong": "Spilling because you look away.", "right": "Tip less. Keep your lid above your saucer."}],
}


class Case(NamedTuple):
    """A usual exercise with `changes`, and what it is printed with."""

    changes: dict[str, Any]
    clinic: Clinic = CLINIC
    shapes: tuple[str, str] = ("4:3", "4:3")
    more: bool = False
    """It takes more than two pages."""
    breaks: bool = False
    """A single text is longer than a page."""
    dangers: int = 0
    """What to stop for leaves no room for the pictures on the first side (1), or is longer than a page (2)."""


CASES = {
    "six more cautions": Case({"cautions": [*CAUTIONS, *SIX_MORE]}),
    "ten long steps": Case({"steps": TEN_STEPS}),
    "steps and cautions": Case({"steps": TEN_STEPS, "cautions": [*CAUTIONS, *SIX_MORE]}),
    "steps of many lines": Case(
        {"steps": [{role: text * 3} for step in TEN_STEPS for role, text in step.items()]},
        more=True,
    ),
    "a foot that is long": Case({"cautions": []}, clinic=MANY_PHONES),
    "long name": Case({"cautions": [*CAUTIONS, *SIX_MORE[:2]]}, clinic=LONG_NAME),
    "all of it": Case({"steps": TEN_STEPS, "cautions": [*CAUTIONS, *SIX_MORE]}, clinic=LONG_NAME),
    "upright pictures": Case({"steps": TEN_STEPS, "cautions": SIX_MORE}, shapes=("3:4", "3:4")),
    "flat and upright": Case({"steps": TEN_STEPS, "cautions": SIX_MORE}, shapes=("2:1", "3:4")),
    "no cautions": Case({"steps": TEN_STEPS, "cautions": []}, clinic=Clinic()),
    "one word in the title": Case({"title": "Teapot" * 4, "steps": TEN_STEPS}),
    "much of everything": Case(
        {
            "feel": "Your handle. " * 60,
            "mistakes": [{"wrong": "Spilling. " * 40, "right": "Tip less. " * 40}],
            "steps": TEN_STEPS * 3,
            "cautions": SIX_MORE * 6,
            "stop_if": ["Your handle comes off, and nobody is there who holds it."] * 20,
        },
        more=True,
        dangers=1,
    ),
    "longer than a page": Case(
        {
            "feel": "Your handle. " * 500,
            "mistakes": [{"wrong": "Spilling. " * 500, "right": "Tip less. " * 500}],
            "steps": [{"start": TEN_STEPS[0]["start"]}, {"move": f"Lean {LEAN} " * 60}, {"finish": "Stop. " * 900}],
            "cautions": [{"who": "If your lid is loose", "do": "hold it. " * 900}],
            "stop_if": ["Your handle comes off. " * 400],
        },
        more=True,
        breaks=True,
        dangers=2,
    ),
}
FEW_WORDS = ("no cautions", "one word in the title", "ten long steps", "a foot that is long")
"""Cases with not enough words for two sides, and too many for one: what the second lacks are lines for notes."""
WITHOUT_CODE = ("six more cautions", "ten long steps", "steps and cautions", "all of it")
SHEETS = pytest.mark.parametrize(
    ("name", "paper", "address"),
    [*product(CASES, PAPERS, (ADDRESS,)), *product(WITHOUT_CODE, PAPERS, (None,))],
)

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
Make = Callable[[dict[str, Any]], PdfDocument]


def sheet(name: str, paper: str, address: str | None) -> dict[str, Any]:
    case = CASES[name]
    page = exercise(**USUAL | case.changes)
    return data(page, case.shapes, address, paper=paper, clinic=case.clinic, site=RULES)


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    root = tmp_path_factory.mktemp("project")
    for width, height in SHAPES.values():
        Image.new("RGB", (width, height), "teal").save(root / f"{width}x{height}.jpg")
    return Typesetter(root)


@pytest.fixture(scope="module")
def make(typesetter: Typesetter) -> Make:
    """Each sheet is made once for all tests."""
    files: dict[str, bytes] = {}

    def make(data: dict[str, Any]) -> PdfDocument:
        key = repr(data)
        if key not in files:
            files[key] = typesetter.pdf(TICK_CHART if "weeks" in data else HANDOUT, data)
        return PdfDocument(files[key])

    return make


def letters(text: str) -> str:
    """What no line break, bullet or blank changes."""
    return re.sub(r"\W+", "", text)


def body(page: PdfPage) -> str:
    """The letters of a page but for the line at its foot."""
    width, height = page.get_size()
    return letters(page.get_textpage().get_text_bounded(0, 15 * MILLIMETRE, width, height))


def foot(page: PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded(0, 0, page.get_size()[0], 15 * MILLIMETRE).split())


def pictures(page: PdfPage) -> list[Box]:
    return [one.get_bounds() for one in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])]


def lines(page: PdfPage) -> list[Box]:
    text = page.get_textpage()
    return [text.get_rect(number) for number in range(text.count_rects())]


def collisions(page: PdfPage) -> list[object]:
    """What is printed over something else, or where some printers cut it off."""
    width, height = page.get_size()
    edge = 8 * MILLIMETRE
    boxes = sorted([*lines(page), *pictures(page)], key=lambda box: box[1])
    found: list[object] = [
        one for one in boxes if one[0] < edge or one[1] < edge or one[2] > width - edge or one[3] > height - edge
    ]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            if other[1] > one[3] - 1:  # a point: the tail of a letter may reach into the next line
                break
            if min(one[2], other[2]) - max(one[0], other[0]) > 1:
                found.append((one, other))
    return found


UNPRINTED = set(
    "main_mistake recap roles colours words alt path svg language slug paper author updated summary address "
    "picture".split()
)


def texts(value: Any) -> Iterator[str]:
    """Every text of a sheet's data that is printed."""
    match value:
        case dict():
            for name, one in value.items():
                if name not in UNPRINTED:
                    yield from texts(one)
        case list():
            for one in value:
                yield from texts(one)
        case str():
            yield value


@SHEETS
def test_it_is_all_there(make: Make, name: str, paper: str, address: str | None) -> None:
    content = sheet(name, paper, address)
    document = make(content)
    assert len(document) > 2 if CASES[name].more else len(document) == 2
    whole = "".join(map(body, document))
    assert [text for text in texts(content) if letters(text) not in whole] == []
    headings = {*"steps feel stop_rules pain_rule start finish sheet_name sheet_visit".split()}
    headings |= {name for name, there in {"cautions": content["cautions"], "code_help": address}.items() if there}
    assert [name for name in headings if letters(SAY[name]) not in whole] == []


@SHEETS
def test_what_belongs_together_is_on_one_page(make: Make, name: str, paper: str, address: str | None) -> None:
    content = sheet(name, paper, address)
    pages = [*map(body, make(content))]

    def place(*parts: str) -> int | None:
        """The page that has all of it, one after the other."""
        whole = letters("".join(parts))
        return next((number for number, page in enumerate(pages) if whole in page), None)

    steps, cautions, [mistake] = content["steps"], content["cautions"], content["mistakes"]
    pain = (SAY["pain_rule"], *content["pain_rule"])
    stop = (SAY["stop_rules"], *content["stop_rules"], content["stop_help"])
    together = [
        *((str(number), step["label"], step["text"]) for number, step in enumerate(steps, 1)),
        (SAY["feel"], content["feel"]),
        (content["labels"]["mistake"], mistake["wrong"], content["labels"]["fix"], mistake["right"]),
        *((text,) for text in cautions),
        (SAY["cautions"], *cautions[:1]) if cautions else pain,
        stop,
    ]
    if not CASES[name].breaks:
        assert [parts for parts in together if place(*parts) is None] == []
        assert place(SAY["steps"], "1", steps[0]["label"], steps[0]["text"]) == 0 or CASES[name].dangers
    last = len(pages) - 1
    assert place(content["review"]) == place(content["dated"]) == last
    assert place(*stop) == place(*pain) == 0 or CASES[name].dangers == 2, "what may harm stays on the first side"


@SHEETS
def test_nothing_covers_anything_or_leaves_the_page(make: Make, name: str, paper: str, address: str | None) -> None:
    assert [found for page in make(sheet(name, paper, address)) for found in collisions(page)] == []


@SHEETS
def test_the_first_side_is_to_exercise_with(make: Make, name: str, paper: str, address: str | None) -> None:
    content = sheet(name, paper, address)
    first, *others = make(content)
    found, rest = body(first), "".join(map(body, others))
    for word in ("sheet_name", "sheet_visit"):
        assert letters(SAY[word]) in found
        assert letters(SAY[word]) not in rest
    [pictured] = [page for page in (first, *others) if pictures(page)]
    assert pictured is first or CASES[name].dangers
    for (left, bottom, right, top), shape in zip(pictures(pictured), CASES[name].shapes, strict=True):
        width, height = SHAPES[shape]
        assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.01)
        assert max(right - left, top - bottom) > 40 * MILLIMETRE
    dose = [letters(f"{row['label']}{row['note']}{SAY['usual']}{row['value']}") for row in content["dose"]]
    assert [row for row in dose if row not in found] == []
    if not CASES[name].more:
        there = [letters(step["text"]) in found for step in content["steps"]]
        assert there == sorted(there, reverse=True)
        assert all(there[:5]), "what may harm has the rest of the side"


@SHEETS
def test_no_sheet_is_turned_over_for_next_to_nothing(make: Make, name: str, paper: str, address: str | None) -> None:
    """Words fill a third of the last side at least, whatever lines there are to write on."""
    if CASES[name].dangers or name in FEW_WORDS:
        pytest.skip("a part of it is longer than a page, or all of it too short for two")
    assert share_of_page([*make(sheet(name, paper, address))][-1]) > 1 / 3


@SHEETS
def test_a_hostile_sheet_can_be_punched(make: Make, name: str, paper: str, address: str | None) -> None:
    document = make(sheet(name, paper, address))
    for side in ("left", "right"):
        assert [found for page in [*document][side == "right" :: 2] for found in punched_out(page, side)] == []
        assert not address or unread(document, address, (side,)) == []


@SHEETS
def test_each_page_says_which_it_is(make: Make, name: str, paper: str, address: str | None) -> None:
    content = sheet(name, paper, address)
    pages = [*make(content)]
    assert [*map(foot, pages)] == [f"{content['title']} Page {n + 1} of {len(pages)}" for n in range(len(pages))]
    rasters = [page.render(scale=100 / 72, grayscale=True).to_pil() for page in pages]
    codes = [[code.text for code in zxingcpp.read_barcodes(raster)] for raster in rasters]
    assert codes == [*[[]] * (len(pages) - 1), [address] if address else []]


# The tick chart

TITLES = [f"Teapot tip number {number:02}" for number in range(1, 41)]
CHARTS = {
    "a few": (TITLES[:7], CLINIC, False),
    "a word that is wide": (["Teapot" * 5, *TITLES[:6]], CLINIC, False),
    "one more": (TITLES[:8], CLINIC, True),
    "many": (TITLES, CLINIC, True),
    "a long name of the clinic": ([f"{title}, then the next one" for title in TITLES[:7]], LONG_NAME, True),
    "long names": (
        [f"{title} With a lid, a spout, and a saucer {'for the cup ' * 5}" for title in TITLES[:30]],
        CLINIC,
        True,
    ),
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_goes_on(make: Make, name: str, paper: str) -> None:
    titles, clinic, goes_on = CHARTS[name]
    pages = [*make(chart(titles, paper=paper, clinic=clinic))]
    assert (len(pages) > 1) is goes_on
    assert [found for page in pages for found in collisions(page)] == []
    found = [*map(body, pages)]
    whole = "".join(found)
    assert [title for title in titles if whole.count(letters(title)) != WEEKS] == []
    heads = letters(f"{SAY['chart_days']}{SAY['chart_effort']}{SAY['chart_pain']}")
    weeks = re.compile(rf"Week\d(?={heads})")
    for text in found:
        first = min((text.index(letters(title)) for title in titles if letters(title) in text), default=len(text))
        assert first == len(text) or weeks.search(text, 0, first), "rows without heads"
    if goes_on:
        count = len(pages)
        assert [*map(foot, pages)] == [f"{SAY['chart_title']} Page {n} of {count}" for n in range(1, count + 1)]
    if clinic is LONG_NAME:
        assert [one for one in texts(clinic.model_dump(include={"name", "phones"})) if letters(one) not in whole] == []


# By law


def test_they_conform_to_pdf_ua(typesetter: Typesetter, tmp_path: Path) -> None:
    sheets = {name: sheet(name, "a4", ADDRESS) for name in ("all of it", "much of everything", "one word in the title")}
    sheets |= {"chart": chart(TITLES[:9], clinic=LONG_NAME)}
    for name, content in sheets.items():
        template = TICK_CHART if "weeks" in content else HANDOUT
        (tmp_path / f"{name}.pdf").write_bytes(typesetter.pdf(template, content))
    assert pdf_ua.required(sorted(tmp_path.glob("*.pdf"))) == []
