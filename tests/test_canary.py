"""What the canary compares, and what it says when it can't be sent out. `make canary` sends it."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import canary
import projects
import pytest

PAGE, PACKED = {"a/index.html": b"one"}, b"<urlset/>"
DIFFERENCES = {
    "nothing": (PAGE, PAGE, {}),
    "a byte": (PAGE, {"a/index.html": b"One"}, {"a/index.html": "differs"}),
    "one that is missing": (PAGE | {"b.css": b""}, PAGE, {"b.css": "only by MkDocs"}),
    "one more": (PAGE, PAGE | {"b.css": b""}, {"b.css": "only by ProperDocs"}),
    "packed at another time": ({"s.gz": gzip.compress(PACKED, mtime=1)}, {"s.gz": gzip.compress(PACKED, mtime=2)}, {}),
    "packed differently": (
        {"s.gz": gzip.compress(PACKED, mtime=1)},
        {"s.gz": gzip.compress(b"<urlset></urlset>", mtime=1)},
        {"s.gz": "differs"},
    ),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_two_sites_differ_in(case: str) -> None:
    first, second, ways = DIFFERENCES[case]
    assert canary.differences(first, second) == ways


def problem(slug: str, message: str) -> dict[str, str]:
    return {"path": f"docs/exercises/{slug}.md", "message": message}


STAMPLESS = "site/exercises/owl/index.html has no stamp: it was built without the checks."
REFUSALS = {
    "each": ([problem("owl", STAMPLESS), problem("gull", STAMPLESS)], []),
    "none": ([], ["owl", "gull"]),
    "one of them": ([problem("gull", STAMPLESS)], ["owl"]),
    "one for another reason": ([problem("owl", "The page is not in site/."), problem("gull", STAMPLESS)], ["owl"]),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_page_is_refused_for_its_stamp_alone(case: str) -> None:
    problems, passed = REFUSALS[case]
    assert canary.unrefused(["owl", "gull"], problems) == passed


def test_the_words_that_are_looked_for_are_those_of_the_check(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "project"))
    slug = next(path.stem for path in sorted(project.glob("docs/exercises/*.md")) if path.stem != "index")
    projects.edit(f"site/exercises/{slug}/index.html", "hipknee-stamp", "another-stamp")(project)
    done = projects.check("--root", project, "--site", project / "site")
    assert canary.NO_STAMP in done.stdout


def test_zensical_gets_the_settings_without_the_templates() -> None:
    settings = (projects.ROOT / "mkdocs.yml").read_text("utf-8")
    changed = canary.without_house_templates(settings)
    assert [line for line in settings.split("\n") if line not in changed.split("\n")] == [
        "  custom_dir: hooks/overrides"
    ]
    assert "hooks/publish.py" in changed


def test_the_lock_has_hashes_no_addresses_and_what_the_site_has() -> None:
    site, ways = (lock.read_text("utf-8") for lock in canary.LOCKS)
    pins, pinned = (dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)) for text in (ways, site))
    assert {"properdocs", "zensical"} <= pins.keys()
    assert ways.count("--hash=sha256:") >= len(pins)
    assert "://" not in ways
    for package in ("click", "jinja2", "markdown", "pyyaml"):
        assert pins[package] == pinned[package], "run `make lock`"


def raising(error: Exception) -> object:
    def environment(folder: Path) -> Path:
        raise error

    return environment


ENDS = {
    "no network": (canary.NotInstalledError("ERROR: none."), 0, "canary: not tried: ProperDocs and Zensical can't"),
    "a wrong package": (
        canary.FailedError("A package does not match the lock file"),
        1,
        "canary: A package does not match",
    ),
}


@pytest.mark.parametrize("case", ENDS)
def test_what_is_said_when_it_is_not_tried(
    case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error, status, words = ENDS[case]
    monkeypatch.setattr(canary, "environment", raising(error))
    monkeypatch.setattr("sys.argv", ["canary.py"])
    assert canary.main() == status
    output = capsys.readouterr()
    assert (output.out, output.err[: len(words)]) == ("", words)


def test_what_is_installed_is_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def run(call: list[str], folder: Path) -> object:
        tmp_path.joinpath("env").mkdir(exist_ok=True)
        calls.append(call)
        return type("Done", (), {"returncode": 0, "stdout": ""})

    lock = tmp_path / "lock.txt"
    lock.write_text("owl==1\n")
    monkeypatch.setattr(canary, "LOCKS", (lock,))
    monkeypatch.setattr(canary, "_run", run)
    for _ in range(2):
        assert canary.environment(tmp_path / "env").name in ("python", "python.exe")
    assert len(calls) == 2, "an environment and its packages"
    lock.write_text("owl==2\n")
    canary.environment(tmp_path / "env")
    assert len(calls) == 4
