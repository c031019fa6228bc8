"""Work on several processors: what comes of it does not show on how many, and it fits into memory on the most."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from drawings import sitting
from hipknee_drawing import crew
from projects import ROOT

PEAK = 600
"""Megabytes, also on four processors."""
COUNTER = """\
import os, resource
os.cpu_count = lambda: 4
import draw
from hipknee_drawing.studio import Studio
images = draw.ROOT / "images"
draw._subject(Studio(images / "figure"), images, "band-hip-flexion").draw("finish")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_outcomes_stand_in_the_order_of_their_parts() -> None:
    parts = crew.slices(1000, 7)
    assert [*range(1000)] == [number for part in crew.each(range(1000).__getitem__, parts) for number in part]
    assert crew.begun(lambda: 3).result() == 3


def test_what_one_part_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        crew.each(lambda part: 1 / part, [1, 0, 2])


def test_any_number_of_processors_gives_the_same_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipknee_drawing.drawing._CHUNK", 5000)
    monkeypatch.setattr("hipknee_drawing.drawing._LIT_AT_ONCE", 500)
    pictures = set()
    for count in (1, 2, 4):
        with ThreadPoolExecutor(count) as workers:
            monkeypatch.setattr(crew, "_crew", lambda workers=workers: workers)
            pictures.add(sitting("band-hip-flexion").draw("finish").tobytes())
    assert len(pictures) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no peak")
def test_a_picture_fits_into_memory_on_the_most_processors() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNTER], capture_output=True, text=True, check=True, cwd=ROOT / "scripts"
    )
    assert int(done.stdout) < PEAK * 1024 * (1024 if sys.platform == "darwin" else 1)
