"""The drawing studio: bodies stay bodies, poses agree with the words, and muscles can be seen."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import cases
import numpy as np
import pytest
from cases import Case
from conftest import Agree
from draw import main, write
from drawings import FLOATS, IMAGES, PANELS, SLUGS, SUNK, TABLE, drawn, figure, posed, recorded, sitting, studio, table
from hipknee.content.front_matter import read_data
from hipknee.content.validation import validate
from hipknee.pictures import drawing_origin
from hipknee_drawing import grids, muscles, pose_tables, posing, scene
from hipknee_drawing.camera import fitted, looking_at
from hipknee_drawing.light import Space
from hipknee_drawing.palette import grey
from hipknee_drawing.pose_tables import Joint
from hipknee_drawing.posing import UnreachableError
from hipknee_drawing.rotations import about, euler_xyz, unit
from hipknee_drawing.studio import MOMENTS, RESTS, STEPS, WAY_STEPS
from PIL import Image
from projects import ROOT

LYING = [slug for slug in SLUGS if table(slug).base != "stand"]
SIDES = {"left": "L", "right": "R"}

# Wider than what people can do, so that only the impossible is refused: degrees.
LIMITS = {
    "hip": {"flexion": (-35, 130), "abduction": (-45, 55), "rotation": (-60, 60)},
    "knee": {"flexion": (-2, 150), "abduction": (-3, 3), "rotation": (-3, 3)},
    "ankle": {"flexion": (-65, 40), "abduction": (-45, 45), "rotation": (-60, 60)},
}
BODY = studio().body(drawing_origin.CHART).figure
CONTRAST = 0.18
"""How much lighter clothes are than the muscle in grey, of 1."""

every_pose = pytest.mark.parametrize(("slug", "moment"), [(slug, moment) for slug in SLUGS for moment in MOMENTS])


# The body


@every_pose
def test_bones_keep_their_length(slug: str, moment: str) -> None:
    stance = posed(slug, moment).stance
    for side in "LR":
        for one, other in (("upperleg01", "lowerleg01"), ("lowerleg01", "foot"), ("upperarm01", "lowerarm01")):
            a, b = f"{one}.{side}", f"{other}.{side}"
            apart = np.linalg.norm(stance.joint(b) - stance.joint(a))
            assert apart == pytest.approx(figure(slug).length(a, b), abs=2e-3)


@every_pose
def test_angles_read_back_are_those_of_the_table(slug: str, moment: str) -> None:
    pose = getattr(table(slug), moment)
    for name, joint in pose.joints.items():
        side, _, part = name.partition(" ")
        if side in (pose.legs if part in LIMITS else pose.arms):
            continue  # it follows from where the foot or hand has to be
        found = posed(slug, moment).angles(name)
        for motion in ("flexion", "abduction", "rotation"):
            assert getattr(found, motion) == pytest.approx(getattr(joint, motion), abs=1), f"{name} {motion}"


def test_the_angles_of_every_joint_can_be_read_back() -> None:
    ground = pose_tables.Ground(pelvis_height=1)
    for name in pose_tables.JOINTS:
        wish = Joint(flexion=23, abduction=11, rotation=7)
        pose = pose_tables.Pose(ground=ground, joints={name: wish})
        found = posing.pose(BODY, "stand", pose).angles(name)
        assert (found.flexion, found.abduction, found.rotation) == pytest.approx((23, 11, 7), abs=1), name


@every_pose
def test_no_joint_does_the_impossible(slug: str, moment: str) -> None:
    for side in SIDES:
        for joint, limits in LIMITS.items():
            found = posed(slug, moment).angles(f"{side} {joint}")
            for motion, (low, high) in limits.items():
                assert low <= getattr(found, motion) <= high, f"{side} {joint} {motion}"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_movement_is_as_far_as_the_words_say(slug: str) -> None:
    measured = table(slug).measured
    for moment in MOMENTS:
        low, high = getattr(measured, moment)
        angle = getattr(posed(slug, moment).angles(measured.joint), measured.motion)
        assert low <= angle <= high, f"{moment}: {angle:.0f} degrees; {measured.words}"


def test_what_the_pages_say_in_other_measures() -> None:
    """A clamshell opens a hand-width or two, a leg goes forward by about a foot-length: metres."""
    stance = posed("clamshell", "finish").stance
    opened = np.linalg.norm(stance.joint("lowerleg01.L") - stance.joint("lowerleg01.R"))
    closed = posed("clamshell", "start").stance
    opened -= np.linalg.norm(closed.joint("lowerleg01.L") - closed.joint("lowerleg01.R"))
    assert 0.08 <= opened <= 0.24
    ways = [posed("band-hip-flexion", moment).stance.joint("foot.L")[1] for moment in MOMENTS]
    assert 0.18 <= ways[0] - ways[1] <= 0.30


# Contact


@every_pose
def test_nothing_floats_or_sinks(slug: str, moment: str) -> None:
    lowest = posed(slug, moment).vertices[figure(slug).is_body, 2].min()
    assert -SUNK <= lowest <= FLOATS


@pytest.mark.parametrize("slug", LYING)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_lying_head_has_something_below_it(slug: str, moment: str) -> None:
    head = figure(slug).part("neck", "head")
    lowest = posed(slug, moment).vertices[head, 2].min()
    assert lowest <= (0.13 if table(slug).scene.pillow else FLOATS)


@every_pose
def test_a_standing_foot_is_flat_on_the_floor(slug: str, moment: str) -> None:
    for side, leg in getattr(table(slug), moment).legs.items():
        if leg.sole == "flat":
            foot = posed(slug, moment).vertices[figure(slug).part("foot", "toe", side=f".{SIDES[side]}")]
            assert -FLOATS <= foot[:, 2].min() <= FLOATS
            heel, toes = (
                foot[foot[:, 1] > np.quantile(foot[:, 1], 0.9)],
                foot[foot[:, 1] < np.quantile(foot[:, 1], 0.1)],
            )
            assert abs(heel[:, 2].min() - toes[:, 2].min()) < 0.02 or slug == "bridge"


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_feet_stay_together_in_the_clamshell(moment: str) -> None:
    stance = posed("clamshell", moment).stance
    assert np.linalg.norm(stance.joint("foot.L") - stance.joint("foot.R")) < 0.09


def test_a_lifted_foot_is_off_the_floor() -> None:
    for slug in ("band-hip-abduction", "band-hip-flexion", "band-hip-extension"):
        foot = posed(slug, "finish").vertices[figure(slug).part("foot", "toe", side=".L")]
        assert foot[:, 2].min() > 0.01, slug


@pytest.mark.parametrize("slug", SLUGS)
def test_what_stays_stays(slug: str) -> None:
    """What a pose holds fast does not move from start to finish; both are whole in the frame that they share."""
    start, finish = posed(slug, "start"), posed(slug, "finish")
    held = {side for side, leg in table(slug).start.legs.items() if table(slug).finish.legs.get(side) == leg}
    assert held or slug == "lateral-band-walk"
    for side in held:
        ankle = f"foot.{SIDES[side]}"
        assert np.linalg.norm(start.stance.joint(ankle) - finish.stance.joint(ankle)) < 1e-3
    for view, shown in table(slug).views.items():
        camera = sitting(slug).camera(view)
        for pose in (start, finish) if shown.shows == "all" else ():
            seen = camera.project(pose.vertices[figure(slug).is_body])[:, :2] / camera.size
            assert 0.02 < seen.min() < seen.max() < 0.98


def test_what_stays_is_drawn_in_the_same_place() -> None:
    """The counter, of which start and finish show the same pixels."""
    pictures = []
    for moment in MOMENTS:
        with Image.open(IMAGES / "band-hip-abduction" / f"{moment}.png") as image:
            pictures.append(np.asarray(image.convert("RGB"), int))
    camera = studio().sitting(table("band-hip-abduction")).camera("main")
    counter = [
        one
        for one in sitting("band-hip-abduction").things(posed("band-hip-abduction", "start"))
        if one.colour in ("worktop", "cupboard", "handle")
    ]
    corners = camera.project(np.concatenate([one.vertices for one in counter]))
    left, top = corners[:, :2].min(0).astype(int)
    right, bottom = (corners[:, :2].min(0) * 0.5 + corners[:, :2].max(0) * 0.5).astype(int)
    first, second = (picture[top:bottom, left:right] for picture in pictures)
    assert (np.ptp(first, (0, 1)) > 60).all()  # something is there
    assert (abs(first - second).max(2) < 12).mean() > 0.95


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_cuts_into_anything(slug: str) -> None:
    """A chair stands clear of the body, but for the hand that holds it; a band lies around the shanks, not in them."""
    around = [(pose, sitting(slug).things(pose)) for pose in sitting(slug).poses()]
    own = [shown for shown in table(slug).views.values() if shown.scene]
    around += [(posed(slug, shown.of), sitting(slug).things(posed(slug, shown.of), shown)) for shown in own]
    for pose, things in around:
        skin = figure(slug).is_body & ~figure(slug).part("wrist", "finger", "metacarpal")
        for thing in things:
            if thing.colour in ("wood", "worktop", "cupboard", "wall", "skirting"):
                low, high = thing.vertices.min(0) + 0.003, thing.vertices.max(0) - 0.003
                assert not ((pose.vertices[skin] > low) & (pose.vertices[skin] < high)).all(1).any()
        for side in SIDES.values() if table(slug).scene.band else ():
            ankle, knee = pose.stance.joint(f"foot.{side}"), pose.stance.joint(f"lowerleg01.{side}")
            along = unit(knee - ankle)
            away = pose.vertices[figure(slug).part("lowerleg", "foot", side=f".{side}")] - ankle
            height = away @ along
            near = abs(height - scene.ABOVE_ANKLE) < scene.BAND_WIDTH / 2
            shank = scene.CLAD_SHANK if table(slug).wears == "leggings" else scene.SHANK
            assert np.linalg.norm(away - height[:, None] * along, axis=1)[near].max() < shank + 0.003


@pytest.mark.parametrize("slug", SLUGS)
def test_the_arrow_crosses_nobody(slug: str) -> None:
    skin = sitting(slug).body.skin(posed(slug, "finish"))
    space = Space(skin.vertices, skin.triangles)
    way = sitting(slug).arrow()
    assert way is not None
    for view, shown in table(slug).views.items():
        if not shown.marks or shown.of != "finish":
            continue
        camera = sitting(slug).camera(view)
        line = camera.project(way)[:, :2]
        half = 0.004 * max(camera.size)  # of an arrow's width
        for aside in ([0, 0], [half, 0], [-half, 0], [0, half], [0, -half]):
            hit, _, _ = space.first_hits(camera.eye, camera.rays(*(line + aside).T))
            assert (hit < 0).all(), view


# The picture


def test_specks_go_and_lines_stay() -> None:
    """A speck of three by three and a short line go; a long line stays, also around corners and over diagonals."""
    mask = np.zeros((60, 90), bool)
    mask[2:5, 2:5] = mask[10, 2:25] = True
    mask[20, 2:80] = mask[20:50, 79] = True
    mask[np.arange(30, 55), np.arange(30, 55)] = True
    kept = grids.without_bits(mask, 24)
    assert not kept[:15].any()
    assert (kept[15:] == mask[15:]).all()
    assert not grids.without_bits(np.zeros((4, 4), bool), 24).any()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_muscle_can_be_seen_also_in_grey(slug: str) -> None:
    whole_views = {
        view: shown.of
        for view, shown in table(slug).views.items()
        if (shown.shows, shown.of) == ("all", "finish") or (shown.scene and shown.shows == "moment")
    }
    seen = [drawn(slug, moment, view) for view, moment in whole_views.items()]
    shares = [(one.targets > 0).mean() for one in seen]
    assert min(shares) > 0.0008  # in no view is it lost
    assert max(shares) > 0.0015  # and in one it is plain
    best = max(seen, key=lambda one: (one.targets > 0).sum())
    whole = np.asarray(best.image.resize(best.targets.shape[::-1]), float) / 255
    assert np.median(grey(whole[best.cloth])) - np.median(grey(whole[best.targets > 0])) > CONTRAST
    assert set(best.image.getpixel((2, 2))) <= set(range(215, 256))  # paper or wall: the figure is not in the corners


def test_every_muscle_is_where_it_should_be() -> None:
    """On its own side; gluteus maximus and the rotators behind, hip flexors in front, gluteus medius at the side."""
    rest = BODY.vertices[BODY.is_body]
    for name, axis, sign in (
        ("gluteus-maximus", 1, 1),
        ("deep-hip-rotators", 1, 1),
        ("hip-flexors", 1, -1),
        ("quadriceps", 1, -1),
        ("gluteus-medius", 0, 1),
        ("tensor-fasciae-latae", 0, 1),
    ):
        for side, s in (("left", 1), ("right", -1)):
            distance, _ = muscles.field(rest, name, side)
            middle = rest[distance < 0].mean(0)
            assert (distance < 0).sum() > 12
            assert middle[0] * s > 0.02
            assert middle[axis] * (s if axis == 0 else 1) * sign > 0.02, name


def test_the_same_pose_gives_the_same_picture() -> None:
    assert sitting("bridge").draw("finish").tobytes() == drawn("bridge", "finish").image.tobytes()


def test_both_figures_are_used() -> None:
    assert {table(slug).figure for slug in SLUGS} == {
        path.stem for path in (IMAGES / drawing_origin.FIGURES).glob("*.npz")
    }


@pytest.mark.parametrize("who", ["woman", "man"])
def test_a_figure_is_of_human_size(who: str) -> None:
    body = studio().body(who).figure
    assert 1.6 < np.ptp(body.vertices[body.is_body, 2]) < 1.95
    assert body.vertices.shape == BODY.vertices.shape
    assert np.array_equal(body.chart, BODY.vertices)


MOVING = [slug for slug in SLUGS if table(slug).motion]


@pytest.mark.parametrize("slug", [slug for slug in MOVING if not table(slug).way])
def test_a_movement_goes_there_and_back(slug: str) -> None:
    path = IMAGES / slug / "motion.webp"
    assert path.stat().st_size < 200_000
    with Image.open(path) as image:
        assert image.n_frames == 2 * STEPS
        assert image.info["loop"] == 0
        frames = []
        for number in (0, STEPS, 1, 2 * STEPS - 1):
            image.seek(number)
            frames.append(np.asarray(image.convert("L"), float))
    apart = [np.abs(frames[0] - frame).mean() for frame in frames]
    assert apart[1] > 3 * apart[2] > 0  # the end is far from the start, the first step is near it
    assert np.abs(frames[2] - frames[3]).mean() < apart[1] / 2  # the way back is the way there


@pytest.mark.parametrize("slug", [slug for slug in MOVING if table(slug).way])
def test_a_movement_that_goes_a_way_closes_its_loop(slug: str) -> None:
    """It rests as often as its way says, and never jumps: no step changes more than a rest is from the next."""
    path = IMAGES / slug / "motion.webp"
    assert path.stat().st_size < 300_000
    rests = [name for name in table(slug).way or () if name in RESTS]
    with Image.open(path) as image:
        assert image.n_frames == len(rests) * WAY_STEPS
        assert image.info["loop"] == 0
        frames = []
        for number in range(image.n_frames):
            image.seek(number)
            frames.append(np.asarray(image.convert("L").resize((150, 200)), float))
    ends = range(0, len(frames), WAY_STEPS)
    stages = [np.abs(frames[n] - frames[(n + WAY_STEPS) % len(frames)]).mean() for n in ends]
    steps = [np.abs(frames[n] - frames[(n + 1) % len(frames)]).mean() for n in range(len(frames))]
    assert max(steps) < min(stages)


@pytest.mark.parametrize("slug", SLUGS)
def test_on_the_way_a_movement_stays_a_movement(slug: str) -> None:
    """Half way the measured joint is between its ends, and what is held stays."""
    one = table(slug)
    half = posing.between(figure(slug), one.base, one.start, one.finish, 0.5)
    angles = [
        getattr(stance.angles(one.measured.joint), one.measured.motion)
        for stance in (posed(slug, "start"), half, posed(slug, "finish"))
    ]
    assert min(angles[0], angles[2]) - 2 <= angles[1] <= max(angles[0], angles[2]) + 2
    begin = posing.between(figure(slug), one.base, one.start, one.finish, 0.0)
    assert np.abs(begin.vertices - posed(slug, "start").vertices).max() < 0.03


# Rotations


def test_rotations() -> None:
    turn = about([1, 2, 3], 40)
    assert np.allclose(turn @ turn.T, np.eye(3))
    assert np.allclose(euler_xyz(about([1, 0, 0], 20) @ about([0, 1, 0], 30) @ about([0, 0, 1], 10)), (20, 30, 10))


def test_a_camera_shows_all_that_it_is_fitted_to() -> None:
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 0, 2], [0, 1, 1.0]])
    seen = fitted(looking_at(points.mean(0), 30, 10, (300, 400)), points, 0.1).project(points)
    assert seen[:, 0].min() >= 30 - 1e-6
    assert seen[:, 0].max() <= 270 + 1e-6
    assert seen[:, 1].min() >= 40 - 1e-6
    assert seen[:, 1].max() <= 360 + 1e-6


# What an editor can do wrong


TABLES = {f"images/{drawing_origin.POSES}/x.yml": TABLE, f"images/{drawing_origin.POSES}/explanation/x.yml": PANELS}
CASES = cases.load(cases.POSES, TABLES, f"images/{drawing_origin.POSES}/x.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_editor_is_told(case: Case, tmp_path: Path, agree: Agree) -> None:
    images = tmp_path / "images"
    table = tmp_path / case.path
    table.parent.mkdir(parents=True)
    (images / drawing_origin.FIGURES).symlink_to(IMAGES / drawing_origin.FIGURES)
    table.write_bytes(case.content)
    done = draw(case.path.removeprefix(f"images/{drawing_origin.POSES}/").removesuffix(".yml"), "--root", str(tmp_path))
    lines = [re.fullmatch(r"(.+?):(\d+): (\[.+)", line) for line in done.stderr.splitlines()]
    assert all(lines), done.stderr
    assert done.returncode == 1
    assert sorted(path.name for path in images.iterdir()) == [drawing_origin.FIGURES, drawing_origin.POSES]
    agree(case, [(path, int(line), text) for path, line, text in (match.groups() for match in lines if match)])


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*place, key)
        yield from places(child, (*place, key))


JUNK = (None, True, "x", ".inf", 0.5, 1e9, -1e9, [], [1], {}, {"a": 1}, "x" * 50, [[0, 0, 0]], 10**30)


@pytest.mark.parametrize("path", TABLES)
def test_whatever_stands_in_a_table_is_told_in_plain_words(path: str) -> None:
    kind = pose_tables.Plate if "explanation" in path else pose_tables.PoseTable
    document, _ = read_data(path, TABLES[path].encode())
    for place in places(document.data):
        for junk in JUNK:
            data = copy.deepcopy(dict(document.data))
            parent: Any = data
            for key in place[:-1]:
                parent = parent[key]
            parent[place[-1]] = junk
            for problem in validate(kind, replace(document, data=data)).problems:
                assert "is not what belongs here" not in problem.message
                assert not re.search("Input|Value error|should be", problem.message), problem


@pytest.mark.parametrize("path", TABLES)
def test_the_tables_that_are_changed_are_right(path: str, tmp_path: Path) -> None:
    kind = pose_tables.Plate if "explanation" in path else pose_tables.PoseTable
    table = tmp_path / "x.yml"
    table.write_text(TABLES[path], "utf-8")
    assert pose_tables.read(table, path, kind)[2] == []


class Done(NamedTuple):
    returncode: int
    stderr: str


def draw(*arguments: str) -> Done:
    """What scripts/draw.py does, without the second that a Python of its own takes to start."""
    with redirect_stderr(StringIO()) as said:
        return Done(main([*arguments]), said.getvalue())


def test_a_wrong_call() -> None:
    call = [sys.executable, str(ROOT / "scripts" / "draw.py"), "clamshel"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "there is no pose table images/poses/clamshel.yml. Did you mean 'clamshell'?" in done.stderr


def test_a_limb_that_is_too_short_is_told() -> None:
    leg = pose_tables.Leg(ankle=(3, 0, 0), knee_towards=(0, -1, 0))
    far = pose_tables.Pose(ground=pose_tables.Ground(pelvis_height=1), legs={"left": leg})
    with pytest.raises(UnreachableError, match=r"the left leg is \d+ cm too short"):
        posing.pose(BODY, "stand", far)


def test_a_picture_is_drawn_into_its_folder(tmp_path: Path) -> None:
    images = tmp_path / "images"
    (images / "poses").mkdir(parents=True)
    (images / "figure").symlink_to(IMAGES / "figure")
    text = (IMAGES / "poses" / "lateral-band-walk.yml").read_text("utf-8")
    table = images / "poses" / "lateral-band-walk.yml"
    table.write_text(re.sub(r"shape: \[.*?\]", "shape: [150, 200]", text), "utf-8")
    done = draw("--stills", "--root", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    made = sorted((images / "lateral-band-walk").iterdir())
    assert [path.stem for path in made] == [
        "above-knees", "feet-together", "finish", "front", "knees-in", "return", "rocking", "side", "start"
    ]  # fmt: skip
    for path in made:
        with Image.open(path) as image:
            assert image.size == (150, 200)
        pose = {"front": "step-alone", "side": "start", "above-knees": "step-alone"}.get(path.stem, path.stem)
        assert recorded(path) == drawing_origin.origin(images, "lateral-band-walk", "man", pose)
        assert drawing_origin.pose_of(recorded(path)) == pose
        assert not drawing_origin.is_stale(images, recorded(path))
    table.write_text(f"{text}\n# another pose\n", "utf-8")
    assert all(drawing_origin.is_stale(images, recorded(path)) for path in made)
    preview = draw("--preview", "lateral-band-walk", "--root", str(tmp_path))
    assert preview.returncode == 0
    assert (tmp_path / ".cache" / "preview" / "lateral-band-walk.png").is_file()


def test_a_movement_is_drawn_and_says_from_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipknee_drawing.studio.STEPS", 1)
    frames, shown = sitting("bridge").motion()
    assert len(frames) == len(shown) == 2
    assert frames[0].tobytes() != frames[1].tobytes()
    origin = drawing_origin.origin(IMAGES, "bridge", "man", "motion")
    write((frames, shown), tmp_path / "motion.webp", origin, "0" * 32)
    assert recorded(tmp_path / "motion.webp") == origin
