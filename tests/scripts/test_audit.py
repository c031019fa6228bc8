"""What is told of known holes, and when nobody could be asked. pip-audit itself is not called: it takes a network."""

from __future__ import annotations

import audit
import pytest

CASES = {
    "none": (0, "", "No known vulnerabilities found", 0, "pond.txt: no known holes.", ""),
    "some": (
        1,
        "Name Version ID\npond 1.0 DUCK-1",
        "Found 1 known vulnerability",
        1,
        "Name Version ID\npond 1.0 DUCK-1",
        "",
    ),
    "no network": (1, "", "a\nConnection refused\n", audit.UNKNOWN, "", "pip-audit says: Connection refused"),
    "not known there": (
        0,
        "pond  it could not be audited: pond\n",
        "",
        audit.UNKNOWN,
        "",
        "says: pond it could not be audited: pond",
    ),
    "silence": (1, "", "", audit.UNKNOWN, "", "pip-audit says: It says no more."),
}


@pytest.mark.parametrize("case", CASES)
def test_the_verdict(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, table, log, expected, out, err = CASES[case]
    assert audit.verdict("pond.txt", status, table, log) == expected
    captured = capsys.readouterr()
    assert captured.out.strip() == out
    assert captured.err.strip().endswith(err)
    assert captured.err.count("\n") == bool(err)


def test_all_lock_files_are_asked_about() -> None:
    assert {path.name for path in audit.LOCKS} >= {"requirements.txt", "requirements-dev.txt", "requirements-audit.txt"}
    assert "pip-audit==" in audit.LOCK.read_text("utf-8")
