"""What is kept from run to run is never believed when it is not what was written there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import birds
import markdown.extensions
import pytest
from birds import FLAMINGO, PAGE, replaced
from hipknee import keeping
from hipknee.content.catalogue import load
from hipknee.gate import bodies, gate, words
from hipknee.keeping import Kept, engine, key

ENGINE = b"one"


def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "deep" / "file", ENGINE)


def write(tmp_path: Path) -> Path:
    first = kept(tmp_path)
    first.put("a", ["é", 1])
    first.put("b", True)
    first.keep()
    return tmp_path / "deep" / "file"


def test_what_was_put_is_there_the_next_time(tmp_path: Path) -> None:
    write(tmp_path)
    again = kept(tmp_path)
    assert (again.get("a"), again.get("b"), again.get("c")) == (["é", 1], True, None)


def test_what_was_put_is_there_at_once(tmp_path: Path) -> None:
    now = kept(tmp_path)
    now.put("a", 1)
    assert (now.get("a"), now.need("a"), now.need("b")) == (1, True, False)


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    write(tmp_path)
    again = kept(tmp_path)
    again.get("a")
    again.keep()
    assert (kept(tmp_path).get("a"), kept(tmp_path).get("b")) == (["é", 1], None)


def test_another_engine_believes_nothing(tmp_path: Path) -> None:
    assert Kept(write(tmp_path), b"two").get("a") is None


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a letter": lambda raw: raw.replace(b"1]", b"2]"),
    "half": lambda raw: raw[: len(raw) // 4],
    "nothing": lambda raw: b"",
    "something else": lambda raw: b"\xff\x00 {}\n[1]\n",
    "no hash": lambda raw: b"\n".join(line.partition(b" ")[2] for line in raw.split(b"\n")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_not_believed(damage: str, tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    assert kept(tmp_path).get("a") is None


def test_a_place_that_can_not_be_written_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "deep").write_text("a file")
    nowhere = kept(tmp_path)
    nowhere.put("a", 1)
    nowhere.keep()
    assert kept(tmp_path).get("a") is None


def test_a_project_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert gate.check(tmp_path / "nowhere").problems
    assert not (tmp_path / "nowhere").exists()


def test_hashes_tell_parts_apart(tmp_path: Path) -> None:
    assert key("ab", "c") != key("a", "bc")
    code = tmp_path / "a.py"
    code.write_text("1")
    before = engine([code], "1.0")
    assert engine([code], "1.1") != before
    code.write_text("2")
    assert engine([code], "1.0") != before


def converted(root: Path) -> dict[str, bodies.Body]:
    """Every text, converted by a process that has seen none of them."""
    keeping.kept.cache_clear()
    every = bodies.Bodies(load(root))
    texts = {**every}
    every.keep()
    return texts


def test_what_is_kept_of_texts_and_templates_is_what_they_come_to(tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    fresh = converted(root)
    again = converted(root)
    assert {path: body.html for path, body in again.items()} == {path: body.html for path, body in fresh.items()}
    assert any(body.html for body in fresh.values())
    assert gate.check(root).problems == gate.check(root).problems == []
    templates = Kept(root / ".cache" / "templates", words._engine())
    assert words.placeholders(templates) == words.placeholders()


CHANGES = {
    PAGE: FLAMINGO.replace("A bow keeps", "A nod keeps"),
    "docs/glossary.md": birds.FILES["docs/glossary.md"].replace("term: Preen", "term: Bow"),
    "docs/_data/sources.yml": birds.FILES["docs/_data/sources.yml"].replace("short: Gull 1902", "short: Gull 2"),
    "mkdocs.yml": birds.FILES["mkdocs.yml"].replace("permalink: false", "permalink: true"),
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_text_is_converted_anew_when_anything_around_it_changes(path: str, tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    before = bodies.Bodies(load(root))["exercises/polite-flamingo.md"].html
    with replaced(root, **{path: CHANGES[path]}):
        after = bodies.Bodies(load(root))["exercises/polite-flamingo.md"].html
    assert after != before


def test_a_text_is_converted_anew_when_plurals_are_others(tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    words = (root / "docs/_data/words.en.yml").read_text("utf-8")
    assert "plural_endings:" in words
    page = FLAMINGO.replace("A bow keeps", "Startled owls keep")
    with replaced(root, **{PAGE: page}):
        before = bodies.Bodies(load(root))["exercises/polite-flamingo.md"].html
        none = "\n".join(
            "plural_endings: [zz]" if row.startswith("plural_endings:") else row for row in words.split("\n")
        )
        with replaced(root, **{"docs/_data/words.en.yml": none}):
            after = bodies.Bodies(load(root))["exercises/polite-flamingo.md"].html
    assert ">Startled owls</a>" in before
    assert ">Startled owls</a>" not in after


def test_the_extensions_of_one_version_with_markdown_are_known() -> None:
    folder = Path(str(markdown.extensions.__file__)).parent
    own = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    others = {name for name in bodies.MARKDOWNS if "." in name}
    assert own | others == bodies.MARKDOWNS
    versions = {package for name in others for package in packages_distributions()[name.partition(".")[0]]}
    assert versions <= set(keeping.PACKAGES), "what a package of another version makes of a text is kept"


def test_a_check_of_what_is_known_opens_neither_markdown_nor_jinja(tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    code = (
        "import sys; from pathlib import Path; from hipknee.gate import gate\n"
        f"assert gate.check(Path({str(root)!r})).problems == []\n"
        "print(sorted({'markdown', 'jinja2'} & {*sys.modules}))"
    )
    call = [sys.executable, "-c", code]
    opened = [subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip() for _ in range(2)]
    assert opened == ["['jinja2', 'markdown']", "[]"]
