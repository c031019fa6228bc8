"""Progress: what is told of long work, and that short work is not worth a word."""

from __future__ import annotations

from io import StringIO

import pytest
from hipknee.progress import Progress, counting, left


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def work(stream: StringIO, steps: int, seconds: float, total: int | None = None, fails: bool = False) -> list[str]:
    """What is told of so many steps, each of which takes so long."""
    clock = Clock()
    try:
        with Progress("Nests", total or steps, stream=stream, clock=clock) as progress:
            for _ in range(steps):
                clock.now += seconds
                progress.step()
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert fails
    return [line.rstrip() for line in stream.getvalue().split("\r" if stream.isatty() else "\n")]


@pytest.mark.parametrize("stream", [StringIO, Terminal])
def test_short_work_is_not_worth_a_word(stream: type[StringIO]) -> None:
    assert work(stream(), 1900, 0.001) == [""]
    assert work(stream(), 0, 0) == [""]
    assert work(stream(), 1, 60) == [""], "the first step is the last: there is nothing to wait for"


def test_a_line_on_a_terminal_that_is_gone_in_the_end() -> None:
    lines = work(Terminal(), 4000, 0.25)
    assert lines[:3] == ["", "Nests: 8 of 4,000, about 17 min left", "Nests: 9 of 4,000, about 17 min left"]
    assert "Nests: 3,812 of 4,000, about 45 s left" in lines
    assert lines[-3:] == ["Nests: 3,999 of 4,000, about 5 s left", "", ""]


def test_a_fast_terminal_is_not_flooded() -> None:
    assert len(work(Terminal(), 4000, 0.001)) == pytest.approx(2 + 2 / 0.2, abs=2)


def test_a_shorter_line_leaves_nothing_of_a_longer_one() -> None:
    stream = Terminal()
    work(stream, 4000, 0.25)
    shown = stream.getvalue().split("\r")[1:-1]
    assert [len(line) for line in shown] == sorted(len(line) for line in shown)


def test_now_and_then_a_line_elsewhere() -> None:
    assert work(StringIO(), 120, 0.5) == [
        "Nests: 4 of 120, about 60 s left",
        "Nests: 34 of 120, about 45 s left",
        "Nests: 64 of 120, about 30 s left",
        "Nests: 94 of 120, about 15 s left",
        "Nests: 120 of 120",
        "",
    ]


def test_what_is_stopped_does_not_say_that_it_is_done() -> None:
    assert work(StringIO(), 9, 1, total=90, fails=True) == ["Nests: 2 of 90, about 90 s left", ""]
    assert work(Terminal(), 9, 1, total=90, fails=True)[-1] == ""


def test_several_at_once() -> None:
    stream, clock = StringIO(), Clock()
    with Progress("Nests", 1000, stream=stream, clock=clock) as progress:
        clock.now += 10
        progress.step(500)
    assert stream.getvalue() == "Nests: 500 of 1,000, about 10 s left\nNests: 500 of 1,000\n"


def test_whoever_asked_for_quiet_hears_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(counting(True)("Nests", 4000), Progress)
    with counting(False)("Nests", 4000) as progress:
        progress.step()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "about 5 s left"),
        (7.4, "about 5 s left"),
        (8, "about 10 s left"),
        (89, "about 90 s left"),
        (90, "about 2 min left"),
        (150, "about 2 min left"),
        (6000, "about 100 min left"),
        (100_000, "about 1,667 min left"),
    ],
)
def test_time_is_said_as_one_says_it(seconds: float, words: str) -> None:
    assert left(seconds) == words
