"""Only what looks otherwise is drawn again: each change to a table, a file or the code, and what it touches."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import draw
import drawings
import numpy as np
import pytest
from drawings import IMAGES, TABLE, recorded
from hipknee.pictures import drawing_origin, picture_texts
from hipknee_drawing import drawing, keys, studio
from hipknee_drawing.camera import Camera, looking_at
from hipknee_drawing.meshes import box
from hipknee_drawing.pose_tables import Ground, Helper, Pose
from PIL import Image
from projects import ROOT

LEFT = "left: {ankle: [0.84, 0.125, 0.088], knee_towards: [0, 0, 1], sole: flat"
HAND = "left: {wrist: [0.36, 0.3, 0.045], elbow_towards: [0, 1, 0.25], fingers: [1, 0, 0], palm: [0, 0, -1]}"
SHAPE = "shape: [1200, 640]"
POSES = (
    TABLE.replace(SHAPE, "shape: [188, 100]")
    .replace("views:\n", "views:\n  end: {around: 90, above: 10, shape: [100, 100]}\n")
    .replace("scene:", "figure: man\nscene:")
    .replace("wrist: [0.42", "wrist: [0.36")
    .replace("on_floor: true, ", "")
    + "mistakes:\n  arched:\n    spine: {flexion: -20}\n  low:\n    pelvis: {world: [0, -16, 0]}\n"
)
STILLS = {"start.png", "finish.png", "end.png", "arched.png", "low.png"}
ALL = STILLS | {"motion.webp"}
OF_FINISH = ALL - {"start.png"}

TABLE_CASES: dict[str, tuple[str, str, set[str]]] = {
    "a comment": ("base: supine", "base: supine  # on the back", set()),
    "the words that are measured": ("words: Lift", "words: Raise", set()),
    "what is measured": ("finish: [-10, 5]", "finish: [-12, 8]", set()),
    "the order of keys": (f"{LEFT}, turn: 90}}", "left: {turn: 90, " + LEFT.removeprefix("left: {") + "}", set()),
    "a default that is written": ("nod: 20", "nod: 20, rotation: 0", set()),
    "one mistake": ("spine: {flexion: -20}", "spine: {flexion: -25}", {"arched.png"}),
    "the other mistake": ("world: [0, -16, 0]", "world: [0, -14, 0]", {"low.png"}),
    "the arrow": ("part: [0.7, 1.6]", "part: [0.8, 1.6]", {"finish.png", "end.png"}),
    "a number of the arrow that its way does not ask": ("arrow: {", "arrow: {out: 0.1, ", set()),
    "another view": ("around: 90", "around: 85", {"end.png"}),
    "the main view": ("around: 14", "around: 16", ALL - {"end.png"}),
    "the finish": ("  ground: {on: chest, ", f"  arms: {{{HAND}}}\n  ground: {{on: chest, ", OF_FINISH),
    "the start": ("nod: 20}", "nod: 21}", {"start.png", "motion.webp"}),
    "a pose that changes the frame, which holds start and finish": ("flexion: 2}", "flexion: 4}", ALL),
    "the muscles": ("side: right, name: gluteus-maximus", "side: right, name: quadriceps", ALL),
    "the mat": ("mat: [-0.45", "mat: [-0.5", ALL),
    "the figure": ("figure: man", "figure: woman", ALL),
    "the ghost": ("base: supine", "base: supine\nghost: true", {"finish.png", "end.png"}),
    "no movement": ("base: supine", "base: supine\nmotion: false", set()),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which everything is drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(studio, "STEPS", 1)
        patch.setattr(studio, "Studio", lambda folder: drawings.studio())  # figures are read once
        root = tmp_path_factory.mktemp("drawn")
        (root / "images" / "poses").mkdir(parents=True)
        (root / "images" / "figure").symlink_to(IMAGES / "figure")
        (root / "images" / "poses" / "x.yml").write_text(POSES, "utf-8")
        assert redrawn(root) == ALL
        yield root


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    shutil.copytree(project, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


def redrawn(root: Path, *arguments: str, remembers: bool = False) -> set[str]:
    """The pictures that a run draws; it says in one line each what it does. Unless it `remembers` what it drew last, it
    has only what the pictures say of themselves."""
    if not remembers:
        shutil.rmtree(root / ".cache", ignore_errors=True)
    with redirect_stdout(io.StringIO()) as output:
        assert draw.main(["--root", str(root), *arguments]) == 0
    lines = output.getvalue().splitlines()
    files = {re.split(r" {2,}", line)[0].rpartition("/")[2]: line for line in lines}
    assert len(files) == len(lines)
    assert all(re.search(r"  (as it was|[\d.]+ s)$", line) for line in lines)
    return {file for file, line in files.items() if not line.endswith("as it was")}


def edit(root: Path, old: str, new: str) -> None:
    path = root / "images" / "poses" / "x.yml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1 or old == new
    path.write_text(text.replace(old, new), "utf-8")


def pictures(root: Path) -> dict[str, Path]:
    return {path.name: path for path in (root / "images" / "x").iterdir()}


@pytest.mark.parametrize("name", TABLE_CASES)
def test_a_change_to_a_table_redraws_what_it_touches(name: str, copy: Path) -> None:
    old, new, touched = TABLE_CASES[name]
    edit(copy, old, new)
    assert redrawn(copy) == touched
    drawn = {name: path for name, path in pictures(copy).items() if name != "motion.webp" or "motion: false" not in new}
    for path in drawn.values():  # what was skipped is as little out of date as what was drawn
        assert not drawing_origin.is_stale(copy / "images", recorded(path))
        assert picture_texts.read(path.read_bytes(), ()).rest
        with Image.open(path) as image:
            image.load()


def test_a_skipped_picture_keeps_its_pixels(project: Path, copy: Path) -> None:
    edit(copy, "words: Lift", "words: Raise")
    redrawn(copy)
    texts = (drawing_origin.KEY, drawing_origin.AS)
    for name, path in pictures(copy).items():
        before, after = (picture_texts.read(one.read_bytes(), texts) for one in (pictures(project)[name], path))
        assert before.rest == after.rest
        assert before.texts[drawing_origin.AS] == after.texts[drawing_origin.AS]
        assert before.texts[drawing_origin.KEY] != after.texts[drawing_origin.KEY]


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def flipped(path: Path) -> None:
    """One bit of the pixels."""
    data = bytearray(path.read_bytes())
    data[len(data) * 2 // 3] ^= 1
    path.write_bytes(data)


def painted_over(path: Path) -> None:
    """By a program that keeps what the file says of itself."""
    texts = picture_texts.read(path.read_bytes(), (drawing_origin.KEY, drawing_origin.AS)).texts
    packet = "\n".join(f"{key}: {text}" for key, text in texts.items())
    Image.new("RGB", (188, 100)).save(
        path, save_all=True, append_images=[Image.new("RGB", (188, 100), "red")], xmp=packet
    )
    path.write_bytes(picture_texts.renewed(path.read_bytes(), texts))


def without_a_key(path: Path) -> None:
    """As pictures were before they had one."""
    texts = picture_texts.read(path.read_bytes(), (drawing_origin.KEY, drawing_origin.AS)).texts
    data = picture_texts.renewed(path.read_bytes(), texts | {drawing_origin.AS: ""})
    path.write_bytes(data)


def another_ones(path: Path) -> None:
    shutil.copy(path.with_name("start.png"), path)


def no_picture(path: Path) -> None:
    path.write_text("Hello", "utf-8")


DAMAGE: list[tuple[Callable[[Path], None], tuple[str, ...]]] = [
    (Path.unlink, ("end.png", "motion.webp")),
    (cut_short, ("end.png", "motion.webp")),
    (flipped, ("end.png", "motion.webp")),
    (painted_over, ("end.png", "motion.webp")),
    (without_a_key, ("end.png", "motion.webp")),
    (no_picture, ("end.png", "motion.webp")),
    (another_ones, ("end.png",)),
]


@pytest.mark.parametrize(("damage", "names"), DAMAGE, ids=[case[0].__name__ for case in DAMAGE])
def test_a_file_that_shows_something_else_is_drawn_again(
    damage: Callable[[Path], None], names: tuple[str, ...], copy: Path
) -> None:
    for name in names:
        damage(pictures(copy)[name])
    assert redrawn(copy) == set(names)
    assert redrawn(copy) == set()


def test_other_code_or_another_library_draws_everything_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(keys, "_code", lambda: "other")
        assert redrawn(copy) == ALL
    assert redrawn(copy) == ALL
    with monkeypatch.context() as patch:
        patch.setattr(keys, "version", lambda name: "0")
        assert redrawn(copy, "--stills") == STILLS
    monkeypatch.setitem(draw.SAVED, "PNG", {"compress_level": 1})
    assert redrawn(copy) == ALL


def test_all_that_draws_counts_as_its_code() -> None:
    """And what only says what is drawn does not: that is in the key as it comes out."""
    folder = Path(keys.__file__).parent
    needed = {
        "drawing",
        "crew",
        "ground",
        "light",
        "paint",
        "muscles",
        "body",
        "meshes",
        "grids",
        "camera",
        "palette",
        "figure",
    }
    seen, waiting = set[str](), ["drawing"]
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += keys._asks((folder / f"{module}.py").read_text("utf-8"))
    assert seen >= needed
    assert not seen & {"pose_tables", "posing", "scene", "marks", "studio", "plates", "preview", "bake", "keys"}


def test_all_that_a_drawing_is_asked_for_is_in_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what shows nowhere else, such as a mat that the frame does not follow."""
    helper = Helper(figure="woman", base="stand", pose=Pose(ground=Ground(pelvis_height=0.97)))
    moved = helper.model_copy(update={"pose": Pose(ground=Ground(pelvis_height=0.971))})
    her, him = drawings.studio().helper(helper), drawings.studio().helper(helper.model_copy(update={"figure": "man"}))
    front = looking_at(np.array([0, 0, 0.9]), 0, 8, (100, 100))
    block = box(np.array([0.5, 0, 0.1]), np.array([0.1, 0.1, 0.1]), "wood")
    muscle = drawing.Target("quadriceps", "left")
    leggings = drawings.studio().helper(helper.model_copy(update={"wears": "leggings"}))
    asked: dict[str, tuple[list[drawing.Shown], Camera, Any]] = {
        "plain": ([her], front, None),
        "another figure": ([him], front, None),
        "other clothes": ([leggings], front, None),
        "another pose": ([drawings.studio().helper(moved)], front, None),
        "another camera": ([her], looking_at(np.array([0, 0, 0.9]), 1, 8, (100, 100)), None),
        "another zoom": ([her], replace(front, focal=1001.0), None),
        "another size": ([her], replace(front, size=(101, 100)), None),
        "a mat": ([her], front, (-1, 1, -1, 1)),
        "a larger mat": ([her], front, (-1, 1.01, -1, 1)),
        "a thing": ([her._replace(things=[*her.things, block])], front, None),
        "a thing of another colour": ([her._replace(things=[*her.things, block._replace(colour="wall")])], front, None),
        "a muscle": ([her._replace(targets=[muscle])], front, None),
        "the other muscle": ([her._replace(targets=[replace(muscle, side="right")])], front, None),
        "a muscle of another colour": ([her._replace(targets=[replace(muscle, colour="plum")])], front, None),
        "a kneecap": ([her._replace(kneecaps=["left"])], front, None),
        "two": ([her, him], front, None),
        "two, the other way round": ([him, her], front, None),
    }

    def key(name: str) -> str:
        people, camera, mat = asked[name]
        return keys.key(lambda: drawing.draw(people, camera, mat).image)

    first = {name: key(name) for name in asked}
    assert len({*first.values()}) == len(asked)
    assert {name: key(name) for name in asked} == first
    monkeypatch.setitem(drawing.COLOURS, "mat", np.array([0, 0, 0.5]))
    assert key("plain") != first["plain"]


def test_again_draws_all_the_same(copy: Path) -> None:
    before = {name: path.read_bytes() for name, path in pictures(copy).items()}
    assert redrawn(copy, "--again") == ALL
    assert {name: path.read_bytes() for name, path in pictures(copy).items()} == before  # the same bytes twice


def test_an_interrupted_run_loses_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(copy, "mat: [-0.45", "mat: [-0.5")
    before = {name: path.read_bytes() for name, path in pictures(copy).items()}
    calls: list[Path] = []
    write = draw.write

    def stop(picture: Image.Image, path: Path, origin: str, key: str) -> None:
        calls.append(path)
        write(picture, path, origin, key)
        if len(calls) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(draw, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            redrawn(copy)
    after = {name: path.read_bytes() for name, path in pictures(copy).items()}
    assert set(after) == set(before)  # nothing half done
    drawn = {name for name in after if after[name] != before[name]}
    assert drawn == {path.name.removesuffix(".part") for path in calls[:2]}
    assert redrawn(copy) == ALL - drawn


def test_where_nothing_has_changed_no_table_is_read(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    redrawn(copy, remembers=True)
    with monkeypatch.context() as patch:
        patch.setattr(draw, "_subject", None)
        assert redrawn(copy, remembers=True) == set()
    edit(copy, "spine: {flexion: -20}", "spine: {flexion: -25}")
    assert redrawn(copy, remembers=True) == {"arched.png"}
    assert redrawn(copy, "--again", "--stills", remembers=True) == STILLS


def test_a_run_in_which_nothing_has_changed_loads_nothing_that_draws(copy: Path) -> None:
    call = [sys.executable, "-X", "importtime", str(ROOT / "scripts" / "draw.py"), "--stills", "--root", str(copy)]
    loaded = []
    for _ in range(2):
        done = subprocess.run(call, capture_output=True, text=True, check=True)
        loaded.append({line.rpartition("|")[2].strip() for line in done.stderr.splitlines()})
    assert {"numpy", "pydantic", "hipknee.content.fields"} <= loaded[0]
    assert not {"numpy", "pydantic", "hipknee.content.fields"} & loaded[1]


def test_to_pose_a_figure_the_fields_of_pages_are_not_loaded() -> None:
    code = "import sys, hipknee_drawing.studio, hipknee_drawing.preview; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "scripts"
    )
    assert {"hipknee.content.fields", "numpy"} <= {*done.stdout.split()}
    assert not {"hipknee.content.model", "hipknee.content.catalogue", "numpy.ma"} & {*done.stdout.split()}
