"""The guides and the small tools say what is true: fields, verbs, icons."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import hipknee
import pytest
from hipknee.content.model import Exercise

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "hooks" / "hipknee"
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
GUIDES = ["README.md", "CONTRIBUTING.md", *(f"guides/{path.name}" for path in sorted((ROOT / "guides").glob("*.md")))]
GENERATED = "guides/fields.md"
SECTIONS = {
    "Doors": ROOT / "hooks",
    "The ground": HOUSE,
    "Scripts": ROOT / "scripts",
    "The benchmark": ROOT / "scripts" / "benchmarks",
    "The drawing package": ROOT / "scripts" / "hipknee_drawing",
    **{room: HOUSE / room for room in ROOMS},
}
"""The sections of guides/house.md that name modules, and the folder of each."""


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def prose(text: str) -> str:
    """A guide without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def sections(text: str) -> dict[str, str]:
    """What stands under each heading, up to the next one."""
    parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def anchors(text: str) -> set[str]:
    """Where links into a guide may lead, as GitHub names its headings."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in sections(prose(text))}


def first_cells(text: str) -> list[str]:
    """The name in code that each row of a table begins with."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def recipes() -> dict[str, str]:
    """What the Makefile runs for each verb that it lists."""
    return dict(re.findall(r"^([a-z-]+):.*## .*\n((?:\t.*\n)*)", read("Makefile"), re.MULTILINE))


def calls(text: str) -> set[tuple[str, str]]:
    """The scripts that a text says to run with the environment's Python, each with its first option."""
    found = re.findall(r"\.venv[/\\](?:bin|Scripts)[/\\]python scripts[/\\](\w+)\.py(?: (--\w+))?", text)
    return {(script, option) for script, option in found if option != "--help"}


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(ROOT / "scripts" / script), *arguments]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def test_the_fields_are_those_of_the_model(tmp_path: Path) -> None:
    (tmp_path / "guides").mkdir()
    assert run("describe_fields.py", "--root", str(tmp_path)).returncode == 0
    text = (tmp_path / GENERATED).read_text("utf-8")
    assert read(GENERATED) == text, "run `make docs`"
    assert "make docs" in text.splitlines()[0]
    for name, field in Exercise.model_fields.items():
        assert f"| `{name}` |" in text
        assert field.description, name


def test_fields_without_a_place_are_refused(tmp_path: Path) -> None:
    done = run("describe_fields.py", "--root", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no" in done.stderr


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_that_a_guide_names_is_there(guide: str) -> None:
    text = read(guide)
    for verb in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE):
        assert verb in recipes(), f"{guide} names 'make {verb}'"
    for name in re.findall(r"(?:tests/)?scripts[/\\][\w/\\]+\.py", text):
        assert (ROOT / name.replace("\\", "/")).is_file(), f"{guide} names {name}"
    for script, options in re.findall(r"scripts[/\\](\w+)\.py((?: (?!#)[^\s`|]+)*)", text):
        for option in re.findall(r" (--[a-z-]+)", options):
            known = option == "--help" or f'"{option}"' in read(f"scripts/{script}.py")
            assert known, f"{guide} names {script}.py {option}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    text = re.sub(r"`[^`\n]*`", "", prose(read(guide)))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (ROOT / guide).parent / path if path else ROOT / guide
        assert there.exists(), f"{guide} links to {target}"
        assert not anchor or anchor in anchors(there.read_text("utf-8")), f"{guide} links to {target}"


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if guide != GENERATED])
def test_a_guide_fits_the_window(guide: str) -> None:
    """Tables and addresses apart, which can't be wrapped."""
    long = [line for line in read(guide).splitlines() if len(line) > 120 and not line.startswith("|")]
    assert long == []


def test_the_signpost_fits_one_screen_and_leads_to_every_guide() -> None:
    text = read("CONTRIBUTING.md")
    assert len(text.splitlines()) <= 40
    for guide in GUIDES[2:]:
        assert f"]({guide})" in text


def test_every_verb_has_its_line_without_make() -> None:
    text = read("guides/without-make.md")
    rows = dict(re.findall(r"^\|[^|]+\| `make ([a-z-]+)` \| (.+) \|$", text, re.MULTILINE))
    assert rows.keys() == recipes().keys()
    for verb, recipe in recipes().items():
        line = rows[verb] + (sections(text)[verb.capitalize()] if f"(#{verb})" in rows[verb] else "")
        assert verb == "help" or "`" in line
        programs = set(re.findall(r"\$\(BIN\)/(\w+)", recipe)) | set(re.findall(r"scripts/(\w+\.py)", recipe))
        for program in programs:
            assert re.search(rf"[\\]{re.escape(program)}\b", line), f"'make {verb}' runs {program}"
        for folder in re.findall(r"[.\w]+(?=\s)", recipe.partition("rm -rf $(VENV)")[2]):
            assert f'"{folder}"' in line, f"'make {verb}' deletes {folder}"
    for option in re.findall(r"--[a-z-]+", re.findall(r"^LOCK := (.*\n.*)", read("Makefile"), re.MULTILINE)[0]):
        assert f'"{option}"' in sections(text)["Lock"]
    for program in re.findall(r"\.venv\\Scripts\\(\w+)", text):
        assert Path(sys.executable).with_name(program).exists(), f"there is no {program} in the environment"


def test_every_call_of_another_guide_has_its_line_without_make() -> None:
    wanted = {call for guide in GUIDES for call in calls(read(guide)) if guide != "guides/without-make.md"}
    assert {("check", "--reviews"), ("draw", "--preview"), ("new_exercise", "")} <= wanted
    assert wanted <= calls(read("guides/without-make.md"))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_map_names_every_module_and_no_other(section: str) -> None:
    folder = SECTIONS[section]
    modules = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    inside = folder.iterdir() if section in ROOMS else ()
    folders = [f"{path.name}/" for path in inside if path.is_dir() and not path.name.startswith("__")]
    assert sorted(first_cells(sections(read("guides/house.md"))[section])) == sorted([*modules, *folders])


def test_the_map_has_the_rooms_in_the_order_of_their_arrows() -> None:
    order = re.findall(r"^    ([a-z]+)  ", hipknee.__doc__ or "", re.MULTILINE)
    assert sorted(order) == ROOMS
    assert [heading for heading in sections(prose(read("guides/house.md"))) if heading in ROOMS] == order


def test_every_decision_has_its_date_its_reason_and_what_would_change_it() -> None:
    form = re.compile(r"\*\*(\d{4}-\d\d-\d\d)\. \S.*?\*\* \S.* \*What would change it:\* \S.*\.")
    subjects = sections(read("guides/decisions.md"))
    subjects.pop("Decisions")
    for subject, text in subjects.items():
        decisions = [" ".join(part.split()) for part in re.split(r"^- ", text, flags=re.MULTILINE)[1:]]
        assert decisions, subject
        forms = {decision: form.fullmatch(decision) for decision in decisions}
        assert [decision for decision, fits in forms.items() if not fits] == []
        dates = [fits[1] for fits in forms.values() if fits]
        assert dates == sorted(dates), f"{subject}: newest last"


def test_the_check_before_a_commit_is_the_check() -> None:
    assert "scripts/check.py" in (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted(path.name for path in ROOT.glob("requirements*.txt")):
        text = (ROOT / lock).read_text("utf-8")
        packages = re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.MULTILINE | re.IGNORECASE)
        assert len(packages) >= 3
        assert text.count("--hash=sha256:") >= len(packages)
        assert "://" not in text


def test_the_browser_is_found_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME", sys.executable)  # any program will do: it is not started
    done = run("find_browser.py")
    assert (done.returncode, done.stdout.strip()) == (0, sys.executable)
    monkeypatch.setenv("CHROME", "no-such-browser")
    done = run("find_browser.py")
    assert done.returncode == 1
    assert "apt install chromium" in done.stderr
    assert done.stdout == ""


def test_the_mark_is_the_one_that_the_script_draws(tmp_path: Path) -> None:
    assert run("draw_icons.py", "--root", str(tmp_path)).returncode == 0
    drawn = [path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")]
    assert len(drawn) == 1
    for path in drawn:
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes(), f"{path}: run scripts/draw_icons.py"
