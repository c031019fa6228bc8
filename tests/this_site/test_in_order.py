"""What every other test of this site stands on: while this one fails, they are not even collected (conftest.py)."""

from __future__ import annotations

from hipknee.gate import gate
from projects import ROOT


def test_nothing_to_mend() -> None:
    assert [str(problem) for problem in gate.check(ROOT).problems] == []
