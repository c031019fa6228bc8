"""The plan of what is printed: names, keys, versions; what is made anew after an edit; whole files or none."""

from __future__ import annotations

import ast
import shutil
from dataclasses import replace
from pathlib import Path

import hipknee
import projects
import pytest
from hipknee.gate import gate
from hipknee.pages.pages import Pages
from hipknee.pdf_names import PAPERS, file_name
from hipknee.pictures import rendering, renditions
from hipknee.print import press as module
from hipknee.print.booklet import BookletPage
from hipknee.print.making import Composition, Sheet, make
from hipknee.print.press import CODE, Press
from hipknee.print.typesetting import Typesetter
from hipknee.stock import Stock

ADDRESS = "https://example.org/hips/"
HOUSE = Path(hipknee.__file__).parent
LIBRARY = "docs/exercises/index.md"
EXERCISE = "docs/exercises/teapot-tip.md"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.fixture(tmp_path_factory.mktemp("here") / "project")


def press(root: Path, site_url: str = ADDRESS, grey: bool = False, is_whole: bool = True) -> Press:
    report = gate.check(root)
    assert report.problems == [] or not is_whole
    plans = {file: renditions.plan(one, Path(file).with_suffix("").as_posix()) for file, one in report.pictures.items()}
    plans = rendering.render(plans, Stock(root / ".cache" / "pictures"))
    return Press(Pages(report, plans), plans, "/.cache/pictures", "Book", "en", site_url, grey)


def planned(root: Path, site_url: str = ADDRESS) -> dict[str, Sheet]:
    made = press(root, site_url)
    body = [BookletPage("index.md", "", "Home", "<p>Hello</p>")]
    return {sheet.name: sheet for sheet in [*made.handouts(), *made.tick_charts(), *made.booklets(body)]}


def test_every_sheet_has_its_name_on_every_paper(here: Path) -> None:
    names = set(planned(here))
    slugs = [path.stem for path in (here / "docs" / "exercises").glob("*.md") if path.stem != "index"]
    assert len(slugs) == 3
    expected = {
        f"{slug}{large}-{paper}.pdf" for slug in slugs for large in ("", "-large") for paper in ("letter", "a4")
    }
    whole = ("booklet", "booklet-fold-printer", "complete", "tick-chart")
    expected |= {f"{what}-{paper}.pdf" for what in whole for paper in ("letter", "a4")}
    expected |= {"booklet-fold-half-letter.pdf", "booklet-fold-a5.pdf"}
    assert names == expected
    assert file_name("flamingo-doze", "a4", large=True) in names


def test_one_edit_changes_only_what_it_is_printed_on(here: Path, tmp_path: Path) -> None:
    before = planned(here)
    projects.edit(EXERCISE, "feel: ", "feel: Now here. ")(here)
    try:
        after = planned(here)
    finally:
        projects.edit(EXERCISE, "feel: Now here. ", "feel: ")(here)
    changed = {name for name in before if before[name].key != after[name].key}
    handouts = {f"teapot-tip{large}-{paper}.pdf" for large in ("", "-large") for paper in PAPERS}
    booklets = {f"{what}-{paper}.pdf" for what in ("booklet", "booklet-fold-printer") for paper in PAPERS}
    booklets |= {"booklet-fold-half-letter.pdf", "booklet-fold-a5.pdf"}
    assert changed == handouts | booklets | {f"tick-chart-{paper}.pdf" for paper in PAPERS}
    anew = {name for name in before if before[name].data["dated"] != after[name].data["dated"]}
    assert anew == handouts | booklets
    assert planned(here) == before


def rows(made: Press) -> list[str]:
    [letter, a4] = made.tick_charts()
    assert letter.data["exercises"] == a4.data["exercises"]
    return [row["title"] for row in a4.data["exercises"]]


def test_the_chart_has_the_first_exercises_or_those_that_the_library_names(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rows(press(here)) == ["Teapot tip", "Flamingo doze", "Starfish twinkle"]
    monkeypatch.setattr(module, "LONGEST_CHART", 2)
    assert rows(press(here)) == ["Teapot tip", "Flamingo doze"]
    project = Path(shutil.copytree(here, tmp_path / "project"))
    projects.edit(LIBRARY, "updated: ", "chart: [starfish-twinkle, teapot-tip]\nupdated: ")(project)
    assert rows(press(project)) == ["Starfish twinkle", "Teapot tip"]
    projects.edit(EXERCISE.replace("teapot-tip", "starfish-twinkle"), "sets: ", "sets: 99, hold: 1 s, _: ")(project)
    assert rows(press(project, is_whole=False)) == ["Teapot tip"], "one that is wrong is on no sheet"


EVERY = {"teapot-tip", "flamingo-doze", "starfish-twinkle"}


@pytest.mark.parametrize(
    ("change", "slugs"),
    [
        (projects.edit("docs/_data/words.en.yml", "fix: Fix", "fix: Better"), EVERY),
        (projects.edit("docs/_data/vocabulary.yml", "name: Ribbon", "name: Bow"), EVERY),
        (projects.edit("docs/_data/site.yml", "disclaimer: ", "disclaimer: Listen. "), EVERY),
        (projects.write("docs/_data/clinic.yml", "name: Kettle Clinic\n"), EVERY),
        (projects.edit("docs/creaky-lid.md", "title: Creaky", "title: Squeaky"), {"flamingo-doze", "starfish-twinkle"}),
        (projects.edit(EXERCISE, "Pouring on the cat.", "Pouring on a cat."), {"teapot-tip"}),
        (projects.edit(EXERCISE, "what a spout is for", "all that a spout is for"), {"teapot-tip"}),
        (projects.delete("images/teapot-tip/cat.png"), {"teapot-tip"}),
        (projects.write("docs/about.md.orig", ""), set()),
    ],
)
def test_a_key_knows_all_that_is_printed(change: projects.Change, slugs: set[str], here: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(here, tmp_path / "project"))
    before = {sheet.name: (sheet.key, sheet.data) for sheet in press(project).handouts()}
    change(project)
    picture = project / "images" / "teapot-tip" / "cat.png"
    if not picture.exists():
        shutil.copy(picture.with_name("start.png"), picture)
    after = {sheet.name: (sheet.key, sheet.data) for sheet in press(project, is_whole=False).handouts()}
    keys, contents = ({name for name in before if before[name][n] != after[name][n]} for n in (0, 1))
    assert contents <= keys
    assert keys == {f"{slug}{large}-{paper}.pdf" for slug in slugs for large in ("", "-large") for paper in PAPERS}


def test_a_key_knows_the_edition(here: Path) -> None:
    mine = press(here)
    changes = [{"language": "es"}, {"grey": True}, {"folder": "/grey"}, {"engine": "another"}, {"site_url": ""}]
    others = [mine, *(replace(mine, **change) for change in changes)]  # type: ignore[arg-type]
    for sheets in zip(*(other.handouts() for other in others), strict=True):
        assert len({sheet.key for sheet in sheets}) == len(others)
    assert len({sheet.key for sheet in mine.handouts()}) == 12


def test_the_version_is_told_and_differs_by_content(here: Path) -> None:
    sheets = planned(here)
    assert all("\u2063" not in str(sheet.data) for sheet in sheets.values())
    told = {name: sheet.data["dated"].split()[-1].rstrip(".") for name, sheet in sheets.items()}
    assert all(len(one) == 8 and int(one, 16) >= 0 for one in told.values())
    assert told["teapot-tip-a4.pdf"] != told["flamingo-doze-a4.pdf"]


def test_without_an_address_there_is_no_code(here: Path) -> None:
    assert planned(here)["teapot-tip-a4.pdf"].data["code"]["address"] == f"{ADDRESS}exercises/teapot-tip/"
    assert planned(here, site_url="")["teapot-tip-a4.pdf"].data["code"] is None


def test_what_is_made_is_not_made_again(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = press(here).handout("flamingo-doze", "a4", False)
    typesetter = Typesetter(here)
    first, problems = make([sheet], typesetter, Stock(tmp_path))
    assert problems == []
    content = first["flamingo-doze-a4.pdf"].read_bytes()
    assert content.startswith(b"%PDF-")
    monkeypatch.setattr(typesetter, "pdf", lambda *_, **__: pytest.fail("made again"))
    assert make([sheet], typesetter, Stock(tmp_path)) == (first, [])
    first["flamingo-doze-a4.pdf"].write_bytes(b"")  # as a power cut leaves it
    monkeypatch.undo()
    assert make([sheet], typesetter, Stock(tmp_path))[0]["flamingo-doze-a4.pdf"].read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [first["flamingo-doze-a4.pdf"].name]


def test_what_can_not_be_made_leaves_no_file_and_says_so(here: Path, tmp_path: Path) -> None:
    sheet = press(here).handout("flamingo-doze", "a4", False)
    data = {**sheet.data, "title": "\U0001f986"}
    broken = replace(sheet, key="0" * 64, compose=lambda: Composition(data))
    files, problems = make([broken, sheet], Typesetter(here), Stock(tmp_path))
    assert [problem.path for problem in problems] == ["docs/exercises/flamingo-doze.md"]
    assert list(files) == [sheet.name]
    assert len(list(tmp_path.iterdir())) == 1


MAKERS = ("handouts", "booklet", "edition", "element_tree", "patient_booklet", "sections", "imposition")


def test_the_key_knows_all_code_that_makes_a_sheet() -> None:
    """What else the makers ask says what is wrong, reads or keeps files, or is known by what it gives."""
    aside = "keeping on_demand places problems refusals rules unseen"
    code = {path for pattern in CODE for path in HOUSE.glob(pattern)}
    asked, todo = set(), [HOUSE / "print" / f"{name}.py" for name in MAKERS]
    while todo:
        path = todo.pop()
        asked.add(path)
        tree = ast.parse(path.read_text("utf-8"))
        for node in (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level):
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [base.with_suffix(".py"), *(base / f"{alias.name}.py" for alias in node.names)]
            todo += [each for each in names if each.is_file() and each not in asked]
    unknown = {path.relative_to(HOUSE).as_posix() for path in asked - code}
    assert {HOUSE / "pages" / "presented.py", HOUSE / "colours.py", HOUSE / "phones.py"} <= asked & code
    assert unknown <= {f"{name}.py" for name in aside.split()}


def test_grey_pictures_are_grey(here: Path, tmp_path: Path) -> None:
    from PIL import Image

    made = press(here)
    rendering.grey(made.plans, Stock(tmp_path))
    for path in tmp_path.iterdir():
        with Image.open(path) as image:
            assert image.mode == "L"
    assert len(list(tmp_path.iterdir())) == len(made.plans)
