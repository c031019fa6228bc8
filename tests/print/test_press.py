"""The plan of what is printed: names, keys, versions; what is made anew after an edit; whole files or none."""

from __future__ import annotations

from pathlib import Path

import projects
import pytest
from hipknee.gate import gate
from hipknee.pages.pages import Pages
from hipknee.pdf_names import PAPERS, file_name
from hipknee.pictures import rendering, renditions
from hipknee.print.booklet import BookletPage
from hipknee.print.press import Press, Sheet, make, prune
from hipknee.print.typesetting import Typesetter

ADDRESS = "https://example.org/hips/"
EXERCISE = "docs/exercises/teapot-tip.md"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.fixture(tmp_path_factory.mktemp("here") / "project")


def press(root: Path, site_url: str = ADDRESS, grey: bool = False) -> Press:
    report = gate.check(root)
    assert report.problems == []
    plans = {file: renditions.plan(one, Path(file).with_suffix("").as_posix()) for file, one in report.pictures.items()}
    rendering.render(plans.values(), root / ".cache" / "pictures")
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
    expected |= {f"{what}-{paper}.pdf" for what in ("booklet", "tick-chart") for paper in ("letter", "a4")}
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
    assert changed == {f"teapot-tip{large}-{paper}.pdf" for large in ("", "-large") for paper in PAPERS}
    assert {name for name in before if before[name].data["dated"] != after[name].data["dated"]} == changed
    assert planned(here) == before


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
    first, problems = make([sheet], typesetter, tmp_path)
    assert problems == []
    content = first["flamingo-doze-a4.pdf"].read_bytes()
    assert content.startswith(b"%PDF-")
    monkeypatch.setattr(typesetter, "pdf", lambda *_, **__: pytest.fail("made again"))
    assert make([sheet], typesetter, tmp_path) == (first, [])
    first["flamingo-doze-a4.pdf"].write_bytes(b"")  # as a power cut leaves it
    monkeypatch.undo()
    assert make([sheet], typesetter, tmp_path)[0]["flamingo-doze-a4.pdf"].read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [first["flamingo-doze-a4.pdf"].name]


def test_what_can_not_be_made_leaves_no_file_and_says_so(here: Path, tmp_path: Path) -> None:
    sheet = press(here).handout("flamingo-doze", "a4", False)
    broken = Sheet(sheet.name, sheet.template, sheet.path, {**sheet.data, "title": "\U0001f986"}, "0" * 64)
    files, problems = make([broken, sheet], Typesetter(here), tmp_path)
    assert [problem.path for problem in problems] == ["docs/exercises/flamingo-doze.md"]
    assert list(files) == [sheet.name]
    assert len(list(tmp_path.iterdir())) == 1


def test_pruning_keeps_what_is_needed(tmp_path: Path) -> None:
    for name in ("old.pdf", "new.pdf", "note.txt"):
        (tmp_path / name).write_text("x")
    prune(tmp_path, [tmp_path / "new.pdf"])
    assert {path.name for path in tmp_path.iterdir()} == {"new.pdf", "note.txt"}


def test_grey_pictures_are_grey(here: Path, tmp_path: Path) -> None:
    from PIL import Image

    made = press(here)
    rendering.grey(made.plans.values(), here / ".cache" / "pictures", tmp_path)
    for path in tmp_path.iterdir():
        with Image.open(path) as image:
            assert image.mode == "L"
    assert len(list(tmp_path.iterdir())) == len(made.plans)
