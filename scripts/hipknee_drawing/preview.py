"""A small grey sheet of all poses from four sides, in about a second: to look at while posing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
from PIL import Image

from .body import Body, Surface
from .camera import Camera, fitted, looking_at
from .drawing import Shown
from .light import Lamp, Space
from .posing import Posed
from .rotations import Array

VIEWS = ((0.0, 8.0), (90.0, 8.0), (180.0, 8.0), (0.0, 80.0))
"""Front, left, back and top: degrees around and above."""
_SIZE = (400, 400)
_PAPER = 244


def sheet(body: Body, poses: Sequence[Posed], helpers: Sequence[Shown | None] = ()) -> Image.Image:
    """One row for each pose, with its helper if it has one."""
    whole = Image.new("RGB", (_SIZE[0] * len(VIEWS), _SIZE[1] * len(poses)), 3 * (_PAPER,))
    rows = [
        [body.skin(posed), *([helper.body.skin(helper.posed)] if helper else [])]
        for posed, helper in zip_longest(poses, helpers)
    ]
    points = np.concatenate([_seen(skin) for skins in rows for skin in skins])
    middle = points.mean(0)
    cameras = [fitted(looking_at(middle, around, above, _SIZE), points) for around, above in VIEWS]
    for row, skins in enumerate(rows):
        starts = np.cumsum([0, *(len(skin.vertices) for skin in skins)])
        vertices = np.concatenate([skin.vertices for skin in skins])
        faces = np.concatenate([skin.triangles + start for skin, start in zip(skins, starts, strict=False)])
        space, outward = Space(vertices, faces), np.concatenate([skin.normals for skin in skins])
        for column, camera in enumerate(cameras):
            low, high = _box(camera, np.concatenate([_seen(skin) for skin in skins]))
            across, down = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
            hit, _, weights = space.first_hits(camera.eye, camera.rays(across.ravel(), down.ravel()))
            on = hit >= 0
            normal = np.einsum("pcx,pc->px", outward[faces[hit[on]]], weights[on])
            light = np.full(len(hit), _PAPER, np.uint8)
            light[on] = 255 * (0.25 + 0.6 * np.clip((normal @ Lamp(camera).towards + 0.35) / 1.35, 0, 1))
            left, top = np.array([column, row]) * _SIZE + low
            whole.paste(Image.fromarray(light.reshape(across.shape)), (int(left), int(top)))
    return whole


def _seen(skin: Surface) -> Array:
    """The vertices of a surface that a triangle has: the mesh holds others too."""
    mask = np.zeros(len(skin.vertices), bool)
    mask[skin.triangles] = True
    return skin.vertices[mask]


def _box(camera: Camera, points: Array) -> tuple[Array, Array]:
    """The pixels from the left and from the top at which points begin and end: no ray beside them meets anything."""
    places = camera.project(points)[:, :2]
    return np.clip(np.floor(places.min(0)).astype(int), 0, _SIZE), np.clip(np.ceil(places.max(0)).astype(int), 0, _SIZE)
