"""A small grey sheet of all poses from four sides, in about a second: to look at while posing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
from PIL import Image

from .body import Body
from .camera import fitted, looking_at
from .drawing import Shown
from .light import Lamp, Space
from .meshes import normals
from .posing import Posed

VIEWS = ((0.0, 8.0), (90.0, 8.0), (180.0, 8.0), (0.0, 80.0))
"""Front, left, back and top: degrees around and above."""
_SIZE = (400, 400)


def sheet(body: Body, poses: Sequence[Posed], helpers: Sequence[Shown | None] = ()) -> Image.Image:
    """One row for each pose, with its helper if it has one."""
    whole = Image.new("RGB", (_SIZE[0] * len(VIEWS), _SIZE[1] * len(poses)), "white")
    rows = [
        [body.skin(posed), *([helper.body.skin(helper.posed)] if helper else [])]
        for posed, helper in zip_longest(poses, helpers)
    ]
    points = np.concatenate([skin.vertices[np.unique(skin.triangles)] for skins in rows for skin in skins])
    for row, skins in enumerate(rows):
        starts = np.cumsum([0, *(len(skin.vertices) for skin in skins)])
        vertices = np.concatenate([skin.vertices for skin in skins])
        faces = np.concatenate([skin.triangles + start for skin, start in zip(skins, starts, strict=False)])
        space, outward = Space(vertices, faces), normals(vertices, faces)
        for column, (around, above) in enumerate(VIEWS):
            camera = fitted(looking_at(points.mean(0), around, above, _SIZE), points)
            across, down = np.meshgrid(np.arange(_SIZE[0]) + 0.5, np.arange(_SIZE[1]) + 0.5)
            hit, _, weights = space.first_hits(camera.eye, camera.rays(across.ravel(), down.ravel()))
            on = hit >= 0
            normal = np.einsum("pcx,pc->px", outward[faces[hit[on]]], weights[on])
            light = np.full(len(hit), 0.96)
            light[on] = 0.25 + 0.6 * np.clip((normal @ Lamp(camera).towards + 0.35) / 1.35, 0, 1)
            picture = Image.fromarray((255 * light.reshape(_SIZE[::-1])).astype(np.uint8))
            whole.paste(picture, (column * _SIZE[0], row * _SIZE[1]))
    return whole
