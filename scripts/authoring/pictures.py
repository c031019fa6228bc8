"""The photos of an exercise: read, held against what a page needs, and brought into one frame."""

from __future__ import annotations

import re
from pathlib import Path

from hipknee.gate.picture_rules import MIN_LONG_SIDE, TOLERANCE
from hipknee.pictures.formats import ENDINGS
from hipknee.pictures.photos import Photo, in_one_frame, photo, same_shape

from .dialogue import Dialogue
from .session import RefusalError

Photos = dict[str, Photo]
"""By role: start and finish, or hold."""
SAME = "start and finish are the same photo. Choose another one."


def load(path: Path) -> Photo:
    """The photo in a file. Raises `PictureError`, or `RefusalError` for one that is too small."""
    picture = photo(path)
    if max(picture.image.size) < MIN_LONG_SIDE:
        size = f"{picture.image.width} x {picture.image.height}"
        raise RefusalError(f"{path.name} has only {size} pixels: the long side needs at least {MIN_LONG_SIDE}.")
    return picture


def typed(answer: str) -> Path:
    """A path as it is typed, or dropped into a terminal: in quotes, or with backslashes before spaces."""
    text = answer.strip().strip("\"'").removeprefix("& '")
    path = Path(text).expanduser()
    return path if path.exists() else Path(re.sub(r"\\(.)", r"\1", text)).expanduser() if "\\ " in text else path


def ask(roles: dict[str, str], dialogue: Dialogue) -> Photos:
    """Photos for the roles, each with its question."""
    photos: Photos = {}
    for role, question in roles.items():
        if picture := dialogue.value(question, lambda answer: load(typed(answer))):
            photos[role] = picture
    return photos


def framed(photos: Photos, frame: bool, dialogue: Dialogue | None) -> Photos:
    """Start and finish in one frame: as they are, or cut with the editor's consent. Raises `RefusalError`.

    Whoever is asked and does not consent gets none, and adds them later.
    """
    if not {"start", "finish"} <= photos.keys():
        return photos
    first, second = photos["start"], photos["finish"]
    if first.image.size == second.image.size and first.image.tobytes() == second.image.tobytes():
        raise RefusalError(SAME)
    if same_shape(first, second, TOLERANCE):
        return photos
    shapes = " and ".join(f"{each.image.width} x {each.image.height}" for each in (first, second))
    what = f"The photos have different shapes ({shapes}), and readers compare them."
    if not frame and dialogue is None:
        raise RefusalError(f"{what} Add --frame to cut both to one frame around their middle, or take one again.")
    if not frame and dialogue and not dialogue.agreed(f"{what} Cut both to one frame around their middle?"):
        dialogue.show("Then they are left out: take one again, and put both in later.")
        return {}
    first, second = in_one_frame(first, second)
    if max(first.image.size) < MIN_LONG_SIDE:
        raise RefusalError(f"{what} In one frame they would have less than {MIN_LONG_SIDE} pixels. Take one again.")
    return {**photos, "start": first, "finish": second}


def existing(folder: Path, role: str) -> str | None:
    """The name of the picture that a role has already."""
    names = (f"{role}{ending}" for endings in ENDINGS.values() for ending in endings)
    return next((name for name in names if (folder / name).exists()), None)
