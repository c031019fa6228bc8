"""What a table may show besides start and finish: other moments, a mistake's own view, clothes, walls and counters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawings import IMAGES, studio
from hipknee.pictures import drawing_origin
from hipknee_drawing import paint, pose_tables, scene
from hipknee_drawing.drawing import CLOTH
from hipknee_drawing.pose_tables import PoseTable
from hipknee_drawing.rotations import about_z
from hipknee_drawing.scene import COUNTER_EDGE, COUNTER_TOP
from hipknee_drawing.studio import REST_MS, STEPS, WAY_STEPS, Sitting, _stages

STANDING = """\
base: stand
measured: {joint: left hip, motion: abduction, start: [-8, 8], finish: [-8, 40], words: Out to the side.}
views:
  main: {around: 0, shape: [150, 200]}
  side: {around: 90, shape: [150, 200], of: start}
  feet: {around: 0, shape: [200, 150], shows: feet, marks: false}
muscles: [{side: left, name: gluteus-medius}]
arrow: {follows: left ankle, aside: [0, -0.4, 0]}
return_arrow: {follows: right ankle, aside: [0, -0.4, 0]}
way: [start, up, finish, return, finish, up]
start:
  ground: {pelvis_height: 0.96}
  legs:
    right: {ankle: [-0.12, 0, 0.085], knee_towards: [0, -1, 0], sole: flat}
    left: {ankle: [0.12, 0, 0.085], knee_towards: [0, -1, 0], sole: flat}
finish:
  legs: {left: {ankle: [0.3, 0, 0.085], knee_towards: [0, -1, 0], sole: flat}}
moments:
  up:
    legs: {left: {ankle: [0.2, 0, 0.185], knee_towards: [0, -1, 0], sole: flat}}
  return:
    legs: {right: {ankle: [0, 0, 0.085], knee_towards: [0, -1, 0], sole: flat}}
mistakes:
  leaning:
    spine: {side_bend: 25}
    view: {around: 180, shape: [300, 300]}
  bowing:
    pelvis: {body: [20, 0, 0]}
"""


def sitting(tmp_path: Path, text: str = STANDING) -> Sitting:
    path = tmp_path / "x.yml"
    path.write_text(text, "utf-8")
    table, _, problems = pose_tables.read(path, "x.yml", PoseTable)
    assert table, problems
    return studio().sitting(table)


def test_every_moment_has_its_pictures(tmp_path: Path) -> None:
    made = sitting(tmp_path)
    assert made.pictures() == {
        "start": "start", "finish": "finish", "return": "return", "side": "start", "feet": "finish"
    }  # fmt: skip
    assert [*made.posed] == ["start", "finish", "up", "return"]
    right = made.posed["return"].stance
    assert right.joint("foot.R")[0] == pytest.approx(0, abs=0.01)
    assert right.joint("foot.L")[0] == pytest.approx(0.3, abs=0.01)  # since the finish


def test_a_mistake_has_a_view_of_its_own_or_that_of_the_finish(tmp_path: Path) -> None:
    made = sitting(tmp_path)
    assert made.mistake("leaning").size == (300, 300)
    assert made.mistake_camera("leaning").eye[1] > 7
    assert made.mistake_camera("bowing") is not None
    assert np.allclose(made.mistake_camera("bowing").eye, made.camera("main").eye)
    seen = made.mistake_camera("leaning").project(made.wrong["leaning"].vertices[made.body.figure.is_body])
    assert seen[:, :2].min() > 3


def test_a_closer_view_is_filled_by_what_it_shows(tmp_path: Path) -> None:
    made = sitting(tmp_path)
    feet = made.posed["finish"].vertices[made.body.figure.part("foot", "toe")]
    seen = made.camera("feet").project(feet)[:, :2] / (200, 150)
    assert seen.min() > 0.02
    assert seen.max() < 0.98
    assert np.ptp(seen[:, 0]) > 0.8


def test_marks_can_be_left_out(tmp_path: Path) -> None:
    shown = sitting(tmp_path, STANDING.replace(", shows: feet, marks: false", ""))
    hidden = sitting(tmp_path, STANDING.replace(", shows: feet, marks: false", ", marks: false"))
    assert (np.asarray(shown.draw("finish", "feet")) != np.asarray(hidden.draw("finish", "feet"))).any()
    assert hidden.draw("start", "side").size == (150, 200)


def test_the_arrow_of_the_return_goes_from_the_finish(tmp_path: Path) -> None:
    made = sitting(tmp_path)
    way = made.return_arrow()
    assert way is not None
    assert way[-1][0] - way[0][0] == pytest.approx(0.12 * 0.9, abs=0.02)
    assert sitting(tmp_path, STANDING.replace("  return:", "  back:").replace(", return,", ",")).return_arrow() is None


def test_a_way_rests_only_where_it_should() -> None:
    assert _stages(["start", "finish"]) == [["start", "finish"], ["finish", "start"]]
    assert _stages(["start", "up", "finish", "up"]) == [["start", "up", "finish"], ["finish", "up", "start"]]


def test_a_movement_goes_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipknee_drawing.studio.WAY_STEPS", 2)
    frames, shown = sitting(tmp_path).motion()
    assert len(frames) == len(shown) == 8  # four stages of two steps
    assert [number for number, time in enumerate(shown) if time == REST_MS] == [0, 2, 4, 6]
    start, there, finish, across, other, back, again, home = (frame.tobytes() for frame in frames)
    assert (there, across, finish) == (home, back, again)
    assert len({start, there, finish, across, other}) == 5
    assert STEPS > WAY_STEPS > 2


WRONG: list[tuple[str, str, str]] = [
    ("  main:", "  front:", "x.yml:3: [key-missing] 'views' has no 'main', from where start and finish are seen."),
    ("of: start", "of: stat", "x.yml:5: [value-invalid] There is no moment 'stat'. Did you mean 'start'?"),
    ("way: [start, up,", "way: [start, upp,", "x.yml:10: [value-invalid] There is no moment 'upp'. Did you mean 'up'?"),
    ("muscles:", "scene: {wall: true}\nmuscles:", "x.yml:7: [value-invalid] 'scene' has a 'wall', which stands behind"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG, ids=[new for _, new, _ in WRONG])
def test_a_name_that_the_table_does_not_have_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "x.yml"
    path.write_text(STANDING.replace(old, new, 1), "utf-8")
    table, _, problems = pose_tables.read(path, "x.yml", PoseTable)
    assert table is None
    assert [str(problem)[: len(message)] for problem in problems] == [message]


# Clothes


def test_leggings_cover_the_legs_down_to_the_shoes(tmp_path: Path) -> None:
    """Seen from the front: no skin between waist and shoes, and the muscle as plain as on shorts."""
    shorts = sitting(tmp_path).drawn("start")
    clad = sitting(tmp_path, f"wears: leggings\n{STANDING}")
    leggings = clad.drawn("start")
    knees = clad.camera("main").project(clad.posed["start"].stance.joint("lowerleg01.L"))[:2] * 2
    column, row = knees.round().astype(int)
    assert not shorts.cloth[row, column]
    assert leggings.cloth[row - 40 : row + 40, column].all()
    assert (leggings.targets > 0).sum() == pytest.approx((shorts.targets > 0).sum(), rel=0.05)


def test_a_band_lies_around_what_is_worn() -> None:
    """Around the leggings, not in them: meters from the middle of each shank."""
    for who in ("woman", "man"):
        body = studio().body(who, "leggings")
        pose = pose_tables.Pose(ground=pose_tables.Ground(pelvis_height=0.97))
        from hipknee_drawing import posing

        posed = posing.pose(body.figure, "stand", pose)
        suit = body.suit(posed)
        ankle, knee = posed.stance.joint("foot.L"), posed.stance.joint("lowerleg01.L")
        away = suit.vertices - ankle
        height = away[:, 2]
        near = (abs(height - scene.ABOVE_ANKLE) < scene.BAND_WIDTH / 2) & (suit.vertices[:, 0] > 0.03)
        across = np.linalg.norm(away[near, :2], axis=1)
        assert np.quantile(across, 0.98) < scene.CLAD_SHANK + 0.003, who
        assert knee[2] > ankle[2]


def test_every_cloth_has_a_colour() -> None:
    for who in ("woman", "man"):
        assert {*paint.CLOTHES} <= {*studio().body(who).look.colours}
    assert CLOTH + len(paint.CLOTHES) < 127


# Things


def placed(text: str, tmp_path: Path) -> dict[str, Any]:
    """The corners (n, 3) of all things, by their colour."""
    made = sitting(tmp_path, STANDING.replace("muscles:", f"scene: {text}\nmuscles:", 1))
    found: dict[str, Any] = {}
    for thing in made.things(made.posed["start"]):
        found[thing.colour] = np.concatenate([found.get(thing.colour, np.zeros((0, 3))), thing.vertices])
    return found


def test_a_counter_is_a_counter(tmp_path: Path) -> None:
    """Its top at the height at which people hold it, beside the figure, with handles, doors and room for the toes."""
    found = placed("{counter: true}", tmp_path)
    assert found["worktop"][:, 2].max() == pytest.approx(COUNTER_TOP)
    assert 0.85 <= COUNTER_TOP <= 0.95
    assert found["worktop"][:, 0].max() == pytest.approx(COUNTER_EDGE)
    assert found["handle"][:, 0].max() < COUNTER_EDGE + 0.012
    assert found["plinth"][:, 0].max() < COUNTER_EDGE - 0.07
    assert found["plinth"][:, 2].min() == pytest.approx(0, abs=0.003)
    assert found["cupboard"][:, 2].max() < COUNTER_TOP


@pytest.mark.parametrize(
    "where", ["", ", chair_at: [0.4, 1.0], chair_faces: 0", ", chair_at: [0, -1.5], chair_faces: 180"]
)
def test_a_chair_stands_against_its_wall(where: str, tmp_path: Path) -> None:
    """No more than two centimeters between them, and neither in the other; wherever it stands and faces."""
    found = placed(f"{{chair: true, wall: true{where}}}", tmp_path)
    faces = {"": -90.0, ", chair_at: [0.4, 1.0], chair_faces: 0": 0.0}.get(where, 180.0)
    back = about_z(faces)[:2, 1]  # behind a chair that faces -y is +y
    chair = (found["wood"][:, :2] @ back).max()
    wall = min((found[part][:, :2] @ back).min() for part in ("wall", "skirting"))
    assert 0 < wall - chair < 0.02
    assert found["skirting"][:, 2].min() == pytest.approx(0, abs=0.002)


def test_a_chair_stays_where_old_tables_have_it(tmp_path: Path) -> None:
    found = placed("{chair: true}", tmp_path)["wood"]
    assert found.min(0) == pytest.approx([-0.915, -0.39, 0], abs=0.005)
    assert found.max(0) == pytest.approx([-0.465, 0.05, 0.945], abs=0.005)


def test_the_folder_of_figures_is_there() -> None:
    assert (IMAGES / drawing_origin.FIGURES / "woman.npz").is_file()
