"""Where a picture is seen from: a camera eight meters away, so that near limbs are not much larger than far ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .rotations import Array

DISTANCE = 8.0
"""Meters."""
Rays = NDArray[np.float32]


@dataclass(frozen=True)
class Camera:
    """Looks along the third row of `axes` (3, 3: right, up, forward). Sizes and places on the picture are pixels."""

    eye: Array
    axes: Array
    focal: float
    centre: tuple[float, float]
    size: tuple[int, int]

    def project(self, points: Array) -> Array:
        """Pixels from the left, pixels from the top, meters away (n, 3) of points in the world (n, 3)."""
        seen = (np.asarray(points, float) - self.eye) @ self.axes.T
        depth = seen[..., 2]
        across = self.centre[0] + self.focal * seen[..., 0] / depth
        down = self.centre[1] - self.focal * seen[..., 1] / depth
        return np.stack([across, down, depth], -1)

    def rays(self, columns: Array, rows: Array) -> Rays:
        """Directions of length 1 (n, 3) through places on the picture."""
        across = ((columns - self.centre[0]) / self.focal).astype(np.float32)
        down = ((self.centre[1] - rows) / self.focal).astype(np.float32)
        length = np.sqrt(across * across + down * down + np.float32(1))  # the axes are at right angles
        shares = (across / length, down / length, 1 / length)
        rays = np.empty((*length.shape, 3), np.float32)
        for axis, parts in enumerate(self.axes.T.astype(np.float32)):
            rays[..., axis] = sum(share * part for share, part in zip(shares, parts, strict=True))
        return rays


def looking_at(target: Array, around: float, above: float, size: tuple[int, int]) -> Camera:
    """From `around` degrees (0: from -y, 90: from +x) and `above` degrees over the horizon."""
    azimuth, elevation = np.radians(around), np.radians(above)
    outward = np.array([np.sin(azimuth) * np.cos(elevation), -np.cos(azimuth) * np.cos(elevation), np.sin(elevation)])
    forward = -outward
    right = np.cross(forward, [0, 0, 1])
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, forward), forward])
    return Camera(np.asarray(target) + DISTANCE * outward, axes, 1000.0, (size[0] / 2, size[1] / 2), size)


def fitted(camera: Camera, points: Array, margin: float = 0.05, focal: float | None = None) -> Camera:
    """The same camera, so zoomed and shifted that all points fill the picture but for the `margin` (a share of it).

    With `focal`, zoomed to that, and the points in the middle.
    """
    seen = camera.project(points)[:, :2]
    low, high = seen.min(0), seen.max(0)
    room = np.array(camera.size) * (1 - 2 * margin)
    zoom = focal / camera.focal if focal else float((room / (high - low)).min())
    middle = (low + high) / 2
    centre = [camera.size[i] / 2 - (middle[i] - camera.centre[i]) * zoom for i in (0, 1)]
    return replace(camera, focal=camera.focal * zoom, centre=(centre[0], centre[1]))
