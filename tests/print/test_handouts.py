"""Handouts and the tick chart: what they say, and that they can be printed whatever the content is like."""

from __future__ import annotations

import datetime
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdf_ua
import pypdfium2.raw as pdfium
import pytest
import segno
import zxingcpp
from hipknee.content.data_files import Clinic, Site, Vocabulary
from hipknee.content.model import Exercise
from hipknee.pages.presented import Presented, presented
from hipknee.print import handouts
from hipknee.print.edition import Edition
from hipknee.print.handouts import HANDOUT, PLAN_CHART, TICK_CHART, handout, tick_chart
from hipknee.print.typesetting import PictureFile, Typesetter, spoken
from hipknee.wording import Say
from PIL import Image, ImageChops, ImageStat
from projects import words
from punching import DOTS, PUNCHES, holes, punch_out, punched_out, raster, unread
from pypdfium2 import PdfDocument

MILLIMETRE = 72 / 25.4
PAPERS = ("a4", "us-letter")
ADDRESS = "https://kettle.example.org/tea/exercises/teapot-tip/"
CLINIC = Clinic.model_validate(
    {
        "name": "Kettle Clinic",
        "phones": [{"label": "Door", "number": "555-0100"}, {"label": "Oven", "number": "555-0101"}],
    }
)
SITE = Site.model_validate(
    {
        "conditions": ["cold-tea"],
        "red_flags": {tier: {"title": tier, "action": "Call."} for tier in ("emergency", "same_day", "book")},
        "pain_rule": ["0 to 3: pour on.", "4 or 5: pour less."],
        "stop_rules": ["The lid falls off.", "The spout is hot."],
        "stop_help": "Smoke: call the fire brigade.",
        "dose_note": "A common cup.",
        "disclaimer": "Tea, no medicine.",
        "sources": [],
    }
)
VOCABULARY = Vocabulary.model_validate(
    {
        "muscles": {
            "handle": {"plain": "handle muscle", "latin": "Ansa magna", "means": "It holds."},
            "spout": {"plain": "spout muscle", "means": "It pours."},
        },
        "movements": {"tip": {"name": "Tip", "plain": "tipping", "prime": ["handle"], "sources": ["tea-2020"]}},
        "positions": {
            "standing": {"name": "Standing", "reps": "cups"},
            "walking": {"name": "Walking", "reps": "steps", "each": "way"},
        },
        "equipment": {
            "mug": {"name": "Sturdy mug"},
            "string": {"name": "Tea string", "places": {"lid": {"name": "around your lid", "words": ["lid"]}}},
        },
    }
)
TIP: dict[str, Any] = {
    "title": "Teapot tip",
    "summary": "Tip yourself over and pour.",
    "helps": {"cold-tea": "It warms.", "no-such-page": "Never."},
    "muscles": {"primary": ["handle", "spout"]},
    "movements": ["tip"],
    "position": "standing",
    "side": "each",
    "equipment": [{"string": "lid"}, "mug"],
    "images": {"start": {"file": "start.png", "alt": "A pot."}, "finish": {"file": "finish.png", "alt": "It pours."}},
    "steps": [
        {"start": "Stand up short and stout."},
        {"move": "Lean to the side of your spout."},
        {"finish": "Stop when the cup is full."},
        {"return": "Stand up again."},
        {"switch": "Turn around and use your other spout."},
    ],
    "dose": {"sets": 2, "reps": [8, 10], "days_per_week": 3},
    "feel": "Your handle.",
    "mistakes": [
        {"wrong": "Spilling.", "right": "Tip less.", "image": {"file": "spill.png", "alt": "A puddle."}},
        {"wrong": "Whistling.", "right": "Take the lid off."},
    ],
    "easier": ["Use half a cup."],
    "harder": ["Use a jug."],
    "cautions": [{"who": "If your lid is loose", "do": "hold it."}],
    "stop_if": ["Your handle comes off."],
    "updated": "2026-03-01",
    "review": {"status": "awaiting"},
}
SHAPES = {"4:3": (80, 60), "2:1": (120, 60), "3:4": (60, 80)}


def exercise(**changes: Any) -> Exercise:
    return Exercise.model_validate(TIP | changes)


def ready(page: Exercise, slug: str = "teapot-tip") -> Presented:
    conditions, say = {"cold-tea": "Cold tea"}, Say(words())
    return presented(slug, page, vocabulary=VOCABULARY, conditions=conditions, say=say)


def edition(**changes: Any) -> Edition:
    return replace(Edition(words(), SITE, CLINIC, "en", "1a2b3c4d", "a4"), **changes)


def data(
    page: Exercise | None = None,
    shapes: tuple[str, str] = ("4:3", "4:3"),
    address: str | None = ADDRESS,
    large: bool = False,
    **changes: Any,
) -> dict[str, Any]:
    """A handout's data. `shapes` are those of the pictures at the start and at the finish; `changes` the edition's."""
    sizes = {"start.png": SHAPES[shapes[0]], "finish.png": SHAPES[shapes[1]], "spill.png": SHAPES["4:3"]}

    def picture(file: str) -> PictureFile:
        width, height = sizes[file]
        return PictureFile(f"/{width}x{height}.jpg", width, height)

    shown = ready(page or exercise())
    return handout(shown, edition(**changes), picture=picture, address=address, large=large)


ON_PAPER = {"ask_first": "Are you hot?", "emergency": "Steam and smoke.", "same_day": "A small crack."}
WARNED = Site.model_validate(SITE.model_dump() | {"on_paper": ON_PAPER})


def chart(titles: list[str], **changes: Any) -> dict[str, Any]:
    rows = [ready(exercise(title=title), title.lower()) for title in titles]
    return tick_chart(rows, edition(**changes), updated=datetime.date(2026, 3, 1))


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    """Its pictures are grey, as those are that a grey sheet gets."""
    root = tmp_path_factory.mktemp("project")
    for width, height in SHAPES.values():
        Image.new("L", (width, height), 128).save(root / f"{width}x{height}.jpg")
    return Typesetter(root)


Make = Callable[[dict[str, Any]], PdfDocument]


@pytest.fixture
def make(typesetter: Typesetter) -> Make:
    def made(data: dict[str, Any]) -> PdfDocument:
        template = TICK_CHART if "weeks" in data else HANDOUT
        return PdfDocument(typesetter.pdf(template, data))

    return made


def texts(document: PdfDocument) -> list[str]:
    """What each page says, on one line."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def pictures(document: PdfDocument) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """The page of each picture, and its left, bottom, right and top in millimetres."""
    for number, page in enumerate(document):
        for one in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE]):
            yield number, tuple(edge / MILLIMETRE for edge in one.get_bounds())  # type: ignore[misc]


# What they say


@pytest.mark.parametrize("large", [False, True])
def test_the_warnings(large: bool, make: Make) -> None:
    """They take the place of what to do when stopping is not enough, and on a normal sheet that of the muscles."""
    page, clinic = exercise(), Clinic.model_validate({"emergency_number": "112"})
    document = make(data(page, large=large, site=WARNED, clinic=clinic, home="https://kettle.example.org/tea/"))
    said = " ".join(texts(document))
    for text in (
        "Ask first: Are you hot?",
        "Call 112: Steam and smoke.",
        "Care today: A small crack.",
        "More signs: kettle.example.org/tea",
        "Use half a cup.",
        "Use a jug.",
    ):
        assert said.count(text) == 1, text
    assert SITE.stop_help not in said
    assert ("Ansa magna" in said) is large
    assert len(document) == 1 or large
    assert "More signs" not in " ".join(texts(make(data(page, large=large, site=WARNED))))


def test_what_to_mind_with_a_thing(make: Make) -> None:
    """It stands once, beside who should ask first."""
    thing = VOCABULARY.equipment["string"].model_copy(update={"care": "Look for knots."})
    vocabulary = VOCABULARY.model_copy(update={"equipment": {**VOCABULARY.equipment, "string": thing}})
    shown = presented("teapot-tip", exercise(), vocabulary=vocabulary, conditions={}, say=Say(words()))
    picture = PictureFile("/80x60.jpg", 80, 60)
    sheet = handout(shown, edition(site=WARNED), picture=lambda file: picture, address=None, large=False)
    assert "Ask first: Are you hot? Look for knots." in " ".join(texts(make(sheet)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["Sets 2", "Cups on each side 8 to 10", "Days a week 3"]),
        ({"side": "both-together"}, ["Sets 2", "Cups 8 to 10", "Days a week 3"]),
        ({"side": "alternate"}, ["Sets 2", "Cups 8 to 10", "Days a week 3"]),
        ({"position": "walking"}, ["Sets 2", "Steps each way 8 to 10", "Days a week 3"]),
        (
            {
                "dose": {
                    "sets": [2, 3],
                    "reps": 10,
                    "hold": "1 s",
                    "rest": "45 s",
                    "tempo": "2-1-3",
                    "days_per_week": [3, 5],
                }
            },
            [
                "Sets 2 to 3",
                "Cups on each side 10",
                "Hold 1 second",
                "Rest between sets 45 seconds",
                "Seconds up, still, down 2-1-3",
                "Days a week 3 to 5",
            ],
        ),
    ],
)
def test_the_dose(changes: dict[str, Any], said: list[str]) -> None:
    rows = data(exercise(**changes))["dose"]
    assert [" ".join(f"{row['label']} {row['note']} {row['value']}".split()) for row in rows] == said


@pytest.mark.parametrize(
    ("equipment", "said"),
    [
        ([], "Nothing"),
        (["mug"], "Sturdy mug"),
        (["mug", {"string": "lid"}], "Sturdy mug, tea string around your lid"),
        ([{"string": "lid"}, "mug"], "Tea string around your lid, sturdy mug"),
    ],
)
def test_the_equipment(equipment: list[Any], said: str) -> None:
    assert data(exercise(equipment=equipment))["equipment"] == said


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ("start move finish return switch", ["start", None, "finish", None, None]),
        ("start move hold return", ["start", None, "finish", None]),
        ("start breathe move finish hold return", ["start", None, None, "finish", None, None]),
        ("start move", ["start", "finish"]),  # the gate refuses it, but a waiver may excuse
        ("start", ["finish"]),
    ],
)
def test_which_picture_stands_at_which_step(roles: str, shown: list[str | None]) -> None:
    page = exercise(steps=[{role: "Pour."} for role in roles.split()])
    assert [step["picture"] for step in data(page)["steps"]] == shown


def test_the_way_back(make: Make) -> None:
    """Large print has room for its picture. A sheet leaves it out, and its step asks for none."""
    images = TIP["images"] | {"way_back": {"file": "spill.png", "alt": "Half up."}}
    for large, stills in ((False, ["start", "finish"]), (True, ["start", "finish", "way_back"])):
        sheet = data(exercise(images=images), large=large)
        assert sheet["roles"] == [*sheet["pictures"]] == [step["picture"] for step in sheet["steps"] if step["picture"]]
        assert sheet["roles"] == stills
        assert sum(1 for _ in pictures(make(sheet))) == len(stills) + large  # large print shows the mistake's too


def test_the_review() -> None:
    reviewed = {"status": "reviewed", "by": "Ann Kettle, PT", "on": "2026-02-01", "next": "2028-02-01"}
    assert data()["review"] == words()["review_awaiting"]
    assert (
        data(exercise(review=reviewed))["review"]
        == "Reviewed by Ann Kettle, PT on February 1, 2026. Next review: February 1, 2028."
    )


def test_only_what_has_room(make: Make) -> None:
    """One side has the first mistake and no more; large print has everything."""
    sheets = {large: " ".join(texts(make(data(large=large)))) for large in (False, True)}
    rest = ["Whistling.", "Use half a cup.", "Use a jug.", "It warms."]
    assert [text for text in rest if text in sheets[False]] == []
    assert [text for text in ["Spilling.", *rest] if text not in sheets[True]] == []
    assert "Spilling." in sheets[False]
    assert len([*pictures(make(data()))]) == 2
    assert len([*pictures(make(data(large=True)))]) == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "cold tea. Tip yourself over and pour."),
        ({"helps": {"cold-tea": "x", "hot-tea": "y"}}, "cold tea and hot tea. Tip yourself over and pour."),
        ({"helps": {"no-such-page": "x"}}, "Tip yourself over and pour."),
    ],
)
def test_what_it_is_for(make: Make, changes: dict[str, Any], said: str) -> None:
    conditions, say = {"cold-tea": "Cold tea", "hot-tea": "Hot tea"}, Say(words())
    page = presented("teapot-tip", exercise(**changes), vocabulary=VOCABULARY, conditions=conditions, say=say)
    assert page.purpose(say) == said
    for large in (False, True):
        sheet = handout(page, edition(), picture=lambda _: PictureFile("/80x60.jpg", 80, 60), address=None, large=large)
        assert f"What it is for: {said}" in " ".join(texts(make(sheet)))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("dose", "rows"),
    [
        ({"sets": 2, "reps": [8, 10], "days_per_week": 3}, [3]),
        ({"sets": 2, "reps": [8, 10], "rest": "45 s", "days_per_week": 3}, [2, 2]),
        ({"sets": 2, "reps": 8, "hold": "2 s", "rest": "45 s", "times_per_day": 2, "days_per_week": 3}, [3, 3]),
    ],
)
def test_each_figure_has_a_line_for_another(make: Make, dose: dict[str, Any], rows: list[int], large: bool) -> None:
    """The usual one is never taken for what somebody writes beside it."""
    sheet = data(exercise(dose=dose), large=large)
    document = make(sheet)
    said = " ".join(texts(document))
    assert [row["value"] for row in sheet["dose"] if f"Usual {row['value']} | Yours" not in said] == []
    if not large:
        text = document[0].get_textpage()
        search = text.search("Yours", match_case=True)
        found = iter(search.get_next, None)
        lines = Counter(round(text.get_charbox(start)[1]) for start, _ in found)
        assert [*lines.values()] == rows


@pytest.mark.parametrize("large", [False, True])
def test_a_mistake_is_told_apart_without_color(make: Make, large: bool) -> None:
    """By a word each, and by a mark each, which is drawn before it and read by nobody."""
    labels = ("Mistake:" if large else "A common mistake:", "Fix:")
    pages = make(data(site=WARNED, grey=True, large=large))
    assert f"{labels[0]} Spilling. {labels[1]} Tip less." in " ".join(texts(pages))
    page = next(page for page in pages if "Spilling." in page.get_textpage().get_text_bounded())
    scan, text = page.render(scale=4, grayscale=True).to_pil(), page.get_textpage()
    marks = []
    for label in labels:
        found = text.search(label, match_case=True).get_next()
        assert found
        left, bottom, _, top = text.get_charbox(found[0], loose=True)
        high = page.get_height()
        box = [round(4 * edge) for edge in (left - 1.1 * (top - bottom), high - top, left - 1, high - bottom)]
        mark = scan.crop(tuple(box)).resize((24, 24))  # type: ignore[arg-type]
        assert mark.getextrema()[0] < 90, f"nothing stands before '{label}'"
        marks.append(mark)
    assert ImageStat.Stat(ImageChops.difference(*marks)).mean[0] > 10


@pytest.mark.parametrize("large", [False, True])
def test_a_handout_says_it_all(make: Make, large: bool) -> None:
    said = "".join(" ".join(texts(make(data(large=large)))).split())
    everything = """
        Teapot tip | Name | Next visit | handle muscle (Ansa magna), spout muscle | Tea string around your lid
        Cups on each side Usual 8 to 10 | A common cup. | What it is for: cold tea. | Start: Stand up short and stout.
        Finish: Stop when the cup is full. | Your handle. | Spilling. Fix: Tip less. | If your lid is loose, hold it.
        4 or 5: pour less. | Your handle comes off. | The lid falls off. | Smoke: call the fire brigade.
        kettle.example.org/tea/exercises/teapot-tip | Kettle Clinic | Door 555-0100 | Oven 555-0101
        Awaiting clinical review. | Updated March 1, 2026. Version 1a2b3c4d. | Tea, no medicine.
    """
    assert [one for one in re.split("[|\n]", everything) if "".join(one.split()) not in said] == []


def test_the_latin_name_is_told_as_latin(typesetter: Typesetter) -> None:
    made = typesetter.pdf(HANDOUT, data())
    streams = re.findall(rb"/FlateDecode.*?>>\s*stream\r?\n(.*?)endstream", made, re.DOTALL)
    content = b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
    assert re.findall(rb"/Lang ?\((\w+)\)", content).count(b"la") == 1


def test_every_word_that_is_said_is_there() -> None:
    source = Path(handouts.__file__).read_text("utf-8")
    named = {*re.findall(r'\bsay\("(\w+)"', source), *spoken(HANDOUT), *spoken(TICK_CHART), *spoken(PLAN_CHART)}
    assert named - words().keys() == set()


def test_a_speaker() -> None:
    say = Say({"range": "{low} to {high} {unit}"})
    assert say("range", low=8, high=10) == "8 to 10 {unit}"
    assert say("no_such_word", low=8) == "no_such_word"


# The code


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_leads_to_the_page(make: Make, paper: str, large: bool) -> None:
    """Also from a cheap scan; the address has as many letters as a code must be able to hold."""
    address = "https://a-rather-long-name.of-a-clinic.example.org/patients/hips-and-knees/exercises/teapot-tip/"
    pages = make(data(address=address, paper=paper, large=large))
    rasters = [page.render(scale=100 / 72, grayscale=True).to_pil() for page in pages]
    assert [code.text for raster in rasters for code in zxingcpp.read_barcodes(raster)] == [address]


def test_the_code_has_level_m_and_its_quiet_zone(typesetter: Typesetter) -> None:
    pages = PdfDocument(typesetter.pdf(HANDOUT, data()))
    page = pages[0].render(scale=300 / 72, grayscale=True).to_pil()
    [code] = zxingcpp.read_barcodes(page)
    assert code.ec_level == "M"
    place, modules = code.position, segno.make_qr(ADDRESS, error="m", boost_error=False).symbol_size(border=0)[0]
    quiet = 4 * (place.top_right.x - place.top_left.x) // modules
    box = (place.top_left.x - quiet, place.top_left.y - quiet, place.top_right.x + quiet, place.bottom_left.y + quiet)
    frame = page.crop(box)
    frame.paste(255, (quiet - 2, quiet - 2, frame.width - quiet + 2, frame.height - quiet + 2))
    assert frame.getextrema() == (255, 255)


@pytest.mark.parametrize("large", [False, True])
def test_without_an_address_there_is_no_code(make: Make, large: bool) -> None:
    pages = make(data(address=None, large=large))
    assert words()["code_help"] not in " ".join(texts(pages))
    assert [zxingcpp.read_barcodes(page.render(scale=2).to_pil()) for page in pages] == [[]] * len(pages)


# The binding edge


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("times", [1, 12])
def test_a_punched_sheet_is_still_read(make: Make, times: int, paper: str, large: bool, grey: bool) -> None:
    """Its code by an office scanner, and every word and picture. A back is bound at its right."""
    document = make(data(long(times), paper=paper, large=large, grey=grey, home=ADDRESS))
    assert unread(document, ADDRESS) == []
    assert [found for page in document for found in punched_out(page)] == []
    if len(document) > 1:
        assert unread(document, ADDRESS, ("right",)) == []
        assert [found for page in [*document][1::2] for found in punched_out(page, "right")] == []
    for page in document:
        text, binding = page.get_textpage(), 18 * MILLIMETRE
        assert min(text.get_rect(number)[0] for number in range(text.count_rects())) > binding - 1


def test_a_code_at_the_binding_edge_is_lost() -> None:
    """Where sheets once had it; so that the test above can be believed."""
    out = BytesIO()
    segno.make_qr(ADDRESS, error="m", boost_error=False).save(out, kind="png", scale=4, border=4)
    page = PdfDocument.new().new_page(612, 792)
    three = holes(page, PUNCHES["three holes"])

    def read(left: float, punched: bool) -> list[str]:
        scan = raster(page)
        scan.paste(Image.open(out).convert("L"), (round(left / 25.4 * DOTS), round(240 / 25.4 * DOTS)))
        scan = punch_out(scan, three, 0) if punched else scan
        return [code.text for code in zxingcpp.read_barcodes(scan)]

    assert read(9, punched=False) == read(30, punched=True) == [ADDRESS]
    assert read(9, punched=True) == []


# One page


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("start", SHAPES)
@pytest.mark.parametrize("finish", SHAPES)
@pytest.mark.parametrize("large", [False, True])
def test_pictures_of_any_shape_sit_well(make: Make, start: str, finish: str, paper: str, large: bool) -> None:
    """Whole, in their own shape, one above the other or on their pages, with nothing printed over them."""
    pages = make(data(shapes=(start, finish), paper=paper, large=large))
    assert len(pages) == 1 or large
    found = [*pictures(pages)][:2]
    for (number, (left, bottom, right, top)), shape in zip(found, (start, finish), strict=True):
        width, height = SHAPES[shape]
        page_width, page_height = (edge / MILLIMETRE for edge in pages[number].get_size())
        assert 8 < left < right < page_width - 8
        assert 8 < bottom < top < page_height - 8
        assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.01)
        assert 40 < right - left < 90 or top - bottom > 50
        inside = (
            pages[number].get_textpage().get_text_bounded(*(edge * MILLIMETRE for edge in (left, bottom, right, top)))
        )
        assert inside.strip() == ""
    (page, first), (other, second) = found
    assert page != other or second[3] < first[1]


@pytest.mark.parametrize("paper", PAPERS)
def test_large_print_ends_with_its_dose_and_the_pain_rule(make: Make, paper: str) -> None:
    content = data(exercise(), paper=paper, large=True)
    recap = f"{content['recap']['label']} {content['recap']['text']}"
    assert recap.endswith("3 days a week. Pain rule: 0 to 3: pour on. 4 or 5: pour less.")
    assert recap in " ".join(texts(make(content)))


def long(times: int) -> Exercise:
    """An exercise with steps that get longer and longer."""
    steps = [next(iter(one.items())) for one in TIP["steps"]]
    return exercise(steps=[{role: " ".join([text] * times)} for role, text in steps])


@pytest.mark.parametrize("paper", PAPERS)
def test_a_text_is_on_one_side_for_as_long_as_it_can_be(make: Make, paper: str) -> None:
    """Then it takes a second one. Its letters keep their size."""
    sides, sizes = [], set()
    for times in range(1, 21):
        pages = make(data(long(times), paper=paper))
        sides.append(len(pages))
        for letters in (page.get_textpage() for page in pages):
            found = {round(pdfium.FPDFText_GetFontSize(letters, n), 1) for n in range(letters.count_chars())}
            sizes |= {size for size in found if size > 1}  # what pdfium puts in between has none
    assert sides == sorted(sides)
    assert {*sides} == {1, 2}
    assert 3 < sides.count(1) < 12
    assert min(sizes) == 12.0


# Large print


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("times", range(1, 26, 3))
def test_large_print_breaks_between_steps(make: Make, paper: str, times: int) -> None:
    page = long(times)
    pages = make(data(page, paper=paper, large=True))
    said = texts(pages)
    places = [[n for n, text in enumerate(said) if step.text in text] for step in page.steps]
    assert all(len(found) == 1 for found in places)
    [(first, _), (last, _), _] = pictures(pages)
    assert [places[0], places[2]] == [[first], [last]]
    assert [text.count(f"Page {n} of {len(pages)}") for n, text in enumerate(said, 1)] == [1] * len(pages)


def test_no_section_of_large_print_runs_off_the_page(make: Make) -> None:
    many = [f"Number {n} is a caution of some length, which takes more than one line of the page." for n in range(60)]
    page = exercise(
        cautions=[{"who": "If", "do": one} for one in many],
        stop_if=many,
        easier=many,
        harder=many,
        mistakes=TIP["mistakes"] * 30,
    )
    said = " ".join(texts(make(data(page, large=True))))
    assert said.count("Number 59 is a caution") == 4
    assert said.count("Whistling.") == 30


# Grey


@pytest.mark.parametrize("large", [False, True])
def test_a_grey_sheet_has_no_colour(make: Make, large: bool) -> None:
    for sheet in (data(grey=True, large=large), chart(["Teapot tip"], grey=True)):
        for page in make(sheet):
            red, green, blue = page.render(scale=1).to_pil().convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()


# The tick chart


@pytest.mark.parametrize("paper", PAPERS)
def test_the_chart_of_a_few_exercises_is_one_sheet(make: Make, paper: str) -> None:
    titles = [f"Exercise number {n}" for n in range(7)]
    [said] = texts(make(chart(titles, paper=paper)))
    assert [said.count(title) for title in titles] == [handouts.WEEKS] * 7
    assert said.count(" L R") == 7 * 7 * handouts.WEEKS
    assert [said.count(f"Week {n} Mon Tue Wed Thu Fri Sat Sun Effort Pain") for n in range(1, 5)] == [1] * 4
    assert words()["chart_use"] in said
    assert "Kettle Clinic" in said


def test_an_exercise_for_both_sides_has_one_box() -> None:
    rows = [ready(exercise(side=side)) for side in ("each", "alternate", "both-together")]
    made = tick_chart(rows, edition(), updated=datetime.date(2026, 3, 1))
    assert [row["sides"] for row in made["exercises"]] == [True, True, False]


ONE_POSE = {"kind": "balance", "movements": [], "images": {"hold": {"file": "finish.png", "alt": "It pours."}}}


def test_pictures_stand_in_the_order_of_the_movement(make: Make) -> None:
    """The start above the finish, whatever the order of the keys; the one pose of a balance alone."""
    pair = data()
    [said] = texts(make(pair | {"pictures": dict(reversed(pair["pictures"].items()))}))
    assert said.rindex("Start") < said.rindex("Finish")
    [said] = texts(make(data(exercise(**ONE_POSE, steps=[{"start": "S."}, {"move": "M."}, {"hold": "H."}]))))
    assert "Kind: Balance" in said
    assert not {"Start", "Finish"} & {*said.replace("Start: S.", "").split()}
    for large in (False, True):
        made = data(exercise(**ONE_POSE), large=large)
        assert ([*made["pictures"]], made["roles"]) == (["hold"], ["hold"])


def test_the_chart_says_how_often_a_day() -> None:
    dose = {"sets": 1, "reps": 10, "days_per_week": 7}
    rows = [ready(exercise(dose=dose | times)) for times in ({}, {"times_per_day": [2, 3]})]
    plain, often = (row["title"] for row in tick_chart(rows, edition(), updated=datetime.date(2026, 3, 1))["exercises"])
    assert often == f"{plain}, 2 to 3 times a day"


@pytest.mark.parametrize("number", [1, 8, 20, 70])
def test_more_exercises_take_more_sheets(make: Make, number: int) -> None:
    titles = [f"Exercise {n}." for n in range(number)]
    pages = make(chart(titles))
    said = " ".join(texts(pages))
    assert [said.count(title) for title in titles] == [handouts.WEEKS] * number
    assert (len(pages) > 1) is (number > 7)


def test_long_names_on_the_chart(make: Make) -> None:
    titles = ["Teapot tip with a very long name that takes several lines", *"ABCDEF"]
    said = " ".join(texts(make(chart(titles))))
    assert said.count("several lines") == handouts.WEEKS


# By law


def test_every_kind_of_sheet_conforms_to_pdf_ua(typesetter: Typesetter, tmp_path: Path) -> None:
    sheets = {
        "plain": data(),
        "bare": data(
            exercise(equipment=[], cautions=[], stop_if=[], easier=[], harder=[]), address=None, clinic=Clinic()
        ),
        "large": data(large=True),
        "large-bare": data(exercise(cautions=[], easier=[], harder=[]), address=None, clinic=Clinic(), large=True),
        "large-long": data(long(6), large=True, grey=True),
        "chart": chart(["Teapot tip"]),
        "chart-long": chart([f"Exercise {n}" for n in range(40)], clinic=Clinic(), grey=True),
    }
    for name, sheet in sheets.items():
        template = TICK_CHART if "weeks" in sheet else HANDOUT
        (tmp_path / f"{name}.pdf").write_bytes(typesetter.pdf(template, sheet))
    assert pdf_ua.required(sorted(tmp_path.glob("*.pdf"))) == []
