"""Measure the built site as a phone sees it, with Lighthouse: a table, and the same as JSON in dist/lighthouse.json.

Lighthouse runs on Node.js; where that is not installed nothing is measured. The goals are told, not enforced:
accessibility, best practices and SEO 100, performance at least 98 (the median of the runs).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import find_browser
from hipknee.calls import file_to_write, run
from hipknee.fingerprints import FOLDERS
from hipknee.publish import hosting, policy

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = "lighthouse@12.8.2"
TRIES = 3
PAGES = ("", "knee-pain/", "exercises/", "exercises/clamshell/")
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
CHROME = "--headless=new --no-sandbox --disable-background-networking --disable-component-update --disable-sync"


class Handler(SimpleHTTPRequestHandler):
    """A host for static sites, with the headers and the compressed files of dist/."""

    protocol_version = "HTTP/1.1"
    headers_of_all: dict[str, str]

    def send_head(self):  # type: ignore[no-untyped-def]
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        packed = path.with_name(f"{path.name}.br")
        if "br" not in self.headers.get("Accept-Encoding", "") or not packed.is_file():
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(packed.stat().st_size))
        self.end_headers()
        return packed.open("rb")

    def end_headers(self) -> None:
        kept = any(folder in self.path for folder in FOLDERS)
        for name, value in {**self.headers_of_all, "Cache-Control": hosting.FOREVER if kept else hosting.ANEW}.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    headers = {"Content-Security-Policy": policy.policy()} | hosting.HEADERS
    handler = type("Site", (Handler,), {"headers_of_all": headers})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def scores(npx: str, chrome: str, address: str) -> dict[str, float]:
    """One run: 0 to 100 for each category. Raises RuntimeError with what Lighthouse said when there is none."""
    with TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        call = [npx, "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={out}"]
        call += [f"--chrome-flags={CHROME}", f"--only-categories={','.join(GOALS)}"]
        done = subprocess.run(
            call, env=os.environ | {"CHROME_PATH": chrome}, capture_output=True, encoding="utf-8", check=False
        )
        if not out.is_file():
            raise RuntimeError((done.stderr or done.stdout).strip().split("\n")[-1])
        report = json.loads(out.read_text("utf-8"))
    failed = {name: audit["title"] for name, audit in report["audits"].items() if audit.get("score") not in (None, 1)}
    if any(report["categories"][name]["score"] is None for name in GOALS):
        errors = {
            audit.get("errorMessage") for audit in report["audits"].values() if audit.get("scoreDisplayMode") == "error"
        }
        raise RuntimeError(f"{address}: {'; '.join(sorted(filter(None, errors))) or 'a category has no score'}")
    points = {name: 100 * report["categories"][name]["score"] for name in GOALS}
    for name, goal in GOALS.items():
        if points[name] < goal:
            refs = [
                ref["id"] for ref in report["categories"][name]["auditRefs"] if ref["weight"] and ref["id"] in failed
            ]
            print(f"  {name} {points[name]:.0f}: {'; '.join(failed[ref] for ref in refs)}")
    return points


def measured(npx: str, chrome: str, address: str) -> dict[str, float]:
    """One run that gave every score: on a busy machine a trace can fail, and is then made again, twice at most."""
    for _ in range(TRIES - 1):
        try:
            return scores(npx, chrome, address)
        except RuntimeError as error:
            print(f"  trying again: {error}", flush=True)
    return scores(npx, chrome, address)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="Exit status: 0 measured or not to be measured here, 2 wrong usage."
    )
    parser.add_argument(
        "--runs", type=int, default=3, help="how many runs of each page to take the median of (default: 3)"
    )
    parser.add_argument(
        "--out",
        type=file_to_write,
        default=ROOT / "dist" / "lighthouse.json",
        metavar="FILE",
        help="where to write the JSON",
    )
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be 1 or more")
    npx, chrome, site = shutil.which("npx"), find_browser.find(), ROOT / "dist" / "site"
    lacking = [what for what, there in (("Node.js", npx), ("Chromium", chrome)) if not there]
    if lacking:
        print(f"Lighthouse was not run, because {' and '.join(lacking)} can't be found.")
        return 0
    if not (site / "index.html").is_file():
        print("There is no dist/site. Run 'make dist' first.", file=sys.stderr)
        return 2
    medians: dict[str, dict[str, float]] = {}
    with served(site) as home:
        for page in PAGES:
            try:
                runs = [measured(npx or "", chrome or "", home + page) for _ in range(options.runs)]
            except RuntimeError as error:
                print(f"Lighthouse did not run: {error}", file=sys.stderr)
                return 0
            medians[page] = {name: statistics.median(run[name] for run in runs) for name in GOALS}
            cells = [f"{name} {score:.0f}{_shortfall(score, GOALS[name])}" for name, score in medians[page].items()]
            print(f"/{page:24}{'   '.join(cells)}", flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps({"lighthouse": LIGHTHOUSE, "median": medians}, indent=2) + "\n", "utf-8")
    print(f"Written: {options.out}")
    return 0


def _shortfall(score: float, goal: int) -> str:
    return f" (goal ≥ {goal}: missed)" if score < goal else ""


if __name__ == "__main__":
    sys.exit(run(main))
