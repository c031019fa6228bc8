"""The programs to compare with, in a folder of their own: `.cache/peers/`, filled on first use and kept.

Nothing goes into the system, or into the project's own environment. WeasyPrint comes with the hashes of
requirements-bench.txt. Hugo, and the libraries that WeasyPrint needs from the system where that has none, come from
apt: downloaded and unpacked, not installed. What is in the folder needs no network the next time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".cache" / "peers"
LOCK = ROOT / "requirements-bench.txt"
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""Debian's packages with what WeasyPrint needs from the system; apt adds what these need."""
_LIBRARIES = ("lib", "lib/*", "usr/lib", "usr/lib/*")
_APART = ("Debug::NoLocking=1", "APT::Sandbox::User=", "APT::Update::Error-Mode=any")
"""How apt works in folders of its own: nobody else is there, it needs no user of its own, and has no older lists."""
_OTHERS = "DO NOT MATCH THE HASHES"


class MissingError(Exception):
    """A peer can't be had here. The message is the reason, as one sentence."""


@dataclass(frozen=True)
class Peer:
    program: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    """What its processes need in their environment."""


def weasyprint(folder: Path = FOLDER) -> Peer:
    """The Python that has WeasyPrint, once `get_weasyprint` has put it there."""
    python = folder / "python" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return Peer(python, _variables(folder / "pango"))


def get_weasyprint(folder: Path = FOLDER) -> Peer:
    """The Python that has WeasyPrint, installed when `folder` has another one or none. Raises MissingError."""
    _install(weasyprint(folder).program, folder / "python")
    if _refusal(weasyprint(folder), "-c", "import weasyprint"):
        _unpack(PANGO, folder / "pango")
        if refusal := _refusal(weasyprint(folder), "-c", "import weasyprint"):
            raise MissingError(refusal)
    return weasyprint(folder)


def get_hugo(folder: Path = FOLDER) -> Peer:
    """Hugo: the one that the system has, or else one from apt. Raises MissingError."""
    own = folder / "hugo"
    if not own.is_dir() and (installed := shutil.which("hugo")):
        peer = Peer(Path(installed))
    else:
        _unpack(("hugo",), own)
        peer = Peer(own / "usr" / "bin" / "hugo", _variables(own))
    if refusal := _refusal(peer, "version"):
        raise MissingError(refusal)
    return peer


def version(peer: Peer) -> str:
    """What Hugo calls itself."""
    return _run((peer.program, "version"), peer.variables).stdout.strip()


def _install(python: Path, environment: Path) -> None:
    marker = environment / "installed"
    locked = sha256(LOCK.read_bytes()).hexdigest()
    if marker.is_file() and marker.read_text("utf-8") == locked:
        return
    print(f"Installing WeasyPrint into {environment} ...", flush=True)
    install = (python, "-m", "pip", "install", "--quiet", "--retries", "1", "--require-hashes", "-r", LOCK)
    for call in ((sys.executable, "-m", "venv", "--clear", environment), install):
        done = _run(call)
        if _OTHERS in done.stdout:
            raise MissingError(f"A package does not match {LOCK.name}.")
        if done.returncode:
            raise MissingError(_last_line(done.stdout))
    marker.write_text(locked, "utf-8")


def _refusal(peer: Peer, *arguments: str) -> str:
    """What a peer says when it does not start, "" when it does."""
    done = _run((peer.program, *arguments), peer.variables)
    return _last_line(done.stdout) if done.returncode else ""


def _unpack(packages: Sequence[str], to: Path) -> None:
    """Debian's packages, and those that they need and the system has not, as files below `to`."""
    if to.is_dir():
        return
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise MissingError(f"There is no apt-get that could fetch {', '.join(packages)}.")
    print(f"Fetching {', '.join(packages)} into {to} ...", flush=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=to.parent) as folder:
        state, cache, files = (Path(folder, name) for name in ("state", "cache", "files"))
        for part in (state / "lists", cache / "archives"):
            (part / "partial").mkdir(parents=True)
        # With lists and a cache of its own, apt needs no rights and leaves the system's as they are.
        settings = (f"Dir::State={state}", "Dir::State::status=/var/lib/dpkg/status", f"Dir::Cache={cache}")
        options = [part for setting in (*settings, *_APART) for part in ("-o", setting)]
        download = ("install", "--yes", "--download-only", "--no-install-recommends", *packages)
        for call in (("update",), download):
            if (done := _run(("apt-get", "-qq", *options, *call))).returncode:
                raise MissingError(_last_line(done.stdout))
        for package in sorted((cache / "archives").glob("*.deb")):
            if (done := _run(("dpkg", "-x", package, files))).returncode:
                raise MissingError(_last_line(done.stdout))
        if not files.is_dir():
            raise MissingError(f"apt-get has fetched nothing of {', '.join(packages)}.")
        files.rename(to)


def _variables(unpacked: Path) -> dict[str, str]:
    """What lets a program find the libraries and settings that were unpacked."""
    folders = [folder for part in _LIBRARIES for folder in sorted(unpacked.glob(part)) if any(folder.glob("*.so*"))]
    paths = [*map(str, folders), *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]
    variables = {"LD_LIBRARY_PATH": os.pathsep.join(paths)} if folders else {}
    fonts = unpacked / "etc" / "fonts"
    return variables | ({"FONTCONFIG_PATH": str(fonts)} if fonts.is_dir() else {})


def _last_line(output: str) -> str:
    return (output.strip() or "It does not start.").split("\n")[-1]


def _run(call: Sequence[str | Path], variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What a program says is all in `stdout`."""
    return subprocess.run(
        [*map(str, call)],
        env=os.environ | {"LC_ALL": "C.UTF-8", **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
