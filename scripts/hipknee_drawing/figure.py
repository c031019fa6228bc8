"""The baked body: its mesh, its bones, and the skin that follows them.

A figure is one .npz file made by bake.py from CC0 data (images/figure/README.md). It is posed by rotations of its bones
in the axes of a body that stands straight: +x is the figure's left, -y its front, +z up. So nobody has to know how the
mesh itself was modelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .rotations import Array, between, frame, unit

SIDES = {"left": "L", "right": "R"}
_PALM_AND_FINGERS = ("lowerarm", "wrist", "finger", "metacarpal")
_LEAST = 1e-5
"""A bone of less weight moves nothing."""


class Hold(NamedTuple):
    """Every pair of a vertex and a bone that moves it, vertex by vertex: where each vertex's pairs begin, and of each
    pair the bone's number, its weight, and the vertex at rest (pairs, 3)."""

    starts: NDArray[np.int64]
    bones: NDArray[np.int64]
    weights: Array
    rest: Array


@dataclass(frozen=True)
class Stance:
    """A figure in a pose.

    `axes` (bones, 3, 3) are each bone's body axes in the world; `turns` (bones, 3, 3) and `shifts` (bones, 3) take a
    rest position to the world.
    """

    figure: Figure
    axes: Array
    turns: Array
    shifts: Array

    def joint(self, bone: str) -> Array:
        """Where the bone begins, in the world (3,)."""
        i = self.figure.index[bone]
        return np.asarray(self.turns[i] @ self.figure.heads[i] + self.shifts[i])

    def axes_of(self, bone: str) -> Array:
        return np.asarray(self.axes[self.figure.index[bone]])

    def skin(self) -> Array:
        """Every vertex in the world (vertices, 3), by linear blend skinning."""
        figure, hold = self.figure, self.figure.hold(None)
        each = np.concatenate([self.turns.reshape(-1, 9), self.shifts], 1)[hold.bones]
        each *= hold.weights[:, None]
        moves = np.add.reduceat(each, hold.starts)  # every vertex's own mixture of turns and shifts
        return np.asarray((moves[:, :9].reshape(-1, 3, 3) @ figure.vertices[:, :, None])[:, :, 0] + moves[:, 9:])

    def lowest(self, *beginnings: str) -> float:
        """The height of the lowest place of the skin that follows the bones whose names begin so."""
        hold = self.figure.hold(beginnings)
        heights = (self.turns[hold.bones, 2] * hold.rest).sum(1) + self.shifts[hold.bones, 2]
        return float(np.add.reduceat(heights * hold.weights, hold.starts).min())

    def moved(self, by: Array) -> Stance:
        """The same pose somewhere else."""
        return Stance(self.figure, self.axes, self.turns, self.shifts + by)


class Figure:
    """A body at rest: vertices (n, 3) and heads of bones (bones, 3) in meters, quads as rows of four vertex numbers.

    Vertices have the same numbers in all figures. So what is told by the place on the body (clothes, hair, outlines of
    muscles) is told by the place of the same vertex on one of them: `chart` (n, 3).
    """

    def __init__(self, path: Path, chart: Figure | None = None) -> None:
        data = np.load(path)
        self.bones = [str(name) for name in data["labels"]]
        self.index = {bone: number for number, bone in enumerate(self.bones)}
        self.parents: NDArray[np.int64] = data["parents"]
        self.heads: Array = data["heads"].astype(float)
        self.vertices: Array = data["verts"].astype(float)
        self.chart = chart.vertices if chart else self.vertices
        self.bone_numbers: NDArray[np.int64] = data["bone_idx"].astype(int)
        self.bone_weights: Array = data["bone_w"].astype(float)
        self._holds: dict[tuple[str, ...] | None, Hold] = {}
        self.quads: dict[str, NDArray[np.int64]] = {
            name: data[f"quads_{name}"].astype(int) for name in ("body", "tights", "l_eye", "r_eye")
        }

    def head(self, bone: str) -> Array:
        """Where the bone begins at rest (3,)."""
        return np.asarray(self.heads[self.index[bone]])

    def length(self, bone: str, to: str) -> float:
        """Meters from the beginning of one bone to that of another."""
        return float(np.linalg.norm(self.head(to) - self.head(bone)))

    def stance(self, root: Array, local: Mapping[str, Array], world: Mapping[str, Array] | None = None) -> Stance:
        """The pose in which the pelvis has the axes `root` and its joint lies at the origin.

        `local` turns bones in the axes of their parent, `world` gives bones their axes outright.
        """
        count = len(self.bones)
        axes, shifts = np.zeros((count, 3, 3)), np.zeros((count, 3))
        turned = np.tile(np.eye(3), (count, 1, 1))
        for bone, matrix in local.items():
            turned[self.index[bone]] = matrix
        turns = np.zeros_like(axes)
        for generation in self._generations:
            parents = self.parents[generation]
            axes[generation] = (axes[parents] if generation[0] else root) @ turned[generation]
            for bone, matrix in (world or {}).items():
                if self.index[bone] in generation:
                    axes[self.index[bone]] = matrix
            turns[generation] = axes[generation] @ self._straight[generation]
            heads = self.heads[generation, :, None]
            at = (turns[parents] @ heads)[..., 0] + shifts[parents] if generation[0] else np.zeros((1, 3))
            shifts[generation] = at - (turns[generation] @ heads)[..., 0]
        return Stance(self, axes, turns, shifts)

    @cached_property
    def _generations(self) -> list[NDArray[np.int64]]:
        """The numbers of the bones: first that of the pelvis, then those that begin there, and so on."""
        depth = np.zeros(len(self.bones), int)
        for bone in range(1, len(self.bones)):
            depth[bone] = depth[self.parents[bone]] + 1
        return [np.flatnonzero(depth == number) for number in range(depth.max() + 1)]

    @cached_property
    def _straight(self) -> Array:
        """As `straightening`, of each bone by its number."""
        return np.stack([self.straightening[bone] for bone in self.bones])

    def hold(self, beginnings: tuple[str, ...] | None) -> Hold:
        """How bones hold the vertices: all of them, or the skin that follows the bones whose names begin so."""
        if beginnings not in self._holds:
            part = slice(None) if beginnings is None else self.part(*beginnings)
            weights = self.bone_weights[part]
            vertex, slot = np.nonzero(weights > _LEAST)
            bones, rest = self.bone_numbers[part][vertex, slot], self.vertices[part][vertex]
            self._holds[beginnings] = Hold(
                np.searchsorted(vertex, np.arange(len(weights))), bones, weights[vertex, slot], rest
            )
        return self._holds[beginnings]

    @cached_property
    def straightening(self) -> dict[str, Array]:
        """What takes each bone from the mesh's own pose to straight standing: legs vertical, arms hanging, palms in."""
        turns: dict[str, Array] = {bone: np.eye(3) for bone in self.bones}
        down = [0, 0, -1]
        for side in SIDES.values():
            hip, knee, ankle = (self.head(f"{b}.{side}") for b in ("upperleg01", "lowerleg01", "foot"))
            thigh, shank = between(knee - hip, down), between(ankle - knee, down)
            turns |= {f"upperleg01.{side}": thigh, f"upperleg02.{side}": thigh}
            turns |= {f"lowerleg01.{side}": shank, f"lowerleg02.{side}": shank}
            shoulder, elbow, wrist = (self.head(f"{b}.{side}") for b in ("upperarm01", "lowerarm01", "wrist"))
            hinge = unit(np.cross(wrist - elbow, elbow - shoulder))
            hinge = hinge if hinge[0] > 0 else -hinge  # towards the figure's left, so that both elbows bend forward
            body = frame([0, 0, 1], [1, 0, 0])
            upper, lower = body @ frame(shoulder - elbow, hinge).T, body @ frame(elbow - wrist, hinge).T
            turns |= {f"upperarm01.{side}": upper, f"upperarm02.{side}": upper}
            for bone in self.bones:
                if bone.endswith(f".{side}") and bone.startswith(_PALM_AND_FINGERS):
                    turns[bone] = lower
        return turns

    @cached_property
    def _main_bone(self) -> NDArray[np.int64]:
        """The number of the bone that each vertex follows most."""
        rows = np.arange(len(self.vertices))
        return np.asarray(self.bone_numbers[rows, self.bone_weights.argmax(1)])

    @cached_property
    def is_body(self) -> NDArray[np.bool_]:
        """Which vertices are skin: the mesh holds those of clothes and helpers too."""
        body = np.zeros(len(self.vertices), bool)
        body[self.quads["body"]] = True
        return body

    def part(self, *beginnings: str, side: str | None = None) -> NDArray[np.bool_]:
        """The skin that follows the bones whose names begin so, on one side ("L", "R") or both."""
        bones = np.array([bone.startswith(beginnings) and (side is None or bone.endswith(side)) for bone in self.bones])
        return np.asarray(self.is_body & bones[self._main_bone])

    def follows(self, *beginnings: str) -> Array:
        """How much each vertex follows these bones, 0 to 1."""
        mask = np.array([bone.startswith(beginnings) for bone in self.bones])
        return np.asarray((self.bone_weights * mask[self.bone_numbers]).sum(1))
