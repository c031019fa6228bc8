"""How the benchmark gets the programs that it compares with, and what it says of those that it can't get."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import projects
import pytest
from benchmarks import peers, print_engines

OFFLINE = "WARNING: Retrying.\nERROR: No matching distribution found for weasyprint==70.0"
PACKAGES = {"hugo": "usr/bin/hugo", "pango": "usr/lib/x86_64-linux-gnu/libpango-1.0.so.0"}
"""A file of each package."""


class Machine:
    """Runs nothing, and answers as a machine would: `refusals` are by a word of the call that fails.

    What can't be imported can be once there are libraries for it.
    """

    def __init__(self, **refusals: str) -> None:
        self.refusals, self.calls = refusals, list[str]()

    def run(self, call: Sequence[str | Path], variables: object = None) -> object:
        words = [*map(str, call)]
        refusal = next((word for word in self.refusals if any(word in part for part in words)), "")
        self.calls.append(" ".join(Path(word).name for word in words))
        if refusal and not (refusal == "import" and variables):
            return SimpleNamespace(returncode=1, stdout=self.refusals[refusal])
        if "venv" in words:
            Path(words[-1]).mkdir(parents=True, exist_ok=True)
        if "--download-only" in words:
            cache = next(word for word in words if word.startswith("Dir::Cache=")).partition("=")[2]
            Path(cache, "archives", f"{'hugo' if 'hugo' in words else 'pango'}.deb").touch()
        if "-x" in words:
            file = Path(words[-1], PACKAGES[Path(words[-2]).stem])
            file.parent.mkdir(parents=True)
            file.touch()
        return SimpleNamespace(returncode=0, stdout="")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Machine]:
    def answering(programs: Sequence[str] = ("apt-get", "dpkg"), **refusals: str) -> Machine:
        machine = Machine(**refusals)
        monkeypatch.setattr(peers, "_run", machine.run)
        monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name in programs else None)
        return machine

    return answering


GET = {"WeasyPrint": peers.get_weasyprint, "Hugo": peers.get_hugo}
REFUSALS: dict[str, tuple[str, Sequence[str], dict[str, str], str]] = {
    "no network": ("WeasyPrint", (), {"pip": OFFLINE}, "ERROR: No matching distribution found for weasyprint==70.0"),
    "another package": ("WeasyPrint", (), {"pip": "THESE DO NOT MATCH THE HASHES."}, "A package does not match"),
    "no venv": ("WeasyPrint", (), {"venv": "No module named ensurepip"}, "No module named ensurepip"),
    "no libraries": (
        "WeasyPrint",
        (),
        {"import": "OSError: no pango"},
        "There is no apt-get that could fetch libpango",
    ),
    "no apt": ("Hugo", (), {}, "There is no apt-get that could fetch hugo."),
    "no lists": ("Hugo", ("apt-get", "dpkg"), {"update": "E: offline"}, "E: offline"),
    "no package": ("Hugo", ("apt-get", "dpkg"), {"--download-only": "E: Unable to locate package"}, "E: Unable"),
    "a broken package": ("Hugo", ("apt-get", "dpkg"), {"-x": "dpkg-deb: error: broken"}, "dpkg-deb: error: broken"),
    "another machine's": ("Hugo", ("apt-get", "dpkg"), {"version": ""}, "It does not start."),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_peer_that_can_not_be_had_is_one_sentence(case: str, machine: Callable[..., Machine], tmp_path: Path) -> None:
    name, programs, refusals, words = REFUSALS[case]
    machine(programs, **refusals)
    with pytest.raises(peers.MissingError) as refusal:
        GET[name](tmp_path / "peers")
    assert str(refusal.value).startswith(words)
    assert "\n" not in str(refusal.value)


def test_the_engine_is_left_out_with_that_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise peers.MissingError("There is no network.")

    monkeypatch.setattr(print_engines, "INSTALLERS", {"WeasyPrint": refused})
    assert print_engines.missing("WeasyPrint") == "There is no network."


def test_what_is_there_is_not_fetched_again(machine: Callable[..., Machine], tmp_path: Path) -> None:
    first = machine()
    weasyprint, hugo = (get(tmp_path / "peers") for get in GET.values())
    assert (weasyprint.variables, hugo.program) == ({}, tmp_path / "peers" / "hugo" / PACKAGES["hugo"])
    assert len(first.calls) == 7, "an environment, its packages, a try; the lists, a package, its files, a try"
    second = machine()
    assert [get(tmp_path / "peers") for get in GET.values()] == [weasyprint, hugo]
    assert len(second.calls) == 2, "a try of each"


def test_another_lock_file_is_another_environment(
    machine: Callable[..., Machine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "LOCK", tmp_path / "lock.txt")
    for text, calls in (("owl==1", 3), ("owl==1", 1), ("owl==2", 3)):
        peers.LOCK.write_text(text)
        now = machine()
        peers.get_weasyprint(tmp_path / "peers")
        assert len(now.calls) == calls, text


def test_libraries_that_the_system_lacks_are_unpacked_for_one_program(
    machine: Callable[..., Machine], tmp_path: Path
) -> None:
    calls = machine(**{"import": "OSError: no pango"}).calls
    peer = peers.get_weasyprint(tmp_path)
    assert peer.variables["LD_LIBRARY_PATH"].split(":")[0] == str((tmp_path / "pango" / PACKAGES["pango"]).parent)
    installs = [call for call in calls if call.startswith("apt-get") and "install" in call.split()]
    assert [("--download-only" in call) for call in installs] == [True], "nothing goes into the system"


def test_a_program_of_the_system_is_asked_first(machine: Callable[..., Machine], tmp_path: Path) -> None:
    assert len(machine(("hugo",)).calls) == 0
    assert peers.get_hugo(tmp_path / "peers").program == Path("/bin/hugo")


def test_the_lock_has_hashes_no_addresses_and_what_the_site_has() -> None:
    texts = (peers.LOCK.read_text("utf-8"), (projects.ROOT / "requirements.txt").read_text("utf-8"))
    pins, pinned = (dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)) for text in texts)
    assert "weasyprint" in pins
    assert "://" not in texts[0]
    assert texts[0].count("--hash=sha256:") >= len(pins)
    assert pins["pillow"] == pinned["pillow"], "run `make lock`"


def test_what_does_not_start_says_why() -> None:
    assert peers._refusal(peers.Peer(Path(sys.executable)), "-c", "raise SystemExit('no letters')") == "no letters"
    assert peers._refusal(peers.Peer(Path(sys.executable)), "-c", "") == ""
