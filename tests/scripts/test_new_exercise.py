"""An exercise is added with one command and one file: its page, its photos, and its name in every list."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import new_exercise
import pytest
from authoring import pictures
from hipknee.content import front_matter
from hipknee.content.catalogue import load
from hipknee.content.model import Exercise, Side
from hipknee.gate import gate
from newcomers import END_OF_INPUT, INTERRUPT, Add, Terminal, caller, content, needs_pty
from PIL import Image
from projects import edit, write

LIBRARY, WOBBLY, CREAKY = "docs/exercises/index.md", "docs/wobbly-knee.md", "docs/creaky-lid.md"


@pytest.fixture
def project(fresh: Path) -> Path:
    return fresh


@pytest.fixture
def add(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Add:
    return caller(new_exercise.main, project, monkeypatch, capsys)


def take(path: Path, seed: int, size: tuple[int, int] = (1200, 900), orientation: int = 6) -> Path:
    """A photo of something of its own, as a phone takes it."""
    pixels = bytes((seed * 37 + n * 91) % 251 for n in range(8 * 6 * 3))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Nestphone"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    image = Image.frombytes("RGB", (8, 6), pixels).resize(size, Image.Resampling.NEAREST)
    image.save(path, "JPEG", exif=exif)
    return path


def data(project: Path, path: str) -> dict[str, object]:
    document, problems = front_matter.read_page(path, (project / path).read_bytes())
    assert problems == []
    return dict(document.data)


def fill_in(project: Path, slug: str, values: dict[str, str]) -> None:
    """What an editor types behind the keys of a page, and the notes that she deletes."""
    path = project / "docs" / "exercises" / f"{slug}.md"
    rows = path.read_text("utf-8").split("\n")
    for key, value in values.items():
        (number,) = (number for number, row in enumerate(rows) if row.startswith(key))
        rows[number] = f"{key} {value}"
    path.write_text("\n".join(re.sub(r" +# .*$", "", row) for row in rows), "utf-8")


# The contract: a name, and nobody to ask


def test_a_name_makes_a_page_with_every_field_in_every_list(project: Path, add: Add) -> None:
    before = content(project)
    assert gate.check(project).problems == []
    done = add("Seated: knee  extension")
    assert (done.status, done.err) == (0, "")
    path = "docs/exercises/seated-knee-extension.md"
    page = data(project, path)
    assert page["title"] == "Seated: knee extension"
    assert set(page) == set(Exercise.model_fields) - {"code", "was_codes", "bounds"}, "this site has no codes"
    assert page["helps"] == {"wobbly-knee": None, "creaky-lid": None}
    assert data(project, LIBRARY)["order"] == [
        "teapot-tip",
        "flamingo-doze",
        "starfish-twinkle",
        "seated-knee-extension",
    ]
    assert data(project, WOBBLY)["exercises"] == ["flamingo-doze", "teapot-tip", "seated-knee-extension"]
    assert data(project, CREAKY)["exercises"] == ["starfish-twinkle", "flamingo-doze", "seated-knee-extension"]
    after = content(project)
    assert {name for name in after if after[name] != before.get(name)} == {path, LIBRARY, WOBBLY, CREAKY}
    for name in (LIBRARY, WOBBLY, CREAKY):
        assert after[name].replace(b", seated-knee-extension", b"") == before[name]
    problems = gate.check(project).problems
    assert {problem.path for problem in problems} == {path}  # what is not filled in yet, and nothing else
    assert {"key-missing", "image-missing", "alt-missing"} <= {problem.rule for problem in problems}
    assert "http://127.0.0.1:8000/exercises/seated-knee-extension/" in done.out
    assert "Left to fill in" in done.out
    again = add("Seated knee extension")
    assert (again.status, again.out) == (1, "")
    assert "already exists" in again.err
    assert content(project) == after


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ('The "clock" lunge', "the-clock-lunge"),
        ("Sit\\stand: chair", "sit-stand-chair"),
        ("- x", "x"),
        ("? y", "y"),
        ("90 degrees", "90-degrees"),
        ("null", "null"),
        ("2026-11-22", "2026-11-22"),
        ("{title} {0}", "title-0"),
        ("# Étirement: \"quad\" 'n' more", "etirement-quad-n-more"),
        ("Heel raise 🦶", "heel-raise"),
        ("@%!&*|> owl", "owl"),
        ("x" * 60, "x" * 60),
    ],
)
def test_any_name_has_an_address_and_stays_a_text(name: str, slug: str, project: Path, add: Add) -> None:
    done = add("--", name)
    assert (done.status, done.err) == (0, "")
    assert data(project, f"docs/exercises/{slug}.md")["title"] == name
    for path, key in ((LIBRARY, "order"), (WOBBLY, "exercises"), (CREAKY, "exercises")):
        names = data(project, path)[key]
        assert isinstance(names, list)
        assert names[-1] == slug
    assert load(project).exercises[slug].part(lambda page: page.title) == name


def test_a_site_with_codes_gets_a_new_one(project: Path, add: Add) -> None:
    listed = project / "docs" / "_data" / "codes.yml"
    listed.write_text("# For ever.\nSKE: a-kettle\nZZZ: another\n", "utf-8")
    gone = project / "docs" / "_data" / "gone.yml"
    gone.write_text("".join(f"- {{code: {code}, reason: It broke.}}\n" for code in ("SKE", "ZZZ")), "utf-8")
    done = add("Seated knee extension")
    assert (done.status, done.err) == (0, "")
    assert data(project, "docs/exercises/seated-knee-extension.md")["code"] == "SEA"
    assert listed.read_text("utf-8") == "# For ever.\nSKE: a-kettle\nZZZ: another\nSEA: seated-knee-extension\n"
    assert "Added to: " in done.out
    assert "docs/_data/codes.yml" in done.out


GROUPS = """groups:
  - {id: shelf, title: On the shelf, exercises: [teapot-tip]}
  - {id: sky, title: In the sky, exercises: [flamingo-doze, starfish-twinkle]}
"""


@pytest.mark.parametrize(("given", "group"), [([], 1), (["--group", "shelf"], 0), (["--group", "sky"], 1)])
def test_a_library_with_groups_lists_it_in_one(given: list[str], group: int, project: Path, add: Add) -> None:
    """In the last one when nobody says which."""
    library = project / LIBRARY
    order = "order: [teapot-tip, flamingo-doze, starfish-twinkle]\n"
    library.write_text(library.read_text("utf-8").replace(order, GROUPS), "utf-8")
    done = add("Kettle lift", *given)
    assert (done.status, done.err) == (0, "")
    groups: Any = data(project, LIBRARY)["groups"]
    assert [slug for slug in groups[group]["exercises"] if slug == "kettle-lift"] == ["kettle-lift"]
    assert "kettle-lift" not in groups[1 - group]["exercises"]


def test_what_this_project_has_to_choose_from_is_said(project: Path, add: Add) -> None:
    assert add("Hop").status == 0
    text = (project / "docs" / "exercises" / "hop.md").read_text("utf-8")
    for choice in (
        "# gentle | medium | hard: ",
        "# on-a-shelf | in-the-lagoon\n",
        "# wobbly-knee | creaky-lid: why",
        "# cushion | {ribbon: handle} | {ribbon: spout}; [] for nothing\n",
        "condition: creaky-lid}",
    ):
        assert choice in text
    for side in Side:
        assert re.search(rf"^side: .*\b{side}: ", text, re.MULTILINE)


def test_a_project_without_lists_gets_its_page(project: Path, add: Add) -> None:
    for path in (LIBRARY, WOBBLY, CREAKY):
        (project / path).unlink()
    shutil.rmtree(project / "docs" / "_data")
    done = add("Owl")
    assert (done.status, done.err) == (0, "")
    assert data(project, "docs/exercises/owl.md")["helps"] is None


# One command, one file

FLAGS = (
    *("--plain", "Pour: two cups", "--level", "medium"),
    *("--kind", "strength", "--targets", "spout-lifter", "--helpers", "Lid holder", "--movements", "tipping"),
    *("--position", "on a shelf", "--side", "each", "--equipment", "ribbon:handle,cushion"),
    *("--helps", "creaky-lid=It oils: the lid.", "--helps", "Wobbly knee=It steadies the tray."),
)
TEXTS = {
    "summary:": "Tip twice, slowly, until both cups are full.",
    "  - start:": "Stand on the shelf on a cushion with the ribbon round your handle.",
    "  - move:": "Lean toward the cup.",
    "  - finish:": "Stop when the cup is full.",
    "  - return:": "Come back upright.",
    "  - switch:": "Turn round and pour for the others.",
    "dose:": "{sets: 2, reps: 4, days_per_week: 3}",
    "feel:": "In the spout.",
    "evidence:": "[tealeaf-1899]",
}


def complete(project: Path, slug: str) -> None:
    fill_in(project, slug, TEXTS)
    for old, new in (
        ('{wrong: "", right: ""}', "{wrong: Pouring on the dog., right: Aim at the cup.}"),
        ('alt: ""', 'alt: "A teapot that stands upright on a shelf, on a cushion."'),
        ('alt: ""', 'alt: "The teapot leans over the second cup."'),
        ("Cite a source like this: [@key].", "[@tealeaf-1899]"),
    ):
        edit(f"docs/exercises/{slug}.md", old, new)(project)


@pytest.mark.parametrize("style", ["brackets", "lines", "Windows"])
def test_two_photos_and_one_page_to_fill_in(style: str, project: Path, add: Add, tmp_path: Path) -> None:
    if style == "lines":
        edit(WOBBLY, "[flamingo-doze, teapot-tip]", "\n  - flamingo-doze # first\n  - teapot-tip")(project)
    if style == "Windows":
        write(WOBBLY, (project / WOBBLY).read_bytes().replace(b"\n", b"\r\n"))(project)
    start, finish = take(tmp_path / "IMG_1.JPG", 1, (4032, 3024)), take(tmp_path / "IMG_2.JPG", 2, (4032, 3024))
    shots = start.read_bytes(), finish.read_bytes()
    done = add("Double tip", *FLAGS, "--start", start, "--finish", finish)
    assert (done.status, done.err) == (0, "")
    assert (start.read_bytes(), finish.read_bytes()) == shots
    page = data(project, "docs/exercises/double-tip.md")
    assert page["muscles"] == {"primary": ["spout-lifter"], "secondary": ["lid-holder"]}
    assert page["equipment"] == [{"ribbon": "handle"}, "cushion"]
    assert (page["plain"], page["level"]) == ("Pour: two cups", "medium")
    assert page["helps"] == {"creaky-lid": "It oils: the lid.", "wobbly-knee": "It steadies the tray."}
    for role in ("start", "finish"):
        path = project / "images" / "double-tip" / f"{role}.jpg"
        with Image.open(path) as image:
            assert image.size == (1500, 2000)
            assert not image.getexif()
        assert b"Nestphone" not in path.read_bytes()
    complete(project, "double-tip")
    assert [str(problem) for problem in gate.check(project).problems] == []
    site = load(project)
    assert [*site.exercises][-1] == "double-tip"
    for condition in ("wobbly-knee", "creaky-lid"):
        assert site.conditions[condition].part(lambda page: page.exercises[-1]) == "double-tip"


def test_a_stretch_in_one_pose(project: Path, add: Add, tmp_path: Path) -> None:
    photo = take(tmp_path / "a.jpg", 3)
    done = add("Long yawn", "--kind", "stretch", "--targets", "lid-holder", "--movements", "dozing", "--hold", photo)
    assert (done.status, done.err) == (0, "")
    page = data(project, "docs/exercises/long-yawn.md")
    assert page["images"] == {"hold": {"file": "long-yawn/hold.jpg", "alt": ""}}
    assert (page["movements"], page["stretches"]) == ([], ["dozing"])
    steps = page["steps"]
    assert isinstance(steps, list)
    assert [next(iter(step)) for step in steps] == ["start", "move", "hold", "return", "switch"]


def test_photos_of_two_shapes_come_into_one_frame_if_that_is_wanted(project: Path, add: Add, tmp_path: Path) -> None:
    before = content(project)
    photos = ("--start", take(tmp_path / "a.jpg", 1), "--finish", take(tmp_path / "b.jpg", 2, orientation=1))
    done = add("Owl", *photos)
    assert (done.status, done.out) == (1, "")
    assert "different shapes (900 x 1200 and 1200 x 900)" in done.err
    assert "Add --frame" in done.err
    assert content(project) == before
    assert add("Owl", *photos, "--frame").status == 0
    for path in (project / "images" / "owl").iterdir():
        with Image.open(path) as image:
            assert image.size == (900, 900)


def test_pictures_that_are_there_are_named_and_never_replaced(project: Path, add: Add, tmp_path: Path) -> None:
    picture = project / "images" / "owl" / "start.webp"
    write("images/owl/start.webp", b"drawn")(project)
    done = add("Owl", "--start", take(tmp_path / "a.jpg", 1))
    assert done.status == 1
    assert "images/owl/start.webp already exists" in done.err
    assert picture.read_bytes() == b"drawn"
    assert add("Owl").status == 0
    images = data(project, "docs/exercises/owl.md")["images"]
    assert isinstance(images, dict)
    assert images["start"]["file"] == "owl/start.webp"


@pytest.mark.parametrize("form", ["{}", " '{}' ", '"{}"', "& '{}'", "{escaped}"])
def test_a_photo_may_be_dropped_into_any_terminal(form: str, tmp_path: Path) -> None:
    path = take(tmp_path / "my photo.jpg", 1)
    answer = form.format(path, escaped=str(path).replace(" ", "\\ "))
    assert pictures.typed(answer) == path


# What is refused, in one sentence, and leaves everything as it was

REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "a number": (("90",), 2, "'90' is a number, and the pages of lists of exercises have numbers as addresses"),
    "another title": (("Teapot-Tip",), 1, "docs/exercises/teapot-tip.md already exists. Nothing was written."),
    "an alias": (("Tippy teapots",), 1, "'Tippy teapots' is already a name in docs/exercises/teapot-tip.md, line 5."),
    "a title in other words": (
        ("Teapot tip", "--slug", "t"),
        1,
        "'Teapot tip' is also the title of docs/exercises/teapot-tip.md.",
    ),
    "the title of a page": (("All exercises",), 1, "docs/exercises/index.md"),
    "a condition": (("Wibbly knee",), 1, "docs/wobbly-knee.md, line 3"),
    "a muscle": (("Hugger",), 1, "docs/_data/vocabulary.yml"),
    "an old name": (("Kettle tip",), 1, "'kettle-tip' is an old name of docs/exercises/teapot-tip.md"),
    "the library": (("Index",), 1, "docs/exercises/index.md already exists"),
    "the booklet": (
        ("Booklet",),
        1,
        "'booklet' is the name of a printed sheet of the whole site. Choose another name, or add --slug",
    ),
    "a volume": (("Booklet 2",), 1, "'booklet-2' is the name of a printed sheet of the whole site."),
    "a volume of all": (("Complete 12",), 1, "printed sheet of the whole site"),
    "the tick chart": (("Tick chart",), 1, "printed sheet"),
    "all": (("Complete",), 1, "printed sheet"),
    "large": (("Bridge, large",), 1, "another kind of printed sheet"),
    "fold": (("Bridge fold",), 1, "another kind of printed sheet"),
    "a programme": (("Programme one",), 1, "another kind of printed sheet"),
    "Cyrillic": (("Подъём",), 2, "'п' is not a letter that a web address can have. Add --slug with a short name"),
    "Greek": (("Κάμψη γόνατος",), 2, "Add --slug"),
    "no letters": (("!?",), 2, "letters or digits"),
    "too long": (("x" * 300,), 2, "it has 300 characters, and the limit is 60"),
    "what can't be seen": (("Knee\u200b bend",), 1, "contains a zero-width space (U+200B), which can't be seen"),
    "a control character": (("Knee\x07bend",), 1, "can't be shown (U+0007)"),
    "a bad slug": (("Owl", "--slug", "Owl Hop"), 2, "'Owl Hop' must be lowercase letters, digits and hyphens"),
    "a slug that leads away": (("Owl", "--slug", "../owl"), 2, "must be lowercase"),
    "a long slug": (("Owl", "--slug", "x" * 61), 2, "limit is 60"),
    "an unknown muscle": (
        ("Owl", "--targets", "spout-liftr"),
        2,
        "There is no 'spout-liftr'. Did you mean 'spout-lifter'?",
    ),
    "an unknown movement": (
        ("Owl", "--movements", "flying"),
        2,
        "There is no 'flying'. Choose from: dozing, tipping, twinkling.",
    ),
    "two positions": (("Owl", "--position", "on-a-shelf,in-the-lagoon"), 2, "Choose one only."),
    "an unknown thing": (("Owl", "--equipment", "boat"), 2, "There is no 'boat'."),
    "no place": (("Owl", "--equipment", "ribbon"), 2, "say where the ribbon goes, such as ribbon:handle"),
    "an unknown place": (("Owl", "--equipment", "ribbon:lid"), 2, "There is no 'lid'."),
    "an unknown page": (("Owl", "--helps", "knee"), 2, "There is no 'knee'."),
    "no photo": (("Owl", "--start", "nowhere.jpg"), 1, "There is no picture"),
    "an HEIC photo": (
        ("Owl", "--start", "photo.heic"),
        1,
        "is an HEIC photo, which the site can't use. Export it as a JPEG.",
    ),
    "a small photo": (
        ("Owl", "--start", "small.jpg"),
        1,
        "has only 480 x 640 pixels: the long side needs at least 800",
    ),
    "one photo twice": (("Owl", "--start", "a.jpg", "--finish", "a.jpg"), 1, "are the same photo"),
    "three photos": (("Owl", "--start", "a.jpg", "--hold", "a.jpg"), 2, "--hold is one photo of one pose"),
    "a pose that moves": (("Owl", "--hold", "a.jpg"), 2, "--hold is for a stretch or a balance"),
    "no name": ((), 2, "the name is missing"),
    "nothing as a name": (("",), 2, "letters or digits"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str, project: Path, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments, status, words = REFUSED[case]
    monkeypatch.chdir(tmp_path)
    Path("photo.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0")
    take(Path("a.jpg"), 1)
    take(Path("small.jpg"), 1, (640, 480))
    before = content(project)
    done = add(*arguments)
    assert (done.status, done.out) == (status, ""), done.err
    assert words in done.err
    assert status == 2 or done.err.endswith("Nothing was written.")
    assert content(project) == before


def read_only(project: Path) -> None:
    (project / CREAKY).chmod(0o444)


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a read-only list": (read_only, "docs/creaky-lid.md can't be opened."),
    "a list that is none": (
        edit(LIBRARY, "[teapot-tip, flamingo-doze, starfish-twinkle]", "teapot-tip"),
        "not a list. Please add 'owl' to 'order' in docs/exercises/index.md",
    ),
    "a page without a list": (
        edit(CREAKY, "exercises: [starfish-twinkle, flamingo-doze]\n", ""),
        "Please add 'owl' to 'exercises' in docs/creaky-lid.md.",
    ),
    "a broken page": (
        edit(CREAKY, "title: Creaky lid", "title: [Creaky"),
        "docs/creaky-lid.md can't be read. Fix it first, or add 'owl'",
    ),
    "a file where the photos go": (write("images/owl", b"x"), "images/owl"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_all_or_nothing(fault: str, project: Path, add: Add, tmp_path: Path) -> None:
    change, words = FAULTS[fault]
    change(project)
    before = content(project)
    done = add("Owl", "--start", take(tmp_path / "a.jpg", 1), "--finish", take(tmp_path / "b.jpg", 2))
    assert (done.status, done.out) == (1, "")
    assert words in done.err
    assert done.err.endswith("Nothing was written.")
    assert content(project) == before


def test_the_address_is_where_the_site_is_served(project: Path, add: Add) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}site_url: https://example.org/tea/\ndev_addr: 127.0.0.1:8123\n")
    assert "http://127.0.0.1:8123/tea/exercises/owl/ " in add("Owl").out


# On a terminal


@needs_pty
def test_a_dialogue(project: Path, tmp_path: Path) -> None:
    take(tmp_path / "my a.jpg", 1)
    take(tmp_path / "b.jpg", 2, orientation=1)
    terminal = Terminal("new_exercise", "--root", str(project))
    for question, answer in (
        ("What is the exercise called?", "Kettle tip"),
        ("'kettle-tip' is an old name", "Подъём"),
        ("Which short name in plain letters", "Double Tip"),
        ("must be lowercase", "double-tip"),
        ("What would a patient call it?", "A  pour: both cups"),
        ("What kind of exercise", ""),
        ("Which muscles does it train most?", "9"),
        ("There is no number 9: they go from 1 to 3.", "1"),
        ("Which muscles help?", "Lid Holder"),
        ("What do the joints do?", "2,1"),
        ("How do you lie, sit or stand?", "1, 2"),
        ("Choose one only.", "1"),
        ("How do the two sides", ""),
        ("How hard is it", "4"),
        ("There is no number 4: they go from 1 to 3.", "3"),
        ("What is needed?", "1 2"),
        ("Where does it go: Ribbon?", ""),
        ("This one is needed.", "1"),
        ("Which pages should show it?", "1"),
        ("Why may it help there: Wobbly knee?", "It steadies: the tray."),
        ("Photo of the start", str(tmp_path / "nothing.jpg")),
        ("There is no picture", f"'{tmp_path}/my a.jpg' "),
        ("Photo of the finish", str(tmp_path / "b.jpg")),
        ("Cut both to one frame around their middle? (y/n)", "perhaps"),
        ("Type y for yes or n for no.", "y"),
    ):
        terminal.answer(question, f"{answer}\n")
    terminal.wait_for("Look at it: http://127.0.0.1:8000/exercises/double-tip/")
    assert terminal.status() == 0
    page = data(project, "docs/exercises/double-tip.md")
    assert page["title"] == "Подъём"
    assert (page["plain"], page["level"]) == ("A pour: both cups", "hard")
    assert page["kind"] == "strength"
    assert page["muscles"] == {"primary": ["spout-lifter"], "secondary": ["lid-holder"]}
    assert page["movements"] == ["twinkling", "tipping"]
    assert (page["position"], page["side"]) == ("on-a-shelf", None)
    assert page["equipment"] == ["cushion", {"ribbon": "handle"}]
    assert page["helps"] == {"wobbly-knee": "It steadies: the tray."}
    assert sorted(path.name for path in (project / "images" / "double-tip").iterdir()) == ["finish.jpg", "start.jpg"]
    assert "double-tip" not in (project / CREAKY).read_text("utf-8")


@needs_pty
@pytest.mark.parametrize("end", [INTERRUPT, END_OF_INPUT])
def test_whoever_leaves_in_the_middle_leaves_no_trace(end: str, project: Path) -> None:
    before = content(project)
    terminal = Terminal("new_exercise", "Owl", "--root", str(project))
    terminal.answer("What would a patient call it?", "\n")
    terminal.answer("What kind of exercise", "1\n")
    terminal.wait_for("Which muscles")
    terminal.wait_for("> ")
    if end == INTERRUPT:
        time.sleep(0.5)  # until it reads: between the prompt and that, Python would notice only with the next key
        terminal.process.send_signal(signal.SIGINT)
    else:
        os.write(terminal.master, end.encode())
    terminal.wait_for("Nothing was written.")
    assert terminal.status() == (130 if end == INTERRUPT else 1)
    assert "Traceback" not in terminal.text
    assert content(project) == before


@needs_pty
def test_nobody_is_asked_who_does_not_want_it(project: Path) -> None:
    terminal = Terminal("new_exercise", "Owl", "--no-questions", "--root", str(project))
    terminal.wait_for("Look at it")
    assert terminal.status() == 0
