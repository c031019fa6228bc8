"""Whatever is in a file, it is told in a sentence with a line, or it is fine. `make fuzz` tries more."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
import shots
from fuzz import CRASHES
from hipknee.problems import Problem
from hipknee.rules import Rule
from shots import Range

ROUNDS = {"front matter": 30, "data": 30, "body": 250, "whole": 30, "picture": 40, "poses": 40, "code": 500}


@pytest.fixture(scope="module")
def shooting(tmp_path_factory: pytest.TempPathFactory) -> Range:
    return Range(tmp_path_factory.mktemp("fuzz") / "pond")


def test_every_kind_is_tried(shooting: Range) -> None:
    assert shooting.kinds().keys() == ROUNDS.keys()


@pytest.mark.parametrize("kind", ROUNDS)
def test_every_file_is_taken_as_promised(kind: str, shooting: Range) -> None:
    before = shooting.passed
    assert [wrong for seed in shots.seeds(ROUNDS[kind]) if (wrong := shooting.shoot(kind, seed))] == []
    assert kind != "body" or shooting.passed > before + 50


def test_a_broken_promise_is_seen(shooting: Range, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shots, "of_page", lambda entry, found: [])
    assert "onclick" in (shooting.text("[a](b.md){: onclick=alert(1) }") or shots.Wrong("", b"", "")).what
    monkeypatch.setattr(shots.pose_tables, "read", lambda *arguments: 1 / 0)
    assert "ZeroDivisionError" in (shooting.table(b"a: b\n") or shots.Wrong("", b"", "")).what
    monkeypatch.setattr(shots.gate.link_rules, "check", lambda *arguments: 1 / 0)
    assert "ZeroDivisionError" in (shooting.check(shots.PAGE, b"a") or shots.Wrong("", b"", "")).what
    nowhere = Problem(shots.CONDITION, 0, Rule.LINK_BROKEN, "A link.")
    monkeypatch.setattr(shots.gate.link_rules, "check", lambda *arguments: [nowhere])
    assert "line 0" in (shooting.check(shots.PAGE, b"a") or shots.Wrong("", b"", "")).what


def test_a_kept_file_is_tried_again_where_it_was(shooting: Range, tmp_path: Path) -> None:
    tried = [("whole", path) for path in shots.WHOLE] + [("data", path) for path in shots.FILES]
    tried += [("front matter", path) for path in shots.PAGES]
    for kind, path in tried:
        (tmp_path / shots.case(kind, shots.Wrong(path, b"a", ""))).write_bytes(b"a")
    with mock.patch.object(shooting, "check") as check, mock.patch.object(shooting, "read") as read:
        for file in sorted(tmp_path.iterdir()):
            again(file, shooting)
    assert sorted(call.args[0] for call in check.mock_calls) == sorted(shots.WHOLE)
    assert sorted(call.args[0] for call in read.mock_calls) == sorted((*shots.FILES, *shots.PAGES))


def test_what_broke_a_promise_once(shooting: Range) -> None:
    assert {path.name: wrong for path in sorted(CRASHES.glob("*")) if (wrong := again(path, shooting))} == {}


def again(path: Path, shooting: Range) -> shots.Wrong | None:
    content, (kind, name) = path.read_bytes(), shots.kept(path.name)
    if kind == "body":
        return shooting.text(content.decode("utf-8", "replace").partition("\n---\n")[2])
    if kind == "picture":
        return shooting.image(f"x{path.suffix}", content)
    if kind == "code":
        return shooting.typed(content.decode("utf-8", "surrogatepass"))
    if kind == "poses":
        return shooting.table(content)
    return shooting.check(name, content) if kind == "whole" else shooting.read(name, content)


def test_a_table_of_a_huge_picture_is_refused(shooting: Range) -> None:
    text = (Path(__file__).parents[1] / "drawn" / "seated-knee-extension.yml").read_text("utf-8")
    for shape in ("[40000, 40000]", "[1e9, 1]", "[-1, 800]"):
        assert shooting.table(f"shape: {shape}\n{text}".encode()) is None
