"""Ask whether a library of the lock files has a known hole. It takes a network, and writes only into .cache/audit/."""

from __future__ import annotations

import argparse
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from hipknee.calls import run

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-audit.txt"
LOCKS = sorted({*ROOT.glob("requirements*.txt")})
ENVIRONMENT = ROOT / ".cache" / "audit"
UNKNOWN = 3
_SKIPPED = "could not be audited"


def main(arguments: list[str] | None = None) -> int:
    ends = "Exit status: 0 no known holes, 1 some, 2 wrong usage, 3 nobody could be asked."
    argparse.ArgumentParser(description=__doc__, epilog=ends).parse_args(arguments)
    if not _is_installed():
        print("pip-audit could not be installed. Nothing was asked: try again with a network.", file=sys.stderr)
        return UNKNOWN
    worst = 0
    for lock in LOCKS:  # one at a time: what stands in two of them it takes for a mistake
        done = _run(_python(), "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(lock))
        status = verdict(lock.name, done.returncode, done.stdout, done.stderr)
        if status == UNKNOWN:
            return status
        worst = max(worst, status)
    return worst


def verdict(name: str, status: int, table: str, log: str) -> int:
    """The exit status, by what pip-audit ended with and wrote; what it can't say itself is said."""
    skipped = [line for line in table.splitlines() if _SKIPPED in line]  # it ends with 0 all the same
    if status and table.strip():
        print(table, end="")
        return 1
    if status == 0 and not skipped:
        print(f"{name}: no known holes.")
        return 0
    lines = skipped[:1] or [line for line in log.splitlines() if line.strip()]
    reason = " ".join(lines[-1].split()) if lines else "It says no more."
    print(f"Nobody could be asked about {name}. It takes a network. What pip-audit says: {reason}", file=sys.stderr)
    return UNKNOWN


def _is_installed() -> bool:
    marker, locked = ENVIRONMENT / "installed", sha256(LOCK.read_bytes()).hexdigest()
    if marker.is_file() and marker.read_text("utf-8") == locked:
        return True
    print(f"Installing pip-audit into {ENVIRONMENT.relative_to(ROOT)} ...", flush=True)
    create = _run(sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT))
    install = ("-m", "pip", "install", "--quiet", "--retries", "1", "--require-hashes", "-r", str(LOCK))
    if create.returncode or _run(_python(), *install).returncode:
        return False
    marker.write_text(locked, "utf-8")
    return True


def _python() -> str:
    folder = "Scripts" if sys.platform == "win32" else "bin"
    return str(ENVIRONMENT / folder / "python")


def _run(*call: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)


if __name__ == "__main__":
    sys.exit(run(main))
