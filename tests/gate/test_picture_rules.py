"""What is asked of the pictures on disk. What a page may say of them is in tests/cases/."""

from __future__ import annotations

from pathlib import Path

import birds
import pytest
from birds import FILES, FLAMINGO, OWL, PAGE, edited, line_of, replaced, told
from hipknee.content import catalogue
from hipknee.gate import gate
from hipknee.gate.picture_rules import uses
from hipknee.text.body_links import image_file
from PIL import Image

OWL_PAGE = "docs/exercises/startled-owl.md"
NAMED = {
    file: (path, line_of(text, file))
    for file in birds.PICTURES
    for path, text in FILES.items()
    if file in text and file != "odd/moving.webp"
}


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    return birds.write(tmp_path / "pond")


def test_every_picture_that_a_page_shows_is_used(pond: Path) -> None:
    found = {(use.file, use.role, use.entry.path, use.line) for use in uses(catalogue.load(pond))}
    roles = {"greeting": "body", "fox": "image"}
    assert found == {
        (file, roles.get(file.split("/")[1].split(".")[0], file.split("/")[1].split(".")[0]), *NAMED[file])
        for file in NAMED
    }
    assert len(found) == 10


def test_the_pictures_that_can_be_shown(pond: Path) -> None:
    (pond / "images" / "startled-owl" / "finish.png").unlink()
    pictures = gate.check(pond).pictures
    assert sorted(pictures) == sorted({*NAMED} - {"startled-owl/finish.png"})
    assert all(picture.path == pond / "images" / file for file, picture in pictures.items())
    assert {file for file, picture in pictures.items() if picture.animated} == {"polite-flamingo/motion.webp"}


@pytest.mark.parametrize("file", NAMED)
def test_a_picture_is_missed(file: str, pond: Path) -> None:
    path, line = NAMED[file]
    picture = pond / "images" / file
    whole = picture.read_bytes()
    said = f"There is no picture '{file}' in images/."

    picture.unlink()
    (problem,) = gate.check(pond).problems
    assert (problem.path, problem.line, problem.rule, problem.message) == (path, line, "image-missing", said)
    picture.write_bytes(whole[: len(whole) // 2])
    (problem,) = gate.check(pond).problems
    assert (problem.path, problem.line, problem.rule) == (path, line, "image-unreadable")
    birds.draw(picture, size=(799, 270))
    (problem,) = gate.check(pond).problems
    assert (problem.path, problem.line, problem.rule) == (path, line, "image-small")
    picture.write_bytes(whole)
    assert gate.check(pond).problems == []


def test_a_folder_that_is_not_there(pond: Path) -> None:
    (pond / "images").rename(pond / "pictures")
    problems = gate.check(pond).problems
    assert {problem.rule for problem in problems} == {"image-missing"}
    assert sorted((problem.path, problem.line) for problem in problems) == sorted(NAMED.values())


def test_only_the_motion_may_move(pond: Path) -> None:
    for role in ("start", "finish", "detail", "fox"):
        with replaced(pond, **{PAGE: edited(FLAMINGO, (f"polite-flamingo/{role}.png", "odd/moving.webp"))}):
            assert [p.message for p in gate.check(pond).problems] == ["'odd/moving.webp' moves."]
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("pond/greeting.png", "odd/moving.webp"))}):
        assert [p.message for p in gate.check(pond).problems] == ["'odd/moving.webp' moves."]


def test_another_file_with_the_same_picture(pond: Path) -> None:
    """Saved again as a JPEG of another size, it is still the same to whoever looks at it."""
    owl = pond / "images" / "startled-owl"
    with Image.open(owl / "start.png") as picture:
        picture.resize((1600, 540)).save(owl / "finish.jpg", quality=95)
    with replaced(pond, **{OWL_PAGE: edited(OWL, ("startled-owl/finish.png", "startled-owl/finish.jpg"))}):
        (problem,) = gate.check(pond).problems
    assert (problem.line, problem.rule) == (line_of(OWL, "  finish:"), "image-same")
    assert problem.message == "'startled-owl/finish.jpg' looks the same as the start picture."


def test_the_page_that_borrows_a_picture_is_told(pond: Path) -> None:
    """Whatever the order of the pages; when nobody owns it, the later one."""
    borrowed = edited(OWL, ("startled-owl/start.png", "polite-flamingo/detail.png"))
    with replaced(pond, **{OWL_PAGE: borrowed}):
        assert told(pond) == [
            (
                OWL_PAGE,
                line_of(OWL, "  start:"),
                "[image-shared] 'polite-flamingo/detail.png' is also a picture of docs/exercises/polite-flamingo.md. "
                "Give each exercise its own pictures.",
            )
        ]
    both = edited(FLAMINGO, ("polite-flamingo/detail.png", "pond/greeting.png"))
    with replaced(pond, **{PAGE: both, OWL_PAGE: edited(OWL, ("startled-owl/start.png", "pond/greeting.png"))}):
        assert [(p.path, p.rule) for p in gate.check(pond).problems] == [(OWL_PAGE, "image-shared")]
    copy = pond / "images" / "startled-owl" / "start.png"
    copy.write_bytes((pond / "images" / "polite-flamingo" / "fox.png").read_bytes())
    (problem,) = gate.check(pond).problems
    assert problem.path == OWL_PAGE
    assert problem.message.startswith(
        "'startled-owl/start.png' looks the same as 'polite-flamingo/fox.png', a picture of"
    )


def test_a_page_may_show_its_own_picture_twice(pond: Path) -> None:
    twice = edited(
        FLAMINGO,
        ("polite-flamingo/detail.png", "polite-flamingo/start.png"),
        ("polite-flamingo/fox.png", "polite-flamingo/finish.png"),
        ("pond/greeting.png", "startled-owl/start.png"),
    )
    with replaced(pond, **{PAGE: twice}):
        assert gate.check(pond).problems == []


def test_the_picture_that_a_link_means() -> None:
    assert image_file("exercises/owl.md", "../../images/owl/start.png") == "owl/start.png"
    assert image_file("index.md", "../images/pond/a%20b.png") == "pond/a b.png"
    assert image_file("index.md", "images/pond/a.png") is None
    assert image_file("exercises/owl.md", "../images/a.png") is None
    assert image_file("index.md", "https://example.org/images/a.png") is None
    assert image_file("index.md", "../images/../secret.png") is None


def test_pictures_of_every_text(pond: Path) -> None:
    for path, text in FILES.items():
        if path.endswith(".md"):
            up = "../" * path.count("/")
            with replaced(pond, **{path: f"{text}![A wet fish.]({up}images/pond/fish.png)\n"}):
                assert [(p.path, p.rule) for p in gate.check(pond).problems] == [(path, "image-missing")]
            with replaced(pond, **{path: f"{text}![ ]({up}images/pond/greeting.png)\n"}):
                assert [(p.path, p.rule) for p in gate.check(pond).problems] == [(path, "alt-missing")]


@pytest.mark.parametrize(("rule", "file"), [("image-small", "small"), ("image-shape", "wide")])
def test_a_picture_that_a_waiver_lets_pass_is_shown(rule: str, file: str, pond: Path) -> None:
    waiver = f"waivers: [{{rule: {rule}, reason: The frogs asked for it., by: A. Heron, until: 2027-01-01}}]"
    page = edited(FLAMINGO, ("polite-flamingo/detail.png", f"odd/{file}.png"), ("waivers: []", waiver))
    with replaced(pond, **{PAGE: page}):
        report = gate.check(pond)
    assert report.problems == []
    assert f"odd/{file}.png" in report.pictures
